#include "config.h"

#include "cache/place.h"

#define TABLE 2 /* entries of the table, a place */

size_t places_size(const struct cells_layout *layout, uint32_t most)
{
    return most * (sizeof(struct place) + layout->target_count * sizeof(struct place_at) +
                   (TABLE + PLACES_CELLS) * sizeof(uint32_t) + PLACES_NAMES);
}

void places_init(struct places *places, const struct cells_layout *layout, void *memory,
                 uint32_t most, uint64_t seed)
{
    *places = (struct places){.layout = layout, .items = memory, .most = most, .seed = seed};
    places->at = (void *)(places->items + most);
    places->table = (void *)(places->at + (size_t)most * layout->target_count);
    places->cells = places->table + (size_t)most * TABLE;
    places->names = (void *)(places->cells + (size_t)most * PLACES_CELLS);
    places_forget(places);
}

void places_forget(struct places *places)
{
    places->count = places->names_used = places->cells_used = places->record_count = 0;
    places->full = false;
    memset(places->table, 0, (size_t)places->most * TABLE * sizeof *places->table);
}

/* A new place with room for NAME; null if there is none. */
static struct place *grow(struct places *s, uint32_t parent, struct span name)
{
    if (s->count == s->most || name.n > s->most * PLACES_NAMES - s->names_used) {
        s->full = true;
        return NULL;
    }
    struct place *place = &s->items[s->count];
    *place = (struct place){.parent = parent,
                            .plain = s->count,
                            .cells = s->cells_used,
                            .name = span_of(s->names + s->names_used, name.n)};
    if (name.n)
        memcpy(s->names + s->names_used, name.p, name.n);
    s->names_used += (uint32_t)name.n;
    return place;
}

bool places_on(const struct places *places, uint32_t place, const struct pointer *pointer)
{
    const struct place *p = &places->items[place];

    if (p->depth > pointer->count)
        return false;
    for (; p->parent != PLACE_NONE; p = &places->items[p->parent])
        if (!span_equal(p->name, pointer->tokens[p->depth - 1]))
            return false;
    return true;
}

/* Where the member NAME in the object PARENT is for target number I. */
static struct place_at step(const struct places *s, uint32_t parent, struct span name,
                            uint32_t i)
{
    const struct catalog *c = s->layout->targets[i].catalog;
    const struct place_at *from = &places_at(s, parent)[i];
    const struct place_at off = {PLACE_OFF, 0};

    if (from->kind == PLACE_ABOVE) {
        uint32_t record = parent, number = 0;
        while (s->items[record].parent != PLACE_NONE)
            record = s->items[record].parent;
        while (s->records[number] != record)
            number++;
        const struct pointer *root = &c->roots[s->roots[number][i]];
        if (!span_equal(name, root->tokens[from->node]))
            return off;
        return from->node + 1 == root->count ? (struct place_at){PLACE_POINTED, TRIE_ROOT}
                                             : (struct place_at){PLACE_ABOVE, from->node + 1};
    }
    if (from->kind != PLACE_POINTED)
        return off;
    if (s->items[parent].marker >> i & 1)
        return span_equal(name, c->markers[0]) ? (struct place_at){PLACE_CLASS, from->node}
                                               : off;
    uint32_t node = trie_child(&c->trie, from->node, name);
    return node == TRIE_NONE ? off : (struct place_at){PLACE_POINTED, node};
}

/* Does the trie's node NODE have the child that @value is about? */
static bool has_undefined(const struct catalog *c, uint32_t node)
{
    return c->has_undefined && trie_child(&c->trie, node, c->undefined) != TRIE_NONE;
}

/* What of PLACE_GUARD, PLACE_DECIDES and PLACE_LEAF the place AT in an object FROM deserves for
 * target number I. */
static unsigned judge(const struct places *s, uint32_t i, const struct place *place,
                      struct place_at from, struct place_at at)
{
    const struct catalog *c = s->layout->targets[i].catalog;
    unsigned flags = 0;

    if (from.kind == PLACE_POINTED) {
        if (from.node != TRIE_ROOT && c->marker_count && span_equal(place->name, c->markers[0]))
            flags |= PLACE_GUARD | PLACE_LEAF;
        if (has_undefined(c, from.node) && span_equal(place->name, c->undefined))
            flags |= PLACE_GUARD;
    }
    if (at.kind == PLACE_CLASS)
        flags |= PLACE_SIGNAL;
    if (at.kind == PLACE_POINTED) {
        const struct trie_node *node = &c->trie.nodes[at.node];
        flags |= node->ends < node->done && at.node != TRIE_ROOT ? PLACE_SIGNAL : 0;
        flags |= node->ends < node->below && at.node != TRIE_ROOT ? PLACE_LEAF : 0;
        flags |= has_undefined(c, at.node) ? PLACE_DECIDES : 0;
    }
    return flags;
}

/* What the pointers of target number I that begin at the record want of PLACE. */
static unsigned judge_top(const struct places *s, uint32_t i, uint32_t place)
{
    const struct catalog *c = s->layout->targets[i].catalog;
    size_t depth = s->items[place].depth;
    unsigned flags = 0;

    for (size_t r = 0; r < c->root_count; r++)
        if (places_on(s, place, &c->roots[r]))
            flags |= PLACE_ROOT;
    /* What is inside a leaf is looked for there. */
    if (c->has_id && places_on(s, place, &c->id))
        flags |= PLACE_PASSTHROUGH | (depth == c->id.count ? PLACE_LEAF : 0);
    for (uint32_t k = 0; k < c->carry_count; k++)
        if (places_on(s, place, &c->carries[k].pointer))
            flags |=
                PLACE_PASSTHROUGH | (depth == c->carries[k].pointer.count ? PLACE_LEAF : 0);
    return flags;
}

