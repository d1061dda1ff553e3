/* base: memory, spans, differences, sorting, faults. */
#include "config.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/count.h"
#include "base/fault.h"
#include "base/mismatch.h"
#include "base/quota.h"
#include "base/repeat.h"
#include "base/slab.h"
#include "base/sort.h"
#include "base/wide.h"
#include "unit.h"

UNIT_TEST(spans_compare_byte_by_byte_and_a_prefix_sorts_first)
{
    struct span none = span_of(NULL, 0);

    CHECK(span_compare(span_text("a"), span_text("b")) < 0);
    CHECK(span_compare(span_text("a"), span_text("ab")) < 0);
    CHECK(span_compare(span_of("a\0b", 3), span_of("a\0a", 3)) > 0);
    CHECK(span_compare(span_text("\xC3\xA9"), span_text("z")) > 0); /* bytes are not signed */
    CHECK(span_compare(none, span_text("")) == 0 && span_equal(none, span_text("")));
    CHECK(span_begins(span_text("abc"), span_text("ab")) && span_begins(none, none));
    CHECK(!span_begins(span_text("a"), span_text("ab")));
    CHECK(span_failed(SPAN_FAILED) && !span_failed(none));
}

UNIT_TEST(a_buffer_grows_and_keeps_its_bytes)
{
    struct buf b = BUF_EMPTY;

    for (unsigned i = 0; i < 100000; i++)
        buf_putc(&b, (unsigned char)i);
    CHECK(b.n == 100000 && !b.failed);
    for (unsigned i = 0; i < 100000; i++)
        if (b.p[i] != (unsigned char)i) {
            CHECK(b.p[i] == (unsigned char)i);
            break;
        }
    buf_clear(&b);
    buf_put_uint(&b, 0);
    buf_put_uint(&b, 18446744073709551615u);
    buf_put(&b, span_of(NULL, 0));
    CHECK_SPAN(buf_span(&b), span_text("018446744073709551615"));
    buf_free(&b);
}

UNIT_TEST(a_buffer_out_of_memory_says_so_and_does_nothing_more)
{
    struct buf b = BUF_EMPTY;

    buf_puts(&b, "kept");
    CHECK(!buf_room(&b, SIZE_MAX / 2));
    buf_puts(&b, "not added");
    CHECK(b.failed && b.n == 4);
    buf_clear(&b);
    CHECK(!b.failed && buf_room(&b, 1));
    buf_free(&b);
}

UNIT_TEST(a_buffer_in_the_callers_memory_does_not_grow)
{
    unsigned char memory[5] = "....";
    struct buf b = buf_within(memory, 4);

    buf_puts(&b, "abc");
    buf_puts(&b, "de"); /* does not fit, so nothing is appended */
    CHECK(b.failed && !buf_room(&b, 0));
    CHECK_SPAN(buf_span(&b), span_text("abc"));
    CHECK(b.p == memory && memory[3] == '.');
    buf_clear(&b);
    buf_puts(&b, "wxyz");
    CHECK(!b.failed && memcmp(memory, "wxyz", 5) == 0);
    buf_free(&b);
    CHECK(!b.p && !b.fixed);
}

UNIT_TEST(an_arena_gives_aligned_pieces_that_do_not_overlap)
{
    struct arena a = ARENA_EMPTY;
    unsigned char *pieces[500];

    for (size_t i = 0; i < 500; i++) {
        pieces[i] = arena_take(&a, i * 37);
        CHECK(pieces[i] && (uintptr_t)pieces[i] % 16 == 0);
        if (pieces[i])
            memset(pieces[i], (int)i, i * 37);
    }
    for (size_t i = 0; i < 500; i++)
        for (size_t k = 0; pieces[i] && k < i * 37; k++)
            if (pieces[i][k] != (unsigned char)i) {
                CHECK(pieces[i][k] == (unsigned char)i);
                break;
            }
    arena_free(&a);
}

UNIT_TEST(an_arena_once_grown_gives_the_same_memory_again)
{
    struct arena a = ARENA_EMPTY;
    void *first[3], *again[3];
    const size_t sizes[3] = {1000, 3000000, 5};

    for (int i = 0; i < 3; i++)
        first[i] = arena_take(&a, sizes[i]);
    arena_reset(&a);
    for (int i = 0; i < 3; i++) {
        again[i] = arena_take(&a, sizes[i]);
        CHECK(again[i] && again[i] == first[i]);
    }
    arena_free(&a);
}

UNIT_TEST(an_arena_goes_back_to_a_mark_and_trims_its_last_piece)
{
    struct arena a = ARENA_EMPTY;
    struct arena_mark mark = arena_mark(&a);
    unsigned char *piece = arena_take(&a, 1000);

    arena_trim(&a, piece, 10);
    CHECK((unsigned char *)arena_take(&a, 1) == piece + 16);
    arena_back(&a, mark);
    CHECK(arena_take(&a, 1) == (void *)piece);
    arena_free(&a);
}

