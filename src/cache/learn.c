#include "config.h"

#include "cache/learn.h"

#include "cache/survey.h"

/* The results of rows that are not simply their cell, and of excludes, by what their pointers
 * found. */
static bool learn_odd(struct learn *l, const struct cells_target *t, const struct json *json,
                      const struct extract *extract)
{
    const struct catalog *c = t->catalog;
    struct vector_maker maker = {.catalog = c,
                                 .json = json,
                                 .texts = t->texts,
                                 .arena = l->settle->reader.arena,
                                 .scratch = l->settle->reader.scratch,
                                 .marker = NODE_NONE};
    struct vector_signal made;

    for (uint32_t i = 0; i < t->odd_count; i++) {
        const struct catalog_row *row = &c->rows[t->odd[i]];
        for (uint32_t p = row->pointers; p < row->pointers_end; p++) {
            uint32_t cell = t->owners[p].cell;
            if (!vector_make(&maker, t->odd[i], extract->pointers[p], &made))
                return false;
            bool missing = extract->pointers[p].state == SIGNAL_MISSING;
            l->settle->cells.states[cell] =
                missing ? SIGNAL_MISSING : (unsigned char)made.state;
            l->settle->cells.hashes[cell] = made.hash;
            l->settle->texts[cell] = made.text;
        }
    }
    for (uint32_t e = 0; e < c->exclude_count; e++) {
        uint32_t pointer = c->excludes[e].pointer;
        uint32_t cell = t->owners[pointer].cell;
        l->settle->cells.states[cell] = (unsigned char)extract->pointers[pointer].state;
        l->settle->cells.hashes[cell] = extract->excludes >> e & 1;
    }
    return true;
}

/* How many members in leaves no pointer leads to. */
static bool learn_inner(struct learn *l, const struct survey *survey, struct span record)
{
    struct json_counts counts;

    for (uint32_t i = 0; i < survey->leaf_count; i++) {
        const struct survey_leaf *leaf = &survey->leaves[i];
        const struct place *place = &l->places->items[leaf->place];
        if (!(place->flags & PLACE_INNER))
            continue;
        struct span raw = span_cut(record, leaf->start, leaf->end);
        if (!validate_value(raw, place->depth, l->limits, &counts) ||
            !leaf_read(&l->settle->reader, leaf->place, raw, &counts, l->settle->results))
            return false;
        for (uint32_t k = 0; k < place->cell_count; k++)
            l->settle->cells.hashes[l->places->cells[place->cells + k]] =
                l->settle->results[k].hash;
    }
    return true;
}

/* Have the results of the record, as the full path has found them, in the cells. */
static bool learn_cells(struct learn *l, const struct json *json,
                        const struct extract *extracts, const struct reading *readings)
{
    memset(l->settle->cells.states, 0, l->settle->layout->count);
    memset(l->settle->cells.hashes, 0,
           l->settle->layout->count * sizeof *l->settle->cells.hashes);
    memset(l->settle->texts, 0, l->settle->layout->count * sizeof *l->settle->texts);
    for (uint32_t i = 0; i < l->settle->layout->target_count; i++) {
        const struct cells_target *t = &l->settle->layout->targets[i];
        const struct vector *v = &readings[i].vector;
        uint32_t rows = t->catalog->row_count;
        memcpy(l->settle->cells.states + t->first, v->states, rows);
        memcpy(l->settle->cells.hashes + t->first, v->hashes, rows * sizeof *v->hashes);
        memcpy(l->settle->texts + t->first, v->texts, rows * sizeof *v->texts);
        if (!learn_odd(l, t, json, &extracts[i]))
            return false;
    }
    return true;
}

/* Have the memo know what the leaves came to, so that no other record needs it found out. */
static void learn_values(struct learn *l, const struct survey *survey, struct span record)
{
    struct settle *s = l->settle;

    for (uint32_t i = 0; i < survey->leaf_count; i++) {
        const struct survey_leaf *leaf = &survey->leaves[i];
        const struct place *place = &l->places->items[leaf->place];
        struct span raw = span_cut(record, leaf->start, leaf->end);
        uint64_t hash = place->cell_count ? memo_hash(s->memo, leaf->place, raw) : 0;
        if (!place->cell_count ||
            memo_find(s->memo, leaf->place, raw, hash, s->results, place->cell_count))
            continue;
        for (uint32_t k = 0; k < place->cell_count; k++) {
            uint32_t cell = l->places->cells[place->cells + k];
            s->results[k] = (struct vector_signal){(enum signal_state)s->cells.states[cell],
                                                   s->cells.hashes[cell], s->texts[cell]};
        }
        memo_keep(s->memo, leaf->place, raw, hash, s->results, place->cell_count, true);
    }
}

/* Keep the record that SURVEY has cut, whose results are in the cells. Its skeleton is
 * SKELETON; null if that is to be found, or made. */
static void keep(struct learn *l, struct span record, const struct survey *survey,
                 struct skeleton *skeleton)
{
    struct settle *s = l->settle;
    struct shape_source source = {.record = record,
                                  .survey = survey,
                                  .cells = s->cells,
                                  .texts = s->texts,
                                  .count = s->layout->count};
    struct skeleton draft;

    if (!skeleton)
        skeleton = shapes_skeleton(l->shapes, &source);
    if (!skeleton && !skeleton_make(&draft, l->places, survey, s->reader.arena))
        return;
    source.values = survey->values + (skeleton ? skeleton : &draft)->object_count;
    (void)shapes_add(l->shapes, &source, skeleton, &draft); /* or do without it */
}

void learn_json(struct learn *l, const struct json *json, const struct json_counts *counts,
                const struct members *members, const struct extract *extracts,
                const struct reading *readings)
{
    struct survey survey;

    if (!survey_json(&survey, l->places, json, counts, members, extracts,
                     l->settle->reader.arena) ||
        !learn_cells(l, json, extracts, readings) ||
        (l->settle->layout->counted && !learn_inner(l, &survey, json->text)))
        return;
    if (l->values)
        learn_values(l, &survey, json->text);
    keep(l, json->text, &survey, NULL);
}

void learn_trace(struct learn *l, const struct trace *trace)
{
    struct survey survey;

    if (survey_trace(&survey, trace, l->settle->reader.arena))
        keep(l, trace->record, &survey, trace->edited ? NULL : trace->shape->skeleton);
}
