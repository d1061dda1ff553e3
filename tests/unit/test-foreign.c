/* foreign: each kind is recognised by the first bytes that its specification requires, with nothing
 * else there, and nothing that could begin a record is foreign. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "stream/foreign.h"
#include "unit.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const char *find(struct span bytes)
{
    const char *what = foreign_find(bytes, NULL, false);

    return what ? what : "";
}

#define BYTES(literal)                                                                         \
    {                                                                                          \
        literal, sizeof literal - 1                                                            \
    }

/* Beginnings, from the named specification, or written by the named program. */
static const struct {
    struct {
        const char *p;
        size_t n;
    } bytes;
    const char *what; /* how the message begins; null for none */
} cases[] = {
    {BYTES("\xFD"
           "7zXZ\0\0\4"),
     "compressed by xz,"},
    {BYTES("\x5D\0\0\x80\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0\x3D"), "compressed by lzma,"},
    {BYTES("\x5D\0\0\0\4\x0B\0\0\0\0\0\0\0\0\x3D"), "compressed by lzma,"},
    {BYTES("\x5D\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), NULL},
    {BYTES("\x5D\0\0\3\1\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0"), NULL},
    {BYTES("BZh91AY&SY\x91\x8C"), "compressed by bzip2,"},
    {BYTES("BZh1\x17\x72\x45\x38\x50\x90"), "compressed by bzip2,"},
    {BYTES("BZh is a name\n"), NULL},
    {BYTES("\x04\x22\x4D\x18\x64"), "compressed by lz4,"},
    {BYTES("\x02\x21\x4C\x18\x0A\0\0\0"), "compressed by lz4,"},
    {BYTES("LZIP\1\x0C"), "compressed by lzip,"},
    {BYTES("LZIP code\n"), NULL},
    {BYTES("\x89LZO\0\x0D\x0A\x1A\x0A\x10\x40"), "compressed by lzop,"},
    {BYTES("\x1F\x9D\x90"), "compressed by compress,"},
    {BYTES("\x1F\x1E\0\0"), "compressed by pack,"},
    {BYTES("\x1F\xA0\0"), "compressed by lzh,"},
    {BYTES("\xFF\6\0\0sNaPpY\0"), "compressed by snappy,"},
    {BYTES("LRZI\0\6"), "compressed by lrzip,"},
    {BYTES("\x1F\x8B\x08"), "compressed by gzip,"},
    {BYTES("\x28\xB5\x2F\xFD\4"), "compressed by zstd,"},
    {BYTES("\x25\xB5\x2F\xFD\4"), "compressed by an early zstd,"},
    {BYTES("PK\3\4\x14\0"), "a zip archive,"},
    {BYTES("PK\5\6\0\0"), "a zip archive,"},
    {BYTES("PK\7\10PK\3\4"), "a zip archive,"},
    {BYTES("7z\xBC\xAF\x27\x1C\0\4"), "a 7-Zip archive,"},
    {BYTES("Rar!\x1A\7\0"), "a RAR archive,"},
    {BYTES("Rar!\x1A\7\1\0"), "a RAR archive,"},
    {BYTES("PAR1\x15\4\x15\x0A"), "a Parquet file,"},
    {BYTES("PAR1,PAR2\n"), NULL},
    {BYTES("PARE\x15\4"), "an encrypted Parquet file,"},
    {BYTES("ARROW1\0\0\xFF\xFF\xFF\xFF"), "an Arrow file,"},
    {BYTES("ARROW1 and ARROW2"), NULL},
    {BYTES("\xFF\xFF\xFF\xFF\x78\0\0\0\x10\0\0\0"), "an Arrow stream,"},
    {BYTES("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"), NULL},
    {BYTES("FEA1\0\0\0\0"), "a Feather file,"},
    {BYTES("Obj\1\4\x16"
           "avro.schema"),
     "an Avro file,"},
    {BYTES("Object,value\n"), NULL},
    {BYTES("ORC\x2D\0\0\x0A"), "an ORC file,"},
    {BYTES("ORC\x0A\6\x12\4"), "an ORC file,"},
    {BYTES("ORCID,name\n"), NULL},
    {BYTES("SQLite format 3\0\x10\0"), "an SQLite database,"},
    {BYTES("\x89WHL\x0D\x0A\x1A\x0A\1\0\0\0"), "binary output of whorl,"},
    /* Not recognised: zlib, brotli, PDF, ELF, PNG, UTF-16, NUL, text. */
    {BYTES("\x78\x9C\xAB\x56"), NULL},
    {BYTES("\x0B\x03\x80"), NULL},
    {BYTES("%PDF-1.7\n"), NULL},
    {BYTES("\x7F"
           "ELF\2\1\1\0"),
     NULL},
    {BYTES("\x89PNG\x0D\x0A\x1A\x0A"), NULL},
    {BYTES("\xFF\xFE{\0"), NULL},
    {BYTES("\0\0\0\0"), NULL},
    {BYTES("{\"a\":1}\n"), NULL},
    {BYTES(""), NULL},
};

UNIT_TEST(each_kind_is_known_by_how_it_begins)
{
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct span bytes = span_of(cases[i].bytes.p, cases[i].bytes.n);
        const char *what = find(bytes), *want = cases[i].what;
        bool right = want ? strncmp(what, want, strlen(want)) == 0 : !*what;
        CHECK(right);
        if (!right)
            printf("# case %zu: %s\n", i, what);
    }
}

UNIT_TEST(what_is_found_depends_on_the_first_line_only)
{
    struct buf bytes = BUF_EMPTY;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct span whole = span_of(cases[i].bytes.p, cases[i].bytes.n);
        buf_clear(&bytes);
        buf_put(&bytes, whole);
        buf_puts(&bytes, "\n and more");
        /* Every beginning that decides gives the result of the whole. */
        for (size_t n = 0; n <= bytes.n; n++) {
            struct span first = span_cut(buf_span(&bytes), 0, n);
            if (foreign_decided(first))
                CHECK(find(first) == find(buf_span(&bytes)));
            else
                CHECK(n < FOREIGN_MOST && (!n || !memchr(first.p, '\n', n)));
        }
    }
    buf_free(&bytes);
}

