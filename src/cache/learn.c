#include "config.h"

#include "cache/learn.h"

#include "cache/cut.h"
#include "cache/leaf.h"
#include "cache/path.h"
#include "cache/templates.h"
#include "cache/trace.h"
#include "cache/value_cache.h"
#include "catalog/catalog.h"
#include "json/members.h"
#include "json/nodes.h"
#include "json/pointer.h"
#include "json/validate.h"
#include "vector/extract.h"
#include "vector/reading.h"

bool learner_init(struct learner *l)
{
    return cells_room_init(&l->room, l->paths->layout);
}

void learner_free(struct learner *l)
{
    cells_room_free(&l->room);
}

/* The results of rows that are not simply their cell, and of excludes, by what their pointers
 * found. */
static bool learn_odd(struct learner *l, const struct cells_target *t, const struct json *json,
                      const struct extract *extract)
{
    const struct catalog *c = t->catalog;
    struct vector_maker maker = {.catalog = c,
                                 .json = json,
                                 .texts = t->texts,
                                 .arena = l->reader->arena,
                                 .scratch = l->reader->scratch,
                                 .marker = NODE_NONE};
    struct vector_signal made;

    for (uint32_t i = 0; i < t->odd_count; i++) {
        const struct catalog_row *row = &c->rows[t->odd[i]];
        for (uint32_t p = row->pointers; p < row->pointers_end; p++) {
            uint32_t cell = t->owners[p].cell;
            if (!vector_make(&maker, t->odd[i], extract->pointers[p], &made))
                return false;
            bool missing = extract->pointers[p].state == SIGNAL_MISSING;
            l->room.cells.states[cell] = missing ? SIGNAL_MISSING : (unsigned char)made.state;
            l->room.cells.numbers[cell] = made.hash;
            l->room.texts[cell] = made.text;
        }
    }
    for (uint32_t e = 0; e < c->exclude_count; e++) {
        uint32_t pointer = c->excludes[e].pointer;
        uint32_t cell = t->owners[pointer].cell;
        l->room.cells.states[cell] = (unsigned char)extract->pointers[pointer].state;
        l->room.cells.numbers[cell] = extract->excludes >> e & 1;
    }
    return true;
}

/* Count the members in leaves that no pointer leads to. */
static bool learn_inner(struct learner *l, const struct cut *cut, struct span record)
{
    struct json_counts counts;

    for (uint32_t i = 0; i < cut->leaf_count; i++) {
        const struct cut_leaf *leaf = &cut->leaves[i];
        const struct path *path = &l->paths->items[leaf->path];
        if (!(path->flags & PATH_INNER))
            continue;
        struct span raw = span_cut(record, leaf->start, leaf->end);
        if (!validate_value(raw, path->depth, l->limits, &counts) ||
            !leaf_read(l->reader, leaf->path, raw, &counts, l->room.results))
            return false;
        for (uint32_t k = 0; k < path->cell_count; k++)
            l->room.cells.numbers[l->paths->cells[path->cells + k]] = l->room.results[k].hash;
    }
    return true;
}

/* Put the results of the record, found by the full path, into the cells. */
static bool learn_cells(struct learner *l, const struct extract *extracts,
                        const struct reading *readings)
{
    memset(l->room.cells.states, 0, l->paths->layout->count);
    memset(l->room.cells.numbers, 0, l->paths->layout->count * sizeof *l->room.cells.numbers);
    memset(l->room.texts, 0, l->paths->layout->count * sizeof *l->room.texts);
    for (uint32_t i = 0; i < l->paths->layout->target_count; i++) {
        const struct cells_target *t = &l->paths->layout->targets[i];
        const struct vector *v = &readings[i].vector;
        uint32_t rows = t->catalog->row_count;
        memcpy(l->room.cells.states + t->first, v->states, rows);
        memcpy(l->room.cells.numbers + t->first, v->hashes, rows * sizeof *v->hashes);
        memcpy(l->room.texts + t->first, v->texts, rows * sizeof *v->texts);
        if (!learn_odd(l, t, &readings[i].json, &extracts[i]))
            return false;
    }
    return true;
}

/* Put the results of the leaves into the value cache, so that no other record needs to find
 * them. */
static void learn_values(struct learner *l, const struct cut *cut, struct span record)
{
    struct value_cache *cache = l->value_cache;
    struct cells_room *room = &l->room;

    for (uint32_t i = 0; i < cut->leaf_count; i++) {
        const struct cut_leaf *leaf = &cut->leaves[i];
        const struct path *path = &l->paths->items[leaf->path];
        struct span raw = span_cut(record, leaf->start, leaf->end);
        uint64_t hash = path->cell_count ? value_cache_hash(cache, leaf->path, raw) : 0;
        if (!path->cell_count ||
            value_cache_find(cache, leaf->path, raw, hash, room->results, path->cell_count))
            continue;
        for (uint32_t k = 0; k < path->cell_count; k++) {
            uint32_t cell = l->paths->cells[path->cells + k];
            room->results[k] =
                (struct vector_signal){(enum signal_state)room->cells.states[cell],
                                       room->cells.numbers[cell], room->texts[cell]};
        }
        value_cache_keep(cache, leaf->path, raw, hash, room->results, path->cell_count, true);
    }
}

/* Keep the record that CUT has cut, whose results are in ROOM. Its skeleton is SKELETON;
 * null if that is to be found, or made. */
static void insert_template(struct learner *l, struct span record, const struct cut *cut,
                            const struct cells_room *room, struct skeleton *skeleton)
{
    struct template_source source = {.record = record,
                                     .cut = cut,
                                     .cells = room->cells,
                                     .texts = room->texts,
                                     .layout = l->paths->layout};
    struct skeleton draft;

    if (!skeleton)
        skeleton = templates_skeleton(l->templates, &source);
    if (!skeleton && !skeleton_make(&draft, l->paths, cut, l->reader->arena))
        return;
    source.values = cut->values + (skeleton ? skeleton : &draft)->object_count;
    (void)templates_add(l->templates, &source, skeleton, &draft); /* or go on without it */
}

void learner_add_json(struct learner *l, const struct json *json,
                      const struct json_counts *counts, const struct members *members,
                      const struct extract *extracts, const struct reading *readings,
                      bool values)
{
    struct cut cut;

    if (!cut_json(&cut, l->paths, json, counts, members, extracts, l->reader->arena) ||
        !learn_cells(l, extracts, readings) ||
        (l->paths->layout->counted && !learn_inner(l, &cut, json->text)))
        return;
    if (values)
        learn_values(l, &cut, json->text);
    insert_template(l, json->text, &cut, &l->room, NULL);
}

void learner_add_trace(struct learner *l, const struct trace *trace,
                       const struct cells_room *room)
{
    struct cut cut;

    if (cut_trace(&cut, trace, l->reader->arena))
        insert_template(l, trace->record, &cut, room,
                        trace->edited ? NULL : trace->template->skeleton);
}
