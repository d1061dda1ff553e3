#include "config.h"

#include "record/fold.h"

/* Take out what is excluded, and count the rest. */
static void exclude(struct vector *v)
{
    for (uint32_t i = 0; i < v->catalog->row_count; i++) {
        if (v->catalog->rows[i].excludes & v->excludes) {
            v->states[i] = SIGNAL_EXCLUDED;
            v->hashes[i] = 0;
            v->texts[i] = span_of(NULL, 0);
        }
        v->present += signal_hashed(v->states[i]);
        v->errors += v->states[i] == SIGNAL_ERROR;
    }
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
static void fold_groups(const struct vector *v, uint64_t *groups, struct buf *scratch)
{
    const struct catalog *c = v->catalog;

    memset(groups, 0, c->group_count * sizeof *groups);
    for (uint32_t i = 0; i < c->row_count;) {
        uint32_t group = c->rows[c->by_group[i]].group;
        buf_clear(scratch);
        for (; i < c->row_count && c->rows[c->by_group[i]].group == group; i++) {
            uint32_t row = c->by_group[i];
            if (v->hashes[row] && c->rows[row].tier != TIER_VOLATILE)
                put_hash(scratch, v->hashes[row]);
        }
        if (scratch->n)
            groups[group] = hash64(buf_span(scratch));
    }
}

/* Fold all identities in one pass over the rows: each has a list of what it hashes. */
static bool fold_identities(struct vector *v, struct arena *arena)
{
    const struct catalog *c = v->catalog;
    size_t most = ((size_t)c->row_count + 1) * 8, lead = c->epoch ? 8 : 0;
    unsigned char *lists[IDENTITIES], *ends[IDENTITIES];

    for (int id = 0; id < IDENTITIES; id++) {
        if (!(lists[id] = arena_take(arena, most)))
            return false;
        hash_big_endian(lists[id], c->epoch);
        ends[id] = lists[id] + lead;
    }
    for (uint32_t i = 0; i < c->row_count; i++) {
        const struct catalog_row *row = &c->rows[i];
        unsigned in = v->states[i] == SIGNAL_ERROR ? row->errors : row->identities;
        for (int id = 0; v->hashes[i] && in; id++, in >>= 1) {
            if (in & 1) {
                hash_big_endian(ends[id], v->hashes[i]);
                ends[id] += 8;
            }
        }
    }
    for (int id = 0; id < IDENTITIES; id++) {
        size_t n = (size_t)(ends[id] - lists[id]);
        v->coverage[id] = (uint32_t)((n - lead) / 8);
        v->has_id[id] = v->coverage[id] > 0 && v->coverage[id] >= c->minimum[id];
        if (v->has_id[id])
            v->ids[id] = hash128(span_of(lists[id], n));
    }
    return true;
}

bool fold_vector(struct vector *vector, struct arena *arena, struct buf *scratch)
{
    uint32_t count = vector->catalog->group_count;
    uint64_t *groups = arena_take_array(arena, count, sizeof *groups);

    if (!groups)
        return false;
    vector->present = vector->errors = 0;
    exclude(vector);
    fold_groups(vector, groups, scratch);
    vector->groups = groups;
    return fold_identities(vector, arena) && !scratch->failed;
}
