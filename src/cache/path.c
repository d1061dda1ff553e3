#include "config.h"

#include "cache/path.h"

#include "catalog/catalog.h"
#include "json/pointer.h"

#define TABLE 2 /* entries of the table, a path */

size_t paths_size(const struct cells_layout *layout, uint32_t most)
{
    return most * (sizeof(struct path) + layout->target_count * sizeof(struct path_meaning) +
                   (TABLE + PATHS_CELLS) * sizeof(uint32_t) + PATHS_NAMES);
}

void paths_init(struct paths *paths, const struct cells_layout *layout, void *memory,
                uint32_t most, uint64_t seed)
{
    *paths = (struct paths){.layout = layout, .items = memory, .most = most, .seed = seed};
    paths->at = (void *)(paths->items + most);
    paths->table = (void *)(paths->at + (size_t)most * layout->target_count);
    paths->cells = paths->table + (size_t)most * TABLE;
    paths->names = (void *)(paths->cells + (size_t)most * PATHS_CELLS);
    paths_forget(paths);
}

void paths_forget(struct paths *paths)
{
    paths->count = paths->names_used = paths->cells_used = paths->record_count = 0;
    paths->full = false;
    memset(paths->table, 0, (size_t)paths->most * TABLE * sizeof *paths->table);
}

/* A new path with room for NAME; null if there is none. */
static struct path *new_path(struct paths *s, uint32_t parent, struct span name)
{
    if (s->count == s->most || name.n > s->most * PATHS_NAMES - s->names_used) {
        s->full = true;
        return NULL;
    }
    struct path *path = &s->items[s->count];
    *path = (struct path){.parent = parent,
                          .plain = s->count,
                          .cells = s->cells_used,
                          .name = span_of(s->names + s->names_used, name.n)};
    if (name.n)
        memcpy(s->names + s->names_used, name.p, name.n);
    s->names_used += (uint32_t)name.n;
    return path;
}

bool paths_on(const struct paths *paths, uint32_t path, const struct pointer *pointer)
{
    const struct path *p = &paths->items[path];

    if (p->depth > pointer->count)
        return false;
    for (; p->parent != PATH_NONE; p = &paths->items[p->parent])
        if (!span_equal(p->name, pointer->tokens[p->depth - 1]))
            return false;
    return true;
}

/* Where the member NAME in the object PARENT is for target number I. */
static struct path_meaning path_step(const struct paths *s, uint32_t parent, struct span name,
                                     uint32_t i)
{
    const struct catalog *c = s->layout->targets[i].catalog;
    const struct path_meaning *from = &paths_meaning(s, parent)[i];
    const struct path_meaning off = {PATH_OFF, 0};

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
                   ? (struct path_meaning){PATH_POINTED, TRIE_ROOT}
                   : (struct path_meaning){PATH_ABOVE, from->node + 1};
    }
    if (from->kind != PATH_POINTED)
        return off;
    if (s->items[parent].marker >> i & 1)
        return span_equal(name, c->markers[0]) ? (struct path_meaning){PATH_CLASS, from->node}
                                               : off;
    uint32_t node = trie_child(&c->trie, from->node, name);
    return node == TRIE_NONE ? off : (struct path_meaning){PATH_POINTED, node};
}

/* Does the trie's node NODE have the child that @value is about? */
static bool has_undefined(const struct catalog *c, uint32_t node)
{
    return c->has_undefined && trie_child(&c->trie, node, c->undefined) != TRIE_NONE;
}

/* What of PATH_GUARD, PATH_DECIDES and PATH_LEAF the path AT in an object FROM deserves for
 * target number I. */
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

/* What the pointers of target number I that begin at the record want of PATH. */
static unsigned judge_top(const struct paths *s, uint32_t i, uint32_t path)
{
    const struct catalog *c = s->layout->targets[i].catalog;
    size_t depth = s->items[path].depth;
    unsigned flags = 0;

    for (size_t r = 0; r < c->root_count; r++)
        if (paths_on(s, path, &c->roots[r]))
            flags |= PATH_ROOT;
    /* What is inside a leaf is looked for there. */
    if (c->has_id && paths_on(s, path, &c->id))
        flags |= PATH_PASSTHROUGH | (depth == c->id.count ? PATH_LEAF : 0);
    for (uint32_t k = 0; k < c->carry_count; k++)
        if (paths_on(s, path, &c->carries[k].pointer))
            flags |= PATH_PASSTHROUGH | (depth == c->carries[k].pointer.count ? PATH_LEAF : 0);
    return flags;
}

/* List the cells of PATH: for each target the pointers at and below its node, then the node's
 * own. False if they do not fit. */