/* List the cells of PLACE: for each target the pointers at and below its node, then the node's
 * own. False if they do not fit. */
static bool list_cells(struct places *s, struct place *place, const struct place_at *at)
{
    for (uint32_t i = 0; i < s->layout->target_count; i++) {
        const struct cells_target *t = &s->layout->targets[i];
        if (at[i].kind < PLACE_POINTED || at[i].node == TRIE_ROOT)
            continue;
        const struct trie_node *node = &t->catalog->trie.nodes[at[i].node];
        if (node->done - node->ends + 1 > s->most * PLACES_CELLS - s->cells_used)
            return false;
        for (uint32_t e = node->ends; e < node->done; e++)
            s->cells[s->cells_used++] = t->owners[t->catalog->trie.ends[e]].cell;
        if (at[i].kind == PLACE_POINTED && t->inner[at[i].node] != CELLS_NONE) {
            s->cells[s->cells_used++] = t->inner[at[i].node];
            place->flags |= PLACE_INNER;
        }
    }
    place->cell_count = s->cells_used - place->cells;
    return true;
}

uint32_t places_record(struct places *s, const size_t *roots)
{
    uint32_t targets = s->layout->target_count;

    for (uint32_t i = 0; i < s->record_count; i++)
        if (memcmp(s->roots[i], roots, targets * sizeof *roots) == 0)
            return s->records[i];
    struct place *place =
        s->record_count < PLACES_RECORD ? grow(s, PLACE_NONE, span_of(NULL, 0)) : NULL;
    if (!place) {
        s->full = true;
        return PLACE_NONE;
    }
    for (uint32_t i = 0; i < targets; i++) {
        const struct catalog *c = s->layout->targets[i].catalog;
        struct place_at *at = &s->at[(size_t)s->count * targets + i];
        bool none = roots[i] == c->root_count;
        *at = none                           ? (struct place_at){PLACE_OFF, 0}
              : c->roots[roots[i]].count > 0 ? (struct place_at){PLACE_ABOVE, 0}
                                             : (struct place_at){PLACE_POINTED, TRIE_ROOT};
        if (at->kind == PLACE_POINTED && has_undefined(c, TRIE_ROOT))
            place->flags |= PLACE_DECIDES;
    }
    memcpy(s->roots[s->record_count], roots, targets * sizeof *roots);
    s->records[s->record_count++] = s->count;
    return s->count++;
}

/* Make the place that places_child() has not found. */
static uint32_t add(struct places *s, uint32_t parent, struct span name, uint64_t hash,
                    unsigned marker)
{
    uint32_t targets = s->layout->target_count;
    struct place *place = grow(s, parent, name);

    if (!place)
        return PLACE_NONE;
    struct place_at *at = &s->at[(size_t)s->count * targets];
    place->hash = hash;
    place->marker = (uint8_t)marker;
    place->depth = (uint16_t)(s->items[parent].depth + 1);
    for (uint32_t i = 0; i < targets; i++) {
        struct place_at from = places_at(s, parent)[i];
        at[i] = step(s, parent, name, i);
        place->flags |= (uint8_t)(judge(s, i, place, from, at[i]) | judge_top(s, i, s->count));
        if (from.kind == PLACE_POINTED && at[i].kind == PLACE_OFF &&
            !(s->items[parent].marker >> i & 1))
            place->counts |= (uint8_t)(1u << i);
        const struct catalog *c = s->layout->targets[i].catalog;
        if (c->has_undefined && span_equal(name, c->undefined))
            place->valued |= (uint8_t)(1u << i);
    }
    if (!list_cells(s, place, at)) {
        s->full = true;
        return PLACE_NONE;
    }
    return s->count++;
}

/* The place that has all these, found or made; PLAIN is PLACE_NONE for a plain one. */
static uint32_t find(struct places *s, uint32_t parent, struct span name, uint64_t hash,
                     unsigned marker, uint32_t plain)
{
    uint64_t mixed = (hash ^ (parent + marker * 0x100u) * 0x9E3779B97F4A7C15u) >> 32;
    uint32_t table = s->most * TABLE, at = (uint32_t)(mixed * table >> 32);

    for (; s->table[at]; at = at + 1 < table ? at + 1 : 0) {
        const struct place *p = &s->items[s->table[at] - 1];
        if (p->hash == hash && p->parent == parent && p->marker == marker &&
            span_equal(p->name, name))
            return s->table[at] - 1;
    }
    uint32_t made = add(s, parent, name, hash, marker);
    if (made == PLACE_NONE)
        return made;
    if (plain != PLACE_NONE)
        s->items[made].plain = plain;
    s->table[at] = made + 1;
    return made;
}

uint32_t places_child(struct places *s, uint32_t parent, struct span name, uint64_t hash)
{
    return find(s, parent, name, hash, 0, PLACE_NONE);
}

uint32_t places_marker(struct places *s, uint32_t plain, unsigned marker)
{
    const struct place *p = &s->items[plain];

    return find(s, p->parent, p->name, p->hash, marker, plain);
}
