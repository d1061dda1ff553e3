#include "config.h"

#include "json/members.h"

#include <stdint.h>

#include "base/arena.h"
#include "json/value.h"
#include "text/hash.h"
#include "record.h"
#include "unit.h"

#define SEED 0x9E3779B97F4A7C15

static struct arena arena = ARENA_EMPTY;

static struct fault run_seeded(struct span text, uint64_t seed)
{
    struct limits limits = {VALUE_DEPTH, 1000000, 10000000};
    struct span copy = record_copy(text);
    struct json_counts counts;
    struct json json;
    struct members members;
    struct fault fault = validate(copy, &limits, &counts);

    arena_reset(&arena);
    CHECK(fault.status == STATUS_OK);
    CHECK(json_parse(&json, copy, &counts, &arena) == STATUS_OK);
    fault = members_check(&json, seed, &arena, &members);
    free((void *)(uintptr_t)copy.p);
    return fault;
}

static void check_span(struct span text, enum status status, size_t offset)
{
    static const uint64_t seeds[] = {0, 1, SEED};

    for (size_t i = 0; i < sizeof seeds / sizeof *seeds; i++) {
        struct fault fault = run_seeded(text, seeds[i]);
        if (fault.status == status && (status == STATUS_OK || fault.offset == offset))
            continue;
        unit_bad = true;
        printf("# %.*s:\n#   got      %d at %zu\n#   expected %d at %zu\n",
               text.n < 80 ? (int)text.n : 80, (const char *)text.p, fault.status, fault.offset,
               status, offset);
    }
}

static void check_distinct(const char *text)
{
    check_span(span_text(text), STATUS_OK, 0);
}

/* SECOND is where in TEXT the second name begins. */
static void check_duplicate(const char *text, size_t second)
{
    check_span(span_text(text), STATUS_DUPLICATE, second);
}

UNIT_TEST(each_object_has_names_of_its_own)
{
    check_distinct("1");
    check_distinct("{}");
    check_distinct("[\"a\",\"a\"]");
    check_distinct("{\"a\":\"a\",\"b\":\"a\"}");
    check_distinct("{\"a\":{\"a\":{\"a\":{}}}}");
    check_distinct("[{\"a\":1},{\"a\":1}]");
    check_distinct("{\"a\":{\"b\":1},\"b\":{\"a\":1}}");
    check_distinct("{\"\":1,\" \":2,\"a\":3,\"A\":4,\"aa\":5,\"\xC3\xA9\":6,\"e\xCC\x81\":7}");
}

UNIT_TEST(the_second_of_two_equal_names_is_reported)
{
    check_duplicate("{\"a\":1,\"a\":1}", 7);
    check_duplicate("{ \"a\" : 1 , \"a\" : 1 }", 12);
    check_duplicate("{\"\":1,\"\":1}", 6);
    check_duplicate("{\"a\":{\"b\":[]},\"b\":0,\"a\":1}", 20);
    check_duplicate("[0,[{\"x\":{\"y\":1,\"z\":2,\"y\":3}}]]", 22);
    check_duplicate("{\"abcdefgh\":1,\"abcdefg\":2,\"abcdefgh\":3}", 26);
    check_duplicate("{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5,\"f\":6,\"g\":7,\"h\":8,"
                    "\"i\":9,\"j\":1,\"k\":2,\"l\":3,\"m\":4,\"c\":5}",
                    79);
}

UNIT_TEST(of_several_pairs_the_one_that_is_complete_first)
{
    check_duplicate("{\"a\":1,\"b\":2,\"b\":3,\"a\":4}", 13);
    check_duplicate("{\"a\":1,\"a\":2,\"a\":3}", 7);
    check_duplicate("{\"a\":{\"x\":1,\"x\":2},\"a\":3}", 12); /* the inner one */
    check_duplicate("{\"a\":1,\"a\":{\"x\":1,\"x\":2}}", 7);  /* the outer one */
    check_duplicate("{\"o\":{\"p\":{\"q\":1,\"q\":2},\"p\":3},\"o\":4}", 17);
    check_duplicate("[{\"a\":1,\"b\":1},{\"c\":1,\"c\":1},{\"d\":1,\"d\":1}]", 22);
}

UNIT_TEST(names_are_compared_unescaped)
{
    check_duplicate("{\"a\":1,\"\\u0061\":2}", 7);
    check_duplicate("{\"\\u0061\":1,\"a\":2}", 12);
    check_duplicate("{\"\\u00E9\":1,\"\\u00e9\":2}", 12);
    check_duplicate("{\"\\/\":1,\"/\":2}", 8);
    check_duplicate("{\"\\\\n\":1,\"\\u005cn\":2}", 9);
    check_duplicate("{\"\\u000a\":1,\"\\n\":2}", 12);
    check_duplicate("{\"\\ud83d\\ude00\":1,\"\xF0\x9F\x98\x80\":2}", 18);
    check_duplicate("{\"abcdefghi\\u006a\":1,\"abcdefghij\":2}", 21);
    check_distinct("{\"\\\\n\":1,\"\\n\":2,\"n\":3}");
    check_distinct("{\"\\u0000\":1,\"\":2,\"\\u0000\\u0000\":3,\"0\":4}");
    check_distinct("{\"a\\u0000b\":1,\"a\\u0000c\":2}");
    check_duplicate("{\"a\\u0000b\":1,\"a\\u0000b\":2}", 14);
}

