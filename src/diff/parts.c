#include "config.h"

#include "diff/parts.h"

#include <stdlib.h>

#include "base/buf.h"

void diff_parts_init(struct diff_parts *parts, const struct diff_rules *ignore, uint64_t seed)
{
    *parts = (struct diff_parts){.ignore = ignore};
    names_init(&parts->names, seed, NULL);
}

static void free_example(struct diff_example *example)
{
    free((void *)(uintptr_t)example->id.p);
    free((void *)(uintptr_t)example->texts[0].p);
    free((void *)(uintptr_t)example->texts[1].p);
}

void diff_parts_clear(struct diff_parts *parts)
{
    for (uint32_t i = 0; i < parts->names.count; i++)
        for (uint32_t k = 0; k < parts->items[i].example_count; k++)
            free_example(&parts->items[i].examples[k]);
    names_free(&parts->names);
}

void diff_parts_free(struct diff_parts *parts)
{
    diff_parts_clear(parts);
    free(parts->items);
    parts->items = NULL;
    parts->room = 0;
}

uint32_t diff_parts_add(struct diff_parts *parts, enum diff_kind kind, struct span name)
{
    struct buf key = BUF_EMPTY;
    uint32_t before = parts->names.count;

    if (before == parts->room) {
        uint32_t room = parts->room ? parts->room * 2 : 64;
        struct diff_part *items = realloc(parts->items, room * sizeof *items);
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
                               .ignored = diff_rules_find(parts->ignore, kind, name)};
    }
    return i;
}

/* Spread the bits of V over all of it: splitmix64's last step. */
static uint64_t mix(uint64_t v)
{
    v += 0x9E3779B97F4A7C15u;
    v = (v ^ v >> 30) * 0xBF58476D1CE4E5B9u;
    v = (v ^ v >> 27) * 0x94D049BB133111EBu;
    return v ^ v >> 31;
}

/* Where ROW belongs among the examples of PART, DIFF_IDS if it does not. If one of its id is
 * there, it is in its place, *INSTEAD. */
static uint32_t place_of(const struct diff_part *part, const struct row *row, bool *instead)
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
    part->records += mix(serial << 2 | (uint64_t)(had << 1 | has));
    return place_of(part, row, &instead) < DIFF_IDS;
}

/* A copy of TEXT, of none if it is too long. */
static struct span copy_text(struct span text)
{
    if (!text.n || text.n > DIFF_TEXT_MOST)
        return span_of(NULL, 0);
    unsigned char *copy = malloc(text.n);
    if (!copy)
        return SPAN_FAILED;
    memcpy(copy, text.p, text.n);
    return span_of(copy, text.n);
}

bool diff_parts_example(struct diff_part *part, const struct row *row, const void *before,
                        const void *after, size_t size, const struct span texts[2])
{
    bool instead;
    uint32_t at = place_of(part, row, &instead);
    struct diff_example example = {.id = diff_ids_text(row), .label = row->schema->label};

    memcpy(example.key, row->key, sizeof example.key);
    memcpy(example.hashes[0], before, size);
    memcpy(example.hashes[1], after, size);
    for (int side = 0; side < 2; side++)
        example.texts[side] = copy_text(texts[side]);
    if (span_failed(example.id) || span_failed(example.texts[0]) ||
        span_failed(example.texts[1])) {
        free_example(&example);
        return false;
    }
    if (instead) {
        free_example(&part->examples[at]);
        part->examples[at] = example;
        return true;
    }
    if (part->example_count == DIFF_IDS)
        free_example(&part->examples[--part->example_count]);
    memmove(part->examples + at + 1, part->examples + at,
            (part->example_count - at) * sizeof *part->examples);
    part->examples[at] = example;
    part->example_count++;
    return true;
}
