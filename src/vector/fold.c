#include "config.h"

#include "vector/fold.h"

#include "base/arena.h"
#include "base/count.h"
#include "catalog/catalog.h"
#include "vector/sketch.h"
#include "vector/vector.h"

/* Remove what is excluded: of all rows, or of those that are known to be covered. */
static void exclude_rows(struct vector *v)
{
    const struct catalog *c = v->catalog;
    const struct fold_known *known = v->known;
    uint32_t in_force = v->excludes ^ c->unless;
    uint32_t count = !in_force ? 0 : known ? known->covered_count : c->row_count;

    for (uint32_t i = 0; i < count; i++) {
        uint32_t row = known ? known->covered[i] : i;
        if (!(c->rows[row].excludes & in_force))
            continue;
        v->states[row] = SIGNAL_EXCLUDED;
        v->hashes[row] = 0;
        v->texts[row] = span_of(NULL, 0);
    }
}

/* Count what is there. Returns the identities that are null because a signal that enters them has
 * a transient error: bit 1 << identity. */
static unsigned count_rows(struct vector *v)
{
    uint32_t count = v->catalog->row_count;
    uint32_t values = count_by_sixteen(v->states, count, SIGNAL_VALUE);
    unsigned lost = 0;

    v->present = count_by_sixteen(v->states, count, SIGNAL_UNDEFINED);
    v->errors = count_by_sixteen(v->states, count, SIGNAL_ERROR) - values;
    if (!v->errors || count_by_sixteen(v->states, count, SIGNAL_TRANSIENT) == values)
        return 0;
    for (uint32_t i = 0; i < count; i++)
        if (v->states[i] == SIGNAL_TRANSIENT)
            lost |= v->catalog->rows[i].identities;
    return lost;
}

/* Write at OUT the hashes of the rows in LIST that have one, those of errors only if ERRORS.
 * Returns their end. Each hash is written, and the next one overwrites it if it does not count, so
 * that the processor has no branch to predict. So OUT needs room for one more. What the loop reads
 * is loaded before it, because the compiler must assume that the writes change the vector. */
static inline unsigned char *put_hashes(const struct vector *v, struct catalog_list list,
                                        bool errors, unsigned char *out)
{
    const unsigned char *states = v->states;
    const uint64_t *hashes = v->hashes;

    for (uint32_t i = 0; i < list.count; i++) {
        uint32_t row = list.rows[i];
        uint64_t hash = hashes[row];
        bool counts = hash != 0;
        if (!errors)
            counts &= !signal_failed(states[row]);
        hash_big_endian(out, hash);
        out += counts ? 8 : 0;
    }
    return out;
}

/* The vector whose groups and identities those of V may be; null for none. */
static const struct vector *usable_like(const struct vector *v)
{
    const struct vector *like = v->known ? v->known->like : NULL;

    return like && like->excludes == v->excludes ? like : NULL;
}

/* Mark in GROUPS those that must be folded, and return such identities, a bit for each. */
static unsigned find_stale(const struct vector *v, const struct vector *like,
                           unsigned char *groups)
{
    const struct catalog *c = v->catalog;
    unsigned identities = 0;

    memset(groups, !like, c->group_count);
    for (uint32_t i = 0; like && i < v->known->changed_count; i++) {
        const struct catalog_row *row = &c->rows[v->known->changed[i]];
        groups[row->group] = 1;
        identities |= row->identities;
    }
    return like ? identities : (1u << IDENTITIES) - 1;
}

/* Fold the identity ID. Its hashes, whose beginning is the epoch, are put at LIST; in LOST is bit
 * 1 << ID if it is null in any case. */
static void fold_identity(struct vector *v, enum identity id, unsigned lost,
                          unsigned char *list)
{
    const struct catalog *c = v->catalog;
    struct catalog_list rows = c->lists.identities[id];
    unsigned char *begin = list + (c->epoch ? 8 : 0);
    unsigned char *end = identity_takes_errors(id) ? put_hashes(v, rows, true, begin)
                                                   : put_hashes(v, rows, false, begin);

    v->coverage[id] = (uint32_t)((end - begin) / 8);
    v->has_id[id] = v->coverage[id] > 0 && v->coverage[id] >= c->minimum[id] &&
                    !(lost >> id & 1);
    if (v->has_id[id])
        v->ids[id] = hash128(span_of(list, (size_t)(end - list)));
}

bool fold_vector(struct vector *v, struct arena *arena)
{
    const struct catalog *c = v->catalog;
    const struct vector *like = usable_like(v);
    uint64_t *groups = arena_take_array(arena, c->group_count, sizeof *groups);
    unsigned char *stale = arena_take(arena, c->group_count);
    unsigned char *list = arena_take(arena, ((size_t)c->row_count + 2) * 8);

    if (!groups || !stale || !list)
        return false;
    exclude_rows(v);
    unsigned lost = count_rows(v), stale_ids = find_stale(v, like, stale);
    for (uint32_t group = 0; group < c->group_count; group++) {
        if (!stale[group]) {
            groups[group] = like->groups[group];
            continue;
        }
        size_t n = (size_t)(put_hashes(v, c->lists.groups[group], true, list) - list);
        groups[group] = n ? hash64(span_of(list, n)) : 0;
    }
    v->groups = groups;
    hash_big_endian(list, c->epoch);
    for (int id = 0; id < IDENTITIES; id++) {
        if (stale_ids >> id & 1) {
            fold_identity(v, id, lost, list);
            continue;
        }
        v->coverage[id] = like->coverage[id];
        v->has_id[id] = like->has_id[id];
        v->ids[id] = like->ids[id];
    }
    return !v->sketched || sketch_vector(v, like, stale, arena);
}
