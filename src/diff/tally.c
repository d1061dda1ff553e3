#include "config.h"

#include "diff/tally.h"

#include "base/fault.h"
#include "format/row_hashes.h"

#define AT_ONCE 32 /* hashes */

bool diff_tally_init(struct diff_tally *tally, const struct diff_rules *ignore, bool reveal,
                     struct diff_memory *memory, const char *directory, uint64_t seed)
{
    *tally = (struct diff_tally){.reveal = reveal, .quota = &memory->kept};
    diff_features_init(&tally->features, ignore, seed, tally->quota);
    diff_schema_pairs_init(&tally->schema_pairs, tally->quota);
    tally->moves = diff_moves_new(memory->moves, directory, seed);
    return tally->moves;
}

void diff_tally_free(struct diff_tally *tally)
{
    diff_features_free(&tally->features);
    diff_schema_pairs_free(&tally->schema_pairs);
    quota_free(tally->quota, tally->seen, tally->room * sizeof *tally->seen);
    tally->seen = NULL;
    diff_moves_free(tally->moves);
    diff_ids_free(&tally->changed_ids, tally->quota);
    tally->moves = NULL;
}

void diff_tally_clear(struct diff_tally *tally)
{
    diff_features_clear(&tally->features);
    if (tally->moves)
        diff_moves_clear(tally->moves);
    diff_ids_free(&tally->changed_ids, tally->quota);
    tally->same = tally->changed = 0;
    tally->sketches = (struct diff_sketches){.ranges = {{0, 0}}};
    /* The schema pairs know which features were added, so they must be found anew. */
    diff_schema_pairs_free(&tally->schema_pairs);
}

static const unsigned char none[16];

/* A pair being compared. */
struct tally_pair {
    struct diff_tally *tally;
    const struct diff_schema_pair *schema_pair;
    const struct diff_columns *columns[2];
    const struct row *rows[2];
    const struct row *shown; /* the row whose id is shown: one with an id, if there is one */
    struct diff_id_text *id; /* its id; null until it is needed */
    uint64_t serial;
    bool differ;
};

/* The 16 bytes that ROW has AT. */
static const unsigned char *identity_at(const struct row *row, uint32_t at)
{
    return (uint64_t)at + 16 > row->image.n ? none : row->image.p + at;
}

/* The text of the signal FEATURE in the row of SIDE, if it may be shown. */
static struct span shown_text(const struct tally_pair *pair, const struct diff_feature *feature,
                              int side)
{
    const struct row *row = pair->rows[side];
    uint32_t slot = NAMES_NONE;

    if (row->texts.n)
        slot = names_find(&row->schema->signals, feature->name);
    if (slot == NAMES_NONE || (!pair->tally->reveal && !schema_shows(row->schema, slot)))
        return span_of(NULL, 0);
    return row_text(row, slot);
}

/* OLD and NEW of feature number I differ. */
static struct fault note_difference(struct tally_pair *pair, uint32_t i, const void *old,
                                    const void *new, size_t size)
{
    struct diff_features *features = &pair->tally->features;
    struct diff_feature *feature = &features->items[i];
    struct diff_example example = {.label = pair->shown->schema->label};
    const unsigned char *cells[] = {old, new};

    if (feature->ignored)
        return FAULT_NONE;
    pair->differ = true;
    if (!diff_features_count(feature, old, new, size, pair->serial, pair->shown))
        return FAULT_NONE;
    if (!pair->id && !(pair->id = diff_ids_text(pair->shown, pair->tally->quota)))
        return quota_fault(pair->tally->quota);
    example.id = pair->id;
    memcpy(example.key, pair->shown->key, sizeof example.key);
    for (int side = 0; side < 2; side++) {
        for (size_t k = 0; k < size; k++)
            example.hashes[side][k] = cells[side][size == 8 ? 7 - k : k];
        if (feature->kind == DIFF_SIGNAL)
            example.texts[side] = shown_text(pair, feature, side);
    }
    if (!diff_features_example(features, feature, &example, pair->shown))
        return quota_fault(pair->tally->quota);
    return FAULT_NONE;
}

/* The identity number I of the old row, and number J of the new one. */
static struct fault compare_identity(struct tally_pair *pair, uint32_t i, uint32_t j)
{
    uint32_t feature = pair->columns[0]->features[DIFF_ID][i];
    const unsigned char *old = identity_at(pair->rows[0], pair->rows[0]->schema->ids_at[i]);
    const unsigned char *new = identity_at(pair->rows[1], pair->rows[1]->schema->ids_at[j]);
    uint32_t number = pair->tally->features.items[feature].number;

