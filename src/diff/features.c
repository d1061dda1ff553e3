#include "config.h"

#include "diff/features.h"

#include "base/buf.h"
#include "diff/memory.h"
#include "format/row.h"

void diff_features_init(struct diff_features *features, const struct diff_rules *ignore,
                        uint64_t seed, struct quota *quota)
{
    *features = (struct diff_features){.ignore = ignore, .quota = quota};
    names_init(&features->names, seed, quota);
}

static void free_example(struct diff_features *features, struct diff_example *example)
{
    diff_ids_drop(example->id, features->quota);
    for (int side = 0; side < 2; side++)
        if (!span_failed(example->texts[side]))
            diff_memory_drop(features->quota, example->texts[side]);
}

void diff_features_clear(struct diff_features *features)
{
    for (uint32_t i = 0; i < features->names.count; i++) {
        struct diff_feature *feature = &features->items[i];
        for (uint32_t k = 0; k < feature->example_count; k++)
            free_example(features, &feature->examples[k]);
        quota_free(features->quota, feature->examples, DIFF_IDS * sizeof *feature->examples);
    }
    names_free(&features->names);
    features->identities = 0;
}

void diff_features_free(struct diff_features *features)
{
    diff_features_clear(features);
    quota_free(features->quota, features->items, features->room * sizeof *features->items);
    features->items = NULL;
    features->room = 0;
}

uint32_t diff_features_add(struct diff_features *features, enum diff_kind kind,
                           struct span name)
{
    struct buf key = BUF_EMPTY;
    uint32_t before = features->names.count;

    if (before == features->room) {
        uint32_t room = features->room ? features->room * 2 : 64;
        struct diff_feature *items =
            quota_realloc(features->quota, features->items, features->room * sizeof *items,
                          room * sizeof *items);
        if (!items)
            return NAMES_NONE;
        features->items = items;
        features->room = room;
    }
    buf_putc(&key, (unsigned char)kind);
    buf_put(&key, name);
    uint32_t i = key.failed ? NAMES_NONE : names_add(&features->names, buf_span(&key));
    buf_free(&key);
    if (i == before) {
        struct span whole = features->names.items[i];
        features->items[i] =
            (struct diff_feature){.kind = kind,
                                  .name = span_cut(whole, 1, whole.n),
                                  .ignored = diff_rules_find(features->ignore, kind, name),
                                  .number = features->identities};
        features->identities += kind == DIFF_ID;
    }
    return i;
}

/* Spread the bits of V over all of it: splitmix64's last step. */
static uint64_t mix_bits(uint64_t v)
{
    v += 0x9E3779B97F4A7C15u;
    v = (v ^ v >> 30) * 0xBF58476D1CE4E5B9u;
    v = (v ^ v >> 27) * 0x94D049BB133111EBu;
    return v ^ v >> 31;
}

/* The index of ROW among the examples of FEATURE; DIFF_IDS if it is not one of the first. If an
 * example of the same id is there, *INSTEAD says that ROW replaces it. */
static uint32_t example_place(const struct diff_feature *feature, const struct row *row,
                              bool *instead)
{
    uint32_t at = diff_ids_place(feature->examples, sizeof *feature->examples,
                                 feature->example_count, row->key);

    *instead = false;
    for (uint32_t i = 0; at == DIFF_IDS && i < feature->example_count; i++) {
        const struct diff_example *example = &feature->examples[i];
        *instead = memcmp(example->key, row->key, ROW_KEY) == 0 &&
                   span_compare(row->schema->label, example->label) < 0;
        if (*instead)
            return i;
    }
    return at;
}

bool diff_features_count(struct diff_feature *feature, const void *before, const void *after,
                         size_t size, uint64_t serial, const struct row *row)
{
    static const unsigned char none[16];
    bool had = memcmp(before, none, size) != 0, has = memcmp(after, none, size) != 0;
    bool instead;

    feature->changed += had && has;
    feature->appeared += !had;
    feature->vanished += !has;
    feature->records += mix_bits(serial << 2 | (uint64_t)(had << 1 | has));
    return example_place(feature, row, &instead) < DIFF_IDS;
}

bool diff_features_example(struct diff_features *features, struct diff_feature *feature,
                           const struct diff_example *example, const struct row *row)
{
    bool instead;
    uint32_t at = example_place(feature, row, &instead);
    struct diff_example kept = *example;

    if (!feature->examples)
        feature->examples = quota_calloc(features->quota, DIFF_IDS, sizeof *feature->examples);
    kept.id->users++;
    for (int side = 0; side < 2; side++) {
        bool shown = kept.texts[side].n <= DIFF_TEXT_MOST;
        kept.texts[side] =
            shown ? diff_memory_copy(features->quota, kept.texts[side]) : span_of(NULL, 0);
    }
    if (!feature->examples || span_failed(kept.texts[0]) || span_failed(kept.texts[1])) {
        free_example(features, &kept);
        return false;
    }
    if (instead) {
        free_example(features, &feature->examples[at]);
        feature->examples[at] = kept;
        return true;
    }
    if (feature->example_count == DIFF_IDS)
        free_example(features, &feature->examples[--feature->example_count]);
    memmove(feature->examples + at + 1, feature->examples + at,
            (feature->example_count - at) * sizeof *feature->examples);
    feature->examples[at] = kept;
    feature->example_count++;
    return true;
}
