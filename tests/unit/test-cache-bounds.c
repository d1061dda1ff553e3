/*
 * cache: at the bounds of records: no record is accepted that must be rejected; and where an
 * attempt ends.
 */
#include "config.h"

#include "cache/edit.h"
#include "cache/cache.h"
#include "cache/cells.h"
#include "cache-rows.h"

static const char plain[] = "@catalog|plain|1\na|/a|g|build\nb|/b|g|build\nz|/o/d/z|g|build\n";

UNIT_TEST(the_length_is_looked_at_first)
{
    static const struct pair_rules rules = {.catalogs = {plain}, .limits = {64, 100, 15}};
    static const struct row rows[] = {
        {"{\"a\":1,\"b\":2}", "{\"a\":12,\"b\":34}", CACHED, 0},
        {"{\"a\":1,\"b\":2}", "{\"a\":12,\"b\":345}", REJECTED, STATUS_LENGTH},
        {"{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":2}  ", ALIKE, 0},
        {"{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":2}   ", REJECTED, STATUS_LENGTH},
    };
    CHECK_ROWS(&rules, rows);
}

UNIT_TEST(the_depth_of_a_value_is_that_of_its_member_and_its_own)
{
    static const struct pair_rules rules = {.catalogs = {plain}, .limits = {4, 100, 1000}};
    static const struct row rows[] = {
        {"{\"a\":1,\"o\":{\"d\":{\"z\":1}}}", "{\"a\":1,\"o\":{\"d\":{\"z\":[1]}}}", CACHED, 0},
        {"{\"a\":1,\"o\":{\"d\":{\"z\":1}}}", "{\"a\":1,\"o\":{\"d\":{\"z\":[[]]}}}", REJECTED,
         STATUS_DEPTH},
        {"{\"a\":1,\"o\":{\"d\":{\"z\":1}}}", "{\"a\":1,\"o\":{\"d\":{\"z\":{\"k\":{}}}}}",
         REJECTED, STATUS_DEPTH},
        {"{\"a\":1}", "{\"a\":1,\"m\":{\"m\":{\"m\":{\"m\":1}}}}", ALIKE, 0},
        {"{\"a\":1}", "{\"a\":1,\"m\":{\"m\":{\"m\":{\"m\":{\"m\":1}}}}}", REJECTED,
         STATUS_DEPTH},
        {"{\"a\":1}", "{\"a\":1,\"m\":{\"m\":{\"m\":{\"m\":{}}}}}", REJECTED, STATUS_DEPTH},
        {"{\"a\":1}", "{\"a\":1,\"m\":{\"m\":{\"m\":{\"m\":[]}}}}", REJECTED, STATUS_DEPTH},
        {"{\"a\":1,\"m\":{\"m\":{\"m\":{\"m\":1}}}}",
         "{\"a\":1,\"m\":{\"m\":{\"m\":{\"m\":[]}}}}", REJECTED, STATUS_DEPTH},
        {"{\"a\":1}", "{\"a\":[[[[]]]]}", REJECTED, STATUS_DEPTH},
        {"{\"a\":1}", "{\"a\":[[[]]]}", CACHED, 0},
    };
    CHECK_ROWS(&rules, rows);
}

UNIT_TEST(values_that_are_added_count)
{
    static const struct pair_rules rules = {.catalogs = {plain}, .limits = {64, 6, 1000}};
    static const struct row rows[] = {
        {"{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":2,\"n\":3}", ALIKE, 0},
        {"{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":2,\"n\":[3,4]}", ALIKE, 0},
        {"{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":2,\"n\":{\"m\":{\"k\":1}}}", ALIKE, 0},
        {"{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":2,\"n\":[3,4,5]}", REJECTED, STATUS_VALUES},
        {"{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":2,\"n\":{\"m\":{\"k\":[]},\"l\":1}}", REJECTED,
         STATUS_VALUES},
        {"{\"a\":1,\"b\":2}", "{\"a\":[1,2,3],\"b\":2}", IN_FULL, 0}, /* 6; 7 at the most */
        {"{\"a\":1,\"b\":2}", "{\"a\":[1,2,3,4],\"b\":2}", REJECTED, STATUS_VALUES},
        {"{\"a\":[1],\"b\":2}", "{\"a\":[],\"b\":[1,2,3,4]}", REJECTED, STATUS_VALUES},
    };
    CHECK_ROWS(&rules, rows);
}

UNIT_TEST(paths_lie_deep)
{
    static const struct pair_rules rules = {.catalogs = {plain},
                                            .limits = {VALUE_DEPTH, 5000, 100000}};
    struct buf known = BUF_EMPTY, record = BUF_EMPTY;

    /* This many names are in one text, and the leaf is this deep. */
    buf_puts(&known, "{\"a\":1");
    for (int i = 0; i < VALUE_DEPTH - 1; i++)
        buf_puts(&known, i ? "{\"m\":" : ",\"m\":");
    buf_put(&record, buf_span(&known));
    buf_puts(&known, "{\"m\":1");
    buf_puts(&record, "{\"m\":[]");
    size_t deepest = record.n;
    for (int i = 0; i < VALUE_DEPTH; i++) {
        buf_puts(&known, "}");
        buf_puts(&record, "}");
    }
    row_check_bytes(&rules, buf_span(&known), buf_span(&record), REJECTED, STATUS_DEPTH);
    record.p[deepest - 2] = '1';
    record.p[deepest - 1] = '2';
    row_check_bytes(&rules, buf_span(&known), buf_span(&record), ALIKE, STATUS_OK);
    buf_free(&known);
    buf_free(&record);
}

