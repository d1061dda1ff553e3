/*
 * Members of rows: output written in both formats, and the members read back from it. The hashes
 * were made with `printf %s TEXT | xxhsum -H3`.
 */
#include "config.h"

#include <stdlib.h>

#include "catalog/catalog.h"
#include "catalog/compile.h"
#include "filter/pipeline.h"
#include "format/binary.h"
#include "format/ndjson.h"
#include "format/ndjson_read.h"
#include "format/row_input.h"
#include "json/pointer.h"
#include "unit.h"

static const char catalog_text[] = "@catalog\tm\t1\n@id\t/id\n@carry\ts\t/s\n@carry\tu\t/u\tu64\n"
                                   "@carry\ti\t/i\ti64\n@carry\tf\t/f\tf64\n@carry\to\t/o\n"
                                   "a\t/a\tg\tdevice\n";

static const char *const records[] = {
    "{\"id\":1,\"s\":\"acct-7\",\"u\":18446744073709551615,\"i\":-42,\"f\":0.5,\"o\":{\"a\":1},\"a\":1}",
    "{\"id\":2,\"s\":null,\"a\":1}",
    "{\"id\":3,\"s\":\"null\",\"u\":15,\"i\":15,\"f\":15,\"o\":true,\"a\":1}",
    /* What binary rows have of these is another text: see below. */
    "{\"id\":4,\"s\":\"\\u00e9\",\"u\":1.5e1,\"o\":{ \"a\":1},\"a\":1}"};
enum { RECORDS = sizeof records / sizeof *records, SAME = 3 };

/* The files of both formats, and how they are read. */
struct outputs_read {
    struct arena arena;
    struct catalog catalog;
    const struct catalog *catalogs[1];
    char path[2][80];
    const char *what; /* the last fault that was reported */
};

static void note_fault(void *context, const struct row_input *input, uint64_t line,
                       uint64_t column, const char *what)
{
    struct outputs_read *o = context;

    (void)input, (void)line, (void)column;
    o->what = what;
}

static void write_outputs(struct outputs_read *o)
{
    const struct writer_options options = {.members = 1u << NDJSON_CARRY | ndjson_writer.members,
                                           .producer = span_text("unit")};
    struct buf lines = BUF_EMPTY, blocks = BUF_EMPTY, *outs[] = {&lines, &blocks};
    struct plan_target targets[2] = {
        {.catalog = &o->catalog, .writer = &ndjson_writer, .output = 0},
        {.catalog = &o->catalog, .writer = &binary_writer, .output = 1}};
    struct plan plan = {.targets = targets,
                        .target_count = 2,
                        .output_count = 2,
                        .dictionary = PLAN_NONE,
                        .limits = LIMITS_DEFAULT};
    struct pipeline pipeline;

    *o = (struct outputs_read){.arena = ARENA_EMPTY};
    CHECK(compile_catalog(&o->catalog, span_text(catalog_text), &o->arena).status == STATUS_OK);
    o->catalogs[0] = &o->catalog;
    for (int i = 0; i < 2; i++)
        targets[i].writer_state = targets[i].writer->open(&options, &o->catalog);
    binary_writer.header(targets[1].writer_state, &blocks);
    size_t rows = blocks.n;
    pipeline_init(&pipeline, &plan, NULL);
    for (size_t i = 0; i < RECORDS; i++)
        CHECK(pipeline_run(&pipeline, span_text(records[i]), outs).status == STATUS_OK);
    pipeline_free(&pipeline);
    binary_writer.sent(targets[1].writer_state, span_cut(buf_span(&blocks), rows, blocks.n));
    binary_writer.end(targets[1].writer_state, &blocks, true);
    for (int i = 0; i < 2; i++) {
        snprintf(o->path[i], sizeof o->path[i], "%s", "/tmp/whorl-members-XXXXXX");
        int fd = mkstemp(o->path[i]);
        FILE *file = fd < 0 ? NULL : fdopen(fd, "wb");
        CHECK(file && fwrite(outs[i]->p, 1, outs[i]->n, file) == outs[i]->n);
        if (file)
            fclose(file);
        buf_free(outs[i]);
        targets[i].writer->close(targets[i].writer_state);
    }
}

static void drop_outputs(struct outputs_read *o)
{
    for (int i = 0; i < 2; i++)
        remove(o->path[i]);
    arena_free(&o->arena);
}

/* What is expected of a member of one row. */
struct expected_member {
    const char *text; /* null if the row does not have it */
    uint64_t hash;
};

/* Read the file of FORMAT with the members NAMES, and compare those of the first COUNT rows. */
static void check_members(struct outputs_read *o, int format, const char *const names[ROW_MEMBERS],
                          const struct expected_member expected[][ROW_MEMBERS], size_t count)
{
    struct ndjson_read_plan plan = {.catalogs = o->catalogs,
                                    .catalog_count = 1,
                                    .limits = {64, SIZE_MAX, LIMITS_LENGTH_MAX}};
    struct row_names wanted = {.by = span_of(NULL, 0)};
    struct row_input input = {.tell = note_fault, .context = o};
    struct pointer pointers[ROW_MEMBERS];
    char paths[ROW_MEMBERS][20];
    struct row row;

    for (size_t i = 0; i < ROW_MEMBERS; i++) {
        if (!*names[i])
            continue;
        snprintf(paths[i], sizeof paths[i], "/carry/%s", names[i]);
        CHECK(pointer_parse(&pointers[i], span_text(paths[i]), &o->arena).status == STATUS_OK);
        plan.members[i] = &pointers[i];
        wanted.members[i] = span_text(names[i]);
    }
    o->what = NULL;
    CHECK(row_input_open(&input, o->path[format], &plan, &wanted, 27, NULL));
    for (size_t i = 0; i < count; i++) {
        CHECK(row_input_next(&input, &row) && row.has_id);
        for (size_t m = 0; m < ROW_MEMBERS; m++) {
            const struct expected_member *e = &expected[i][m];
            CHECK(row.has_member[m] == (e->text != NULL));
            CHECK(row.member_hash[m] == e->hash);
            CHECK_TEXT(row.members[m], e->text ? e->text : "");
        }
    }
    CHECK(!o->what);
    row_input_close(&input);
}

