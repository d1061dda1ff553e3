/* dictionary: each line is written once within its bound, and again beyond it. */
#include "config.h"

#include <stdlib.h>

#include "catalog/catalog.h"
#include "format/dictionary.h"
#include "vector/vector.h"
#include "unit.h"

/* A vector of one signal, whose value is the number N, or a string of LENGTH bytes before it.
 */
struct one {
    struct catalog_row row;
    struct catalog catalog;
    uint64_t hash;
    struct span text;
    char bytes[2 << 20];
};

static bool put(struct dictionary *dictionary, struct buf *out, struct one *one, size_t n,
                size_t length)
{
    struct vector vector = {
        .catalog = &one->catalog, .hashes = &one->hash, .texts = &one->text};

    memset(one->bytes, 'x', length);
    one->bytes[0] = '=';
    int digits = snprintf(one->bytes + 1 + length, 20, "%zu", n);
    one->row.name = (struct extent){0, 1};
    one->catalog = (struct catalog){
        .texts = (const unsigned char *)"a", .rows = &one->row, .row_count = 1};
    one->text = span_of(one->bytes, 1 + length + (size_t)digits);
    one->hash = 0xff; /* equal hashes are not equal lines */
    buf_clear(out);
    dictionary_put(out, &vector, false);
    return dictionary_keep(dictionary, out);
}

UNIT_TEST(a_line_is_written_once_and_after_the_bound_once_more)
{
    static struct one one;
    struct buf out = BUF_EMPTY;
    struct dictionary dictionary;

    dictionary_init(&dictionary, 7);
    CHECK(put(&dictionary, &out, &one, 5, 0));
    CHECK_TEXT(buf_span(&out), "a\t00000000000000ff\t5\n");
    for (size_t i = 0; i < DICTIONARY_LINES; i++)
        if (!put(&dictionary, &out, &one, i, 0) || !out.n != (i == 5))
            unit_bad = true;
    /* It holds all lines. */
    for (size_t i = 0; i < DICTIONARY_LINES; i += 1000)
        CHECK(put(&dictionary, &out, &one, i, 0) && !out.n);
    CHECK(put(&dictionary, &out, &one, DICTIONARY_LINES, 0) && out.n);
    CHECK(put(&dictionary, &out, &one, 5, 0) && out.n);
    CHECK(put(&dictionary, &out, &one, 5, 0) && !out.n);
    dictionary_free(&dictionary);
    buf_free(&out);
}

UNIT_TEST(bytes_are_bounded_too_and_a_line_too_long_is_not_remembered)
{
    static struct one one;
    struct buf out = BUF_EMPTY;
    struct dictionary dictionary;
    size_t length = DICTIONARY_BYTES / 17;

    dictionary_init(&dictionary, 7);
    for (size_t i = 0; i < 16; i++)
        CHECK(put(&dictionary, &out, &one, i, length) && out.n > length);
    for (size_t i = 0; i < 16; i++)
        CHECK(put(&dictionary, &out, &one, i, length) && !out.n);
    /* This line has room only in the place of all others. */
    CHECK(put(&dictionary, &out, &one, 16, length) && out.n);
    CHECK(put(&dictionary, &out, &one, 16, length) && !out.n);
    CHECK(put(&dictionary, &out, &one, 0, length) && out.n);
    for (size_t i = 0; i < 2; i++)
        CHECK(put(&dictionary, &out, &one, 1, DICTIONARY_BYTES / 16) && out.n);
    dictionary_free(&dictionary);
    buf_free(&out);
}

UNIT_TEST(of_many_lines_at_once_those_are_left_that_are_new)
{
    struct dictionary dictionary;
    struct buf lines = BUF_EMPTY;

    dictionary_init(&dictionary, 7);
    buf_puts(&lines, "a\t1\t1\nb\t2\t2\na\t1\t1\nc\t3\t3\n");
    CHECK(dictionary_keep(&dictionary, &lines));
    CHECK_TEXT(buf_span(&lines), "a\t1\t1\nb\t2\t2\nc\t3\t3\n");
    buf_clear(&lines);
    buf_puts(&lines, "c\t3\t3\nd\t4\t4\nb\t2\t2\n");
    CHECK(dictionary_keep(&dictionary, &lines));
    CHECK_TEXT(buf_span(&lines), "d\t4\t4\n");
    dictionary_free(&dictionary);
    buf_free(&lines);
}

int main(void)
{
    return unit_run();
}
