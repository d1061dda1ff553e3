#include "config.h"

#include "record/vector.h"

/* One record on its way to a vector. */
struct work {
    const struct catalog *catalog;
    struct vector *vector;
    const struct json *json;
    const struct extract *extract;
    unsigned texts;
    struct arena *arena;
    struct buf *scratch;

    uint32_t
        marker; /* the error marker that CLASS is of: one often stands above many signals */
    struct span class;
};

/* The signal that HIT is before it is normalized. */
static bool read_signal(struct work *w, const struct hit *hit, struct signal *signal)
{
    signal->state = hit->state;
    if (hit->state == SIGNAL_VALUE)
        return json_value(w->json, hit->node, &signal->value, w->arena);
    if (hit->state == SIGNAL_ERROR)
        signal->class = w->class;
    return true;
}

/* Have the class of HIT, if it is an error, in w->class, beyond the reach of arena_back(). */
static bool read_class(struct work *w, const struct hit *hit)
{
    if (hit->state == SIGNAL_ERROR && hit->node != w->marker) {
        w->marker = hit->node;
        w->class = extract_class(w->catalog, w->json, hit->node, w->arena);
    }
    return !span_failed(w->class);
}

/* Is the canonical text of a signal of ROW in STATE asked for? */
static bool keeps_text(const struct work *w, const struct catalog_row *row,
                       enum signal_state state)
{
    if (state == SIGNAL_VALUE)
        return w->texts & VECTOR_VALUES || (w->texts & VECTOR_FACTS && row->fact);
    return signal_hashed(state) && w->texts & VECTOR_STATES;
}

/* Normalize and hash the signal of row number I. */
static bool make_signal(struct work *w, uint32_t i)
{
    const struct catalog_row *row = &w->catalog->rows[i];
    const struct hit *hit = &w->extract->hits[i];
    struct vector *v = w->vector;
    struct signal signal;

    v->states[i] = row->retired ? SIGNAL_EXCLUDED : hit->state;
    v->hashes[i] = 0;
    v->texts[i] = span_of(NULL, 0);
    if (row->retired || hit->state == SIGNAL_MISSING)
        return true;
    if (!read_class(w, hit))
        return false;

    struct arena_mark mark = arena_mark(w->arena);
    if (!read_signal(w, hit, &signal) || !normalize_apply(&row->pipeline, &signal, w->arena))
        return false;
    buf_clear(w->scratch);
    buf_put(w->scratch, row->name);
    signal_put(w->scratch, &signal);
    arena_back(w->arena, mark);
    if (w->scratch->failed)
        return false;

    v->states[i] = signal.state;
    if (signal_hashed(signal.state))
        v->hashes[i] = hash64(buf_span(w->scratch));
    if (keeps_text(w, row, signal.state)) {
        size_t n = w->scratch->n - row->name.n;
        unsigned char *copy = arena_take(w->arena, n);
        if (!copy)
            return false;
        memcpy(copy, w->scratch->p + row->name.n, n);
        v->texts[i] = span_of(copy, n);
    }
    return true;
}

bool vector_begin(struct vector *vector, const struct catalog *catalog, struct arena *arena)
{
    uint32_t rows = catalog->row_count;

    *vector = (struct vector){.catalog = catalog};
    vector->states = arena_take_array(arena, rows, sizeof *vector->states);
    vector->hashes = arena_take_array(arena, rows, sizeof *vector->hashes);
    vector->texts = arena_take_array(arena, rows, sizeof *vector->texts);
    return vector->states && vector->hashes && vector->texts;
}

bool vector_normalize(struct vector *vector, const struct json *json,
                      const struct extract *extract, unsigned texts, struct arena *arena,
                      struct buf *scratch)
{
    struct work w = {.catalog = vector->catalog,
                     .vector = vector,
                     .json = json,
                     .extract = extract,
                     .texts = texts,
                     .arena = arena,
                     .scratch = scratch,
                     .marker = NODE_NONE};

    for (uint32_t i = 0; i < vector->catalog->row_count; i++)
        if (!make_signal(&w, i))
            return false;
    return true;
}
