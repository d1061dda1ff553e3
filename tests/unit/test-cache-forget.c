/*
 * cache: at its own bounds: what is forgotten is learned again, and nothing else changes.
 */
#include "config.h"

#include "cache/edit.h"
#include "cache/cache.h"
#include "cache/templates.h"
#include "cache-rows.h"

#define LONG     ((size_t)1 << 20) /* bytes of a long record, */
#define FOR_LONG (42 * LONG)       /* and memory of which some 32 MiB are for templates */

static const char plain[] = "@catalog|plain|1\na|/a|g|build\nb|/b|g|build\nz|/o/d/z|g|build\n";

UNIT_TEST(the_memo_forgets_with_the_paths)
{
    static const struct pair_rules rules = {.catalogs = {plain}};
    struct buf record = BUF_EMPTY;
    char text[32];
    struct pair p;

    /* At first `a` has the number that `b` has later. */
    pair_begin(&p, &rules);
    row_learn(&p, span_text("{\"a\":1,\"b\":2}"));
    for (int i = 0; i < 3; i++)
        CHECK(row_cached(&p, "{\"a\":\"v\",\"b\":2}"));
    for (unsigned i = 0, n = 0; i == 0 || p.fast; i++) {
        buf_clear(&record);
        buf_puts(&record, "{\"b\":2,\"a\":1");
        for (unsigned end = n + TRACE_EDITS - 2; n < end; n++) {
            snprintf(text, sizeof text, ",\"n%u\":0", n);
            buf_puts(&record, text);
        }
        buf_puts(&record, "}");
        pair_run(&p, buf_span(&record));
        CHECK(p.same && i < 2000);
    }
    CHECK(row_cached(&p, "{\"b\":\"v\",\"a\":1}"));
    CHECK(row_cached(&p, "{\"b\":2,\"a\":\"v\"}"));
    pair_end(&p);
    buf_free(&record);
}

/* Text of BEFORE, too many members for an edit, with NUMBER in their names, and BEHIND: a record
 * that is read by no other. */
#define ODD      (TRACE_EDITS + 1)
#define ODD_SIZE (ODD * 24 + 512)
static const char *make_odd(char *text, const char *before, int number, const char *behind)
{
    size_t n = (size_t)snprintf(text, ODD_SIZE, "%s", before);

    for (int i = 0; i < ODD; i++)
        n += (size_t)snprintf(text + n, ODD_SIZE - n, ",\"n%d_%d\":2", number, i);
    snprintf(text + n, ODD_SIZE - n, "%s", behind);
    return text;
}

/* The odd record of NUMBER: is it cached? */
static bool odd_cached(struct pair *p, int number)
{
    char text[ODD_SIZE];

    return row_cached(p, make_odd(text, "{\"a\":1", number, ",\"b\":3}"));
}

UNIT_TEST(of_more_templates_than_there_may_be_those_used_last_stay)
{
    static const struct pair_rules rules = {.catalogs = {plain}};
    struct pair p;

    pair_begin(&p, &rules);
    enum { COUNT = TEMPLATES_MOST + 40 };
    for (int i = 0; i < COUNT; i++) {
        CHECK(!odd_cached(&p, i));
        CHECK(odd_cached(&p, i));
    }
    for (int i = COUNT - 1; i >= 40; i--)
        CHECK(odd_cached(&p, i));
    CHECK(!odd_cached(&p, 39));
    CHECK(!odd_cached(&p, COUNT - 1)); /* which is now the one used first */
    pair_end(&p);
}

/* Like row_check(), but another record is known before, and both are templates. */
static void check_with_two(const struct pair_rules *rules, const char *first,
                           const struct row *row)
{
    struct pair p;

    pair_begin(&p, rules);
    row_learn(&p, span_text(first));
    CHECK(!row_cached(&p, row->known));
    row_learn(&p, span_text(row->known));
    (void)row_cached(&p, row->record);
    row_judge(&p, row->how, row->status);
    pair_end(&p);
}

