#include "config.h"

#include "stream/foreign.h"

#include <stdint.h>

#include "text/utf8.h"

/* A kind of input. */
struct foreign {
    const char *magic;               /* first bytes of the input, */
    size_t n;                        /* their number, and */
    bool (*test)(struct span bytes); /* what else must hold; null for nothing */
    const char *messages[1 + CODECS]; /* for plain input, and for each codec */
};

/* Is this binary data, and not text that happens to begin like it? */
static bool is_binary(struct span bytes)
{
    for (size_t i = 0; i < bytes.n;) {
        size_t n = utf8_sequence(span_cut(bytes, i, bytes.n));
        unsigned char c = bytes.p[i];
        if (!n || (c < ' ' && c != '\t' && c != '\r' && c != '\n'))
            return true;
        i += n;
    }
    return false;
}

/* The first stream of an ORC file may begin with 0A, the tag of a protobuf message. */
static bool is_orc(struct span bytes)
{
    return is_binary(bytes) || (bytes.n == 4 && bytes.p[3] == '\n');
}

/* Has it a level of bzip2, and the magic of a block or of the end? */
static bool is_bzip2(struct span bytes)
{
    return bytes.n > 4 && bytes.p[3] >= '1' && bytes.p[3] <= '9' &&
           (bytes.p[4] == 0x31 || bytes.p[4] == 0x17);
}

/* Does xz take it for the older format? The dictionary's size is 2^n or 2^n + 2^(n-1) bytes, and
 * the text's size is below 2^38, or unknown. */
static bool is_lzma(struct span bytes)
{
    uint64_t size = 0;
    uint32_t words = 0;

    if (bytes.n < 13)
        return false;
    for (size_t i = 8; i > 0; i--)
        size = size << 8 | bytes.p[4 + i];
    for (size_t i = 4; i > 0; i--)
        words = words << 8 | bytes.p[i];
    uint32_t top = words ? (uint32_t)1 << (31 - __builtin_clz(words)) : 0;
    return top && (words == top || words == top + top / 2) &&
           (size == UINT64_MAX || size >> 38 == 0);
}

/* Is it in a format of zstd versions 0.2 to 0.7? */
static bool is_early_zstd(struct span bytes)
{
    return bytes.n >= 4 && bytes.p[0] >= 0x22 && bytes.p[0] <= 0x27 &&
           memcmp(bytes.p + 1, "\xB5\x2F\xFD", 3) == 0;
}

/* Has it a length that is a multiple of 8? */
static bool is_arrow_stream(struct span bytes)
{
    return bytes.n > 4 && bytes.p[4] % 8 == 0;
}

enum { TAR_HEADER = 512, TAR_SUM = 148, TAR_SUM_SIZE = 8, TAR_MAGIC = 257 };

/* Is the checksum in a tar header right? Old programs added signed bytes. */
static bool is_tar_sum(struct span bytes)
{
    uint32_t sum = TAR_SUM_SIZE * ' ', said = 0;
    int32_t difference = 0;
    size_t i = TAR_SUM;

    for (size_t k = 0; k < TAR_HEADER; k++) {
        if (k >= TAR_SUM && k < TAR_SUM + TAR_SUM_SIZE)
            continue;
        sum += bytes.p[k];
        difference += bytes.p[k] < 0x80 ? 0 : 256;
    }
    while (i < TAR_SUM + TAR_SUM_SIZE && bytes.p[i] == ' ')
        i++;
    for (; i < TAR_SUM + TAR_SUM_SIZE && bytes.p[i] >= '0' && bytes.p[i] <= '7'; i++)
        said = said * 8 + (uint32_t)(bytes.p[i] - '0');
    return said == sum || said == sum - (uint32_t)difference;
}

/* Has it the magic of POSIX, or a right checksum, and a name that ends with NUL, which text never
 * has? */
