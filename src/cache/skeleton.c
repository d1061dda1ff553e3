#include "config.h"

#include "cache/skeleton.h"

#include "json/value.h"

/* An object that is open. */
struct open {
    uint32_t place;
    uint32_t from;  /* its first leaf */
    bool guarded;   /* it has a member with PLACE_GUARD */
    uint8_t valued; /* bit i: it has the member that @value of target number i names */
};

/* A skeleton in the making. */
struct draft {
    struct skeleton *skeleton;
    const struct places *places;
    struct open open[VALUE_DEPTH];
    uint32_t depth; /* how many are open */
};

/* Has OBJECT signals undefined, because it is there without the member that @value names? Of
 * several targets one that has no signals there may have it said. */
static bool leaves_undefined(const struct places *places, const struct open *object)
{
    const struct place *place = &places->items[object->place];
    unsigned settled = object->valued | place->marker;

    if (!(place->flags & PLACE_DECIDES))
        return false;
    for (uint32_t i = 0; i < places->layout->target_count; i++)
        if (places->layout->targets[i].catalog->has_undefined && !(settled >> i & 1))
            return true;
    return false;
}

/* Is the object at PLACE the root of a catalog that has others to choose from? */
static bool is_chosen(const struct places *places, uint32_t place)
{
    const struct place_at *at = places_at(places, place);

    for (uint32_t i = 0; i < places->layout->target_count; i++)
        if (at[i].kind == PLACE_POINTED && at[i].node == TRIE_ROOT &&
            places->layout->targets[i].catalog->root_count > 1)
            return true;
    return false;
}

static void enter(struct skeleton *o, uint32_t place, uint32_t leaf, bool object)
{
    o->entries[place] = (struct skeleton_entry){leaf & SKELETON_LEAVES, !object, object};
    if (place >= o->entry_count)
        o->entry_count = place + 1;
}

static void open_object(struct draft *d, uint32_t place, uint32_t leaf)
{
    d->open[d->depth++] = (struct open){place, leaf, false, 0};
    d->skeleton->object_count++;
    enter(d->skeleton, d->places->items[place].plain, leaf, true);
}

/* Close the innermost object, before leaf number TO. */
static void close_object(struct draft *d, uint32_t to)
{
    const struct open *object = &d->open[--d->depth];
    struct skeleton *o = d->skeleton;
    bool undefined = leaves_undefined(d->places, object);

    if (object->guarded || undefined)
        o->guards[o->guard_count++] = (struct skeleton_guard){
            object->place, object->from, to,
            undefined ? SKELETON_GUARDS_PRESENCE : SKELETON_GUARDS_MEMBERS};
    if (is_chosen(d->places, object->place))
        o->guards[o->guard_count++] =
            (struct skeleton_guard){object->place, object->from, to, SKELETON_GUARDS_ROOT};
}

/* The member at PLACE stands in the innermost open object. */
static void count_member(struct draft *d, uint32_t place)
{
    const struct place *p = &d->places->items[place];
    struct open *object = &d->open[d->depth - 1];

    object->guarded |= (p->flags & PLACE_GUARD) != 0;
    object->valued |= p->valued;
    for (uint32_t i = 0; p->counts >> i; i++)
        d->skeleton->uncataloged[i] += p->counts >> i & 1;
}

/* Close and open objects so that OBJECT is the innermost one, before leaf number LEAF. How many
 * were opened. The object that is N deep is open[N]. */
static uint32_t go_to(struct draft *d, uint32_t object, uint32_t leaf)
{
    const struct place *places = d->places->items;
    uint32_t shared = object, depth = places[object].depth;

    while (places[shared].depth >= d->depth || d->open[places[shared].depth].place != shared)
        shared = places[shared].parent;
    while (d->depth > places[shared].depth + 1u)
        close_object(d, leaf);
    for (uint32_t at = object; at != shared; at = places[at].parent)
        d->open[places[at].depth].place = at;
    while (d->depth <= depth) {
        uint32_t at = d->open[d->depth].place;
        count_member(d, at);
        open_object(d, at, leaf);
    }
    return depth - places[shared].depth;
}