UNIT_TEST(a_look_at_templates_that_are_alike_so_far_does_not_go_in_circles)
{
    /* Each template that is tried counts with its values, so the values are too many. */
    static const struct pair_rules rules = {.catalogs = {plain},
                                            .limits = {64, ODD + 24, 100000}};
    char known[ODD_SIZE];
    const struct row row = {make_odd(known, "{\"a\":1,\"o\":{},\"b\":1", 0, "}"),
                            "{\"a\":1,\"o\":{\"d\":{\"z\":1}},\"b\":1}", CACHED, 0};

    check_with_two(&rules, "{\"a\":1,\"o\":{},\"b\":1}", &row);
}

UNIT_TEST(the_values_of_each_template_that_a_record_is_read_by_count)
{
    static const struct pair_rules rules = {.catalogs = {plain},
                                            .limits = {64, ODD + 6, 100000}};
    char first[ODD_SIZE], known[ODD_SIZE], record[ODD_SIZE];
    const struct row row = {make_odd(known, "{\"a\":[1,2]", 2, "}"),
                            make_odd(record, "{\"a\":[1,2],\"b\":[1,2]", 1, "}"), REJECTED,
                            STATUS_VALUES};

    check_with_two(&rules, make_odd(first, "{\"a\":1,\"b\":[1,2]", 1, "}"), &row);
}

UNIT_TEST(a_record_with_an_edit_is_read_by_no_other_template)
{
    /* Results found by the first template's numbers mean nothing for the other template. The
     * template that the record begins like is tried first. */
    static const struct pair_rules rules = {.catalogs = {plain}};
    char like[200], other[200], start[256];
    char first[ODD_SIZE], known[ODD_SIZE], record[ODD_SIZE];

    memset(like, 'x', sizeof like);
    memset(other, 'y', sizeof other);
    snprintf(start, sizeof start, "{\"s\":\"%.199s\",\"a\":1,\"u\":2", other);
    make_odd(first, start, 1, "}");
    snprintf(start, sizeof start, "{\"s\":\"%.199s\",\"a\":1,\"u\":2", like);
    make_odd(known, start, 2, ",\"b\":3}");
    snprintf(start, sizeof start, "{\"s\":\"%.199s\",\"b\":3,\"a\":1,\"u\":2", like);
    make_odd(record, start, 1, "}");
    const struct row row = {known, record, AS_KNOWN, 0};
    check_with_two(&rules, first, &row);
}

UNIT_TEST(each_part_of_a_record_is_as_in_the_template_it_was_compared_with)
{
    static const struct pair_rules rules = {.catalogs = {plain}};
    char text[ODD_SIZE];
    struct pair p;

    pair_begin(&p, &rules);
    row_learn(&p, span_text(make_odd(text, "{\"a\":2,\"b\":2", 2, "}")));
    row_learn(&p,
              span_text(make_odd(text, "{\"a\":3,\"b\":3,\"o\":{\"d\":{\"z\":3}}", 3, "}")));
    row_learn(&p, span_text(make_odd(text, "{\"a\":1", 1, "}")));
    CHECK(row_cached(&p, make_odd(text, "{\"a\":1,\"b\":2,\"o\":{\"d\":{\"z\":3}}", 3, "}")));
    CHECK(row_cached(&p, make_odd(text, "{\"a\":1,\"b\":4,\"o\":{\"d\":{\"z\":4}}", 3, "}")));
    row_learn(&p, span_text(make_odd(text, "{\"a\":1", 1, "}")));
    CHECK(row_cached(&p, make_odd(text, "{\"a\":1,\"b\":2", 2, "}")));
    pair_end(&p);
}