static bool is_tar(struct span bytes)
{
    bool magic = bytes.n >= TAR_MAGIC + 5 && memcmp(bytes.p + TAR_MAGIC, "ustar", 5) == 0;

    if (!bytes.n || !bytes.p[0] || (!magic && bytes.n < TAR_HEADER))
        return false;
    return memchr(bytes.p, '\0', TAR_SUM) && (magic || is_tar_sum(bytes));
}

#define NOT_READ ", which whorl does not read: "

/* Each of these macros makes the messages of a kind: for plain input, and by WITHIN_... for input
 * compressed by each codec. */

/* COMMAND reads a file after IN_FILE, or a pipe after IN_PIPE. */
#define WITHIN_BY_PIPE(number, name, what, command, in_pipe)                                   \
    what " within " name " data" NOT_READ name " -dc FILE | " command in_pipe " | whorl",
#define BY_PIPE(what, command, in_file, in_pipe)                                               \
    {                                                                                          \
        what NOT_READ command in_file "FILE | whorl",                                          \
            CODEC_LIST(WITHIN_BY_PIPE, what, command, in_pipe)                                 \
    }

/* The command needs a file, whose name is between BEFORE and AFTER. */
#define WITHIN_BY_FILE(number, name, what, before, after)                                      \
    what " within " name " data" NOT_READ name " -dc FILE >DATA; " before "DATA" after         \
         " | whorl",
#define BY_FILE(what, before, after)                                                           \
    {                                                                                          \
        what NOT_READ before "FILE" after " | whorl",                                          \
            CODEC_LIST(WITHIN_BY_FILE, what, before, after)                                    \
    }

/* No command for it is generally installed. */
#define WITHIN_BY_HAND(number, name, what, advice)                                             \
    what " within " name " data" NOT_READ advice,
#define BY_HAND(what, advice)                                                                  \
    {                                                                                          \
        what NOT_READ advice, CODEC_LIST(WITHIN_BY_HAND, what, advice)                         \
    }

#define MAGIC(bytes) bytes, sizeof bytes - 1

