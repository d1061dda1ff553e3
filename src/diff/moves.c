#include "config.h"

#include "diff/moves.h"

#include <errno.h>
#include <stdlib.h>

#include "base/sort.h"
#include "stream/spill.h"
#include "text/hash.h"
#include "text/keys.h"

#define KEY offsetof(struct diff_move, split)

struct diff_moves {
    size_t memory;
    const char *directory;
    uint64_t seed;
    struct keys pairs;    /* struct diff_move, each pair once since the last spilling */
    struct spill *by_old; /* null as long as all fits in memory */
    struct spill *by_new;
    struct spill *both; /* pairs of split and of merged identities, by old */
};

struct diff_moves *diff_moves_new(size_t memory, const char *directory, uint64_t seed)
{
    struct diff_moves *moves = calloc(1, sizeof *moves);

    if (!moves)
        return NULL;
    *moves = (struct diff_moves){.memory = memory, .directory = directory, .seed = seed};
    keys_init(&moves->pairs, KEY, sizeof(struct diff_move), seed);
    return moves;
}

void diff_moves_clear(struct diff_moves *moves)
{
    keys_clear(&moves->pairs);
    spill_free(moves->by_old);
    spill_free(moves->by_new);
    spill_free(moves->both);
    moves->by_old = moves->by_new = moves->both = NULL;
}

void diff_moves_free(struct diff_moves *moves)
{
    if (!moves)
        return;
    diff_moves_clear(moves);
    keys_free(&moves->pairs);
    free(moves);
}

static int put(struct diff_moves *moves, struct spill *spill, const struct diff_move *move,
               const unsigned char *by)
{
    uint64_t hash = hash_seeded(span_of(by, DIFF_IDENTITY), moves->seed);

    return spill_put(spill, (unsigned)(hash >> 58), span_of(move, sizeof *move));
}

static int spill_pairs(struct diff_moves *moves)
{
    int error = moves->by_old ? 0 : spill_open(&moves->by_old, moves->directory);

    for (uint32_t i = 0; i < moves->pairs.count && !error; i++) {
        const struct diff_move *move = keys_at(&moves->pairs, i);
        error = put(moves, moves->by_old, move, move->old);
    }
    keys_clear(&moves->pairs);
    return error;
}

int diff_moves_add(struct diff_moves *moves, uint32_t part, const unsigned char *old,
                   const unsigned char *new)
{
    struct diff_move key = {.part = part};
    struct diff_move *move;
    bool added;

    memcpy(key.old, old, sizeof key.old);
    memcpy(key.new, new, sizeof key.new);
    if (keys_bytes_next(&moves->pairs) > moves->memory && moves->pairs.count &&
        !keys_find(&moves->pairs, &key)) {
        int error = spill_pairs(moves);
        if (error)
            return error;
    }
    move = keys_add(&moves->pairs, &key, &added);
    if (!move)
        return ENOMEM;
    move->records++;
    return 0;
}

static int compare(const struct diff_move *a, const struct diff_move *b, size_t first,
                   size_t second)
{
    const unsigned char *x = (const unsigned char *)a, *y = (const unsigned char *)b;
    int order = (a->part > b->part) - (a->part < b->part);

    if (!order)
        order = memcmp(x + first, y + first, DIFF_IDENTITY);
    return order ? order : memcmp(x + second, y + second, DIFF_IDENTITY);
}

static int order_by_old(const void *a, const void *b, void *context)
{
    (void)context;
    return compare(a, b, offsetof(struct diff_move, old), offsetof(struct diff_move, new));
}

static int order_by_new(const void *a, const void *b, void *context)
{
    (void)context;
    return compare(a, b, offsetof(struct diff_move, new), offsetof(struct diff_move, old));
}

/* Show MOVE, if it is one of the first. */
static void add_example(struct diff_moved *moved, enum diff_moved_class class,
                        const struct diff_move *move)
{
    struct diff_move *examples = moved->classes[class].examples;
    uint32_t *count = &moved->classes[class].example_count, at = *count;

    while (at > 0 && order_by_old(&examples[at - 1], move, NULL) > 0)
        at--;
    if (at == DIFF_EXAMPLES)
        return;
    if (*count == DIFF_EXAMPLES)
        --*count;
    memmove(examples + at + 1, examples + at, (*count - at) * sizeof *examples);
    examples[at] = *move;
    ++*count;
}

/* Make one of those that are the same pair; how many are left. They are in order. */
static size_t unite(struct diff_move *moves, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++)
        if (kept && memcmp(&moves[kept - 1], &moves[i], KEY) == 0)
            moves[kept - 1].records += moves[i].records;
        else
            moves[kept++] = moves[i];
    return kept;
}

/* The end of the run of MOVES from FROM on that have the same part and identity at OFFSET. */
static size_t run_end(const struct diff_move *moves, size_t from, size_t count, size_t offset)
{
    size_t end = from + 1;

    while (end < count && moves[end].part == moves[from].part &&
           memcmp((const unsigned char *)&moves[end] + offset,
                  (const unsigned char *)&moves[from] + offset, DIFF_IDENTITY) == 0)
        end++;
    return end;
}

/* Count the records of the COUNT moves in CLASS. */
static void count_records(struct diff_moved *moved, enum diff_moved_class class,
                          const struct diff_move *moves, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        moved->classes[class].records += moves[i].records;
        add_example(moved, class, &moves[i]);
    }
}

