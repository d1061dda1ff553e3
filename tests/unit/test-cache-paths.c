/*
 * cache: paths: what distinguishes them, and that all is forgotten when there are no more.
 */
#include "config.h"

#include "cache/edit.h"
#include "cache/path.h"
#include "cache-rows.h"

#define PLACES 32768 /* as many as there is room for, if catalogs have few cells */

static const char plain[] = "@catalog|plain|1\na|/a|g|build\nb|/b|g|build\n";

UNIT_TEST(one_name_in_each_of_many_objects_is_a_path_of_each)
{
    /* So many that the table of paths is half full, and paths are found among others. */
    const unsigned count = PLACES / 2 - 100;
    struct buf catalog = BUF_EMPTY, record = BUF_EMPTY;
    struct pair_rules rules = {.only_default = true};
    char text[64];
    struct pair p;

    buf_puts(&catalog, "@catalog|many|1\n");
    for (unsigned i = 0; i < count; i++) {
        snprintf(text, sizeof text, "r%u|/p%u/x|g|build\n", i, i);
        buf_puts(&catalog, text);
    }
    buf_putc(&catalog, 0);
    rules.catalogs[0] = (const char *)catalog.p;
    pair_begin(&p, &rules);
    for (unsigned round = 0; round < 3; round++) {
        buf_clear(&record);
        for (unsigned i = 0; i < count; i++) {
            snprintf(text, sizeof text, "%s\"p%u\":{\"x\":%u}", i ? "," : "{", i, i + round);
            buf_puts(&record, text);
        }
        buf_putc(&record, '}');
        pair_run(&p, buf_span(&record));
        CHECK(p.same && p.fast == (round > 0));
    }
    pair_end(&p);
    buf_free(&catalog);
    buf_free(&record);
}

UNIT_TEST(of_two_catalogs_one_has_its_root_where_it_was_and_the_other_elsewhere)
{
    static const struct pair_rules rules = {
        .catalogs = {"@catalog|s|1\na|/a|g|build\n",
                     "@catalog|t|1\n@root|/c1\n@root|/c2\nx|/x|g|build\n"},
        .targets = {{0, false}, {1, false}},
        .target_count = 2};
    static const char *const records[] = {
        "{\"a\":1,\"c2\":{\"x\":1}}", "{\"a\":1,\"c1\":{\"x\":1}}",
        "{\"a\":1,\"c1\":{\"x\":2}}", "{\"a\":1,\"c2\":{\"x\":3}}",
        "{\"a\":1,\"x\":4}",          "{\"a\":1,\"x\":5}"};
    struct pair p;

    pair_begin(&p, &rules);
    for (size_t i = 0; i < sizeof records / sizeof records[0]; i++) {
        (void)row_cached(&p, records[i]);
        CHECK(row_cached(&p, records[i]));
    }
    pair_end(&p);
}

/* Run RECORD, and then KNOWN, which is cached if it was learned last. Was all forgotten? */
static bool forgets(struct pair *p, const struct buf *record, const char *known)
{
    pair_run(p, buf_span(record));
    CHECK(p->same);
    bool forgot = !p->fast;
    CHECK(row_cached(p, known));
    return forgot;
}

UNIT_TEST(more_members_than_there_are_paths_make_it_forget_all_and_begin_again)
{
    static const struct pair_rules rules = {.catalogs = {plain}};
    const char *known = "{\"a\":1,\"b\":2}";
    struct buf record = BUF_EMPTY;
    struct pair p;
    int forgot = 0;

    pair_begin(&p, &rules);
    row_learn(&p, span_text(known));
    for (unsigned i = 0; i < PLACES * 2; i += TRACE_EDITS) {
        row_add(&record, i, TRACE_EDITS, false);
        forgot += forgets(&p, &record, known);
    }
    CHECK(forgot >= 1 && forgot <= 2);
    pair_end(&p);
    buf_free(&record);
}

UNIT_TEST(so_does_more_text_of_names)
{
    static const struct pair_rules rules = {.catalogs = {plain}};
    const char *known = "{\"a\":1,\"b\":2}";
    struct buf record = BUF_EMPTY;
    struct pair p;
    int forgot = 0;

    pair_begin(&p, &rules);
    row_learn(&p, span_text(known));
    for (unsigned i = 0; i < 60; i++) {
        buf_clear(&record);
        buf_puts(&record, "{\"a\":1,\"b\":2,\"");
        for (int k = 0; k < 100000; k++)
            buf_putc(&record, (unsigned char)('A' + i));
        buf_puts(&record, "\":1}");
        forgot += forgets(&p, &record, known);
    }
    CHECK(forgot >= 5 && forgot <= 6); /* 6 MB in pieces of 1 MiB at most */
    pair_end(&p);
    buf_free(&record);
}

