#include "config.h"

#include "run/diff_tally.h"

#include <errno.h>

bool diff_tally_init(struct diff_tally *tally, const struct diff_rules *ignore, bool reveal,
                     size_t memory, const char *directory, uint64_t seed)
{
    *tally = (struct diff_tally){.reveal = reveal};
    diff_parts_init(&tally->parts, ignore, seed);
    tally->moves = diff_moves_new(memory, directory, seed);
    return tally->moves;
}

void diff_tally_free(struct diff_tally *tally)
{
    diff_parts_free(&tally->parts);
    diff_plans_free(&tally->plans);
    diff_moves_free(tally->moves);
    diff_ids_free(&tally->changed_ids);
    tally->moves = NULL;
}

void diff_tally_clear(struct diff_tally *tally)
{
    diff_parts_clear(&tally->parts);
    if (tally->moves)
        diff_moves_clear(tally->moves);
    diff_ids_free(&tally->changed_ids);
    tally->same = tally->changed = 0;
    /* Which parts there are is known from making the plans. */
    diff_plans_free(&tally->plans);
}

static const unsigned char none[16];

/* A pair being compared. */
struct pair {
    struct diff_tally *tally;
    const struct diff_plan *plan;
    const struct row *rows[2];
    const struct row *shown; /* the one whose id is known, if one is */
    uint64_t serial;
    bool differ;
};

/* What ROW has AT. */
static const unsigned char *cell(const struct row *row, uint32_t at, size_t size)
{
    return (uint64_t)at + size > row->image.n ? none : row->image.p + at;
}

/* The text of the signal of LINK in the row of SIDE, if it may be shown. */
static struct span shown_text(const struct pair *pair, const struct diff_link *link, int side)
{
    const struct row *row = pair->rows[side];
    uint32_t slot = link->slots[side];

    if (slot == NAMES_NONE || !row->texts.n ||
        (!pair->tally->reveal && !schema_shows(row->schema, slot)))
        return span_of(NULL, 0);
    return row_text(row, slot);
}

/* OLD and NEW of LINK differ. 0, or errno. */
static int differ(struct pair *pair, const struct diff_link *link, const unsigned char *old,
                  const unsigned char *new, size_t size)
{
    struct diff_part *part = &pair->tally->parts.items[link->part];
    struct span texts[2] = {{NULL, 0}, {NULL, 0}};
    unsigned char hashes[2][16] = {{0}};
    const unsigned char *cells[] = {old, new};

    pair->differ = true;
    if (!diff_parts_count(part, old, new, size, pair->serial, pair->shown))
        return 0;
    for (int side = 0; side < 2; side++) {
        for (size_t i = 0; i < size; i++)
            hashes[side][i] = cells[side][size == 8 ? 7 - i : i];
        if (part->kind == DIFF_SIGNAL)
            texts[side] = shown_text(pair, link, side);
    }
    return diff_parts_example(part, pair->shown, hashes[0], hashes[1], size, texts) ? 0
                                                                                    : ENOMEM;
}

static int compare_ids(struct pair *pair)
{
    int error = 0;

    for (uint32_t i = 0; i < pair->plan->id_count && !error; i++) {
        const struct diff_link *link = &pair->plan->links[i];
        const unsigned char *old = cell(pair->rows[0], link->at[0], 16);
        const unsigned char *new = cell(pair->rows[1], link->at[1], 16);
        if (memcmp(old, new, 16) != 0)
            error = differ(pair, link, old, new, 16);
        if (!error && memcmp(old, none, 16) != 0 && memcmp(new, none, 16) != 0)
            error = diff_moves_add(pair->tally->moves, link->part, old, new);
    }
    return error;
}

static int compare_hashes(struct pair *pair)
{
    int error = 0;

    for (uint32_t i = pair->plan->id_count; i < pair->plan->count && !error; i++) {
        const struct diff_link *link = &pair->plan->links[i];
        const unsigned char *old = cell(pair->rows[0], link->at[0], 8);
        const unsigned char *new = cell(pair->rows[1], link->at[1], 8);
        uint64_t a, b;
        memcpy(&a, old, sizeof a);
        memcpy(&b, new, sizeof b);
        if (a != b)
            error = differ(pair, link, old, new, 8);
    }
    return error;
}

int diff_tally_pair(struct diff_tally *tally, const struct row *old, const struct row *new)
{
    struct pair pair = {.tally = tally,
                        .rows = {old, new},
                        .shown = new->id.n || !old->id.n ? new : old,
                        .serial = tally->same + tally->changed};

    pair.plan = diff_plans_find(&tally->plans, &tally->parts, old->schema, new->schema);
    if (!pair.plan)
        return ENOMEM;
    int error = compare_ids(&pair);
    /* Mostly rows are the same in every byte. */
    if (!error && !(pair.plan->alike && span_equal(old->image, new->image)))
        error = compare_hashes(&pair);
    if (error)
        return error;
    if (!pair.differ) {
        tally->same++;
        return 0;
    }
    tally->changed++;
    return diff_ids_add(&tally->changed_ids, pair.shown) ? 0 : ENOMEM;
}