UNIT_TEST(what_a_command_makes_of_it_is_told_by_what_it_is_within)
{
    struct span xz = span_of("\xFD"
                             "7zXZ\0",
                             6),
                zip = span_text("PK\3\4"), own = span_text("\x89WHL\r\n\x1A\n");

    CHECK_TEXT(span_text(foreign_find(xz, NULL, false)),
               "compressed by xz, which whorl does not read: xz -dc FILE | whorl");
    CHECK_TEXT(span_text(foreign_find(xz, &codecs[CODEC_GZIP], false)),
               "compressed by xz within gzip data, which whorl does not read: gzip -dc FILE | "
               "xz -dc | whorl");
    CHECK_TEXT(
        span_text(foreign_find(zip, &codecs[CODEC_ZSTD], true)),
        "a zip archive within zstd data, which whorl does not read: zstd -dc FILE >DATA; "
        "unzip -p DATA | whorl");
    CHECK(foreign_find(own, &codecs[CODEC_GZIP], false));
    CHECK(!foreign_find(own, &codecs[CODEC_GZIP], true));
}

#define HEADER 512

/* Make a tar header with NAME, and the checksum of its bytes, signed or not. */
static void make_tar(unsigned char header[HEADER], const char *name, const char *magic,
                     bool is_signed)
{
    char digits[8];
    int sum = 8 * ' ';

    memset(header, 0, HEADER);
    memcpy(header, name, strlen(name));
    memcpy(header + 100, "0000644\0000000000\0000000000\00000000000012\00000000000000", 47);
    memcpy(header + 257, magic, strlen(magic));
    for (size_t i = 0; i < HEADER; i++)
        if (i < 148 || i >= 156)
            sum += is_signed ? (signed char)header[i] : header[i];
    snprintf(digits, sizeof digits, "%06o", (unsigned)sum);
    memcpy(header + 148, digits, 7);
    header[155] = ' ';
}

UNIT_TEST(a_tar_archive_is_known_by_its_magic_or_by_its_checksum)
{
    static const char tar[] = "a tar archive, which whorl does not read: tar -xOf FILE | whorl";
    unsigned char header[HEADER];
    struct span bytes = span_of(header, HEADER);

    for (int is_signed = 0; is_signed < 2; is_signed++) {
        make_tar(header, "caf\xC3\xA9.ndjson", "", is_signed);
        CHECK_TEXT(span_text(find(bytes)), tar);
        header[60] ^= 1;
        CHECK_TEXT(span_text(find(bytes)), "");
        CHECK_TEXT(span_text(find(span_cut(bytes, 0, HEADER - 1))), "");
    }
    make_tar(header, "{a}.json", "ustar", false);
    CHECK_TEXT(span_text(find(bytes)), tar);
    CHECK_TEXT(span_text(find(span_cut(bytes, 0, 262))), tar);
    CHECK_TEXT(span_text(find(span_cut(bytes, 0, 261))), "");
    header[148] = 'x'; /* the magic is enough */
    CHECK_TEXT(span_text(find(bytes)), tar);
    memset(header, 0, HEADER); /* the end of an archive, or nothing at all */
    CHECK_TEXT(span_text(find(bytes)), "");
    /* Text with the magic at tar's place is text. */
    memset(header, 'x', HEADER);
    memcpy(header + 257, "ustar", 5);
    CHECK_TEXT(span_text(find(bytes)), "");
}

/* A line that could be a record is never foreign: it has no control bytes, and begins with one of
 * these. */
UNIT_TEST(no_record_is_foreign)
{
    static const char *const begins[] = {"{", " {", "\t", "\r\n", "\n", "\xEF\xBB\xBF{",
                                         "[", "\""};
    unsigned char text[HEADER];
    unsigned x = 1;

    for (size_t i = 0; i < COUNT(begins) * 20000; i++) {
        const char *begin = begins[i % COUNT(begins)];
        for (size_t k = 0; k < HEADER; k++) {
            x = x * 1103515245 + 12345;
            text[k] = (unsigned char)(x >> 16 & 7 ? 0x20 + (x >> 20) % 0x60 : 0x80 | x >> 24);
        }
        memcpy(text, begin, strlen(begin));
        memcpy(text + 257, "ustar", 5);
        snprintf((char *)text + 148, 8, "%07o", x >> 16);
        text[155] = ' ';
        CHECK(!foreign_find(span_of(text, HEADER), NULL, false));
    }
}

int main(void)
{
    return unit_run();
}
