#include "config.h"

#include "diff/moves.h"

#include <errno.h>
#include <stdlib.h>

#include "diff/sorter.h"
#include "text/keys.h"

#define KEY offsetof(struct diff_move, split)

struct diff_moves {
    size_t memory;
    const char *directory;
    uint64_t seed;
    struct keys pairs; /* struct diff_move: the different pairs since it was last emptied */
    /* Pairs by the old identity, and by the new one; those whose old identity is split and
     * whose new one is merged, by the old one. Null until they are needed. */
    struct diff_sorter *by_old, *by_new, *both;
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

static void free_sorter(struct diff_sorter **sorter)
{
    diff_sorter_free(*sorter);
    *sorter = NULL;
}

void diff_moves_clear(struct diff_moves *moves)
{
    keys_clear(&moves->pairs);
    free_sorter(&moves->by_old);
    free_sorter(&moves->by_new);
    free_sorter(&moves->both);
}

void diff_moves_free(struct diff_moves *moves)
{
    if (!moves)
        return;
    diff_moves_clear(moves);
    keys_free(&moves->pairs);
    free(moves);
}

static int order_moves(const struct diff_move *a, const struct diff_move *b, size_t first,
                       size_t second)
{
    const unsigned char *x = (const unsigned char *)a, *y = (const unsigned char *)b;
    int order = (a->identity > b->identity) - (a->identity < b->identity);

    if (!order)
        order = memcmp(x + first, y + first, DIFF_IDENTITY);
    return order ? order : memcmp(x + second, y + second, DIFF_IDENTITY);
}

static int order_by_old(const void *a, const void *b, void *context)
{
    (void)context;
    return order_moves(a, b, offsetof(struct diff_move, old), offsetof(struct diff_move, new));
}

static int order_by_new(const void *a, const void *b, void *context)
{
    (void)context;
    return order_moves(a, b, offsetof(struct diff_move, new), offsetof(struct diff_move, old));
}

/* Make MOVE an example, if it is one of the first. */
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

/* Make the sorter *SORTER, with half of the memory, if it is null. */
static int need_sorter(const struct diff_moves *moves, struct diff_sorter **sorter,
                       sort_order *order)
{
    if (!*sorter)
        *sorter = diff_sorter_new(sizeof(struct diff_move), order, moves->memory / 2,
                                  moves->directory);
    return *sorter ? 0 : ENOMEM;
}

/* Pass the pairs in memory to the sorter by the old identity. */
static int sort_pairs(struct diff_moves *moves)
{
    int error = need_sorter(moves, &moves->by_old, order_by_old);

    for (uint32_t i = 0; i < moves->pairs.count && !error; i++)
        error = diff_sorter_put(moves->by_old, keys_at(&moves->pairs, i));
    keys_clear(&moves->pairs);
    return error;
}

int diff_moves_add(struct diff_moves *moves, uint32_t identity, const unsigned char *old,
                   const unsigned char *new)
{
    struct diff_move key = {.identity = identity};
    struct diff_move *move;
    bool added;

    memcpy(key.old, old, sizeof key.old);
    memcpy(key.new, new, sizeof key.new);
    if (keys_bytes_next(&moves->pairs) > moves->memory / 2 && moves->pairs.count &&
        !keys_find(&moves->pairs, &key)) {
        int error = sort_pairs(moves);
        if (error)
            return error;
    }
    move = keys_add(&moves->pairs, &key, &added);
    if (!move)
        return ENOMEM;
    move->records++;
    return 0;
}

/* Count the records of MOVE in CLASS. */
static void count_records(struct diff_moved *moved, enum diff_moved_class class,
                          const struct diff_move *move)
{
    moved->classes[class].records += move->records;
    add_example(moved, class, move);
}

/* Do A and B move the same identity, and have the same value of it at OFFSET? */
static bool share_identity(const struct diff_move *a, const struct diff_move *b, size_t offset)
{
    return a->identity == b->identity &&
           memcmp((const unsigned char *)a + offset, (const unsigned char *)b + offset,
                  DIFF_IDENTITY) == 0;
}

/* A pass over moves in order. A move is visited when the next one is known. */
struct move_look {
    struct diff_moves *moves;
    struct diff_moved *moved;
    struct diff_move now; /* the move to be visited */
    bool any;             /* there is one */
    bool several;         /* it shares its identity with the move before it */
    bool split;           /* of by_new: an earlier move to the same one is from a split one */
};

/* Visit a move by its old identity, which is split if SEVERAL moves share it. The move goes on
 * to the pass by the new identity. */
static int look_by_old(struct move_look *look, bool several)
{
    struct diff_moved *m = &look->moved[look->now.identity];

    look->now.split = several;
    if (several) {
        m->classes[DIFF_SPLIT].old += !look->several;
        count_records(m, DIFF_SPLIT, &look->now);
    }
    return diff_sorter_put(look->moves->by_new, &look->now);
}

/* Count MOVE, the only one to its new identity. */
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
    count_records(moved, class, move);
}