UNIT_TEST(an_arena_out_of_memory_remembers_it_until_the_next_reset)
{
    struct arena a = ARENA_EMPTY;

    CHECK(!arena_take(&a, SIZE_MAX) && a.failed);
    CHECK(arena_take(&a, 8) && a.failed);
    arena_reset(&a);
    CHECK(!a.failed);
    CHECK(!arena_take_array(&a, SIZE_MAX / 4, 8) && a.failed);
    arena_free(&a);
}

struct pair {
    unsigned key, place;
    char pad[24];
};

static int by_key(const void *a, const void *b, void *count)
{
    const struct pair *x = a, *y = b;

    ++*(size_t *)count;
    return (x->key > y->key) - (x->key < y->key);
}

/* Is PIECE, of SIZE bytes, in SLAB, and does it still hold its number? */
static bool slab_has(const struct slab *slab, const unsigned char *piece, size_t size,
                     unsigned char number)
{
    if (piece < slab->memory || piece + size > slab->memory + slab->size)
        return false;
    for (size_t i = 0; i < size; i++)
        if (piece[i] != number)
            return false;
    return true;
}

UNIT_TEST(pieces_of_a_slab_come_and_go_without_touching_each_other)
{
    enum { PIECES = 40 };
    static struct slab slab;
    unsigned char *pieces[PIECES] = {NULL};
    size_t sizes[PIECES];
    unsigned state = 1, taken = 0;

    void *memory = malloc(100000);

    if (!memory)
        abort();
    slab_init(&slab, memory, 100000);
    for (int step = 0; step < 20000; step++) {
        state = state * 1664525 + 1013904223;
        unsigned i = (state >> 16) % PIECES;
        if (pieces[i]) {
            CHECK(slab_has(&slab, pieces[i], sizes[i], (unsigned char)i));
            slab_give(&slab, pieces[i]);
            pieces[i] = NULL;
            continue;
        }
        sizes[i] = (state >> 8) % 9000;
        bool fits = slab_fits(&slab, sizes[i]);
        pieces[i] = i % 4 ? slab_take(&slab, sizes[i]) : slab_take_last(&slab, sizes[i]);
        CHECK(fits == (pieces[i] != NULL));
        if (pieces[i])
            memset(pieces[i], (int)i, sizes[i]);
        taken += pieces[i] != NULL;
    }
    CHECK(taken > 5000);
    for (unsigned i = 0; i < PIECES; i++)
        slab_give(&slab, pieces[i]);
    CHECK(slab.count == 0 && slab_fits(&slab, slab.size) && !slab_fits(&slab, slab.size + 1));
    free(memory);
}

UNIT_TEST(a_slab_gives_the_first_gap_or_the_last_and_nothing_where_none_is_as_large)
{
    static struct slab slab;
    static max_align_t memory[1024 / sizeof(max_align_t)];

    slab_init(&slab, memory, 1024);
    unsigned char *a = slab_take(&slab, 256), *b = slab_take(&slab, 256);
    unsigned char *last = slab_take_last(&slab, 256), *c = slab_take(&slab, 256);
    CHECK(a && b == a + 256 && c == b + 256 && last == c + 256);
    CHECK(!slab_take(&slab, 1) && !slab_take_last(&slab, 1) && !slab_fits(&slab, 1));
    slab_give(&slab, a);
    slab_give(&slab, c);
    CHECK(!slab_take(&slab, 257) && !slab_fits(&slab, 512));
    CHECK(slab_take_last(&slab, 200) == c && slab_take(&slab, 200) == a);
    slab_give(&slab, NULL);
    slab_init(&slab, memory, 63); /* less than a line */
    CHECK(!slab_take(&slab, 1) && !slab_take(&slab, SIZE_MAX));
}

UNIT_TEST(a_slab_of_as_many_pieces_as_there_may_be_has_no_room)
{
    static struct slab slab;
    void *piece = NULL, *memory = malloc((size_t)64 * (SLAB_PIECES + 10));

    if (!memory)
        abort();
    slab_init(&slab, memory, (size_t)64 * (SLAB_PIECES + 10));
    for (int i = 0; i < SLAB_PIECES; i++)
        CHECK((piece = slab_take(&slab, 1)));
    CHECK(!slab_take(&slab, 1) && !slab_take_last(&slab, 1) && !slab_fits(&slab, 1));
    slab_give(&slab, piece);
    CHECK(slab_take(&slab, 1) == piece);
    free(memory);
}