UNIT_TEST(pointers_that_need_more_cells_than_there_are_have_records_read_in_full)
{
    struct buf catalog = BUF_EMPTY, record = BUF_EMPTY;
    struct pair_rules rules = {.catalogs = {NULL}};
    struct pair p;
    char text[64];

    buf_puts(&catalog, "@catalog|many|1\n");
    for (int i = 0; i < 5000; i++) {
        snprintf(text, sizeof text, "r%d|", i);
        buf_puts(&catalog, text);
        for (int k = 0; k < 60; k++)
            buf_puts(&catalog, "/p");
        buf_puts(&catalog, "|g|build\n");
    }
    buf_putc(&catalog, 0);
    for (int k = 0; k < 60; k++)
        buf_puts(&record, "{\"p\":");
    buf_putc(&record, '1');
    for (int k = 0; k < 60; k++)
        buf_putc(&record, '}');
    rules.catalogs[0] = (const char *)catalog.p;
    pair_begin(&p, &rules);
    for (int i = 0; i < 3; i++) {
        pair_run(&p, buf_span(&record));
        CHECK(p.same && !p.fast && p.fault.status == STATUS_OK);
    }
    (void)row_cached(&p, "{\"p\":1}");
    CHECK(p.fault.status == STATUS_SIGNALS);
    pair_end(&p);
    buf_free(&catalog);
    buf_free(&record);
}

UNIT_TEST(more_cells_of_paths_than_there_are_make_it_forget_too)
{
    /* There is room for 131,072, and the paths of either take 102,000. */
    static const char *const ways[] = {"/p", "/q"};
    struct buf catalog = BUF_EMPTY, records[2] = {BUF_EMPTY, BUF_EMPTY};
    struct pair_rules rules = {.only_default = true};
    struct pair p;
    char text[64];

    buf_puts(&catalog, "@catalog|many|1\n");
    for (int i = 0; i < 3400; i++) {
        snprintf(text, sizeof text, "r%d|", i);
        buf_puts(&catalog, text);
        for (int k = 0; k < 60; k++)
            buf_puts(&catalog, ways[i % 2]);
        buf_puts(&catalog, "|g|build\n");
    }
    buf_putc(&catalog, 0);
    for (int i = 0; i < 2; i++) {
        for (int k = 0; k < 60; k++)
            buf_puts(&records[i], i ? "{\"q\":" : "{\"p\":");
        buf_putc(&records[i], '1');
        for (int k = 0; k < 60; k++)
            buf_putc(&records[i], '}');
    }
    rules.catalogs[0] = (const char *)catalog.p;
    pair_begin(&p, &rules);
    row_learn(&p, buf_span(&records[0]));
    pair_run(&p, buf_span(&records[1]));
    CHECK(p.same && !p.fast);
    row_learn(&p, buf_span(&records[1]));
    pair_run(&p, buf_span(&records[0]));
    CHECK(p.same && !p.fast);
    pair_end(&p);
    buf_free(&catalog);
    for (int i = 0; i < 2; i++)
        buf_free(&records[i]);
}

UNIT_TEST(more_choices_of_roots_than_there_are_numbers_make_it_forget_too)
{
    static const struct pair_rules rules = {
        .catalogs = {"@catalog|t|1\n@root|/c0\n@root|/c1\n@root|/c2\n@root|/c3\n@root|/c4\n"
                     "@root|/c5\n@root|/c6\n@root|/c7\n@root|/c8\n@root|/c9\na|/a|g|build\n"}};
    struct pair p;
    char text[64];
    int forgot = 0;

    pair_begin(&p, &rules);
    for (int round = 0; round < 3; round++)
        for (int i = 0; i < 10; i++) {
            snprintf(text, sizeof text, "{\"c%d\":{\"a\":%d},\"u\":1}", i, round);
            (void)row_cached(&p, text);
            forgot += !row_cached(&p, text);
            CHECK(row_cached(&p, text));
        }
    CHECK(forgot >= 2);
    pair_end(&p);
}

int main(void)
{
    return unit_run();
}
