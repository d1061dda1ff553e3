/*
 * fuzz-survey: --survey of any records.
 *
 * The letters of the first line choose: k for --by=/k, t for --time=/t, j for lines of JSON, c for a
 * draft of a catalog, b for what the catalog browser makes of them; the rest is the records. The report must be the same with one thread and with
 * two. Figures must hold whatever the records are (survey-pair.h); and with so little memory that
 * paths are merged, those that are left must have the figures that they have with enough.
 */
#include "config.h"

#include "program.h"
#include "survey-pair.h"

#define LITTLE ((size_t)1 << 18)
#define ENOUGH ((size_t)1 << 30)

static void run_survey(struct program *p, struct span letters, const char *jobs)
{
    *p = (struct program){.count = 0};
    program_add(p, "--survey");
    program_add(p, "%s", jobs);
    if (fuzz_has(letters, 'k'))
        program_add(p, "--by=/k");
    if (fuzz_has(letters, 't'))
        program_add(p, "--time=/t");
    if (fuzz_has(letters, 'b'))
        program_add(p, "--catalog=browser");
    if (fuzz_has(letters, 'c'))
        program_add(p, "--draft=d");
    else if (fuzz_has(letters, 'j'))
        program_add(p, "--format=ndjson");
    program_add(p, "%s/0", program_directory());
    program_run(p);
}

static void compare_jobs(struct span letters, struct span records)
{
    struct program one, two;

    program_write("0", records);
    run_survey(&one, letters, "-j1");
    run_survey(&two, letters, "-j2");
    REQUIRE(one.status == two.status);
    REQUIRE(one.status == 0 || one.status == 1 || one.err.n);
    REQUIRE_EQUAL(buf_span(&one.out), buf_span(&two.out));
    REQUIRE_EQUAL(buf_span(&one.err), buf_span(&two.err));
    program_free(&one);
    program_free(&two);
}

/* Survey RECORDS with MEMORY bytes. False if that is not enough at all. */
static bool fill_survey(struct survey *survey, struct span letters, struct span records,
                        size_t memory)
{
    struct pair_reader reader;
    bool by = fuzz_has(letters, 'k'), time = fuzz_has(letters, 't'), enough = true;

    REQUIRE(pair_begin(&reader, by ? "/k" : NULL, time ? "/t" : NULL));
    REQUIRE(survey_init(survey, memory, by, time, 1));
    while (enough && records.n) {
        struct span line = record_copy(fuzz_line(&records));
        enough = pair_add(&reader, survey, line).status == STATUS_OK;
        fuzz_free(line);
    }
    pair_end(&reader);
    return enough;
}

/* Nothing is WRONG with PATH of SURVEY, or say what. */
static void require_right(const char *wrong, const struct survey *survey, uint32_t path)
{
    struct buf pointer = BUF_EMPTY;

    if (!wrong)
        return;
    fields_put_pointer(&pointer, &survey->fields, path);
    fprintf(stderr, "%s of '%.*s'\n", wrong, (int)pointer.n, (const char *)pointer.p);
    abort();
}

static void compare_memory(struct span letters, struct span records)
{
    struct survey all, few;
    struct rows rows;

    REQUIRE(fill_survey(&all, letters, records, ENOUGH));
    REQUIRE(!all.fields.gone && !all.visitors.halvings);
    for (uint32_t i = 1; i < all.fields.count; i++)
        require_right(pair_wrong(&all, i), &all, i);
    if (fill_survey(&few, letters, records, LITTLE)) {
        REQUIRE(few.fields.count <= all.fields.count && few.records == all.records);
        REQUIRE(few.fields.gone || few.fields.count == all.fields.count);
        for (uint32_t i = 1; i < few.fields.count; i++) {
            require_right(pair_wrong(&few, i), &few, i);
            require_right(pair_differs(&few, i, &all), &few, i);
        }
        REQUIRE(rows_find(&rows, &few));
        rows_free(&rows);
    }
    survey_free(&few);
    survey_free(&all);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span records = span_of(data, size), letters = fuzz_line(&records);

    if (size > 100000)
        return 0;
    compare_jobs(letters, records);
    compare_memory(letters, records);
    return 0;
}
