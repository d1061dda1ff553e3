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
#include "stream/codec.h"
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

/* Write all of BYTES to the pipe END, AT_ONCE at a time, each piece after the one before was read.
 * False if the reader is gone. */
static bool write_all(int end, struct span bytes, size_t at_once)
{
    for (size_t i = 0; i < bytes.n; i += at_once) {
        struct pollfd reader = {.fd = end}; /* with an error when the reader is gone */
        int waiting = 1;
        while (ioctl(end, FIONREAD, &waiting) == 0 && waiting && poll(&reader, 1, 0) == 0)
            sched_yield();
        if (write(end, bytes.p + i, bytes.n - i < at_once ? bytes.n - i : at_once) < 0)
            return false;
    }
    return true;
}

/* A pipe from which BYTES can be read, written by WRITER, AT_ONCE bytes at a time. */
static struct source pipe_of(struct span bytes, size_t at_once, pid_t *writer)
{
    int ends[2];

    CHECK(pipe(ends) == 0);
    *writer = fork();
    if (*writer == 0) {
        close(ends[0]);
        _exit(!write_all(ends[1], bytes, at_once));
    }
    close(ends[1]);
    return (struct source){.fd = ends[0]};
}

/* Read all of BYTES, written to a pipe AT_ONCE bytes at a time, ROOM bytes at a time. If
 * NONBLOCKING, wait only after nothing was there. The output goes to OUT. Returns what is wrong, or
 * null. */
static const char *read_all(struct span bytes, size_t at_once, size_t room, bool nonblocking,
                            struct buf *out)
{
    struct decompress *d = decompress_new(CODEC_WINDOW_LOG, true);
    unsigned char *piece = malloc(room);
    struct fault fault = FAULT_NONE;
    pid_t writer;
    ssize_t got = 0;

    CHECK(d && piece);
    struct source source = pipe_of(bytes, at_once, &writer);
    buf_clear(out);
    for (;;) {
        got = decompress_read(d, &source, piece, room, &fault);
        if (got == 0 || fault.status != STATUS_OK)
            break;
        CHECK(got > 0 || source.nonblocking);
        source.nonblocking = nonblocking && got > 0;
        buf_put(out, span_of(piece, got > 0 ? (size_t)got : 0));
    }
    close(source.fd);
    waitpid(writer, NULL, 0);
    decompress_free(d);
    free(piece);
    return got < 0 ? fault_text(fault) : NULL;
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
                for (int nonblocking = 0; nonblocking < 2; nonblocking++) {
                    const char *what =
                        read_all(buf_span(&bytes), at_once, room, nonblocking, &out);
                    CHECK_TEXT(buf_span(&out), cases[i].out);
                    CHECK_TEXT(span_text(what ? what : "well"),
                               cases[i].what ? cases[i].what : "well");
                }
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
            const char *what = read_all(span_of(bytes.p, n), 1000, 1000, false, &out);
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
    CHECK_TEXT(span_text(read_all(buf_span(&bytes), 1000, 1000, false, &out)),
               "the gzip data is damaged");
    buf_clear(&bytes);
    put_hex(&bytes, ZSTD_D);
    bytes.p[bytes.n - 1] ^= 1;
    CHECK_TEXT(span_text(read_all(buf_span(&bytes), 1000, 1000, false, &out)),
               "the zstd data is damaged");
    buf_free(&bytes);
    buf_free(&out);
}

/* Put the lines of a source's blocks, each as a line of text: "N:TEXT", "N!RAW" for one too long
 * and "+RAW" for the rest of it. */
static void put_lines(struct buf *out, const struct block *block, size_t limit, uint64_t *lines)
{
    struct split split;
    struct split_line line;
    enum split_event event;

    *lines = block->first ? 0 : *lines;
    split_init(&split, block, limit);
    while ((event = split_next(&split, &line)) != SPLIT_END) {
        if (event != SPLIT_REST)
            buf_put_uint(out, *lines + line.number);
        buf_puts(out, event == SPLIT_LINE ? ":" : event == SPLIT_LONG ? "!" : "+");
        buf_put(out, event == SPLIT_LINE ? line.text : line.raw);
        buf_puts(out, event == SPLIT_LINE || !memchr(line.raw.p, '\n', line.raw.n) ? "\n" : "");
    }
    *lines += split.lines;
}

/* Read TEXT, which arrives AT_ONCE bytes at a time, into COUNT blocks in turn that read ROOM
 * bytes. */