UNIT_TEST(unpaired_surrogates_are_compared_as_themselves)
{
    check_distinct("{\"\\ud800\":1,\"\\ud801\":2,\"\\ufffd\":3,\"\\udc00\":4}");
    check_distinct("{\"\\ud800\":1,\"\xEF\xBF\xBD\":2}");
    check_distinct("{\"\\ud800\\ud801\":1,\"\\ud801\\ud800\":2,\"\\ud800\":3}");
    check_distinct("{\"x\\ud800\":1,\"x\\ud800\\ufffd\":2,\"x\":3}");
    check_duplicate("{\"\\ud800\":1,\"\\uD800\":2}", 12);
    check_duplicate("{\"\\ud800\":1,\"\\ud801\":2,\"\\uD800\":3}", 23);
    check_duplicate("{\"\\ufffd\":1,\"\\ud801\":2,\"\xEF\xBF\xBD\":3}", 23);
    check_duplicate("{\"\\ud801\":1,\"\\ud800\":2,\"\\ud800\":3,\"\\ud801\":4}", 23);
}

/* An object of COUNT names made by NAME, then LAST unless it is null. The caller frees it. *OFFSET
 * becomes the offset of LAST. */
static struct span object(size_t count, int (*name)(char *, size_t), const char *last,
                          size_t *offset)
{
    char *text = malloc(32 * count + 64), *p = text;

    for (size_t i = 0; i < count; i++) {
        *p++ = i ? ',' : '{';
        *p++ = '"';
        p += name(p, i);
        p = stpcpy(p, "\":0");
    }
    *offset = (size_t)(p + 1 - text);
    if (last)
        p += sprintf(p, ",\"%s\":0", last);
    *p++ = '}';
    return span_of(text, (size_t)(p - text));
}

static void check_object(size_t count, int (*name)(char *, size_t), const char *again)
{
    size_t offset;
    struct span text = object(count, name, NULL, &offset);

    check_span(text, STATUS_OK, 0);
    free((void *)(uintptr_t)text.p);
    text = object(count, name, again, &offset);
    check_span(text, STATUS_DUPLICATE, offset);
    free((void *)(uintptr_t)text.p);
}

static int in_decimal(char *out, size_t i)
{
    return sprintf(out, "name%zu", i);
}

UNIT_TEST(any_number_of_names_small_and_large)
{
    for (size_t count = 1; count < 70; count++) {
        check_object(count, in_decimal, "name0");
        char last[32];
        in_decimal(last, count - 1);
        check_object(count, in_decimal, last);
    }
    check_object(100000, in_decimal, "name0");
    check_object(100000, in_decimal, "name65536");
    check_object(100000, in_decimal, "\\u006eame99999");
}

/* All of these have the same hash for any seed: they read as U+FFFD twice. */
static int surrogates(char *out, size_t i)
{
    return sprintf(out, "\\ud%03zx\\ud%03zx", 0x800 + i / 1000, 0x800 + i % 1000);
}

UNIT_TEST(names_of_one_hash)
{
    for (size_t count = 2; count < 20; count++)
        check_object(count, surrogates, "\\ud800\\ud801");
    check_object(100000, surrogates, "\\uD800\\uD800");
    check_object(100000, surrogates, "\\uD800\\uD863");
}

/* Names whose hashes with SEED end in the same twelve bits: in a table of at most 4,096 places all
 * begin at the same one. */
static int crowded(char *out, size_t i)
{
    static size_t found[200], count, candidate;

    for (; count <= i; candidate++) {
        int n = sprintf(out, "%zu", candidate);
        if ((hash_seeded(span_of(out, (size_t)n), SEED) & 0xFFF) == 0xABC)
            found[count++] = candidate;
    }
    return sprintf(out, "%zu", found[i]);
}

UNIT_TEST(names_that_crowd_one_place_of_the_table)
{
    static const size_t counts[] = {9, 15, 16, 17, 33, 63, 64, 65, 66, 67, 129, 200};

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        for (size_t again = 0; again < counts[i]; again += 8) {
            char name[32];
            crowded(name, again);
            check_object(counts[i], crowded, name);
        }
}

UNIT_TEST(of_several_pairs_in_a_crowd_the_one_that_is_complete_first)
{
    char text[8192], *p = text;
    size_t second = 0;

    for (size_t i = 0; i < 200; i++) { /* 0 to 99 up, then 99 to 0 down */
        *p++ = i ? ',' : '{';
        if (i == 100)
            second = (size_t)(p - text);
        *p++ = '"';
        p += crowded(p, i < 100 ? i : 199 - i);
        p = stpcpy(p, "\":0");
    }
    *p++ = '}';
    check_span(span_of(text, (size_t)(p - text)), STATUS_DUPLICATE, second);
}

UNIT_TEST(each_name_has_the_hash_of_its_text)
{
    struct span text =
        span_text("{\"name\":{\"\\u0041\":[{\"\":\"name\"}],\"\\ud800\":1},\"z\":2}");
    static const struct {
        uint32_t node;
        const char *text;
    } names[] = {{1, "name"}, {3, "A"}, {6, ""}, {8, "\xEF\xBF\xBD"}, {10, "z"}};
    struct limits limits = LIMITS_DEFAULT;
    struct json_counts counts;
    struct json json;
    struct members members;

    arena_reset(&arena);
    CHECK(!validate(text, &limits, &counts).status);
    CHECK(!json_parse(&json, text, &counts, &arena));
    CHECK(!members_check(&json, SEED, &arena, &members).status);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        CHECK(members.hash[names[i].node] == hash_seeded(span_text(names[i].text), SEED));
}

int main(void)
{
    int failed = unit_run();

    arena_free(&arena);
    return failed;
}
