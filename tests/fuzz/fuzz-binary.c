/*
 * fuzz-binary: binary output read back.
 *
 * The first line has letters, then a space and the stride. `s`: the text of a header follows, then
 * the bytes of rows; the header's numbers, the tags and the end block are made for them. `t` keeps
 * the tags of the input, `e` leaves out the end block. Without `s` the input is raw. `n`: the
 * carried member n identifies the rows. `m`: each row is to have that member.
 *
 * The rows and faults that are read must not depend on how the bytes come, and must be the same a
 * second time. If the output was made right, every row must be read.
 */
#include "config.h"

#include <endian.h>

#include "format/binary_read.h"
#include "text/hash.h"
#include "rows.h"

#define STRIDE_MOST 4096
#define HEAD        24
#define MARK        8
#define MARK_HEADER "\x89WHL\r\n\x1a\n"
#define MARK_END    "\x89WHE\r\n\x1a\n"
#define TAG         "\x11\x11\x11\x11\x11\x11\x11\x11"

static void put_number(struct buf *out, uint64_t value, size_t size)
{
    value = htole64(value);
    buf_put(out, span_of(&value, size));
}

static void put_zeros(struct buf *out, size_t to)
{
    while (out->n < to)
        buf_putc(out, 0);
}

/* The header's blocks around TEXT, as whorl-vector(5) has them. */
static void put_header(struct buf *out, struct span text, uint32_t stride)
{
    size_t room = stride - MARK, blocks = (HEAD + text.n + room - 1) / room;
    struct buf body = BUF_EMPTY;
    const uint32_t numbers[] = {1, (uint32_t)blocks, stride, 0, 0, (uint32_t)text.n};

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        put_number(&body, numbers[i], sizeof numbers[i]);
    buf_put(&body, text);
    put_zeros(&body, blocks * room);
    for (size_t i = 0; i < blocks; i++) {
        buf_put(out, span_of(MARK_HEADER, MARK));
        buf_put(out, span_cut(buf_span(&body), i * room, (i + 1) * room));
    }
    buf_free(&body);
}

/* Rows of the bytes in REST, the last filled up with zeros; how many. */
static uint64_t put_rows(struct buf *out, struct span rest, uint32_t stride, bool tagged)
{
    uint64_t count = 0;

    for (; rest.n; count++) {
        size_t from = out->n, n = rest.n < stride ? rest.n : stride;
        buf_put(out, span_cut(rest, 0, n));
        put_zeros(out, from + stride);
        if (tagged)
            memcpy(out->p + from, TAG, MARK);
        rest = span_cut(rest, n, rest.n);
    }
    return count;
}

static void put_end(struct buf *out, struct span rows, uint64_t count, uint32_t stride)
{
    size_t from = out->n;
    struct hash128 hash = hash128(rows);
    unsigned char digits[16];

    hash_big_endian(digits, hash.high);
    hash_big_endian(digits + 8, hash.low);
    buf_put(out, span_of(MARK_END, MARK));
    put_number(out, count, sizeof count);
    buf_put(out, span_of(digits, sizeof digits));
    put_zeros(out, from + stride);
}

/* What LETTERS and the parts in REST ask for; how many rows there are. */
static uint64_t put_made(struct buf *out, struct span letters, struct span rest)
{
    struct span text = fuzz_part(&rest);
    uint32_t stride = 0;

    for (size_t i = 0; i < letters.n; i++)
        if (letters.p[i] >= '0' && letters.p[i] <= '9')
            stride = (stride * 10 + letters.p[i] - '0') % STRIDE_MOST;
    stride = stride < 2 * HEAD ? 2 * HEAD : stride;
    put_header(out, text, stride);
    size_t from = out->n;
    uint64_t count = put_rows(out, rest, stride, !fuzz_has(letters, 't'));
    if (!fuzz_has(letters, 'e'))
        put_end(out, span_cut(buf_span(out), from, out->n), count, stride);
    return count;
}

/* Read BYTES from their beginning, of which at first FIRST are there, and then, whenever more
 * are needed, MORE, or as many as the reader asks for if that is 0. */
static void read_bytes(struct rows *rows, struct binary_reader *reader, struct span bytes,
                       size_t first, size_t more)
{
    size_t at = 0, have = first < bytes.n ? first : bytes.n;

    binary_reader_reset(reader);
    for (;;) {
        struct span copy = record_copy(span_cut(bytes, at, at + have));
        struct fault fault = FAULT_NONE;
        struct row row;
        size_t used, need;
        enum binary_event event = binary_read(reader, copy, &used, &need, &row, &fault);
        REQUIRE(used <= have);
        if (event == BINARY_ROW)
            rows_take(rows, &row);
        if (event == BINARY_FAULT)
            rows_fault(rows, &fault);
        fuzz_free(copy);
        at += used;
        have -= used;
        if (event == BINARY_FAULT && fault_is_final(fault))
            return;
        if (used)
            continue;
        /* Nothing was used, so it must want more than it has. */
        REQUIRE(event == BINARY_HUNGRY && need > have);
        if (at + have == bytes.n)
            break;
        have = more ? have + more : need;
        have = have < bytes.n - at ? have : bytes.n - at;
    }
    struct fault fault = binary_read_end(reader, bytes.n - at);
    if (fault.status != STATUS_OK)
        rows_fault(rows, &fault);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span rest = span_of(data, size), letters = fuzz_line(&rest);
    const struct row_names names = {
        .by = span_text(fuzz_has(letters, 'n') ? "n" : ""),
        .members = {span_text(""), span_text(fuzz_has(letters, 'm') ? "n" : "")}};
    struct buf bytes = BUF_EMPTY;
    struct binary_reader *reader = binary_reader_new(&names, 7, NULL);
    struct binary_reader *other = binary_reader_new(&names, 8, NULL);
    struct rows first, again;
    uint64_t count = 0;
    bool made = fuzz_has(letters, 's');

    REQUIRE(reader && other);
    if (made)
        count = put_made(&bytes, letters, rest);
    else
        buf_put(&bytes, rest);
    rows_begin(&first, false);
    read_bytes(&first, reader, buf_span(&bytes), bytes.n, 0);
    if (made && !fuzz_has(letters, 't') && !fuzz_has(letters, 'e'))
        REQUIRE(first.faults ? !first.count : first.count == count);
    for (size_t i = 0; i < 3; i++) {
        rows_begin(&again, true);
        read_bytes(&again, i ? reader : other, buf_span(&bytes), i, i * (bytes.n / 64 + i));
        REQUIRE_EQUAL(buf_span(&again.notes), buf_span(&first.notes));
        rows_end(&again);
    }
    rows_end(&first);
    binary_reader_free(reader);
    binary_reader_free(other);
    buf_free(&bytes);
    return 0;
}
