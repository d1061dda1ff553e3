/* value cache: what is kept and how long, and that only the same bytes at the same path are found.
 */
#include "config.h"

#include "cache/value_cache.h"

#include <stdlib.h>

#include "unit.h"
#include "vector/vector.h"

#define SEED    5
#define COUNT   32768
#define LONGEST (COUNT * (size_t)128 / 16) /* bytes of an entry */

static struct value_cache value_cache;
static void *memory;

static void begin(void)
{
    memory = malloc(value_cache_size(COUNT));
    if (!memory)
        abort();
    memset(memory, 0xA5, value_cache_size(COUNT)); /* it need not be clear */
    value_cache_init(&value_cache, memory, COUNT, SEED);
}

/* Two results that differ from those of any other NUMBER, the second with a text. */
static void make(struct vector_signal *results, unsigned number, char *text)
{
    snprintf(text, 16, "=%u", number);
    results[0] = (struct vector_signal){SIGNAL_UNDEFINED, number, span_of(NULL, 0)};
    results[1] = (struct vector_signal){SIGNAL_VALUE, ~(uint64_t)number, span_text(text)};
}

static void keep(uint32_t path, struct span raw, unsigned number)
{
    struct vector_signal results[2];
    char text[16];

    make(results, number, text);
    value_cache_keep(&value_cache, path, raw, value_cache_hash(&value_cache, path, raw),
                     results, 2, false);
}

/* Is the leaf known, with the results of NUMBER? */
static bool finds(uint32_t path, struct span raw, unsigned number)
{
    struct vector_signal results[2], wanted[2];
    char text[16];

    make(wanted, number, text);
    if (!value_cache_find(&value_cache, path, raw, value_cache_hash(&value_cache, path, raw),
                          results, 2))
        return false;
    for (int i = 0; i < 2; i++) {
        CHECK(results[i].state == wanted[i].state && results[i].hash == wanted[i].hash);
        CHECK_SPAN(results[i].text, wanted[i].text);
    }
    return true;
}

static void keep_twice(uint32_t path, struct span raw, unsigned number)
{
    keep(path, raw, number);
    keep(path, raw, number);
}

UNIT_TEST(a_value_is_kept_when_it_is_seen_for_the_second_time)
{
    struct span raw = span_text("\"value\"");

    begin();
    CHECK(!finds(1, raw, 7));
    keep(1, raw, 7);
    CHECK(!finds(1, raw, 7));
    keep(1, raw, 7);
    CHECK(finds(1, raw, 7));
    free(memory);
}

UNIT_TEST(a_short_value_may_be_kept_at_once_and_a_long_one_not)
{
    char bytes[VALUE_CACHE_SHORT], text[16];
    struct vector_signal results[2];

    begin();
    memset(bytes, '1', sizeof bytes);
    make(results, 7, text);
    /* Besides the leaf there are 8 bytes, and for each result 16 and its text. */
    for (size_t n = VALUE_CACHE_SHORT - 8 - 2 * 16 - 2; n <= VALUE_CACHE_SHORT - 8 - 2 * 16 - 1;
         n++) {
        struct span raw = span_of(bytes, n);
        bool is_short = n + 8 + 2 * 16 + 2 <= VALUE_CACHE_SHORT;
        value_cache_keep(&value_cache, 1, raw, value_cache_hash(&value_cache, 1, raw), results,
                         2, true);
        CHECK(finds(1, raw, 7) == is_short);
        value_cache_keep(&value_cache, 1, raw, value_cache_hash(&value_cache, 1, raw), results,
                         2, true);
        CHECK(finds(1, raw, 7));
    }
    free(memory);
}

UNIT_TEST(the_same_bytes_at_another_path_are_another_value)
{
    struct span raw = span_text("12"), longer = span_text("123");

    begin();
    keep_twice(1, raw, 1);
    CHECK(!finds(2, raw, 2));
    keep_twice(2, raw, 2);
    CHECK(finds(1, raw, 1) && finds(2, raw, 2));
    CHECK(!finds(1, longer, 3));
    free(memory);
}

UNIT_TEST(bytes_are_compared_not_hashes)
{
    struct span raw = span_text("12"), other = span_text("13"), longer = span_text("123");
    struct span shorter = span_text("1");
    struct vector_signal results[2];
    uint64_t hash;

    begin();
    keep_twice(1, raw, 1);
    hash = value_cache_hash(&value_cache, 1, raw);
    CHECK(value_cache_find(&value_cache, 1, raw, hash, results, 2));
    CHECK(!value_cache_find(&value_cache, 1, other, hash, results, 2));
    CHECK(!value_cache_find(&value_cache, 1, longer, hash, results, 2));
    CHECK(!value_cache_find(&value_cache, 1, shorter, hash, results, 2));
    CHECK(!value_cache_find(&value_cache, 2, raw, hash, results, 2));
    free(memory);
}

