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
    path_meaning_of_record(s, path, roots);
    memcpy(s->roots[s->record_count], roots, targets * sizeof *roots);
    s->records[s->record_count++] = s->count;
    return s->count++;
}

const size_t *paths_roots(const struct paths *s, uint32_t record)
{
    uint32_t i = 0;

    while (s->records[i] != record)
        i++;
    return s->roots[i];
}

/* Make the path that paths_child() has not found. */
static uint32_t insert_path(struct paths *s, uint32_t parent, struct span name, uint64_t hash,
                            unsigned marker)
{
    struct path *path = new_path(s, parent, name);

    if (!path)
        return PATH_NONE;
    path->hash = hash;
    path->marker = (uint8_t)marker;
    path->depth = (uint16_t)(s->items[parent].depth + 1);
    if (!path_meaning_of_member(s, path)) {
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
