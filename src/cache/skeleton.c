#include "config.h"

#include "cache/skeleton.h"

#include "base/arena.h"
#include "cache/cut.h"
#include "cache/path.h"
#include "catalog/catalog.h"
#include "json/value.h"

/* An object that is open. */
struct skeleton_object {
    uint32_t path;
    uint32_t from;  /* its first leaf */
    bool guarded;   /* it has a member with PATH_GUARD */
    uint8_t valued; /* bit i: it has the member that @value of target number i names */
};

/* A skeleton while it is made. */
struct skeleton_draft {
    struct skeleton *skeleton;
    const struct paths *paths;
    struct skeleton_object open[VALUE_DEPTH];
    uint32_t depth; /* how many are open */
};

/* Does OBJECT make signals undefined, because it is there without the member that @value names?
 * With several targets this may be true because of one that has no signals there. */
static bool leaves_undefined(const struct paths *paths, const struct skeleton_object *object)
{
    const struct path *path = &paths->items[object->path];
    unsigned settled = object->valued | path->marker;

    if (!(path->flags & PATH_DECIDES))
        return false;
    for (uint32_t i = 0; i < paths->layout->target_count; i++)
        if (paths->layout->targets[i].catalog->has_undefined && !(settled >> i & 1))
            return true;
    return false;
}

/* Is the object at PATH the root of a catalog that has others to choose from? */
static bool is_chosen(const struct paths *paths, uint32_t path)
{
    const struct path_meaning *at = paths_meaning(paths, path);

    for (uint32_t i = 0; i < paths->layout->target_count; i++)
        if (at[i].kind == PATH_POINTED && at[i].node == TRIE_ROOT &&
            paths->layout->targets[i].catalog->root_count > 1)
            return true;
    return false;
}

static void enter_path(struct skeleton *o, uint32_t path, uint32_t leaf, bool object)
{
    o->entries[path] = (struct skeleton_entry){leaf & SKELETON_LEAVES, !object, object};
    if (path >= o->entry_count)
        o->entry_count = path + 1;
}

static void skeleton_open(struct skeleton_draft *d, uint32_t path, uint32_t leaf)
{
    d->open[d->depth++] = (struct skeleton_object){path, leaf, false, 0};
    d->skeleton->object_count++;
    enter_path(d->skeleton, d->paths->items[path].plain, leaf, true);
}

/* Close the innermost object, before leaf number TO. */
static void skeleton_close(struct skeleton_draft *d, uint32_t to)
{
    const struct skeleton_object *object = &d->open[--d->depth];
    struct skeleton *o = d->skeleton;
    bool undefined = leaves_undefined(d->paths, object);

    if (object->guarded || undefined)
        o->guards[o->guard_count++] = (struct skeleton_guard){
            object->path, object->from, to,
            undefined ? SKELETON_GUARDS_PRESENCE : SKELETON_GUARDS_MEMBERS};
    if (is_chosen(d->paths, object->path))
        o->guards[o->guard_count++] =
            (struct skeleton_guard){object->path, object->from, to, SKELETON_GUARDS_ROOT};
}

/* The member at PATH is in the innermost open object. */
static void count_member(struct skeleton_draft *d, uint32_t path)
{
    const struct path *p = &d->paths->items[path];
    struct skeleton_object *object = &d->open[d->depth - 1];

    object->guarded |= (p->flags & PATH_GUARD) != 0;
    object->valued |= p->valued;
    for (uint32_t i = 0; p->counts >> i; i++)
        d->skeleton->uncataloged[i] += p->counts >> i & 1;
}

/* Close and open objects so that OBJECT is the innermost one, before leaf number LEAF. How many
 * were opened. The object that is N deep is open[N]. */
static uint32_t go_to_object(struct skeleton_draft *d, uint32_t object, uint32_t leaf)
{
    const struct path *paths = d->paths->items;
    uint32_t shared = object, depth = paths[object].depth;

    while (paths[shared].depth >= d->depth || d->open[paths[shared].depth].path != shared)
        shared = paths[shared].parent;
    while (d->depth > paths[shared].depth + 1u)
        skeleton_close(d, leaf);
    for (uint32_t at = object; at != shared; at = paths[at].parent)
        d->open[paths[at].depth].path = at;
    while (d->depth <= depth) {
        uint32_t at = d->open[d->depth].path;
        count_member(d, at);
        skeleton_open(d, at, leaf);
    }
    return depth - paths[shared].depth;
}