UNIT_TEST(of_more_values_in_a_set_than_it_has_ways_the_oldest_goes)
{
    struct vector_signal results[2];
    struct span raw[6];
    char bytes[6][8], text[16];

    begin();
    for (unsigned i = 0; i < 6; i++) {
        /* The same hash puts all of them into one set; their bytes distinguish them. */
        snprintf(bytes[i], sizeof bytes[i], "%u", i);
        raw[i] = span_text(bytes[i]);
        make(results, i, text);
        value_cache_keep(&value_cache, 1, raw[i], SEED, results, 2, false);
        if (i == 0)
            value_cache_keep(&value_cache, 1, raw[i], SEED, results, 2, false);
        for (unsigned k = 0; k <= i; k++)
            CHECK(value_cache_find(&value_cache, 1, raw[k], SEED, results, 2) ==
                  (k + VALUE_CACHE_WAYS > i));
    }
    free(memory);
}

UNIT_TEST(the_ring_comes_round_and_what_it_overwrites_is_forgotten)
{
    static char bytes[100000];
    unsigned alive = 0, first = 0;

    begin();
    memset(bytes, 'x', sizeof bytes);
    for (unsigned i = 0; i < 200; i++) {
        size_t n = sizeof bytes - i * 17; /* of all alignments */
        memcpy(bytes, &i, sizeof i);
        keep_twice(1, span_of(bytes, n), i);
        CHECK(finds(1, span_of(bytes, n), i));
        if (i == 0)
            continue;
        unsigned before = i - 1;
        memcpy(bytes, &before, sizeof before);
        CHECK(finds(1, span_of(bytes, sizeof bytes - before * 17), before));
    }
    /* Of these 20 MB the newest 4 MiB are kept, without gaps. */
    for (unsigned i = 0; i < 200; i++) {
        memcpy(bytes, &i, sizeof i);
        bool there = finds(1, span_of(bytes, sizeof bytes - i * 17), i);
        CHECK(there || !alive);
        if (there && !alive++)
            first = i;
    }
    CHECK(first > 150 && first < 165);
    free(memory);
}

UNIT_TEST(it_goes_on_after_more_bytes_than_32_bits_can_count)
{
    struct span raw = span_text("12"), later = span_text("13");

    begin();
    value_cache.written = ((uint64_t)1 << 32) - 64;
    keep_twice(1, raw, 1);
    keep_twice(1, later, 2);
    CHECK(value_cache.written > UINT32_MAX);
    CHECK(finds(1, raw, 1) && finds(1, later, 2));
    value_cache.written = ((uint64_t)1 << 40) + 1000 * 8;
    CHECK(!finds(1, raw, 1));
    free(memory);
}

UNIT_TEST(a_value_that_is_too_long_or_has_too_long_a_text_is_not_kept)
{
    /* Besides the leaf a piece has 8 bytes, and for each result 16 and its text. */
    size_t most = LONGEST - 8 - 2 * 16 - strlen("=1");
    unsigned char *bytes = malloc(LONGEST + 1);
    struct vector_signal result = {SIGNAL_VALUE, 1, span_of(bytes, LONGEST)};

    if (!bytes)
        abort();
    memset(bytes, '1', LONGEST + 1);
    begin();
    keep_twice(1, span_of(bytes, most), 1);
    CHECK(finds(1, span_of(bytes, most), 1));
    keep_twice(2, span_of(bytes, most + 1), 1);
    CHECK(!finds(2, span_of(bytes, most + 1), 1));
    keep_twice(2, span_of(bytes, LONGEST + 1), 1);
    CHECK(!finds(2, span_of(bytes, LONGEST + 1), 1));
    for (int i = 0; i < 2; i++)
        value_cache_keep(&value_cache, 3, span_text("1"),
                         value_cache_hash(&value_cache, 3, span_text("1")), &result, 1, false);
    CHECK(!value_cache_find(&value_cache, 3, span_text("1"),
                            value_cache_hash(&value_cache, 3, span_text("1")), &result, 1));
    free(bytes);
    free(memory);
}

UNIT_TEST(a_leaf_without_cells_is_known_too)
{
    struct span raw = span_text("[{\"k\":1}]");
    uint64_t hash;

    begin();
    hash = value_cache_hash(&value_cache, 9, raw);
    value_cache_keep(&value_cache, 9, raw, hash, NULL, 0, false);
    value_cache_keep(&value_cache, 9, raw, hash, NULL, 0, false);
    CHECK(value_cache_find(&value_cache, 9, raw, hash, NULL, 0));
    free(memory);
}

UNIT_TEST(all_is_forgotten_when_paths_are)
{
    struct span raw = span_text("12");

    begin();
    keep_twice(1, raw, 1);
    value_cache_forget(&value_cache);
    CHECK(!finds(1, raw, 1));
    keep_twice(1, raw, 2);
    CHECK(finds(1, raw, 2));
    free(memory);
}

UNIT_TEST(what_was_forgotten_does_not_come_back_with_what_is_written_in_its_place)
{
    struct span raw = span_text("12");

    begin();
    keep_twice(1, raw, 1);
    value_cache_forget(&value_cache);
    keep_twice(2, raw, 2); /* at the same bytes of the ring, and the same bytes */
    CHECK(!finds(1, raw, 2));
    CHECK(finds(2, raw, 2));
    free(memory);
}

int main(void)
{
    return unit_run();
}