UNIT_TEST(sorting_orders_keeps_equals_in_place_and_is_n_log_n)
{
    enum { MOST = 3000 };
    struct pair *pairs = malloc(MOST * sizeof *pairs), *scratch = malloc(MOST * sizeof *pairs);
    unsigned random = 1;

    for (unsigned n = 0; n < MOST; n = n < 70 ? n + 1 : n * 5 / 3) {
        size_t compared = 0, bound = n < 2 ? 0 : (size_t)n * 16;
        for (unsigned i = 0; i < n; i++) {
            random = random * 1664525 + 1013904223;
            pairs[i] = (struct pair){.key = random >> 24, .place = i};
        }
        sort_array(pairs, n, sizeof *pairs, by_key, &compared, scratch);
        CHECK(compared <= bound);
        for (unsigned i = 1; i < n; i++)
            CHECK(pairs[i - 1].key < pairs[i].key ||
                  (pairs[i - 1].key == pairs[i].key && pairs[i - 1].place < pairs[i].place));
    }
    free(pairs);
    free(scratch);
}

UNIT_TEST(the_first_byte_that_differs_is_found_wherever_it_is)
{
    enum { MOST = 900 };

    for (size_t n = 0; n <= MOST; n += n < 80 ? 1 : 61) {
        /* Of exactly their size, and aligned differently. */
        unsigned char *a = malloc(n + 1), *b = malloc(n + 4);
        if (!a || !b)
            abort();
        memset(a + 1, 'x', n);
        memset(b + 4, 'x', n);
        for (size_t at = 0; at <= n; at++) {
            if (at < n)
                b[4 + at] = 'y';
            if (at + 9 < n)
                b[4 + at + 9] = 'y'; /* not the only one */
            CHECK(mismatch_find(a + 1, b + 4, n) == at);
            CHECK(mismatch_by_sixteen(a + 1, b + 4, n) == at);
            CHECK(mismatch_by_eight(a + 1, b + 4, n) == at);
            memset(b + 4, 'x', n);
        }
        free(a);
        free(b);
    }
}

UNIT_TEST(small_numbers_are_counted_whatever_their_number_and_place)
{
    enum { MOST = 3 * 16 * COUNT_SUMS + 40 };
    static unsigned char bytes[MOST + 1];
    uint32_t random = 1;

    for (size_t i = 0; i < sizeof bytes; i++) {
        random = random * 1664525 + 1013904223;
        bytes[i] = (unsigned char)(random >> 24 & 7);
    }
    for (uint32_t n = 0; n < MOST; n += n < 70 ? 1 : 997)
        for (unsigned least = 1; least < 9; least++) {
            uint32_t count = 0;
            for (uint32_t i = 0; i < n; i++)
                count += bytes[1 + i] >= least;
            CHECK(count_by_one(bytes + 1, n, least) == count);
            CHECK(count_by_eight(bytes + 1, n, least) == count);
            CHECK(count_by_sixteen(bytes + 1, n, least) == count);
        }
    /* The largest sums, of the largest bytes. */
    memset(bytes, 127, sizeof bytes);
    for (unsigned least = 1; least <= 128; least++) {
        CHECK(count_by_eight(bytes, MOST, least) == (least < 128 ? MOST : 0));
        CHECK(count_by_sixteen(bytes, MOST, least) == (least < 128 ? MOST : 0));
    }
}

UNIT_TEST(of_texts_that_repeat_earlier_ones_the_first_is_found)
{
    static const struct {
        const char *texts[5];
        size_t count, at, earlier;
    } cases[] = {
        {{""}, 0, REPEAT_NONE, REPEAT_NONE},
        {{"a", "b", "ab", "", "B"}, 5, REPEAT_NONE, REPEAT_NONE},
        {{"b", "a", "b", "a", "b"}, 5, 2, 0},
        {{"c", "a", "b", "b", "a"}, 5, 3, 2},
        {{"a", "", "b", "", "a"}, 5, 3, 1},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena = ARENA_EMPTY;
        struct span texts[5];
        struct repeat repeat;
        for (size_t k = 0; k < cases[i].count; k++)
            texts[k] = span_text(cases[i].texts[k]);
        CHECK(repeat_find(&repeat, texts, cases[i].count, &arena));
        CHECK(repeat.at == cases[i].at && repeat.earlier == cases[i].earlier);
        arena_free(&arena);
    }
}

UNIT_TEST(every_status_has_a_text_of_its_own)
{
    for (int a = STATUS_OK; a <= STATUS_SIGNALS; a++)
        for (int b = STATUS_OK; b < a; b++)
            CHECK(strcmp(status_text(a), status_text(b)) != 0);
}