/* All moves from some old identities: which of them split. How many are left. */
static size_t look_by_old(struct diff_move *moves, size_t count, struct diff_move *scratch,
                          struct diff_moved *moved)
{
    sort_array(moves, count, sizeof *moves, order_by_old, NULL, scratch);
    count = unite(moves, count);
    for (size_t from = 0, end; from < count; from = end) {
        struct diff_moved *m = &moved[moves[from].part];
        end = run_end(moves, from, count, offsetof(struct diff_move, old));
        if (end - from == 1)
            continue;
        for (size_t i = from; i < end; i++)
            moves[i].split = true;
        m->classes[DIFF_SPLIT].old++;
        count_records(m, DIFF_SPLIT, moves + from, end - from);
    }
    return count;
}

/* The one move to a new identity that no other moved to. */
static void look_at_one(const struct diff_move *move, struct diff_moved *moved)
{
    bool kept = memcmp(move->old, move->new, DIFF_IDENTITY) == 0;
    enum diff_moved_class class = kept ? DIFF_KEPT : DIFF_RENAMED;

    if (move->split) {
        moved->classes[DIFF_SPLIT].new ++;
        return;
    }
    moved->classes[class].old++;
    moved->classes[class].new ++;
    count_records(moved, class, move, 1);
}

/* All moves to some new identities: which of them merged, and which are one to one. Those that
 * are of a split identity and merged as well come to stand at the beginning: how many there
 * are. Their old identities are not yet counted as merged, for an identity may have several. */
static size_t look_by_new(struct diff_move *moves, size_t count, struct diff_move *scratch,
                          struct diff_moved *moved)
{
    size_t both = 0;

    sort_array(moves, count, sizeof *moves, order_by_new, NULL, scratch);
    for (size_t from = 0, end; from < count; from = end) {
        struct diff_moved *m = &moved[moves[from].part];
        bool split = false;
        end = run_end(moves, from, count, offsetof(struct diff_move, new));
        if (end - from == 1) {
            look_at_one(&moves[from], m);
            continue;
        }
        m->classes[DIFF_MERGED].new ++;
        count_records(m, DIFF_MERGED, moves + from, end - from);
        for (size_t i = from; i < end; i++) {
            split |= moves[i].split;
            m->classes[DIFF_MERGED].old += !moves[i].split;
            if (moves[i].split)
                moves[both++] = moves[i];
        }
        m->classes[DIFF_SPLIT].new += split;
    }
    return both;
}

/* The old identities of what look_by_new() left. */
static void look_at_both(struct diff_move *moves, size_t count, struct diff_move *scratch,
                         struct diff_moved *moved)
{
    sort_array(moves, count, sizeof *moves, order_by_old, NULL, scratch);
    for (size_t from = 0; from < count;
         from = run_end(moves, from, count, offsetof(struct diff_move, old)))
        moved[moves[from].part].classes[DIFF_MERGED].old++;
}

/* Look at PART of SPILL, with twice its size of memory; what is to be looked at again goes on
 * to the next spill. */
static int look_at_part(struct diff_moves *moves, const struct spill *spill, unsigned part,
                        struct diff_moved *moved)
{
    size_t size = (size_t)spill_size(spill, part), count = size / sizeof(struct diff_move);
    struct diff_move *items = malloc(size + 1), *scratch = malloc(size + 1);
    int error = items && scratch ? spill_get(spill, part, 0, items, size) : ENOMEM;

    if (!error && spill == moves->by_old) {
        count = look_by_old(items, count, scratch, moved);
        for (size_t i = 0; i < count && !error; i++)
            error = put(moves, moves->by_new, &items[i], items[i].new);
    } else if (!error && spill == moves->by_new) {
        count = look_by_new(items, count, scratch, moved);
        for (size_t i = 0; i < count && !error; i++)
            error = put(moves, moves->both, &items[i], items[i].old);
    } else if (!error) {
        look_at_both(items, count, scratch, moved);
    }
    free(items);
    free(scratch);
    return error;
}

/* Look at all parts of *SPILL; *NEXT is made, if it is not null, for what goes on. */
static int look_at_all(struct diff_moves *moves, struct spill *const *spill,
                       struct spill **next, struct diff_moved *moved)
{
    int error = next ? spill_open(next, moves->directory) : 0;

    for (unsigned part = 0; part < SPILL_PARTS && !error; part++)
        error = look_at_part(moves, *spill, part, moved);
    return error;
}

int diff_moves_finish(struct diff_moves *moves, struct diff_moved *moved)
{
    size_t count = moves->pairs.count;
    int error = 0;

    if (!moves->by_old && count) {
        struct diff_move *items = (struct diff_move *)(void *)moves->pairs.entries;
        struct diff_move *scratch = malloc(count * sizeof *scratch);
        if (!scratch)
            return ENOMEM;
        count = look_by_old(items, count, scratch, moved);
        count = look_by_new(items, count, scratch, moved);
        look_at_both(items, count, scratch, moved);
        free(scratch);
    }
    if (moves->by_old) {
        error = spill_pairs(moves);
        keys_free(&moves->pairs);
        if (!error)
            error = look_at_all(moves, &moves->by_old, &moves->by_new, moved);
        if (!error)
            error = look_at_all(moves, &moves->by_new, &moves->both, moved);
        if (!error)
            error = look_at_all(moves, &moves->both, NULL, moved);
    }
    moves->pairs.count = 0;
    return error;
}