static bool list_cells(struct paths *s, struct path *path, const struct path_meaning *at)
{
    for (uint32_t i = 0; i < s->layout->target_count; i++) {
        const struct cells_target *t = &s->layout->targets[i];
        if (at[i].kind < PATH_POINTED || at[i].node == TRIE_ROOT)
            continue;
        const struct trie_node *node = &t->catalog->trie.nodes[at[i].node];
        if (node->done - node->ends + 1 > s->most * PATHS_CELLS - s->cells_used)
            return false;
        for (uint32_t e = node->ends; e < node->done; e++)
            s->cells[s->cells_used++] = t->owners[t->catalog->trie.ends[e]].cell;
        if (at[i].kind == PATH_POINTED && t->inner[at[i].node] != CELLS_NONE) {
            s->cells[s->cells_used++] = t->inner[at[i].node];
            path->flags |= PATH_INNER;
        }
    }
    path->cell_count = s->cells_used - path->cells;
    return true;
}

uint32_t paths_record(struct paths *s, const size_t *roots)
{
    uint32_t targets = s->layout->target_count;

    for (uint32_t i = 0; i < s->record_count; i++)
        if (memcmp(s->roots[i], roots, targets * sizeof *roots) == 0)
            return s->records[i];
    struct path *path =
        s->record_count < PATHS_RECORD ? new_path(s, PATH_NONE, span_of(NULL, 0)) : NULL;
    if (!path) {
        s->full = true;
        return PATH_NONE;
    }
    for (uint32_t i = 0; i < targets; i++) {
        const struct catalog *c = s->layout->targets[i].catalog;
        struct path_meaning *at = &s->at[(size_t)s->count * targets + i];
        bool none = roots[i] == c->root_count;
        *at = none                           ? (struct path_meaning){PATH_OFF, 0}
              : c->roots[roots[i]].count > 0 ? (struct path_meaning){PATH_ABOVE, 0}
                                             : (struct path_meaning){PATH_POINTED, TRIE_ROOT};
        if (at->kind == PATH_POINTED && has_undefined(c, TRIE_ROOT))
            path->flags |= PATH_DECIDES;
    }
    memcpy(s->roots[s->record_count], roots, targets * sizeof *roots);
    s->records[s->record_count++] = s->count;
    return s->count++;
}

/* Make the path that paths_child() has not found. */
static uint32_t insert_path(struct paths *s, uint32_t parent, struct span name, uint64_t hash,
                            unsigned marker)
{
    uint32_t targets = s->layout->target_count;
    struct path *path = new_path(s, parent, name);

    if (!path)
        return PATH_NONE;
    struct path_meaning *at = &s->at[(size_t)s->count * targets];
    path->hash = hash;
    path->marker = (uint8_t)marker;
    path->depth = (uint16_t)(s->items[parent].depth + 1);
    for (uint32_t i = 0; i < targets; i++) {
        struct path_meaning from = paths_meaning(s, parent)[i];
        at[i] = path_step(s, parent, name, i);
        path->flags |=
            (uint8_t)(judge_path(s, i, path, from, at[i]) | judge_top(s, i, s->count));
        if (from.kind == PATH_POINTED && at[i].kind == PATH_OFF &&
            !(s->items[parent].marker >> i & 1))
            path->counts |= (uint8_t)(1u << i);
        const struct catalog *c = s->layout->targets[i].catalog;
        if (c->has_undefined && span_equal(name, c->undefined))
            path->valued |= (uint8_t)(1u << i);
    }
    if (!list_cells(s, path, at)) {
        s->full = true;
        return PATH_NONE;
    }
    return s->count++;
}

/* The path that has all these, found or made; PLAIN is PATH_NONE for a plain one. */
static uint32_t find_path(struct paths *s, uint32_t parent, struct span name, uint64_t hash,
                          unsigned marker, uint32_t plain)
{
    uint64_t mixed = (hash ^ (parent + marker * 0x100u) * 0x9E3779B97F4A7C15u) >> 32;
    uint32_t table = s->most * TABLE, at = (uint32_t)(mixed * table >> 32);

    for (; s->table[at]; at = at + 1 < table ? at + 1 : 0) {
        const struct path *p = &s->items[s->table[at] - 1];
        if (p->hash == hash && p->parent == parent && p->marker == marker &&
            span_equal(p->name, name))
            return s->table[at] - 1;
    }
    uint32_t made = insert_path(s, parent, name, hash, marker);
    if (made == PATH_NONE)
        return made;
    if (plain != PATH_NONE)
        s->items[made].plain = plain;
    s->table[at] = made + 1;
    return made;
}

uint32_t paths_child(struct paths *s, uint32_t parent, struct span name, uint64_t hash)
{
    return find_path(s, parent, name, hash, 0, PATH_NONE);
}

uint32_t paths_marker(struct paths *s, uint32_t plain, unsigned marker)
{
    const struct path *p = &s->items[plain];

    return find_path(s, p->parent, p->name, p->hash, marker, plain);
}