static void blocks_of(const char *text, size_t at_once, size_t room, size_t count,
                      bool nonblocking, size_t limit, struct buf *out)
{
    struct block block[3];
    struct blocks blocks;
    struct decompress *d = decompress_new(CODEC_WINDOW_LOG, true);
    pid_t writer;
    uint64_t lines = 0;
    size_t read = 0, now = 0;
    struct fault fault;
    enum block_event event = BLOCK_FULL;
    struct source source = pipe_of(span_text(text), at_once, &writer);

    CHECK(d && block_init(&block[0]) && block_init(&block[1]) && block_init(&block[2]));
    buf_clear(out);
    blocks_init(&blocks, limit);
    while (event != BLOCK_END) {
        source.nonblocking = nonblocking && event != BLOCK_WAIT;
        event = block_fill(&block[now], room, &blocks, d, &source, &fault);
        CHECK(fault.status == STATUS_OK);
        CHECK(event != BLOCK_WAIT || (source.nonblocking && !block[now].n));
        read += block[now].read;
        put_lines(out, &block[now], limit, &lines);
        now = event == BLOCK_WAIT ? now : (now + 1) % count;
    }
    CHECK(read == strlen(text));
    for (int i = 0; i < 3; i++)
        block_free(&block[i]);
    decompress_free(d);
    close(source.fd);
    waitpid(writer, NULL, 0);
}

UNIT_TEST(lines_are_the_same_however_they_arrive_and_wherever_blocks_end)
{
    static const char text[] =
        "\xEF\xBB\xBF{1}\r\n\n  \r\n{2}\r\r\n12345678\n123456789\n{3}\n{4}";
    struct buf out = BUF_EMPTY;

    for (size_t at_once = 1; at_once < sizeof text; at_once++)
        for (size_t room = 1; room < sizeof text; room += 3)
            for (size_t count = 1; count <= 3; count++) {
                blocks_of(text, at_once, room, count, count % 2, 8, &out);
                CHECK_TEXT(buf_span(&out),
                           "1:{1}\n4:{2}\r\n5:12345678\n6!123456789\n7:{3}\n8:{4}\n");
            }
    buf_free(&out);
}

UNIT_TEST(a_line_beyond_all_bounds_comes_in_pieces_that_make_it_up)
{
    static const char text[] = "{1}\n12345678901234567890123456789012345678901234567890\n{2}\n";
    struct buf out = BUF_EMPTY, joined = BUF_EMPTY;

    for (size_t at_once = 1; at_once < sizeof text; at_once += 5)
        for (size_t room = 1; room < sizeof text; room += 7) {
            blocks_of(text, at_once, room, 2, true, 3, &out);
            buf_clear(&joined);
            for (size_t i = 0; i < out.n; i++) {
                if (i + 1 < out.n && out.p[i] == '\n' && out.p[i + 1] == '+')
                    i += 2;
                buf_putc(&joined, out.p[i]);
            }
            CHECK_TEXT(buf_span(&joined),
                       "1:{1}\n2!12345678901234567890123456789012345678901234567890\n3:{2}\n");
        }
    buf_free(&out);
    buf_free(&joined);
}

UNIT_TEST(what_has_arrived_is_given_and_the_rest_of_a_long_line_as_it_comes)
{
    static const struct {
        const char *sent, *lines;
        enum block_event event;
    } steps[] = {
        {"{1", "", BLOCK_WAIT},
        {"}\n{2}\n{3", "1:{1}\n2:{2}\n", BLOCK_PART},
        {"}\n1234567890", "3:{3}\n4!1234567890\n", BLOCK_PART},
        {"123", "+123\n", BLOCK_PART},
        {"45\n{5}\n", "+45\n5:{5}\n", BLOCK_PART},
    };
    struct buf out = BUF_EMPTY;
    struct decompress *d = decompress_new(CODEC_WINDOW_LOG, true);
    struct block block[2];
    struct blocks blocks;
    struct fault fault;
    uint64_t lines = 0;
    int ends[2];

    CHECK(d && pipe(ends) == 0 && block_init(&block[0]) && block_init(&block[1]));
    struct source source = {.fd = ends[0], .nonblocking = true};
    blocks_init(&blocks, 3);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        ssize_t n = (ssize_t)strlen(steps[i].sent);
        CHECK(write(ends[1], steps[i].sent, (size_t)n) == n);
        CHECK(block_fill(&block[i % 2], BLOCK_SIZE, &blocks, d, &source, &fault) ==
              steps[i].event);
        buf_clear(&out);
        put_lines(&out, &block[i % 2], 3, &lines);
        CHECK_TEXT(buf_span(&out), steps[i].lines);
    }
    CHECK(block_fill(&block[0], BLOCK_SIZE, &blocks, d, &source, &fault) == BLOCK_WAIT);
    close(ends[1]);
    CHECK(block_fill(&block[0], BLOCK_SIZE, &blocks, d, &source, &fault) == BLOCK_END);
    CHECK(!block[0].n && fault.status == STATUS_OK);
    close(ends[0]);
    block_free(&block[0]);
    block_free(&block[1]);
    decompress_free(d);
    buf_free(&out);
}

int main(void)
{
    return unit_run();
}
