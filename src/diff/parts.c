#include "config.h"

#include "diff/parts.h"

#include "base/buf.h"
#include "diff/memory.h"
#include "format/row.h"

void diff_parts_init(struct diff_parts *parts, const struct diff_rules *ignore, uint64_t seed,
                     struct quota *quota)
{
    *parts = (struct diff_parts){.ignore = ignore, .quota = quota};
    names_init(&parts->names, seed, quota);
}

static void free_example(struct diff_parts *parts, struct diff_example *example)
{
    diff_ids_drop(example->id, parts->quota);
    for (int side = 0; side < 2; side++)
        if (!span_failed(example->texts[side]))
            diff_memory_drop(parts->quota, example->texts[side]);
}

void diff_parts_clear(struct diff_parts *parts)
{
    for (uint32_t i = 0; i < parts->names.count; i++) {
        struct diff_part *part = &parts->items[i];
        for (uint32_t k = 0; k < part->example_count; k++)
            free_example(parts, &part->examples[k]);
        quota_free(parts->quota, part->examples, DIFF_IDS * sizeof *part->examples);
    }
    names_free(&parts->names);
    parts->identities = 0;
}

void diff_parts_free(struct diff_parts *parts)
{
    diff_parts_clear(parts);
    quota_free(parts->quota, parts->items, parts->room * sizeof *parts->items);
    parts->items = NULL;
    parts->room = 0;
}

uint32_t diff_parts_add(struct diff_parts *parts, enum diff_kind kind, struct span name)
{
    struct buf key = BUF_EMPTY;
    uint32_t before = parts->names.count;

    if (before == parts->room) {
        uint32_t room = parts->room ? parts->room * 2 : 64;
        struct diff_part *items = quota_realloc(
            parts->quota, parts->items, parts->room * sizeof *items, room * sizeof *items);
        if (!items)
            return NAMES_NONE;
        parts->items = items;
        parts->room = room;
    }
    buf_putc(&key, (unsigned char)kind);
    buf_put(&key, name);
    uint32_t i = key.failed ? NAMES_NONE : names_add(&parts->names, buf_span(&key));
    buf_free(&key);
    if (i == before) {
        struct span whole = parts->names.items[i];
        parts->items[i] =
            (struct diff_part){.kind = kind,
                               .name = span_cut(whole, 1, whole.n),
                               .ignored = diff_rules_find(parts->ignore, kind, name),
                               .number = parts->identities};
        parts->identities += kind == DIFF_ID;
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

/* Where ROW belongs among the examples of PART, DIFF_IDS if it does not. If one of its id is
 * there, it is in its place, *INSTEAD. */
static uint32_t example_place(const struct diff_part *part, const struct row *row,
                              bool *instead)
{
    uint32_t at =
        diff_ids_place(part->examples, sizeof *part->examples, part->example_count, row->key);

    *instead = false;
    for (uint32_t i = 0; at == DIFF_IDS && i < part->example_count; i++) {
        const struct diff_example *example = &part->examples[i];
        *instead = memcmp(example->key, row->key, ROW_KEY) == 0 &&
                   span_compare(row->schema->label, example->label) < 0;
        if (*instead)
            return i;
    }
    return at;
}

bool diff_parts_count(struct diff_part *part, const void *before, const void *after,
                      size_t size, uint64_t serial, const struct row *row)
{
    static const unsigned char none[16];
    bool had = memcmp(before, none, size) != 0, has = memcmp(after, none, size) != 0;
    bool instead;

    part->changed += had && has;
    part->appeared += !had;
    part->vanished += !has;
    part->records += mix_bits(serial << 2 | (uint64_t)(had << 1 | has));
    return example_place(part, row, &instead) < DIFF_IDS;
}

bool diff_parts_example(struct diff_parts *parts, struct diff_part *part,
                        const struct diff_example *example, const struct row *row)
{
    bool instead;
    uint32_t at = example_place(part, row, &instead);
    struct diff_example kept = *example;

    if (!part->examples)
        part->examples = quota_calloc(parts->quota, DIFF_IDS, sizeof *part->examples);
    kept.id->users++;
    for (int side = 0; side < 2; side++) {
        bool shown = kept.texts[side].n <= DIFF_TEXT_MOST;
        kept.texts[side] =
            shown ? diff_memory_copy(parts->quota, kept.texts[side]) : span_of(NULL, 0);
    }
    if (!part->examples || span_failed(kept.texts[0]) || span_failed(kept.texts[1])) {
        free_example(parts, &kept);
        return false;
    }
    if (instead) {
        free_example(parts, &part->examples[at]);
        part->examples[at] = kept;
        return true;
    }
    if (part->example_count == DIFF_IDS)
        free_example(parts, &part->examples[--part->example_count]);
    memmove(part->examples + at + 1, part->examples + at,
            (part->example_count - at) * sizeof *part->examples);
    part->examples[at] = kept;
    part->example_count++;
    return true;
}