UNIT_TEST(an_attempt_ends_when_more_names_had_to_be_read_than_may_be)
{
    static const struct pair_rules rules = {.catalogs = {plain}};
    const struct span known = span_text("{\"a\":1,\"b\":2}");
    struct buf record = BUF_EMPTY;

    row_add(&record, 0, TRACE_EDITS, false);
    row_check_bytes(&rules, known, buf_span(&record), ALIKE, STATUS_OK);
    row_add(&record, 0, TRACE_EDITS + 1, false);
    row_check_bytes(&rules, known, buf_span(&record), AS_KNOWN, STATUS_OK);
    /* The name that leads back is read too. */
    row_add(&record, 0, TRACE_EDITS - 1, true);
    row_check_bytes(&rules, known, buf_span(&record), ALIKE, STATUS_OK);
    row_add(&record, 0, TRACE_EDITS, true);
    row_check_bytes(&rules, known, buf_span(&record), AS_KNOWN, STATUS_OK);
    buf_free(&record);
}

/* Append COUNT members m0, m1 ... to RECORD, all with VALUE. */
static void add_members(struct buf *record, unsigned count, const char *value)
{
    char text[32];

    for (unsigned i = 0; i < count; i++) {
        snprintf(text, sizeof text, "%s\"m%u\":%s", record->n > 1 ? "," : "", i, value);
        buf_puts(record, text);
    }
}

#define MANY (2 * TRACE_EDITS) /* twice as many do not fit into a trace */

UNIT_TEST(a_record_that_has_all_its_members_twice_finds_an_end)
{
    /* The repetition is found last; all members that are changed, or carried, are noted before. */
    struct pair_rules rules = {.catalogs = {"@catalog|t|1\na|/m0|g|build\n"}};
    struct buf known = BUF_EMPTY, changed = BUF_EMPTY, twice = BUF_EMPTY, carried = BUF_EMPTY;
    char text[64];

    buf_putc(&known, '{');
    add_members(&known, MANY, "1");
    buf_put(&twice, buf_span(&known));
    add_members(&twice, MANY, "1");
    buf_puts(&known, "}");
    buf_puts(&twice, "}");
    buf_putc(&changed, '{');
    add_members(&changed, MANY, "2");
    add_members(&changed, MANY, "2");
    buf_puts(&changed, "}");
    row_check_bytes(&rules, buf_span(&known), buf_span(&changed), REJECTED, STATUS_DUPLICATE);
    row_check_bytes(&rules, buf_span(&known), buf_span(&twice), REJECTED, STATUS_DUPLICATE);

    buf_puts(&carried, rules.catalogs[0]);
    for (int i = 0; i < MANY; i++) {
        snprintf(text, sizeof text, "@carry|m%d|/m%d\n", i, i);
        buf_puts(&carried, text);
    }
    buf_putc(&carried, 0);
    rules.catalogs[0] = (const char *)carried.p;
    row_check_bytes(&rules, buf_span(&known), buf_span(&changed), REJECTED, STATUS_DUPLICATE);
    row_check_bytes(&rules, buf_span(&known), buf_span(&twice), REJECTED, STATUS_DUPLICATE);
    buf_free(&known);
    buf_free(&changed);
    buf_free(&twice);
    buf_free(&carried);
}

UNIT_TEST(what_cannot_be_cached_is_read_in_full)
{
    /* The record itself as a signal; an id or a carried member that holds a root. */
    static const struct pair_rules rules[] = {
        {.catalogs = {"@catalog|t|1\nw||g|build\n"}},
        {.catalogs = {"@catalog|t|1\n@id|/c\n@root|/c/d\n@root|\na|/a|g|build\n"}},
        {.catalogs = {"@catalog|t|1\n@carry|c|/c\n@root|/c\n@root|\na|/a|g|build\n"}},
        {.catalogs = {"@catalog|s|1\n@root|/c\na|/a|g|build\n",
                      "@catalog|t|1\n@carry|c|\na|/a|g|build\n"},
         .targets = {{0, false}, {1, false}},
         .target_count = 2},
        /* More catalogs than bits. */
        {.catalogs = {plain}, .target_count = CELLS_TARGETS + 1},
    };
    struct pair p;

    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        pair_begin(&p, &rules[i]);
        CHECK(!p.cache.pipeline.cache);
        for (int k = 0; k < 3; k++) {
            (void)row_cached(&p, k == 1 ? "{\"a\":1,\"b\":2}" : "{\"a\":1}");
            CHECK(p.fault.status == STATUS_OK && !p.fast);
        }
        pair_end(&p);
    }
}

int main(void)
{
    return unit_run();
}
