#include "config.h"

#include "cache/path.h"
#include "catalog/catalog.h"

/* Where the member NAME in the object PARENT is for target number I. */
static struct path_meaning path_step(const struct paths *s, uint32_t parent, struct span name,
                                     uint32_t i)
{
    const struct catalog *c = s->layout->targets[i].catalog;
    const struct path_meaning *from = &paths_meaning(s, parent)[i];
    const uint32_t reshape = from->reshape == TRIE_NONE
                                 ? TRIE_NONE
                                 : trie_child(&c->reshape_trie, from->reshape, name);
    const struct path_meaning off = {PATH_OFF, 0, reshape};

    if (from->kind == PATH_ABOVE) {
        uint32_t record = parent, number = 0;
        while (s->items[record].parent != PATH_NONE)
            record = s->items[record].parent;
        while (s->records[number] != record)
            number++;
        const struct pointer *root = &c->roots[s->roots[number][i]];
        if (!span_equal(name, root->tokens[from->node]))
            return off;
        return from->node + 1 == root->count
                   ? (struct path_meaning){PATH_POINTED, TRIE_ROOT, reshape}
                   : (struct path_meaning){PATH_ABOVE, from->node + 1, reshape};
    }
    if (from->kind != PATH_POINTED)
        return off;
    if (s->items[parent].marker >> i & 1)
        return span_equal(name, c->markers[0])
                   ? (struct path_meaning){PATH_CLASS, from->node, reshape}
                   : off;
    uint32_t node = trie_child(&c->trie, from->node, name);
    return node == TRIE_NONE ? off : (struct path_meaning){PATH_POINTED, node, reshape};
}

/* Does the trie's node NODE have the child that @value is about? */
static bool has_undefined(const struct catalog *c, uint32_t node)
{
    return c->has_undefined && trie_child(&c->trie, node, c->undefined) != TRIE_NONE;
}

/* Which of PATH_GUARD, PATH_DECIDES and PATH_LEAF the path AT in an object FROM has for target
 * number I. */
static unsigned judge_path(const struct paths *s, uint32_t i, const struct path *path,
                           struct path_meaning from, struct path_meaning at)
{
    const struct catalog *c = s->layout->targets[i].catalog;
    unsigned flags = 0;

    if (from.kind == PATH_POINTED) {
        if (from.node != TRIE_ROOT && c->marker_count && span_equal(path->name, c->markers[0]))
            flags |= PATH_GUARD | PATH_LEAF;
        if (has_undefined(c, from.node) && span_equal(path->name, c->undefined))
            flags |= PATH_GUARD;
    }
    if (at.kind == PATH_CLASS)
        flags |= PATH_SIGNAL;
    if (at.kind == PATH_POINTED) {
        const struct trie_node *node = &c->trie.nodes[at.node];
        flags |= node->ends < node->done && at.node != TRIE_ROOT ? PATH_SIGNAL : 0;
        flags |= node->ends < node->below && at.node != TRIE_ROOT ? PATH_LEAF : 0;
        flags |= has_undefined(c, at.node) ? PATH_DECIDES : 0;
    }
    return flags;
}

/* Which of PATH_PASSTHROUGH and PATH_LEAF the path PATH has for POINTERS, of an id or a carried
 * member. */
static unsigned judge_passthrough(const struct paths *s, struct pointers pointers, uint32_t path)
{
    unsigned flags = 0;

    /* What is inside a leaf is looked for there. */
    for (size_t i = 0; i < pointers.count; i++)
        if (paths_on(s, path, &pointers.items[i]))
            flags |= PATH_PASSTHROUGH |
                     (s->items[path].depth == pointers.items[i].count ? PATH_LEAF : 0);
    return flags;
}

/* What the pointers of target number I that begin at the record want of PATH. */
static unsigned judge_top(const struct paths *s, uint32_t i, uint32_t path)
{
    const struct catalog *c = s->layout->targets[i].catalog;
    unsigned flags = judge_passthrough(s, c->ids, path);

    for (size_t r = 0; r < c->root_count; r++)
        if (paths_on(s, path, &c->roots[r]))
            flags |= PATH_ROOT;
    for (uint32_t k = 0; k < c->carry_count; k++)
        flags |= judge_passthrough(s, c->carries[k].pointers, path);
    return flags;
}