static void skeleton_add_leaf(struct skeleton_draft *d, uint32_t i, uint32_t path,
                              uint32_t text)
{
    struct skeleton *o = d->skeleton;
    const struct path *p = &d->paths->items[path];
    uint32_t opened =
        d->open[d->depth - 1].path == p->parent ? 0 : go_to_object(d, p->parent, i);

    count_member(d, path);
    o->leaves[i] = (struct skeleton_leaf){path, text};
    o->names[i] = (uint16_t)(opened + 1);
    enter_path(o, path, i, false);
    if (p->flags & PATH_PASSTHROUGH)
        o->passthrough[o->passthrough_count++] = i;
}

bool skeleton_make(struct skeleton *o, const struct paths *paths, const struct cut *cut,
                   struct arena *arena)
{
    uint32_t count = cut->leaf_count, end = 0;
    struct skeleton_draft *d = arena_take(arena, sizeof *d);

    *o = (struct skeleton){.leaf_count = count, .record = cut->record};
    o->leaves = arena_take_array(arena, count, sizeof *o->leaves);
    o->names = arena_take_array(arena, count, sizeof *o->names);
    o->entries = arena_take_array(arena, paths->count, sizeof *o->entries);
    o->guards = arena_take_array(arena, 2 * (size_t)(paths->count - count), sizeof *o->guards);
    o->passthrough = arena_take_array(arena, count, sizeof *o->passthrough);
    if (!d || !o->leaves || !o->names || !o->entries || !o->guards || !o->passthrough)
        return false;
    memset(o->entries, 0, paths->count * sizeof *o->entries);
    d->skeleton = o;
    d->paths = paths;
    d->depth = 0;
    skeleton_open(d, cut->record, 0);
    for (uint32_t i = 0; i < count; i++) {
        const struct cut_leaf *leaf = &cut->leaves[i];
        skeleton_add_leaf(d, i, leaf->path, leaf->start - end);
        end = leaf->end;
    }
    while (d->depth)
        skeleton_close(d, count);
    return true;
}

/* Pieces of a skeleton's memory are aligned for any type. */
static size_t skeleton_aligned(size_t n)
{
    return (n + 15) / 16 * 16;
}

size_t skeleton_size(const struct skeleton *o)
{
    return skeleton_aligned(sizeof *o) + skeleton_aligned(o->leaf_count * sizeof *o->leaves) +
           skeleton_aligned(o->leaf_count * sizeof *o->names) +
           skeleton_aligned(o->entry_count * sizeof *o->entries) +
           skeleton_aligned(o->guard_count * sizeof *o->guards) +
           skeleton_aligned(o->passthrough_count * sizeof *o->passthrough);
}

/* Copy the N bytes at FROM to *AT, and move *AT after them. */
static void *copy_piece(unsigned char **at, const void *from, size_t n)
{
    void *piece = *at;

    if (n)
        memcpy(piece, from, n);
    *at += skeleton_aligned(n);
    return piece;
}

struct skeleton *skeleton_copy(void *memory, const struct skeleton *o)
{
    unsigned char *at = memory;
    struct skeleton *copy = copy_piece(&at, o, sizeof *o);

    copy->leaves = copy_piece(&at, o->leaves, o->leaf_count * sizeof *o->leaves);
    copy->names = copy_piece(&at, o->names, o->leaf_count * sizeof *o->names);
    copy->entries = copy_piece(&at, o->entries, o->entry_count * sizeof *o->entries);
    copy->guards = copy_piece(&at, o->guards, o->guard_count * sizeof *o->guards);
    copy->passthrough =
        copy_piece(&at, o->passthrough, o->passthrough_count * sizeof *o->passthrough);
    return copy;
}

bool skeleton_fits(const struct skeleton *o, const struct cut *cut)
{
    uint32_t end = 0;

    if (o->leaf_count != cut->leaf_count || o->record != cut->record)
        return false;
    for (uint32_t i = 0; i < cut->leaf_count; i++) {
        const struct cut_leaf *leaf = &cut->leaves[i];
        if (o->leaves[i].path != leaf->path || o->leaves[i].gap != leaf->start - end)
            return false;
        end = leaf->end;
    }
    return true;
}