UNIT_TEST(a_fault_has_a_text_whatever_made_it)
{
    struct arena arena = ARENA_EMPTY;
    struct quota full = {.reached = true, .full = "too much"}, room = {.most = 1};
    char word[300];

    CHECK(fault_text(fault_at(STATUS_COLON, 3)) == status_text(STATUS_COLON));
    CHECK(strcmp(fault_text(fault_invalid(3, "bad")), "bad") == 0);
    CHECK(strcmp(fault_text(fault_unreadable(3, "bad")), "bad") == 0);
    CHECK(strcmp(fault_text(fault_system(ENOENT)), "No such file or directory") == 0);
    CHECK(fault_system(ENOMEM).status == STATUS_NO_MEMORY);
    CHECK(strcmp(fault_text(quota_fault(&full)), "too much") == 0);
    CHECK(quota_fault(&room).status == STATUS_NO_MEMORY);
    CHECK(quota_fault(NULL).status == STATUS_NO_MEMORY);
    struct fault fault = fault_format(&arena, 7, "expected %d, not '%s'", 1, "x");
    CHECK(fault.status == STATUS_INVALID && fault.offset == 7);
    CHECK(strcmp(fault_text(fault), "expected 1, not 'x'") == 0);
    memset(word, 'a', sizeof word - 1);
    word[sizeof word - 1] = 0;
    CHECK(strlen(fault_text(fault_format(&arena, 0, "%s", word))) == FAULT_TEXT_MAX);
    arena_free(&arena);
}

UNIT_TEST(a_fault_of_memory_or_of_a_whole_file_ends_the_reading)
{
    CHECK(!fault_is_final(FAULT_NONE));
    CHECK(!fault_is_final(fault_at(STATUS_SIGNALS, 0)));
    CHECK(!fault_is_final(fault_invalid(0, "bad")));
    CHECK(fault_is_final(fault_unreadable(0, "bad")));
    CHECK(fault_is_final(fault_memory()));
    CHECK(fault_is_final(fault_system(EIO)));
}

UNIT_TEST(lines_and_columns_count_from_one)
{
    static const struct {
        const char *text;
        size_t offset, line, column;
    } cases[] = {
        {"", 0, 1, 1},      {"ab", 0, 1, 1},    {"ab", 2, 1, 3},
        {"a\nbc", 1, 1, 2}, {"a\nbc", 2, 2, 1}, {"a\nbc\n", 5, 3, 1},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fault_place place = fault_place(span_text(cases[i].text), cases[i].offset);
        CHECK(place.line == cases[i].line && place.column == cases[i].column);
    }
}

static void check_wide(struct wide got, uint64_t high, uint64_t low)
{
    CHECK(got.high == high && got.low == low);
}

/* By Python: for v in a * b, a + b: print(hex(v >> 64), hex(v % 2**64)) */
UNIT_TEST(products_and_sums_of_64_bits_have_128)
{
    static const struct {
        uint64_t a, b, high, low;
    } products[] = {
        {0, UINT64_MAX, 0, 0},
        {1, UINT64_MAX, 0, UINT64_MAX},
        {UINT64_MAX, UINT64_MAX, UINT64_MAX - 1, 1},
        {1000000000000000000, 1000000000000000000, 0xC097CE7BC90715, 0xB34B9F1000000000},
        {0xFFFFFFFF, 0xFFFFFFFF00000001, 0xFFFFFFFE, 0x1FFFFFFFF},
        {0x123456789ABCDEF0, 0xFEDCBA9876543210, 0x121FA00AD77D7422, 0x236D88FE5618CF00},
    };

    for (size_t i = 0; i < sizeof products / sizeof *products; i++) {
        uint64_t a = products[i].a, b = products[i].b;
        struct wide product = wide_product(a, b);
        check_wide(product, products[i].high, products[i].low);
        check_wide(wide_product_by_halves(a, b), product.high, product.low);
        check_wide(wide_product_by_halves(b, a), product.high, product.low);
    }
    check_wide(wide_sum((struct wide){1, UINT64_MAX}, (struct wide){2, 1}), 4, 0);
    check_wide(wide_sum((struct wide){1, 5}, (struct wide){2, 7}), 3, 12);
}

UNIT_TEST(quotients_are_what_the_products_were_made_of)
{
    static const uint64_t factors[] = {1,          2,          3,          1000,       0xFFFFFFFF,
                                       0x100000001, INT64_MAX, UINT64_MAX - 1, UINT64_MAX};
    enum { COUNT = sizeof factors / sizeof *factors };

    for (size_t i = 0; i < COUNT; i++)
        for (size_t j = 0; j < COUNT; j++) {
            uint64_t a = factors[i], b = factors[j];
            CHECK(wide_quotient(wide_product(a, b), b) == a);
            struct wide most = wide_sum(wide_product(a - 1, b), (struct wide){0, b - 1});
            CHECK(wide_quotient(most, b) == a - 1);
        }
}

int main(void)
{
    return unit_run();
}
