/*
 * fuzz-diff: damaged output through the readers of both formats, and what they read compared.
 *
 * The first byte chooses: random bytes as lines, random bytes as blocks, or proper output of two
 * records as lines or as blocks. In the last case the rest says what to change: each time two bytes
 * of offset and one byte to put there. Rows must be equal to themselves, and nothing outside of the
 * input may be read.
 */
#include "config.h"

#include "base/fault.h"
#include "catalog/catalog.h"
#include "catalog/compile.h"
#include "filter/pipeline.h"
#include "format/binary.h"
#include "format/binary_read.h"
#include "format/ndjson.h"
#include "format/ndjson_read.h"
#include "json/pointer.h"
#include "rows.h"

static const char catalog_text[] = "@catalog\tf\t1\n@id\t/id\n@carry\tn\t/n\tu64\n"
                                   "a\t/a\tg\tdevice\t\tfact\nb\t/b\th\tinstall\t\tprivate\n"
                                   "c\t/c\th\tinstall\n";
static const char *const records[] = {
    "{\"id\":\"x\",\"n\":7,\"a\":\"\\u00e9\",\"b\":[1,{\"k\":null}],\"c\":0.5}",
    "{\"id\":12345678901234567890,\"a\":null,\"c\":\"text\"}"};

/* What all inputs share. */
static struct {
    struct catalog catalog;
    const struct catalog *catalogs[1];
    struct arena arena;
    struct buf lines, blocks; /* proper output */
    struct pointer by;
    struct ndjson_read_plan plan;
} shared;

static void set_up(void)
{
    const struct writer_options options = {
        .members = (1u << NDJSON_MEMBERS) - 1, .reveal = true, .producer = span_text("fuzz")};
    struct buf *outs[] = {&shared.lines, &shared.blocks};
    struct plan_target targets[2] = {
        {.catalog = &shared.catalog, .writer = &ndjson_writer, .output = 0, .sketched = true},
        {.catalog = &shared.catalog, .writer = &binary_writer, .output = 1, .sketched = true}};
    struct plan plan = {.targets = targets,
                        .target_count = 2,
                        .output_count = 2,
                        .dictionary = PLAN_NONE,
                        .limits = LIMITS_DEFAULT,
                        .reveal = true};
    struct pipeline pipeline;

    REQUIRE(compile_catalog(&shared.catalog, span_text(catalog_text), &shared.arena).status ==
            STATUS_OK);
    for (int i = 0; i < 2; i++)
        REQUIRE((targets[i].writer_state = targets[i].writer->open(&options, &shared.catalog)));
    binary_writer.header(targets[1].writer_state, &shared.blocks);
    size_t rows = shared.blocks.n;
    pipeline_init(&pipeline, &plan, NULL);
    for (int i = 0; i < 2; i++)
        REQUIRE(pipeline_run(&pipeline, span_text(records[i]), outs).status == STATUS_OK);
    pipeline_free(&pipeline);
    binary_writer.sent(targets[1].writer_state,
                       span_cut(buf_span(&shared.blocks), rows, shared.blocks.n));
    binary_writer.end(targets[1].writer_state, &shared.blocks, true);
    for (int i = 0; i < 2; i++)
        targets[i].writer->close(targets[i].writer_state);
    REQUIRE(pointer_parse(&shared.by, span_text("/carry/n"), &shared.arena).status ==
            STATUS_OK);
    shared.catalogs[0] = &shared.catalog;
    shared.plan = (struct ndjson_read_plan){.catalogs = shared.catalogs,
                                            .catalog_count = 1,
                                            .members = {&shared.by},
                                            .limits = {64, SIZE_MAX, LIMITS_LENGTH_MAX}};
}

static void read_lines(struct rows *rows, struct span text)
{
    struct ndjson_reader *reader = ndjson_reader_new(&shared.plan);

    while (text.n) {
        struct span line = record_copy(fuzz_line(&text));
        struct row row;
        struct fault fault = ndjson_read(reader, line, &row);
        REQUIRE(fault.offset <= line.n);
        if (fault.status == STATUS_OK)
            rows_take(rows, &row);
        fuzz_free(line);
    }
    ndjson_reader_free(reader);
}

static void read_blocks(struct rows *rows, struct span bytes, struct span by)
{
    const struct row_names names = {.by = by, .members = {by}};
    struct binary_reader *reader = binary_reader_new(&names, 0, NULL);
    size_t used, need;

    for (;;) {
        struct row row;
        struct fault fault = FAULT_NONE;
        size_t left = bytes.n;
        enum binary_event event = binary_read(reader, bytes, &used, &need, &row, &fault);
        REQUIRE(used <= left);
        if (event == BINARY_ROW)
            rows_take(rows, &row);
        if (event == BINARY_FAULT && (fault_is_final(fault) || !used))
            break;
        bytes = span_cut(bytes, used, left);
        if (event == BINARY_HUNGRY && need > bytes.n)
            break;
    }
    struct fault fault = binary_read_end(reader, bytes.n);
    REQUIRE(!bytes.n || fault.status != STATUS_OK);
    binary_reader_free(reader);
}

/* A copy of PROPER with the changes in DATA. */
static struct span damage(const struct buf *proper, const uint8_t *data, size_t size)
{
    struct span copy = record_copy(buf_span(proper));
    unsigned char *bytes = (unsigned char *)(uintptr_t)copy.p;

    for (; size >= 3; data += 3, size -= 3)
        bytes[(size_t)(data[0] | data[1] << 8) % copy.n] = data[2];
    return copy;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct rows rows;
    struct span bytes;

    if (!shared.plan.catalogs)
        set_up();
    if (!size)
        return 0;
    rows_begin(&rows, data[0] & 8);
    shared.plan.by = data[0] & 4 ? &shared.by : NULL;
    struct span by = span_text(data[0] & 4 ? "n" : "");
    bytes = data[0] & 2
                ? damage(data[0] & 1 ? &shared.blocks : &shared.lines, data + 1, size - 1)
                : record_copy(span_of(data + 1, size - 1));
    if (data[0] & 1)
        read_blocks(&rows, bytes, by);
    else
        read_lines(&rows, bytes);
    fuzz_free(bytes);
    rows_end(&rows);
    return 0;
}
