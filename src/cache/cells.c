#include "config.h"

#include "cache/cells.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/count.h"
#include "catalog/catalog.h"
#include "vector/vector.h"

/* Is a row not simply the cell of its pointer? */
static bool is_odd(const struct catalog_row *row)
{
    return row->retired || row->pointers_end > row->pointers + 1;
}

/* Give each pointer of ROW number I its cell; *NEXT is the next one that is free. */
static void own_row(struct cells_target *t, struct cells_owner *owners, uint32_t i,
                    uint32_t *next)
{
    const struct catalog_row *row = &t->catalog->rows[i];

    for (uint32_t p = row->pointers; p < row->pointers_end; p++)
        owners[p] =
            (struct cells_owner){.number = i, .cell = is_odd(row) ? (*next)++ : t->first + i};
}

static bool lay_out(struct cells_layout *layout, struct cells_target *t)
{
    const struct catalog *c = t->catalog;
    struct cells_owner *owners =
        arena_take_array(&layout->arena, c->pointer_count, sizeof *owners);
    uint32_t *inner = arena_take_array(&layout->arena, c->trie.count, sizeof *inner);
    uint32_t *odd = arena_take_array(&layout->arena, c->row_count, sizeof *odd);
    uint32_t *covered = arena_take_array(&layout->arena, c->row_count, sizeof *covered);

    if (!owners || !inner || !odd || !covered)
        return false;
    t->first = layout->count;
    uint32_t next = t->first + c->row_count;
    for (uint32_t i = 0; i < c->row_count; i++) {
        own_row(t, owners, i, &next);
        if (is_odd(&c->rows[i]))
            odd[t->odd_count++] = i;
        if (c->rows[i].excludes)
            covered[t->known.covered_count++] = i;
    }
    for (uint32_t i = 0; i < c->exclude_count; i++)
        owners[c->excludes[i].pointer] = (struct cells_owner){true, i, next++};
    for (uint32_t n = 0; n < c->trie.count; n++) {
        bool has = layout->counted && c->trie.nodes[n].below < c->trie.nodes[n].done;
        inner[n] = has ? next++ : CELLS_NONE;
    }
    t->reshapes = layout->counted && c->reshape_count ? next : CELLS_NONE;
    if (t->reshapes != CELLS_NONE)
        next += c->reshape_count;
    layout->count = next;
    layout->folded_words += c->group_count + (t->sketched ? c->sketch_words : 0);
    t->owners = owners;
    t->inner = inner;
    t->odd = odd;
    t->known.covered = covered;
    return true;
}

bool cells_init(struct cells_layout *layout, const struct cells_target *targets, uint32_t count,
                bool counted)
{
    *layout = (struct cells_layout){.arena = ARENA_EMPTY, .counted = counted};
    layout->targets = arena_take_array(&layout->arena, count, sizeof *layout->targets);
    if (!layout->targets)
        return false;
    for (; layout->target_count < count; layout->target_count++) {
        struct cells_target *t = &layout->targets[layout->target_count];
        *t = (struct cells_target){.catalog = targets[layout->target_count].catalog,
                                   .texts = targets[layout->target_count].texts,
                                   .sketched = targets[layout->target_count].sketched};
        if (!lay_out(layout, t))
            return false;
    }
    return true;
}

void cells_free(struct cells_layout *layout)
{
    arena_free(&layout->arena);
}

bool cells_room_init(struct cells_room *room, const struct cells_layout *layout)
{
    room->cells.states = calloc(layout->count + 1, sizeof *room->cells.states);
    room->cells.numbers = calloc(layout->count + 1, sizeof *room->cells.numbers);
    room->texts = calloc(layout->count + 1, sizeof *room->texts);
    room->results = calloc(layout->count + 1, sizeof *room->results);
    return room->cells.states && room->cells.numbers && room->texts && room->results;
}

void cells_room_free(struct cells_room *room)
{
    free(room->cells.states);
    free(room->cells.numbers);
    free(room->texts);
    free(room->results);
    *room = (struct cells_room){0};
}

/* The row number I counts by the first of its pointers that found anything, and is excluded if
 * it is retired. */
static void resolve_row(const struct cells_target *t, uint32_t i, struct cells cells,
                     struct span *texts)
{
    const struct catalog_row *row = &t->catalog->rows[i];
    uint32_t to = t->first + i, p = row->pointers;

    while (p + 1 < row->pointers_end && cells.states[t->owners[p].cell] == SIGNAL_MISSING)
        p++;
    uint32_t from = t->owners[p].cell;
    cells.states[to] = cells.states[from];
    cells.numbers[to] = cells.numbers[from];
    texts[to] = texts[from];
}

void cells_vector(const struct cells_layout *layout, uint32_t i, struct cells cells,
                  struct span *texts, struct vector *vector)
{
    const struct cells_target *t = &layout->targets[i];
    const struct catalog *c = t->catalog;

    *vector = (struct vector){.catalog = c,
                              .states = cells.states + t->first,
                              .hashes = cells.numbers + t->first,
                              .texts = texts + t->first,
                              .sketched = t->sketched,
                              .known = &t->known};
    for (uint32_t k = 0; k < t->odd_count; k++)
        resolve_row(t, t->odd[k], cells, texts);
    vector->found = count_by_sixteen(vector->states, c->row_count, SIGNAL_EXCLUDED);
    for (uint32_t k = 0; k < t->odd_count; k++)
        if (c->rows[t->odd[k]].retired)
            vector->states[t->odd[k]] = SIGNAL_EXCLUDED;
    for (uint32_t e = 0; e < c->exclude_count; e++)
        if (cells.numbers[t->owners[c->excludes[e].pointer].cell])
            vector->excludes |= (uint32_t)1 << e;
    for (uint32_t n = 0; layout->counted && n < c->trie.count; n++)
        if (t->inner[n] != CELLS_NONE)
            vector->uncataloged += (uint32_t)cells.numbers[t->inner[n]];
    for (uint32_t line = 0; t->reshapes != CELLS_NONE && line < c->reshape_count; line++) {
        uint64_t number = cells.numbers[t->reshapes + line];
        vector_count_reshape(
            vector, line, (struct reshape_counts){(uint32_t)(number >> 32), (uint32_t)number});
    }
}
