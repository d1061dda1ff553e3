#include "config.h"

#include "stream/codec.h"

#include "base/fault.h"

#ifdef HAVE_ISAL
#define GZIP_DECODER decoder_gzip_isal
#else
#define GZIP_DECODER decoder_gzip_zlib
#endif

const struct codec codecs[CODECS] = {
    [CODEC_GZIP] =
        {
            .magics = {{2, {0x1F, 0x8B}, 0xFF}},
            .decoder = &GZIP_DECODER,
            .messages =
                {
                    [CODEC_BAD] = "the gzip data is damaged",
                    [CODEC_CUT_OFF] = "the gzip data is cut off",
                },
        },
    [CODEC_ZSTD] =
        {
            /* The second is a skippable frame: 184D2A5?, RFC 8878 section 3.1.2. The output of
             * pzstd begins with one. */
            .magics = {{4, {0x28, 0xB5, 0x2F, 0xFD}, 0xFF},
                       {4, {0x50, 0x2A, 0x4D, 0x18}, 0xF0}},
            .decoder = &decoder_zstd,
            .messages =
                {
                    [CODEC_BAD] = "the zstd data is damaged",
                    [CODEC_CUT_OFF] = "the zstd data is cut off",
                    [CODEC_WINDOW] =
                        "the zstd data needs a window of more than 128 MiB: see --long",
                    [CODEC_WINDOW_MOST] = "the zstd data needs a window of more than 2 GiB",
                    [CODEC_DICTIONARY] = "the zstd data needs a dictionary: expected what "
                                         "zstd -D has decompressed",
                },
        },
};

struct fault codec_fault(const struct codec *codec, enum codec_state state)
{
    const char *message = codec->messages[state];

    if (state == CODEC_NO_MEMORY)
        return fault_memory();
    return message ? fault_unreadable(0, message) : FAULT_NONE;
}

bool codec_find(struct span bytes, const struct codec **codec)
{
    *codec = NULL;
    for (size_t i = 0; i < CODECS; i++)
        for (size_t k = 0; k < sizeof codecs[i].magics / sizeof *codecs[i].magics; k++) {
            const struct codec_magic *m = &codecs[i].magics[k];
            size_t n = bytes.n < m->n ? bytes.n : m->n;
            if (!n || (bytes.p[0] & m->mask) != m->bytes[0] ||
                memcmp(bytes.p + 1, m->bytes + 1, n - 1) != 0)
                continue;
            if (n == m->n)
                *codec = &codecs[i];
            return n == m->n;
        }
    return true;
}