/* An odd record of N bytes, with FILL in its last value. */
static void make_long(struct buf *record, size_t n, int number, char fill)
{
    char text[ODD_SIZE];

    buf_clear(record);
    buf_puts(record, make_odd(text, "{\"a\":1", number, ",\"u\":\""));
    while (record->n < n - 2)
        buf_putc(record, (unsigned char)fill);
    buf_puts(record, "\"}");
}

UNIT_TEST(templates_that_do_not_fit_go_and_their_memory_is_used_again)
{
    static const struct pair_rules rules = {.catalogs = {plain}, .memory = FOR_LONG};
    /* Of one size, smaller and larger; some thirty of the largest fit. */
    static const size_t sizes[] = {900000, 900001, 500000, 470000, 3000, 899990, LONG};
    struct buf record = BUF_EMPTY;
    struct pair p;

    pair_begin(&p, &rules);
    for (int i = 0; i < 60; i++) {
        make_long(&record, sizes[i % 7], i, 'x');
        for (int k = 0; k < 2; k++) {
            pair_run(&p, buf_span(&record));
            CHECK(p.same && p.fast == (k == 1));
        }
        make_long(&record, sizes[i % 7], i, 'y');
        pair_run(&p, buf_span(&record));
        CHECK(p.same && p.fast);
        int before = i > 2 ? i - 3 : 0;
        make_long(&record, sizes[before % 7], before, 'x');
        pair_run(&p, buf_span(&record));
        CHECK(p.same && p.fast);
    }
    make_long(&record, sizes[0], 0, 'x');
    pair_run(&p, buf_span(&record));
    CHECK(p.same && !p.fast);
    pair_end(&p);
    buf_free(&record);
}

UNIT_TEST(a_record_longer_than_its_part_of_the_memory_is_not_kept)
{
    static const struct pair_rules rules = {.catalogs = {plain}, .memory = 16 * LONG};
    struct buf record = BUF_EMPTY;
    struct pair p;

    pair_begin(&p, &rules);
    for (int k = 0; k < 3; k++) {
        make_long(&record, 2 * LONG + 1, 99, 'x'); /* an eighth of all memory */
        pair_run(&p, buf_span(&record));
        CHECK(p.same && !p.fast && p.fault.status == STATUS_OK);
    }
    for (int k = 0; k < 3; k++) {
        make_long(&record, LONG / 2, 99, 'x');
        pair_run(&p, buf_span(&record));
        CHECK(p.same && p.fast == (k > 0));
    }
    pair_end(&p);
    buf_free(&record);
}

UNIT_TEST(templates_of_another_size_take_the_room_of_those_that_go)
{
    static const struct pair_rules rules = {.catalogs = {plain}, .memory = FOR_LONG};
    static const size_t sizes[] = {LONG, 400000, 100000, LONG};
    struct buf record = BUF_EMPTY;
    struct pair p;

    pair_begin(&p, &rules);
    for (int i = 0; i < 80; i++) {
        make_long(&record, sizes[i / 20], i, 'x');
        for (int k = 0; k < 2; k++) {
            pair_run(&p, buf_span(&record));
            CHECK(p.same && p.fast == (k == 1));
        }
        int before = i > 2 ? i - 3 : 0;
        make_long(&record, sizes[before / 20], before, 'x');
        pair_run(&p, buf_span(&record));
        CHECK(p.same && p.fast);
    }
    pair_end(&p);
    buf_free(&record);
}

UNIT_TEST(a_template_that_would_take_all_memory_there_is_for_templates_is_not_kept)
{
    struct pair_rules rules = {.memory = FOR_LONG};
    struct buf catalog = BUF_EMPTY, record = BUF_EMPTY;
    char text[32];
    struct pair p;

    buf_puts(&catalog, "@catalog|t|1\n");
    for (size_t i = 0; i <= FOR_LONG / LONG; i++) {
        snprintf(text, sizeof text, "r%zu|/a|g|build\n", i);
        buf_puts(&catalog, text);
    }
    buf_putc(&catalog, 0);
    rules.catalogs[0] = (const char *)catalog.p;
    buf_puts(&record, "{\"a\":\"");
    while (record.n < LONG - 2)
        buf_putc(&record, 'x'); /* which the result has once per row */
    buf_puts(&record, "\"}");
    pair_begin(&p, &rules);
    for (int i = 0; i < 2; i++) {
        pair_run(&p, buf_span(&record));
        CHECK(p.same && p.fault.status == STATUS_OK && !p.fast);
    }
    row_learn(&p, span_text("{\"a\":1}"));
    pair_end(&p);
    buf_free(&catalog);
    buf_free(&record);
}