    if (pair->tally->features.items[feature].ignored)
        return FAULT_NONE;
    if (memcmp(old, new, 16) != 0) {
        struct fault fault = note_difference(pair, feature, old, new, 16);
        if (fault.status != STATUS_OK)
            return fault;
    }
    if (memcmp(old, none, 16) == 0 || memcmp(new, none, 16) == 0)
        return FAULT_NONE;
    return fault_system(diff_moves_add(pair->tally->moves, number, old, new));
}

/* There are at most SCHEMA_IDS on either side. */
static struct fault compare_identities(struct tally_pair *pair)
{
    const struct diff_columns *old = pair->columns[0], *new = pair->columns[1];
    struct fault fault = FAULT_NONE;

    for (uint32_t i = 0; i < old->count[DIFF_ID] && fault.status == STATUS_OK; i++) {
        uint32_t j = pair->schema_pair->fits ? i : 0;
        while (j < new->count[DIFF_ID] &&
               new->features[DIFF_ID][j] != old->features[DIFF_ID][i])
            j++;
        if (j < new->count[DIFF_ID])
            fault = compare_identity(pair, i, j);
    }
    return fault;
}

/* The hashes of KIND in ROW. */
static struct row_hashes hashes_of(const struct row *row, enum diff_kind kind)
{
    return kind == DIFF_GROUP ? row_hashes_of_groups(row) : row_hashes_of_signals(row);
}

/* Compare the hashes FROM to TO of KIND, which are of the same features on both sides. */
static struct fault compare_each(struct tally_pair *pair, enum diff_kind kind,
                                 const struct row_hashes both[2], uint32_t from, uint32_t to)
{
    struct fault fault = FAULT_NONE;

    for (uint32_t i = from; i < to && fault.status == STATUS_OK; i++) {
        uint64_t old = row_hash(&both[0], i), new = row_hash(&both[1], i);
        if (old != new)
            fault = note_difference(pair, pair->columns[0]->features[kind][i], &old, &new,
                                    sizeof old);
    }
    return fault;
}

/* The same of the first COUNT hashes, most of which are usually equal. */
static struct fault compare_first(struct tally_pair *pair, enum diff_kind kind,
                                  const struct row_hashes both[2], uint32_t count)
{
    uint32_t there = both[0].count < both[1].count ? both[0].count : both[1].count;
    uint32_t from = 0;

    pair->tally->looked_at += count;
    for (; from + AT_ONCE <= there && from + AT_ONCE <= count; from += AT_ONCE) {
        if (memcmp(both[0].bytes + (size_t)8 * from, both[1].bytes + (size_t)8 * from,
                   (size_t)8 * AT_ONCE) == 0)
            continue;
        struct fault fault = compare_each(pair, kind, both, from, from + AT_ONCE);
        if (fault.status != STATUS_OK)
            return fault;
    }
    return compare_each(pair, kind, both, from, count);
}

/* Compare the hashes of KIND that only SIDE has, from number FROM on, if rows of the other side
 * could have them. */
static struct fault compare_rest(struct tally_pair *pair, enum diff_kind kind, int side,
                                 const struct row_hashes *hashes, uint32_t from)
{
    struct fault fault = FAULT_NONE;

    if (!diff_columns_open(pair->columns[!side], kind))
        return FAULT_NONE;
    for (uint32_t i = from; i < hashes->count && fault.status == STATUS_OK; i++) {
        uint64_t two[2] = {0, 0};
        two[side] = row_hash(hashes, i);
        if (two[side])
            fault = note_difference(pair, pair->columns[side]->features[kind][i], &two[0],
                                    &two[1], 8);
    }
    pair->tally->looked_at += hashes->count > from ? hashes->count - from : 0;
    return fault;
}

/* Make room for the hashes of all features. */
static bool make_room(struct diff_tally *tally)
{
    struct quota *quota = tally->quota;
    uint32_t want = tally->features.room;

    if (tally->room == want)
        return true;
    struct diff_seen *seen = quota_calloc(quota, want, sizeof *seen);
    if (!seen)
        return false;
    quota_free(quota, tally->seen, tally->room * sizeof *seen);
    tally->seen = seen;
    tally->room = want;
    return true;
}

/* The feature of hash number I of HASHES, in a row of SIDE. */
static uint32_t feature_at(const struct tally_pair *pair, enum diff_kind kind, int side,
                           const struct row_hashes *hashes, uint32_t i)
{
    return pair->columns[side]->features[kind][row_hash_slot(hashes, i)];
}