/* Visit a move by its new identity, which is merged if SEVERAL moves share it. If the old
 * identity is split, the move goes on to a third pass, which counts each old identity once. */
static int look_by_new(struct move_look *look, bool several)
{
    const struct diff_move *now = &look->now;
    struct diff_moved *m = &look->moved[now->identity];

    if (!several) {
        look_at_one(now, m);
        return 0;
    }
    if (!look->several)
        look->split = false;
    m->classes[DIFF_MERGED].new += !look->several;
    m->classes[DIFF_MERGED].old += !now->split;
    count_records(m, DIFF_MERGED, now);
    m->classes[DIFF_SPLIT].new += now->split && !look->split;
    look->split |= now->split;
    return now->split ? diff_sorter_put(look->moves->both, now) : 0;
}

/* Visit a move whose old identity is split and whose new one is merged: count the old one
 * once. */
static int look_at_both(struct move_look *look, bool several)
{
    (void)several;
    look->moved[look->now.identity].classes[DIFF_MERGED].old += !look->several;
    return 0;
}

/* Call VISIT for all moves of SORTER, with whether SEVERAL moves share the identity at OFFSET.
 * Moves of the same pair become one. */
static int look_at_all(struct move_look *look, struct diff_sorter *sorter, size_t offset,
                       int (*visit)(struct move_look *look, bool several))
{
    const void *record = NULL;
    int error = diff_sorter_finish(sorter);

    look->any = look->several = false;
    do {
        if (!error)
            error = diff_sorter_next(sorter, &record);
        if (error)
            return error;
        const struct diff_move *next = record;
        if (look->any && next && memcmp(&look->now, next, KEY) == 0) {
            look->now.records += next->records;
            continue;
        }
        bool shared = look->any && next && share_identity(&look->now, next, offset);
        if (look->any)
            error = visit(look, shared || look->several);
        look->several = shared;
        look->any = next;
        if (next)
            look->now = *next;
    } while (record && !error);
    return error;
}

int diff_moves_finish(struct diff_moves *moves, struct diff_moved *moved)
{
    const size_t old = offsetof(struct diff_move, old), new = offsetof(struct diff_move, new);
    struct move_look look = {.moves = moves, .moved = moved};
    int error = sort_pairs(moves);

    keys_free(&moves->pairs);
    if (!error)
        error = need_sorter(moves, &moves->by_new, order_by_new);
    if (!error)
        error = look_at_all(&look, moves->by_old, old, look_by_old);
    free_sorter(&moves->by_old);
    if (!error)
        error = need_sorter(moves, &moves->both, order_by_old);
    if (!error)
        error = look_at_all(&look, moves->by_new, new, look_by_new);
    free_sorter(&moves->by_new);
    return error ? error : look_at_all(&look, moves->both, old, look_at_both);
}
