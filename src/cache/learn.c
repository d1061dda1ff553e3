#include "config.h"

#include "cache/learn.h"

#include "cache/cut.h"
#include "catalog/catalog.h"
#include "json/pointer.h"

/* The results of rows that are not simply their cell, and of excludes, by what their pointers
 * found. */
static bool learn_odd(struct learn *l, const struct cells_target *t, const struct json *json,
                      const struct extract *extract)
{
    const struct catalog *c = t->catalog;
    struct vector_maker maker = {.catalog = c,
                                 .json = json,
                                 .texts = t->texts,
                                 .arena = l->resolver->reader.arena,
                                 .scratch = l->resolver->reader.scratch,
                                 .marker = NODE_NONE};
    struct vector_signal made;

    for (uint32_t i = 0; i < t->odd_count; i++) {
        const struct catalog_row *row = &c->rows[t->odd[i]];
        for (uint32_t p = row->pointers; p < row->pointers_end; p++) {
            uint32_t cell = t->owners[p].cell;
            if (!vector_make(&maker, t->odd[i], extract->pointers[p], &made))
                return false;
            bool missing = extract->pointers[p].state == SIGNAL_MISSING;
            l->resolver->cells.states[cell] =
                missing ? SIGNAL_MISSING : (unsigned char)made.state;
            l->resolver->cells.hashes[cell] = made.hash;
            l->resolver->texts[cell] = made.text;
        }
    }
    for (uint32_t e = 0; e < c->exclude_count; e++) {
        uint32_t pointer = c->excludes[e].pointer;
        uint32_t cell = t->owners[pointer].cell;
        l->resolver->cells.states[cell] = (unsigned char)extract->pointers[pointer].state;
        l->resolver->cells.hashes[cell] = extract->excludes >> e & 1;
    }
    return true;
}

/* How many members in leaves no pointer leads to. */
static bool learn_inner(struct learn *l, const struct cut *cut, struct span record)
{
    struct json_counts counts;

    for (uint32_t i = 0; i < cut->leaf_count; i++) {
        const struct cut_leaf *leaf = &cut->leaves[i];
        const struct path *path = &l->paths->items[leaf->path];
        if (!(path->flags & PATH_INNER))
            continue;
        struct span raw = span_cut(record, leaf->start, leaf->end);
        if (!validate_value(raw, path->depth, l->limits, &counts) ||
            !leaf_read(&l->resolver->reader, leaf->path, raw, &counts, l->resolver->results))
            return false;
        for (uint32_t k = 0; k < path->cell_count; k++)
            l->resolver->cells.hashes[l->paths->cells[path->cells + k]] =
                l->resolver->results[k].hash;
    }
    return true;
}

/* Have the results of the record, as the full path has found them, in the cells. */
static bool learn_cells(struct learn *l, const struct json *json,
                        const struct extract *extracts, const struct reading *readings)
{
    memset(l->resolver->cells.states, 0, l->resolver->layout->count);
    memset(l->resolver->cells.hashes, 0,
           l->resolver->layout->count * sizeof *l->resolver->cells.hashes);
    memset(l->resolver->texts, 0, l->resolver->layout->count * sizeof *l->resolver->texts);
    for (uint32_t i = 0; i < l->resolver->layout->target_count; i++) {
        const struct cells_target *t = &l->resolver->layout->targets[i];
        const struct vector *v = &readings[i].vector;
        uint32_t rows = t->catalog->row_count;
        memcpy(l->resolver->cells.states + t->first, v->states, rows);
        memcpy(l->resolver->cells.hashes + t->first, v->hashes, rows * sizeof *v->hashes);
        memcpy(l->resolver->texts + t->first, v->texts, rows * sizeof *v->texts);
        if (!learn_odd(l, t, json, &extracts[i]))
            return false;
    }
    return true;
}

/* Have the value cache know what the leaves came to, so that no other record needs it found
 * out. */
static void learn_values(struct learn *l, const struct cut *cut, struct span record)
{
    struct resolver *s = l->resolver;

    for (uint32_t i = 0; i < cut->leaf_count; i++) {
        const struct cut_leaf *leaf = &cut->leaves[i];
        const struct path *path = &l->paths->items[leaf->path];
        struct span raw = span_cut(record, leaf->start, leaf->end);
        uint64_t hash =
            path->cell_count ? value_cache_hash(s->value_cache, leaf->path, raw) : 0;
        if (!path->cell_count || value_cache_find(s->value_cache, leaf->path, raw, hash,
                                                  s->results, path->cell_count))
            continue;
        for (uint32_t k = 0; k < path->cell_count; k++) {
            uint32_t cell = l->paths->cells[path->cells + k];
            s->results[k] = (struct vector_signal){(enum signal_state)s->cells.states[cell],
                                                   s->cells.hashes[cell], s->texts[cell]};
        }
        value_cache_keep(s->value_cache, leaf->path, raw, hash, s->results, path->cell_count,
                         true);
    }
}

/* Keep the record that CUT has cut, whose results are in the cells. Its skeleton is
 * SKELETON; null if that is to be found, or made. */
static void insert_template(struct learn *l, struct span record, const struct cut *cut,
                            struct skeleton *skeleton)
{
    struct resolver *s = l->resolver;
    struct template_source source = {.record = record,
                                     .cut = cut,
                                     .cells = s->cells,
                                     .texts = s->texts,
                                     .count = s->layout->count};
    struct skeleton draft;

    if (!skeleton)
        skeleton = templates_skeleton(l->templates, &source);
    if (!skeleton && !skeleton_make(&draft, l->paths, cut, s->reader.arena))
        return;
    source.values = cut->values + (skeleton ? skeleton : &draft)->object_count;
    (void)templates_add(l->templates, &source, skeleton, &draft); /* or do without it */
}

void learn_json(struct learn *l, const struct json *json, const struct json_counts *counts,
                const struct members *members, const struct extract *extracts,
                const struct reading *readings)
{
    struct cut cut;

    if (!cut_json(&cut, l->paths, json, counts, members, extracts, l->resolver->reader.arena) ||
        !learn_cells(l, json, extracts, readings) ||
        (l->resolver->layout->counted && !learn_inner(l, &cut, json->text)))
        return;
    if (l->values)
        learn_values(l, &cut, json->text);
    insert_template(l, json->text, &cut, NULL);
}

void learn_trace(struct learn *l, const struct trace *trace)
{
    struct cut cut;

    if (cut_trace(&cut, trace, l->resolver->reader.arena))
        insert_template(l, trace->record, &cut,
                        trace->edited ? NULL : trace->template->skeleton);
}
