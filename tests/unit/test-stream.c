/* stream: compressed and plain bytes, however they arrive, and lines cut from them. */
#include "config.h"

#include <poll.h>
#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "stream/decompress.h"
#include "stream/split.h"
#include "stream/unzstd.h"
#include "unit.h"

/* printf '{"a":1}\n' | gzip -n | xxd -p, and so on; the zstd ones with --no-check and --check.
 */
#define GZIP_A  "1f8b0800000000000003ab564a54b232ace5020046a3e87408000000"
#define GZIP_B  "1f8b0800000000000003ab564a52b232aae50200b16f3af008000000"
#define ZSTD_C  "28b52ffd00584100007b2263223a337d0a"
#define ZSTD_D  "28b52ffd04584100007b2264223a347d0a03668d80"
#define SKIPPED "5a2a4d1803000000616263" /* a skippable frame: magic, length 3, abc */

static void put_hex(struct buf *out, const char *hex)
{
    for (; *hex; hex += 2) {
        char digits[3] = {hex[0], hex[1], 0};
        buf_putc(out, (unsigned char)strtoul(digits, NULL, 16));
    }
}

/* Write all of BYTES to the pipe END, AT_ONCE at a time and none before those before were read.
 * False if that is in vain. */
static bool write_all(int end, struct span bytes, size_t at_once)
{
    for (size_t i = 0; i < bytes.n; i += at_once) {
        struct pollfd reader = {.fd = end}; /* with an error when nobody reads any more */
        int waiting = 1;
        while (ioctl(end, FIONREAD, &waiting) == 0 && waiting && poll(&reader, 1, 0) == 0)
            sched_yield();
        if (write(end, bytes.p + i, bytes.n - i < at_once ? bytes.n - i : at_once) < 0)
            return false;
    }
    return true;
}

/* Read all of BYTES, which come AT_ONCE at a time, ROOM bytes at a time. What came out goes to
 * OUT; what is wrong is returned, or null. */
static const char *read_all(struct span bytes, size_t at_once, size_t room, struct buf *out)
{
    struct decompress *d = decompress_new(UNZSTD_WINDOW);
    unsigned char *piece = malloc(room);
    const char *what = NULL;
    int ends[2];
    ssize_t got = 0;

    CHECK(d && piece && pipe(ends) == 0);
    pid_t writer = fork();
    if (writer == 0) {
        close(ends[0]);
        _exit(!write_all(ends[1], bytes, at_once));
    }
    close(ends[1]);
    struct source source = {.fd = ends[0]};
    buf_clear(out);
    while (d && piece && (got = decompress_read(d, &source, piece, room, &what)) > 0)
        buf_put(out, span_of(piece, (size_t)got));
    close(ends[0]);
    waitpid(writer, NULL, 0);
    decompress_free(d);
    free(piece);
    return got < 0 ? what : NULL;
}

static const struct stream_case {
    const char *hex[5];
    const char *out;
    const char *what; /* null if all is well */
} cases[] = {
    {{""}, "", NULL},
    {{"7b7d"}, "{}", NULL},
    {{"1f"}, "\x1F", NULL},
    {{"28b52f"}, "(\xB5/", NULL},
    {{GZIP_A}, "{\"a\":1}\n", NULL},
    {{ZSTD_C}, "{\"c\":3}\n", NULL},
    {{ZSTD_D}, "{\"d\":4}\n", NULL},
    {{GZIP_A, GZIP_B}, "{\"a\":1}\n{\"b\":2}\n", NULL},
    {{ZSTD_C, ZSTD_D}, "{\"c\":3}\n{\"d\":4}\n", NULL},
    {{GZIP_A, ZSTD_C, GZIP_B}, "{\"a\":1}\n{\"c\":3}\n{\"b\":2}\n", NULL},
    {{SKIPPED, ZSTD_C, SKIPPED}, "{\"c\":3}\n", NULL},
    {{GZIP_A, "0000000000000000"}, "{\"a\":1}\n", NULL},
    {{GZIP_A, "0000000000", GZIP_B}, "{\"a\":1}\n{\"b\":2}\n", NULL},
    {{GZIP_A, "7b7d0a"}, "{\"a\":1}\n", "something else follows the compressed data"},
    {{ZSTD_C, "7b"}, "{\"c\":3}\n", "something else follows the compressed data"},
    {{"1f8b090000000000000300000000000000000000"}, "", "the gzip data is damaged"},
    {{"28b52ffdffffffffffffffffffffffffffffffffffffffff"}, "", "the zstd data is damaged"},
    /* An empty frame that asks for a window of 2^31 bytes (RFC 8878 section 3.1.1.1.2). */
    {{"28b52ffd00a8010000"},
     "",
     "the zstd data needs a window of more than 128 MiB: see --long"},
};

UNIT_TEST(compressed_and_plain_input_is_told_by_its_magic_however_it_arrives)
{
    struct buf bytes = BUF_EMPTY, out = BUF_EMPTY;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t at_once = 1; at_once <= 1000; at_once *= 10)
            for (size_t room = 1; room <= 1000; room *= 10) {
                buf_clear(&bytes);
                for (size_t k = 0; cases[i].hex[k]; k++)
                    put_hex(&bytes, cases[i].hex[k]);
                const char *what = read_all(buf_span(&bytes), at_once, room, &out);
                CHECK_TEXT(buf_span(&out), cases[i].out);
                CHECK_TEXT(span_text(what ? what : "well"),
                           cases[i].what ? cases[i].what : "well");
            }
    buf_free(&bytes);
    buf_free(&out);
}

UNIT_TEST(rule_30_data_cut_off_anywhere_is_told_and_what_came_before_is_right)
{
    static const char *const members[] = {GZIP_A, ZSTD_C, ZSTD_D};
    static const char *const texts[] = {"{\"a\":1}\n", "{\"c\":3}\n", "{\"d\":4}\n"};
    struct buf bytes = BUF_EMPTY, out = BUF_EMPTY;

    for (size_t i = 0; i < 3; i++) {
        buf_clear(&bytes);
        put_hex(&bytes, members[i]);
        for (size_t n = 4; n < bytes.n; n++) {
            const char *what = read_all(span_of(bytes.p, n), 1000, 1000, &out);
            CHECK_TEXT(span_text(what ? what : "well"),
                       i == 0 ? "the gzip data is cut off" : "the zstd data is cut off");
            CHECK(span_begins(span_text(texts[i]), buf_span(&out)));
        }
    }
    buf_free(&bytes);
    buf_free(&out);
}

UNIT_TEST(a_wrong_checksum_is_damage)
{
    struct buf bytes = BUF_EMPTY, out = BUF_EMPTY;

    put_hex(&bytes, GZIP_A);
    bytes.p[bytes.n - 6] ^= 1;
    CHECK_TEXT(span_text(read_all(buf_span(&bytes), 1000, 1000, &out)),
               "the gzip data is damaged");
    buf_clear(&bytes);
    put_hex(&bytes, ZSTD_D);
    bytes.p[bytes.n - 1] ^= 1;
    CHECK_TEXT(span_text(read_all(buf_span(&bytes), 1000, 1000, &out)),
               "the zstd data is damaged");
    buf_free(&bytes);
    buf_free(&out);
}

int main(void)
{
    return unit_run();
}
