/* pipeline: no allocation for a record once it has grown; and when memory is out, at any place, it
 * reports that and writes nothing. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/fault.h"
#include "catalog/builtin.h"
#include "catalog/catalog.h"
#include "catalog/compile.h"
#include "filter/memory_fallback.h"
#include "format/binary.h"
#include "format/ndjson.h"
#include "format/tsv.h"
#include "fail.h"
#include "unit.h"

static struct buf sample;                             /* data/sample.ndjson */
static const struct writer *writer = &ndjson_writer; /* of what run() writes */

static void read_sample(void)
{
    char name[4096];
    const char *top = getenv("top_srcdir");

    snprintf(name, sizeof name, "%s/data/sample.ndjson", top ? top : ".");
    FILE *file = fopen(name, "rb");
    CHECK(file);
    while (file && buf_room(&sample, 65536)) {
        size_t got = fread(sample.p + sample.n, 1, 65536, file);
        sample.n += got;
        if (!got)
            break;
    }
    if (file)
        fclose(file);
    CHECK(sample.n > 100000);
}

/* Line number I of the sample. */
static struct span line(int i)
{
    size_t from = 0, end = 0;

    for (; end < sample.n; end++) {
        if (sample.p[end] != '\n')
            continue;
        if (i-- == 0)
            break;
        from = end + 1;
    }
    return span_cut(buf_span(&sample), from, end);
}

/* Read the built-in catalog and make vectors of the lines FROM to TO, PASSES times, as the
 * program does; *LAST_PASS is how many allocations the last pass made. False if memory ran
 * out on the way, which then must have been reported. */
static bool run(int from, int to, int passes, bool cache, struct buf *out, size_t *last_pass)
{
    struct arena arena = ARENA_EMPTY;
    struct catalog catalog;
    struct fault fault = compile_catalog(&catalog, builtin_table[0].text, &arena);
    bool whole = fault.status == STATUS_OK;

    if (!whole)
        CHECK(fault.status == STATUS_NO_MEMORY);
    if (whole) {
        struct writer_options options = {.members = (1u << NDJSON_MEMBERS) - 1};
        struct plan_target target = {.catalog = &catalog,
                                     .writer = writer,
                                     .writer_state = writer->open(&options, &catalog),
                                     .sketched = true};
        struct plan plan = {.targets = &target,
                            .target_count = 1,
                            .output_count = 1,
                            .dictionary = PLAN_NONE,
                            .limits = LIMITS_DEFAULT,
                            .cache_memory = cache ? (size_t)20 << 20 : 0,
                            .seed = 1};
        struct pipeline pipeline;
        size_t before_any = fail_calls;
        pipeline_init(&pipeline, &plan, NULL);
        CHECK(fail_calls == before_any); /* no memory is taken before the first record */
        whole = target.writer_state;
        for (int pass = 0; pass < passes && whole; pass++) {
            *last_pass = fail_calls;
            out->n = 0;
            for (int i = from; i < to && whole; i++) {
                size_t before = out->n;
                struct fault wrong = memory_fallback_run(&pipeline, line(i), &out);
                whole = wrong.status == STATUS_OK;
                CHECK(whole || wrong.status == STATUS_NO_MEMORY);
                CHECK(whole || out->n == before);
            }
            *last_pass = fail_calls - *last_pass;
        }
        pipeline_free(&pipeline);
        writer->close(target.writer_state);
    }
    arena_free(&arena);
    return whole;
}

UNIT_TEST(a_record_costs_no_allocation_once_memory_has_grown)
{
    struct buf out = BUF_EMPTY;
    size_t allocations;

    read_sample();
    for (int i = 0; i < 4; i++) {
        bool cache = i % 2;
        writer = i < 2 ? &ndjson_writer : &tsv_writer;
        CHECK(run(0, 3, 1, cache, &out, &allocations) && allocations > 0);
        CHECK(run(0, 3, 2, cache, &out, &allocations) && allocations == 0);
        buf_free(&out);
    }
    writer = &ndjson_writer;
}

/* Let each allocation in turn fail, until there are no more, while the lines FROM to TO of the
 * sample are read twice. */
static void fail_each(int from, int to, bool cache)
{
    struct buf want = BUF_EMPTY, out = BUF_EMPTY;
    size_t unused, n = 0;

    CHECK(run(from, to, 2, cache, &want, &unused));
    for (bool none = false; !none && n < 10000; n++) {
        fail_calls = 0;
        fail_at = n;
        buf_free(&out);
        bool whole = run(from, to, 2, cache, &out, &unused);
        none = fail_at >= fail_calls;
        CHECK(whole || !none);
        fail_at = SIZE_MAX;
        if (whole)
            CHECK_SPAN(buf_span(&out), buf_span(&want));
    }
    CHECK(n > 20 && n < 10000);
    printf("# %zu allocations failed in turn\n", n - 1);
    buf_free(&want);
    buf_free(&out);
}

UNIT_TEST(R07_when_the_nth_allocation_fails_it_is_said_and_nothing_is_half_done)
{
    fail_each(1, 2, false);
    fail_each(1, 2, true);
    fail_each(0, 3, true); /* templates, edits and the value cache */
    writer = &tsv_writer;
    fail_each(1, 2, true);
    writer = &ndjson_writer;
    fail_on = false;
    fail_each(1, 2, false);
    fail_each(0, 3, true);
    buf_free(&sample);
}

int main(void)
{
    return unit_run();
}