/* Compare the hashes of FEATURE, which are known of both sides. */
static struct fault compare_seen(struct tally_pair *pair, enum diff_kind kind,
                                 uint32_t feature)
{
    struct diff_seen seen = pair->tally->seen[feature];

    pair->tally->seen[feature] = (struct diff_seen){{0, 0}};
    if (seen.hashes[0] == seen.hashes[1])
        return FAULT_NONE;
    for (int side = 0; side < 2; side++)
        if (!seen.hashes[side] && !diff_columns_have(pair->columns[side], feature) &&
            !diff_columns_open(pair->columns[side], kind))
            return FAULT_NONE;
    return note_difference(pair, feature, &seen.hashes[0], &seen.hashes[1],
                           sizeof seen.hashes[0]);
}

/* Compare hashes in any order of their names: O(n) for n hashes. */
static struct fault compare_by_feature(struct tally_pair *pair, enum diff_kind kind,
                                       const struct row_hashes both[2])
{
    struct fault fault = FAULT_NONE;

    if (!make_room(pair->tally))
        return quota_fault(pair->tally->quota);
    for (int side = 0; side < 2; side++)
        for (uint32_t i = 0; i < both[side].count; i++) {
            uint32_t feature = feature_at(pair, kind, side, &both[side], i);
            pair->tally->seen[feature].hashes[side] = row_hash(&both[side], i);
        }
    for (int side = 0; side < 2; side++)
        for (uint32_t i = 0; i < both[side].count && fault.status == STATUS_OK; i++)
            fault = compare_seen(pair, kind, feature_at(pair, kind, side, &both[side], i));
    pair->tally->looked_at += both[0].count + both[1].count;
    return fault;
}

/* Compare what the rows have of KIND; the first SAME names of both schemas are the same. */
static struct fault compare_kind(struct tally_pair *pair, enum diff_kind kind, uint32_t same)
{
    const struct row_hashes both[2] = {hashes_of(pair->rows[0], kind),
                                       hashes_of(pair->rows[1], kind)};
    const uint32_t counts[2] = {pair->columns[0]->count[kind], pair->columns[1]->count[kind]};

    if (both[0].slots || both[1].slots || (same < counts[0] && same < counts[1]))
        return compare_by_feature(pair, kind, both);
    struct fault fault = compare_first(pair, kind, both, same);
    for (int side = 0; side < 2 && fault.status == STATUS_OK; side++)
        fault = compare_rest(pair, kind, side, &both[side], same);
    return fault;
}

static struct fault compare_rows(struct tally_pair *pair)
{
    const struct row *old = pair->rows[0], *new = pair->rows[1];
    struct fault fault = compare_identities(pair);

    if (fault.status != STATUS_OK)
        return fault;
    /* Most pairs are equal in every byte. */
    if (pair->schema_pair->alike && span_equal(old->image, new->image) &&
        span_equal(old->slots, new->slots))
        return FAULT_NONE;
    fault = compare_kind(pair, DIFF_GROUP, pair->schema_pair->same_groups);
    if (fault.status != STATUS_OK)
        return fault;
    return compare_kind(pair, DIFF_SIGNAL, pair->schema_pair->same_signals);
}

struct fault diff_tally_pair(struct diff_tally *tally, const struct row *old,
                             const struct row *new)
{
    struct tally_pair pair = {.tally = tally,
                              .rows = {old, new},
                              .shown = new->id.n || !old->id.n ? new : old,
                              .serial = tally->same + tally->changed};

    pair.schema_pair = diff_schema_pairs_find(&tally->schema_pairs, &tally->features,
                                              old->schema, new->schema);
    if (!pair.schema_pair)
        return quota_fault(tally->quota);
    for (unsigned side = 0; side < 2; side++)
        pair.columns[side] =
            diff_schema_pairs_columns(&tally->schema_pairs, side, pair.rows[side]->schema);
    struct fault fault = compare_rows(&pair);
    if (fault.status == STATUS_OK && pair.differ &&
        !diff_ids_add(&tally->changed_ids, pair.shown, &pair.id, tally->quota))
        fault = quota_fault(tally->quota);
    diff_ids_drop(pair.id, tally->quota);
    if (fault.status != STATUS_OK)
        return fault;
    diff_sketches_add(&tally->sketches, old, new);
    tally->same += !pair.differ;
    tally->changed += pair.differ;
    return FAULT_NONE;
}