static void add_leaf(struct draft *d, uint32_t i, uint32_t place, uint32_t text)
{
    struct skeleton *o = d->skeleton;
    const struct place *p = &d->places->items[place];
    uint32_t opened = d->open[d->depth - 1].place == p->parent ? 0 : go_to(d, p->parent, i);

    count_member(d, place);
    o->leaves[i] = (struct skeleton_leaf){place, text};
    o->names[i] = (uint16_t)(opened + 1);
    enter(o, place, i, false);
    if (p->flags & PLACE_PASSTHROUGH)
        o->passthrough[o->passthrough_count++] = i;
}

bool skeleton_make(struct skeleton *o, const struct places *places, const struct survey *survey,
                   struct arena *arena)
{
    uint32_t count = survey->leaf_count, end = 0;
    struct draft *d = arena_take(arena, sizeof *d);

    *o = (struct skeleton){.leaf_count = count, .record = survey->record};
    o->leaves = arena_take_array(arena, count, sizeof *o->leaves);
    o->names = arena_take_array(arena, count, sizeof *o->names);
    o->entries = arena_take_array(arena, places->count, sizeof *o->entries);
    o->guards = arena_take_array(arena, 2 * (size_t)(places->count - count), sizeof *o->guards);
    o->passthrough = arena_take_array(arena, count, sizeof *o->passthrough);
    if (!d || !o->leaves || !o->names || !o->entries || !o->guards || !o->passthrough)
        return false;
    memset(o->entries, 0, places->count * sizeof *o->entries);
    d->skeleton = o;
    d->places = places;
    d->depth = 0;
    open_object(d, survey->record, 0);
    for (uint32_t i = 0; i < count; i++) {
        const struct survey_leaf *leaf = &survey->leaves[i];
        add_leaf(d, i, leaf->place, leaf->start - end);
        end = leaf->end;
    }
    while (d->depth)
        close_object(d, count);
    return true;
}

/* Pieces of a skeleton's memory are aligned for any type. */
static size_t aligned(size_t n)
{
    return (n + 15) / 16 * 16;
}

size_t skeleton_size(const struct skeleton *o)
{
    return aligned(sizeof *o) + aligned(o->leaf_count * sizeof *o->leaves) +
           aligned(o->leaf_count * sizeof *o->names) +
           aligned(o->entry_count * sizeof *o->entries) +
           aligned(o->guard_count * sizeof *o->guards) +
           aligned(o->passthrough_count * sizeof *o->passthrough);
}

/* Copy the N bytes at FROM to *AT, and go on behind them. */
static void *put(unsigned char **at, const void *from, size_t n)
{
    void *piece = *at;

    if (n)
        memcpy(piece, from, n);
    *at += aligned(n);
    return piece;
}

struct skeleton *skeleton_copy(void *memory, const struct skeleton *o)
{
    unsigned char *at = memory;
    struct skeleton *copy = put(&at, o, sizeof *o);

    copy->leaves = put(&at, o->leaves, o->leaf_count * sizeof *o->leaves);
    copy->names = put(&at, o->names, o->leaf_count * sizeof *o->names);
    copy->entries = put(&at, o->entries, o->entry_count * sizeof *o->entries);
    copy->guards = put(&at, o->guards, o->guard_count * sizeof *o->guards);
    copy->passthrough = put(&at, o->passthrough, o->passthrough_count * sizeof *o->passthrough);
    return copy;
}

bool skeleton_fits(const struct skeleton *o, const struct survey *survey)
{
    uint32_t end = 0;

    if (o->leaf_count != survey->leaf_count || o->record != survey->record)
        return false;
    for (uint32_t i = 0; i < survey->leaf_count; i++) {
        const struct survey_leaf *leaf = &survey->leaves[i];
        if (o->leaves[i].place != leaf->place || o->leaves[i].text != leaf->start - end)
            return false;
        end = leaf->end;
    }
    return true;
}
