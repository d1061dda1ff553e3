#include "config.h"

#include "record/vector.h"

/* One record on its way to a vector. */
struct work {
    const struct catalog *catalog;
    const struct json *json;
    const struct extract *extract;
    unsigned texts;
    struct arena *arena;
    struct buf *scratch;

    enum signal_state *states;
    uint64_t *hashes;
    struct span *text;

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
    struct signal signal;

    w->states[i] = hit->state;
    w->hashes[i] = 0;
    w->text[i] = span_of(NULL, 0);
    if (row->retired || row->excludes & w->extract->excludes) {
        w->states[i] = SIGNAL_EXCLUDED;
        return true;
    }
    if (hit->state == SIGNAL_MISSING)
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

    w->states[i] = signal.state;
    if (signal_hashed(signal.state))
        w->hashes[i] = hash64(buf_span(w->scratch));
    if (keeps_text(w, row, signal.state)) {
        size_t n = w->scratch->n - row->name.n;
        unsigned char *copy = arena_take(w->arena, n);
        if (!copy)
            return false;
        memcpy(copy, w->scratch->p + row->name.n, n);
        w->text[i] = span_of(copy, n);
    }
    return true;
}

static void put_hash(struct buf *out, uint64_t hash)
{
    unsigned char *room = buf_room(out, 8);

    if (room) {
        hash_big_endian(room, hash);
        out->n += 8;
    }
}

/* Fold each group's hashes; by_group has the rows of a group in one run. */
static void fold_groups(struct work *w, uint64_t *groups)
{
    const struct catalog *c = w->catalog;

    memset(groups, 0, c->group_count * sizeof *groups);
    for (uint32_t i = 0; i < c->row_count;) {
        uint32_t group = c->rows[c->by_group[i]].group;
        buf_clear(w->scratch);
        for (; i < c->row_count && c->rows[c->by_group[i]].group == group; i++) {
            uint32_t row = c->by_group[i];
            if (w->hashes[row] && c->rows[row].tier != TIER_VOLATILE)
                put_hash(w->scratch, w->hashes[row]);
        }
        if (w->scratch->n)
            groups[group] = hash64(buf_span(w->scratch));
    }
}

/* Fold all identities in one pass over the rows: each has a list of what it hashes. */
static bool fold_identities(struct work *w, struct vector *vector)
{
    const struct catalog *c = w->catalog;
    size_t most = ((size_t)c->row_count + 1) * 8, lead = c->epoch ? 8 : 0;
    unsigned char *lists[IDENTITIES], *ends[IDENTITIES];

    for (int id = 0; id < IDENTITIES; id++) {
        if (!(lists[id] = arena_take(w->arena, most)))
            return false;
        hash_big_endian(lists[id], c->epoch);
        ends[id] = lists[id] + lead;
    }
    for (uint32_t i = 0; i < c->row_count; i++) {
        const struct catalog_row *row = &c->rows[i];
        unsigned in = w->states[i] == SIGNAL_ERROR ? row->errors : row->identities;
        for (int id = 0; w->hashes[i] && in; id++, in >>= 1) {
            if (in & 1) {
                hash_big_endian(ends[id], w->hashes[i]);
                ends[id] += 8;
            }
        }
    }
    for (int id = 0; id < IDENTITIES; id++) {
        size_t n = (size_t)(ends[id] - lists[id]);
        uint32_t count = (uint32_t)((n - lead) / 8);
        vector->coverage[id] = count;
        vector->has_id[id] = count > 0 && count >= c->minimum[id];
        if (vector->has_id[id])
            vector->ids[id] = hash128(span_of(lists[id], n));
    }
    return true;
}

bool vector_make(struct vector *vector, const struct catalog *catalog, const struct json *json,
                 const struct extract *extract, unsigned texts, struct arena *arena,
                 struct buf *scratch)
{
    struct work w = {.catalog = catalog,
                     .json = json,
                     .extract = extract,
                     .texts = texts,
                     .arena = arena,
                     .scratch = scratch,
                     .marker = NODE_NONE};
    uint64_t *groups = arena_take_array(arena, catalog->group_count, sizeof *groups);

    w.states = arena_take_array(arena, catalog->row_count, sizeof *w.states);
    w.hashes = arena_take_array(arena, catalog->row_count, sizeof *w.hashes);
    w.text = arena_take_array(arena, catalog->row_count, sizeof *w.text);
    if (!groups || !w.states || !w.hashes || !w.text)
        return false;
    *vector = (struct vector){.catalog = catalog,
                              .states = w.states,
                              .hashes = w.hashes,
                              .texts = w.text,
                              .groups = groups};
    for (uint32_t i = 0; i < catalog->row_count; i++) {
        if (!make_signal(&w, i))
            return false;
        vector->present += signal_hashed(w.states[i]);
        vector->errors += w.states[i] == SIGNAL_ERROR;
    }
    fold_groups(&w, groups);
    return fold_identities(&w, vector) && !scratch->failed;
}