UNIT_TEST(whoever_sends_only_what_is_new_has_an_attempt_made_now_and_then)
{
    static const struct pair_rules rules = {.catalogs = {plain}};
    const char *known = "{\"a\":1,\"b\":2}";
    struct pair p;
    int in_full = 0, tries = 0;

    pair_begin(&p, &rules);
    row_learn(&p, span_text(known));
    while (in_full <= CACHE_PATIENCE)
        CHECK(!odd_cached(&p, in_full++));
    while (!row_cached(&p, known))
        tries++;
    CHECK((in_full + tries + 1) % CACHE_PAUSE == 0 && tries < CACHE_PAUSE);
    CHECK(row_cached(&p, known));        /* and from then on each */
    CHECK(!odd_cached(&p, in_full - 1)); /* records during the pause were not learned */
    pair_end(&p);
}

UNIT_TEST(one_repeated_among_many_new_ones_does_not_have_each_of_them_learned)
{
    enum { ROUNDS = 40, NEW = 13 };
    static const struct pair_rules rules = {.catalogs = {plain}};
    struct pair p;
    int number = 0, cached = 0;

    pair_begin(&p, &rules);
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < NEW; i++)
            CHECK(!odd_cached(&p, number++));
        cached += odd_cached(&p, number - 1); /* it can be, if it was learned */
    }
    CHECK(cached > 0 && cached < ROUNDS / 2);
    pair_end(&p);
}

UNIT_TEST(texts_that_the_value_cache_has_stay_as_they_are_while_others_are_found)
{
    static const struct pair_rules rules = {.catalogs = {plain}, .dictionary = true};
    struct pair p;
    char text[128];

    pair_begin(&p, &rules);
    row_learn(&p, span_text("{\"a\":\"\",\"b\":\"\",\"o\":{\"d\":{\"z\":\"\"}}}"));
    for (int i = 0; i < 60; i++) {
        /* The same values again and again, each at all paths, and a new one last. */
        snprintf(text, sizeof text,
                 "{\"a\":\"v%d\",\"b\":\"v%d\",\"o\":{\"d\":{\"z\":\"new %d\"}}}", i % 5,
                 i / 2 % 5, i / 3);
        CHECK(row_cached(&p, text));
    }
    pair_end(&p);
}

UNIT_TEST(a_text_that_the_value_cache_has_stays_while_the_same_record_has_it_overwritten)
{
    static const struct pair_rules rules = {.catalogs = {plain}};
    struct buf record = BUF_EMPTY;
    struct pair p;

    pair_begin(&p, &rules);
    row_learn(&p, span_text("{\"a\":\"\",\"b\":\"\"}"));
    /* `a` is found in the ring, where each second record writes 200 KB for `b`. */
    for (int i = 0; i < 100; i++) {
        buf_clear(&record);
        buf_puts(&record, "{\"a\":\"text\",\"b\":\"");
        for (int k = 0; k < 100000; k++)
            buf_putc(&record, (unsigned char)('0' + i / 2));
        buf_puts(&record, "\"}");
        if (i / 2 + '0' == '\\')
            continue;
        pair_run(&p, buf_span(&record));
        CHECK(p.same && p.fast);
    }
    pair_end(&p);
    buf_free(&record);
}

int main(void)
{
    return unit_run();
}