/* List the cells of the lines @pairs and @json of T at and below the node RESHAPE. False if they
 * do not fit. */
static bool list_reshape_cells(struct paths *s, struct path *path, const struct cells_target *t,
                               uint32_t reshape)
{
    if (reshape == TRIE_NONE || t->reshapes == CELLS_NONE)
        return true;
    const struct trie *trie = &t->catalog->reshape_trie;
    const struct trie_node *node = &trie->nodes[reshape];
    if (node->done - node->ends > s->most * PATHS_CELLS - s->cells_used)
        return false;
    for (uint32_t e = node->ends; e < node->done; e++)
        s->cells[s->cells_used++] = t->reshapes + trie->ends[e];
    path->flags |= PATH_INNER;
    return true;
}

/* List the cells of PATH: for each target the pointers at and below its node, then the node's
 * own, then those of lines @pairs and @json. False if they do not fit. */
static bool list_cells(struct paths *s, struct path *path, const struct path_meaning *at)
{
    for (uint32_t i = 0; i < s->layout->target_count; i++) {
        const struct cells_target *t = &s->layout->targets[i];
        if (at[i].kind < PATH_POINTED || at[i].node == TRIE_ROOT) {
            if (!list_reshape_cells(s, path, t, at[i].reshape))
                return false;
            continue;
        }
        const struct trie_node *node = &t->catalog->trie.nodes[at[i].node];
        if (node->done - node->ends + 1 > s->most * PATHS_CELLS - s->cells_used)
            return false;
        for (uint32_t e = node->ends; e < node->done; e++)
            s->cells[s->cells_used++] = t->owners[t->catalog->trie.ends[e]].cell;
        if (at[i].kind == PATH_POINTED && t->inner[at[i].node] != CELLS_NONE) {
            s->cells[s->cells_used++] = t->inner[at[i].node];
            path->flags |= PATH_INNER;
        }
        if (!list_reshape_cells(s, path, t, at[i].reshape))
            return false;
    }
    path->cell_count = s->cells_used - path->cells;
    return true;
}

void path_meaning_of_record(struct paths *s, struct path *record, const size_t *roots)
{
    struct path_meaning *at = s->at + (size_t)record->plain * s->layout->target_count;

    for (uint32_t i = 0; i < s->layout->target_count; i++) {
        const struct catalog *c = s->layout->targets[i].catalog;
        bool none = roots[i] == c->root_count;
        at[i].kind = none                           ? PATH_OFF
                     : c->roots[roots[i]].count > 0 ? PATH_ABOVE
                                                    : PATH_POINTED;
        at[i].node = at[i].kind == PATH_POINTED ? TRIE_ROOT : 0;
        at[i].reshape = c->reshape_count ? TRIE_ROOT : TRIE_NONE;
        if (at[i].kind == PATH_POINTED && has_undefined(c, TRIE_ROOT))
            record->flags |= PATH_DECIDES;
    }
}

bool path_meaning_of_member(struct paths *s, struct path *path)
{
    uint32_t number = path->plain, marker = s->items[path->parent].marker;
    struct path_meaning *at = s->at + (size_t)number * s->layout->target_count;

    for (uint32_t i = 0; i < s->layout->target_count; i++) {
        const struct catalog *c = s->layout->targets[i].catalog;
        struct path_meaning from = paths_meaning(s, path->parent)[i];
        at[i] = path_step(s, path->parent, path->name, i);
        path->flags |= (uint8_t)(judge_path(s, i, path, from, at[i]) | judge_top(s, i, number));
        if (from.kind == PATH_POINTED && at[i].kind == PATH_OFF && !(marker >> i & 1))
            path->counts |= (uint8_t)(1u << i);
        if (c->has_undefined && span_equal(path->name, c->undefined))
            path->valued |= (uint8_t)(1u << i);
    }
    return list_cells(s, path, at);
}