#define NONE                                                                                   \
    {                                                                                          \
        NULL, 0                                                                                \
    }

UNIT_TEST(ndjson_rows_have_the_texts_of_members_and_their_hashes)
{
    static const struct expected_member su[][ROW_MEMBERS] = {
        {{"\"acct-7\"", 0x36bc0607f1fe6525}, {"18446744073709551615", 0x9131ab7296c23377}},
        {NONE, NONE},
        {{"\"null\"", 0xfa35368a11bd6a17}, {"15", 0xd7080b213541ea80}},
        {{"\"\xc3\xa9\"", 0xe4c567bf86570ced}, {"1.5e1", 0x0d8a9906c9783153}}};
    static const struct expected_member io[][ROW_MEMBERS] = {
        {{"-42", 0x72a27a02a952e758}, {"{\"a\":1}", 0xc5e3762ffc8453c6}},
        {NONE, NONE},
        {{"15", 0xd7080b213541ea80}, {"true", 0x40bbd512750b7629}},
        {NONE, {"{\"a\":1}", 0xc5e3762ffc8453c6}}};
    struct outputs_read o;

    write_outputs(&o);
    check_members(&o, 0, (const char *[]){"s", "u"}, su, RECORDS);
    check_members(&o, 0, (const char *[]){"i", "o"}, io, RECORDS);
    drop_outputs(&o);
}

UNIT_TEST(binary_rows_have_the_same_hashes_of_members_and_texts_of_numbers)
{
    static const struct expected_member su[][ROW_MEMBERS] = {
        {{"", 0x36bc0607f1fe6525}, {"18446744073709551615", 0x9131ab7296c23377}},
        {NONE, NONE},
        {{"", 0xfa35368a11bd6a17}, {"15", 0xd7080b213541ea80}}};
    static const struct expected_member io[][ROW_MEMBERS] = {
        {{"-42", 0x72a27a02a952e758}, {"", 0xc5e3762ffc8453c6}},
        {NONE, NONE},
        {{"15", 0xd7080b213541ea80}, {"", 0x40bbd512750b7629}}};
    static const struct expected_member fs[][ROW_MEMBERS] = {
        {{"0.5", 0xe1cdb070569256e9}, {"", 0x36bc0607f1fe6525}},
        {NONE, NONE},
        {{"15", 0xd7080b213541ea80}, {"", 0xfa35368a11bd6a17}}};
    struct outputs_read o;

    write_outputs(&o);
    check_members(&o, 1, (const char *[]){"s", "u"}, su, SAME);
    check_members(&o, 1, (const char *[]){"i", "o"}, io, SAME);
    check_members(&o, 1, (const char *[]){"f", "s"}, fs, SAME);
    drop_outputs(&o);
}

UNIT_TEST(a_number_that_is_written_otherwise_is_in_binary_rows_as_its_value)
{
    static const struct expected_member ui[][ROW_MEMBERS] = {
        {{"18446744073709551615", 0x9131ab7296c23377}, NONE},
        {NONE, NONE},
        {{"15", 0xd7080b213541ea80}, NONE},
        {{"15", 0xd7080b213541ea80}, NONE}};
    struct outputs_read o;

    write_outputs(&o);
    check_members(&o, 1, (const char *[]){"u", ""}, ui, RECORDS);
    drop_outputs(&o);
}

UNIT_TEST(a_row_has_no_members_that_were_not_asked_for)
{
    static const struct expected_member none[RECORDS][ROW_MEMBERS] = {{NONE}};
    struct outputs_read o;

    write_outputs(&o);
    for (int format = 0; format < 2; format++)
        check_members(&o, format, (const char *[]){"", ""}, none, RECORDS);
    drop_outputs(&o);
}

UNIT_TEST(binary_rows_without_a_member_of_the_name_are_refused)
{
    const struct row_names wanted = {.members = {span_text("s"), span_text("nothing")}};
    struct outputs_read o;
    struct row row;

    write_outputs(&o);
    struct ndjson_read_plan plan = {.catalogs = o.catalogs, .catalog_count = 1};
    struct row_input input = {.tell = note_fault, .context = &o};
    CHECK(row_input_open(&input, o.path[1], &plan, &wanted, 27, NULL));
    CHECK(!row_input_next(&input, &row) && input.useless && o.what);
    CHECK_TEXT(span_text(o.what ? o.what : ""),
               "the rows carry no member of such a name: see --by and --truth");
    row_input_close(&input);
    drop_outputs(&o);
}

UNIT_TEST(the_hash_of_a_member_is_never_0)
{
    struct row row = {.has_id = false};

    row_set_member(&row, 1, span_text("x"), 0);
    CHECK(!row.has_member[0] && row.has_member[1] && row.member_hash[1] == 1);
    CHECK_TEXT(row.members[1], "x");
}

int main(void)
{
    return unit_run();
}