static const struct foreign foreigns[] = {
    {MAGIC("\xFD\x37zXZ\0"), NULL, BY_PIPE("compressed by xz", "xz -dc", " ", "")},
    {MAGIC("\x5D\0\0"), is_lzma, BY_PIPE("compressed by lzma", "xz -dc", " ", "")},
    {MAGIC("BZh"), is_bzip2, BY_PIPE("compressed by bzip2", "bzip2 -dc", " ", "")},
    {MAGIC("\x04\x22\x4D\x18"), NULL, BY_PIPE("compressed by lz4", "lz4 -dc", " ", "")},
    {MAGIC("\x02\x21\x4C\x18"), NULL, BY_PIPE("compressed by lz4", "lz4 -dc", " ", "")},
    {MAGIC("LZIP\1"), NULL, BY_PIPE("compressed by lzip", "lzip -dc", " ", "")},
    {MAGIC("\x89LZO\0"), NULL, BY_PIPE("compressed by lzop", "lzop -dc", " ", "")},
    {MAGIC("\x1F\x9D"), NULL, BY_PIPE("compressed by compress", "gzip -dc", " ", "")},
    {MAGIC("\x1F\x1E"), NULL, BY_PIPE("compressed by pack", "gzip -dc", " ", "")},
    {MAGIC("\x1F\xA0"), NULL, BY_PIPE("compressed by lzh", "gzip -dc", " ", "")},
    {MAGIC("\xFF\x06\0\0sNaPpY"), NULL, BY_PIPE("compressed by snappy", "snzip -dc", " ", "")},
    {MAGIC("LRZI"), is_binary, BY_FILE("compressed by lrzip", "lrzcat ", "")},
    /* Data of our own codecs is foreign only within another one. */
    {MAGIC("\x1F\x8B"), NULL, BY_PIPE("compressed by gzip", "gzip -dc", " ", "")},
    {MAGIC("\x28\xB5\x2F\xFD"), NULL, BY_PIPE("compressed by zstd", "zstd -dc", " ", "")},
    {MAGIC(""), is_early_zstd, BY_PIPE("compressed by an early zstd", "zstd -dc", " ", "")},
    {MAGIC("PK\3\4"), NULL, BY_FILE("a zip archive", "unzip -p ", "")},
    {MAGIC("PK\5\6"), NULL, BY_FILE("a zip archive", "unzip -p ", "")},
    {MAGIC("PK\7\x8"), NULL, BY_FILE("a zip archive", "unzip -p ", "")},
    {MAGIC("7z\xBC\xAF\x27\x1C"), NULL, BY_FILE("a 7-Zip archive", "7z x -so ", "")},
    {MAGIC("Rar!\x1A\x07"), NULL, BY_FILE("a RAR archive", "unrar p -inul ", "")},
    {MAGIC(""), is_tar, BY_PIPE("a tar archive", "tar -xOf", " ", " -")},
    {MAGIC("PAR1"), is_binary,
     BY_FILE("a Parquet file", "duckdb -c \"COPY (FROM '",
             "') TO '/dev/stdout' (FORMAT JSON)\"")},
    {MAGIC("PARE"), is_binary, BY_HAND("an encrypted Parquet file", "expected lines of JSON")},
    {MAGIC("ARROW1\0"), NULL,
     BY_HAND("an Arrow file", "expected lines of JSON, as pyarrow and pandas make them")},
    {MAGIC("\xFF\xFF\xFF\xFF"), is_arrow_stream,
     BY_HAND("an Arrow stream", "expected lines of JSON, as pyarrow, pandas and whorl "
                                "--format=ndjson make them")},
    {MAGIC("FEA1"), is_binary,
     BY_HAND("a Feather file", "expected lines of JSON, as pyarrow and pandas make them")},
    {MAGIC("Obj\1"), NULL, BY_FILE("an Avro file", "avro-tools tojson ", "")},
    {MAGIC("ORC"), is_orc, BY_FILE("an ORC file", "orc-contents ", "")},
    {MAGIC("SQLite format 3\0"), NULL,
     BY_FILE("an SQLite database", "sqlite3 -json ", " 'SELECT ...' | jq -c '.[]'")},
};

/* The binary output of whorl (binary.h) begins like this. */
#define WITHIN_VECTORS(number, name, what, advice) what " within " name " data" advice,
#define VECTORS(what, advice)                                                                  \
    {                                                                                          \
        what advice, CODEC_LIST(WITHIN_VECTORS, what, advice)                                  \
    }

static const struct foreign own_rows = {
    MAGIC("\x89WHL\r"), NULL,
    VECTORS("binary output of whorl", ", vectors already: expected records (see --diff)")};

bool foreign_decided(struct span bytes)
{
    return bytes.n >= FOREIGN_MOST || (bytes.n && memchr(bytes.p, '\n', bytes.n));
}

static bool is_foreign(const struct foreign *kind, struct span bytes)
{
    return span_begins(bytes, span_of(kind->magic, kind->n)) &&
           (!kind->test || kind->test(bytes));
}

const char *foreign_find(struct span bytes, const struct codec *within, bool rows)
{
    size_t message = within ? (size_t)(1 + within - codecs) : 0;
    const unsigned char *lf;

    if (bytes.n > FOREIGN_MOST)
        bytes.n = FOREIGN_MOST;
    if (bytes.n && (lf = memchr(bytes.p, '\n', bytes.n)))
        bytes.n = (size_t)(lf - bytes.p) + 1;
    for (size_t i = 0; i < sizeof foreigns / sizeof *foreigns; i++)
        if (is_foreign(&foreigns[i], bytes))
            return foreigns[i].messages[message];
    return !rows && is_foreign(&own_rows, bytes) ? own_rows.messages[message] : NULL;
}
