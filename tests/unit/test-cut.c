/*
 * cut: a record read by comparison is cut at the same leaves as the same record read in full. Later
 * records are compared with what is learned from it, so one wrong byte would spoil them all.
 */
#include "config.h"

#include "cache/cut.h"

#include "cache/compare.h"
#include "cache/path.h"
#include "cache/templates.h"
#include "cache/trace.h"
#include "json/members.h"
#include "json/open.h"
#include "vector/extract.h"
#include "cache-random.h"
#include "unit.h"

#define PATHS 32768
#define TEMPLATES ((size_t)8 << 20)

struct kit {
    struct pair pair; /* for its catalog */
    struct cells_target target;
    struct cells_layout layout;
    struct paths paths;
    struct templates templates;
    void *paths_memory, *templates_memory;
    struct trace trace;
    struct arena arena;
    struct cells cells;
    struct span *texts;
    unsigned compared, learned;
};

static void kit_begin(struct kit *k, const char *catalog)
{
    *k = (struct kit){.arena = ARENA_EMPTY};
    pair_read_catalog(&k->pair, 0, catalog);
    k->target = (struct cells_target){.catalog = &k->pair.catalogs[0]};
    if (!cells_init(&k->layout, &k->target, 1, true))
        abort();
    k->paths_memory = malloc(paths_size(&k->layout, PATHS));
    k->templates_memory = malloc(TEMPLATES);
    if (!k->paths_memory || !k->templates_memory)
        abort();
    paths_init(&k->paths, &k->layout, k->paths_memory, PATHS, 7);
    templates_init(&k->templates, k->templates_memory, TEMPLATES);
    k->cells.states = calloc(k->layout.count, 1);
    k->cells.numbers = calloc(k->layout.count, sizeof *k->cells.numbers);
    k->texts = calloc(k->layout.count, sizeof *k->texts);
    if (!k->cells.states || !k->cells.numbers || !k->texts)
        abort();
}

static void kit_end(struct kit *k)
{
    free(k->cells.states);
    free(k->cells.numbers);
    free(k->texts);
    free(k->paths_memory);
    free(k->templates_memory);
    cells_free(&k->layout);
    arena_free(&k->pair.arena);
    arena_free(&k->arena);
}

/* Cut RECORD as the full path does. False if it is rejected, or cannot be kept. */
static bool cut_in_full(struct kit *k, struct span record, struct cut *cut)
{
    struct json_document document;
    struct extract extract;

    if (json_open(&document, record, &LIMITS_DEFAULT, JSON_OBJECT_ROOT, 7, &k->arena).status !=
        STATUS_OK)
        return false;
    if (!extract_signals(&extract, k->target.catalog, &document.json, &k->arena))
        abort();
    return cut_json(cut, &k->paths, &document.json, &document.counts, &document.members,
                    &extract, &k->arena);
}

/* Make a template of RECORD. */
static void learn(struct kit *k, struct span record, const struct cut *cut)
{
    struct template_source source = {.record = record,
                                     .cut = cut,
                                     .cells = k->cells,
                                     .texts = k->texts,
                                     .layout = &k->layout};
    struct skeleton draft, *skeleton = templates_skeleton(&k->templates, &source);

    if (!skeleton && !skeleton_make(&draft, &k->paths, cut, &k->arena))
        abort();
    source.values = cut->values + (skeleton ? skeleton : &draft)->object_count;
    CHECK(templates_add(&k->templates, &source, skeleton, &draft));
    k->learned++;
}

static void compare(struct kit *k, struct span record)
{
    static const struct limits limits = LIMITS_DEFAULT;
    struct cut traced, full;

    if (!trace_begin(&k->trace, &k->templates, templates_nearest(&k->templates, record),
                     &k->paths, &limits, record, &k->arena) ||
        !compare_record(&k->trace) || !cut_in_full(k, record, &full))
        return;
    bool made = cut_trace(&traced, &k->trace, &k->arena);
    bool same = made && traced.leaf_count == full.leaf_count && traced.record == full.record &&
                traced.values == full.values &&
                memcmp(traced.leaves, full.leaves, full.leaf_count * sizeof *full.leaves) == 0;
    CHECK(same);
    if (!same)
        printf("# %.*s\n", (int)record.n, (const char *)record.p);
    k->compared++;
    if (same && k->compared % 8 == 0)
        learn(k, record, &traced);
}

UNIT_TEST(a_record_read_by_comparison_is_cut_as_in_full)
{
    static const char *const catalogs[] = {random_flat, random_marked, random_whole,
                                           random_mixed};
    static const char *const records[] = {RANDOM_RECORD, RANDOM_MARKED("\"c1\":", ""),
                                          RANDOM_MARKED("\"c2\":{\"in\":", "}"), RANDOM_BOTH,
                                          RANDOM_MIXED};
    struct chooser c = {.state = 5};

    for (size_t i = 0; i < sizeof catalogs / sizeof *catalogs; i++) {
        struct mutant work = {.text = BUF_EMPTY}, other = {.text = BUF_EMPTY};
        struct cut cut;
        struct kit k;
        kit_begin(&k, catalogs[i]);
        for (size_t r = 0; r < sizeof records / sizeof *records; r++)
            if (cut_in_full(&k, span_text(records[r]), &cut))
                learn(&k, span_text(records[r]), &cut);
        for (int step = 0; step < 4000; step++) {
            const char *from = CHOOSE(&c, records), *to = CHOOSE(&c, records);
            random_set(&other, span_text(to));
            if (step % 4 == 0) /* otherwise it is changed once more */
                random_set(&work, span_text(from));
            if (mutant_parse(&other))
                mutant_change(&work, &c, &other);
            struct span copy = record_copy(buf_span(&work.text));
            compare(&k, copy);
            free((void *)(uintptr_t)copy.p);
            arena_reset(&k.arena);
        }
        printf("# %u compared, %u templates learned\n", k.compared, k.learned);
        CHECK(k.compared > 1500 && k.learned > 200);
        mutant_free(&work);
        mutant_free(&other);
        kit_end(&k);
    }
}

int main(void)
{
    return unit_run();
}
