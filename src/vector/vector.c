#include "config.h"

#include "vector/vector.h"

#include "catalog/catalog.h"
#include "json/nodes.h"
#include "json/pointer.h"
#include "json/value_read.h"
#include "steps/normalize.h"
#include "steps/step.h"
#include "vector/extract.h"
#include "vector/reshape.h"

/* Set *SIGNAL to what HIT is before it is normalized. */
static bool read_hit(struct vector_maker *m, struct hit hit, struct signal *signal)
{
    signal->state = hit.state;
    if (hit.state == SIGNAL_VALUE)
        return value_read_node(m->json, hit.node, &signal->value, m->arena);
    if (hit.state == SIGNAL_ERROR)
        signal->class = m->class;
    return true;
}

/* Set m->class to the class of HIT if it is an error, before a mark is taken, so that arena_back()
 * keeps it. */
static bool keep_class(struct vector_maker *m, struct hit hit)
{
    if (hit.state == SIGNAL_ERROR && hit.node != m->marker) {
        m->marker = hit.node;
        m->class = extract_class(m->catalog, m->json, hit.node, m->arena);
    }
    return !span_failed(m->class);
}

bool vector_raw(struct vector_maker *m, struct hit hit, struct signal *signal)
{
    return keep_class(m, hit) && read_hit(m, hit, signal);
}

/* Is the canonical text of a signal of ROW in STATE to be kept? */
static bool keeps_text(const struct vector_maker *m, const struct catalog_row *row,
                       enum signal_state state)
{
    if (state == SIGNAL_VALUE)
        return m->texts & VECTOR_VALUES || (m->texts & VECTOR_FACTS && row->fact);
    return signal_hashed(state) && m->texts & VECTOR_STATES;
}

/* Does CATALOG say that errors of CLASS are transient? */
static bool is_transient(const struct catalog *catalog, struct span class)
{
    for (size_t i = 0; i < catalog->transient_count; i++)
        if (span_equal(catalog->transients[i], class))
            return true;
    return false;
}

/* Read HIT, run PIPELINE, and append the canonical text without its name to the scratch. */
static bool put_normalized(struct vector_maker *m, const struct normalizer *pipeline,
                           struct hit hit, struct vector_signal *made)
{
    struct arena_mark mark = arena_mark(m->arena);
    struct signal signal;

    if (!read_hit(m, hit, &signal) || !normalize_apply(pipeline, &signal, m->arena))
        return false;
    signal_put(m->scratch, &signal);
    arena_back(m->arena, mark);
    made->state = signal.state;
    if (signal.state == SIGNAL_ERROR && is_transient(m->catalog, signal.class))
        made->state = SIGNAL_TRANSIENT;
    return true;
}

/* Put the canonical text of row number I into the scratch, and its state into *MADE. */
static bool put_signal(struct vector_maker *m, uint32_t i, struct hit hit,
                       struct vector_signal *made)
{
    const struct normalizer *pipeline = &m->catalog->pipelines[m->catalog->rows[i].pipeline];
    bool plain = hit.state == SIGNAL_VALUE && !pipeline->count;
    struct span text = plain ? json_canonical(m->json, hit.node) : span_of(NULL, 0);

    buf_clear(m->scratch);
    buf_put(m->scratch, catalog_row_name(m->catalog, i));
    if (text.n) {
        buf_putc(m->scratch, '=');
        buf_put(m->scratch, text);
    } else if (!put_normalized(m, pipeline, hit, made)) {
        return false;
    }
    return !m->scratch->failed;
}

bool vector_make(struct vector_maker *m, uint32_t i, struct hit hit, struct vector_signal *made)
{
    const struct catalog_row *row = &m->catalog->rows[i];

    *made = (struct vector_signal){.state = row->retired ? SIGNAL_EXCLUDED : hit.state};
    if (row->retired || hit.state == SIGNAL_MISSING)
        return true;
    if (!keep_class(m, hit) || !put_signal(m, i, hit, made))
        return false;
    if (signal_hashed(made->state))
        made->hash = hash64(buf_span(m->scratch));
    if (keeps_text(m, row, made->state)) {
        size_t n = m->scratch->n - row->name.n;
        unsigned char *copy = arena_take(m->arena, n);
        if (!copy)
            return false;
        memcpy(copy, m->scratch->p + row->name.n, n);
        made->text = span_of(copy, n);
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
    struct vector_maker maker = {.catalog = vector->catalog,
                                 .json = json,
                                 .texts = texts,
                                 .arena = arena,
                                 .scratch = scratch,
                                 .marker = NODE_NONE};
    struct vector_signal made;

    vector->found = extract->found;
    vector->uncataloged = extract->uncataloged;
    vector->excludes = extract->excludes;
    vector->root = extract->root;
    for (uint32_t i = 0; i < vector->catalog->row_count; i++) {
        if (!vector_make(&maker, i, extract->hits[i], &made))
            return false;
        vector->states[i] = (unsigned char)made.state;
        vector->hashes[i] = made.hash;
        vector->texts[i] = made.text;
    }
    return true;
}

void vector_count_reshape(struct vector *vector, uint32_t i, struct reshape_counts counts)
{
    bool json = vector->catalog->reshapes[i].json;

    vector->repeated += counts.repeated;
    vector->skipped += json ? 0 : counts.skipped;
    vector->unread += json ? counts.skipped : 0;
}
