#include "config.h"

#include "cache/edit.h"

#include "text/hash.h"
#include "text/utf8.h"

struct edit {
    struct trace *t;
    const unsigned char *p, *end;
    uint32_t object; /* the innermost one that is open */
};

static void skip_space(struct edit *e)
{
    e->p = trace_skip_space(e->p, e->end);
}

/* Is C the next byte that is not white space? */
static bool skip_to(struct edit *e, unsigned char c)
{
    skip_space(e);
    return e->p < e->end && *e->p == c;
}

/* The next byte that is not white space must be C: pass it. */
static bool pass(struct edit *e, unsigned char c)
{
    if (!skip_to(e, c))
        return false;
    e->p++;
    return true;
}

/* Close what is closed behind a value. True if a member follows then, with its comma passed; or
 * if the record has ended, with *DONE. */
static bool close_objects(struct edit *e, bool *done)
{
    while (pass(e, '}')) {
        e->object = e->t->places->items[e->object].parent;
        if (e->object != PLACE_NONE)
            continue;
        *done = true;
        skip_space(e);
        return e->p == e->end;
    }
    return pass(e, ',');
}

/* Note that the member at PLACE, new to the base or an object, was read. */
static void note_name(struct trace *t, uint32_t place)
{
    const struct place *p = &t->places->items[place];

    t->names[t->name_count++] = (struct trace_name){p->plain, p->parent};
}

/* The name that comes next, unescaped; SPAN_FAILED if there is none, or one of those that may
 * be different and yet read alike. */
static struct span take_name(struct edit *e)
{
    struct trace *t = e->t;
    struct span rest = span_of(e->p, (size_t)(e->end - e->p));
    struct json_counts counts;
    struct json json;
    size_t n = validate_value(rest, 0, t->limits, &counts);

    if (!n || json_parse(&json, span_cut(rest, 0, n), &counts, t->arena) != STATUS_OK)
        return SPAN_FAILED;
    struct span name = json_string(&json, 0, t->arena);
    e->p += n;
    return span_failed(name) || utf8_has_replacement(name) ? SPAN_FAILED : name;
}

/* A member's name with its ':'. The place, or PLACE_NONE. */
static uint32_t read_name(struct edit *e)
{
    struct trace *t = e->t;

    if (t->edits++ >= TRACE_EDITS || !skip_to(e, '"'))
        return PLACE_NONE;
    struct span name = take_name(e);
    if (span_failed(name) || !pass(e, ':'))
        return PLACE_NONE;
    uint32_t place =
        places_child(t->places, e->object, name, hash_seeded(name, t->places->seed));
    if (place != PLACE_NONE && t->places->items[place].flags & (PLACE_GUARD | PLACE_ROOT))
        return PLACE_NONE;
    return place;
}

/* The value at PLACE is a leaf: with *MET the base's, else one to be noted. False if it is no
 * value. */
static bool read_leaf(struct edit *e, uint32_t place, bool *met)
{
    struct trace *t = e->t;
    struct skeleton_entry entry = skeleton_at(t->shape->skeleton, place);
    struct json_counts counts;

    *met = entry.is_leaf;
    if (*met) {
        t->leaf = entry.leaf;
        t->r = (uint32_t)(e->p - t->record.p);
        return true;
    }
    size_t n = validate_value(span_of(e->p, (size_t)(e->end - e->p)),
                              t->places->items[place].depth, t->limits, &counts);
    if (!n || !trace_note(t, place, (uint32_t)(e->p - t->record.p), (uint32_t)n, &counts))
        return false;
    note_name(t, place);
    e->p += n;
    return true;
}

enum edit_end edit_read(struct trace *t, uint32_t at, uint32_t behind)
{
    struct edit e = {.t = t,
                     .p = t->record.p + at,
                     .end = t->record.p + t->record.n,
                     .object = t->shape->skeleton->record};
    bool done = false;

    t->edited = true;
    if (behind == TRACE_NONE) {
        if (!pass(&e, '{'))
            return EDIT_HAND_OVER;
    } else {
        e.object = t->places->items[t->shape->skeleton->leaves[behind].place].parent;
        if (!close_objects(&e, &done))
            return EDIT_HAND_OVER;
    }
    while (!done) {
        uint32_t place = read_name(&e);
        if (place == PLACE_NONE)
            return EDIT_HAND_OVER;
        const struct place *p = &t->places->items[place];
        bool met;
        skip_space(&e);
        if (trace_opens(t, place, (uint32_t)(e.p - t->record.p))) {
            if (p->flags & PLACE_DECIDES || p->depth >= t->limits->depth)
                return EDIT_HAND_OVER;
            note_name(t, place);
            t->values++;
            e.object = place;
            e.p++;
            continue;
        }
        if (!read_leaf(&e, place, &met))
            return EDIT_HAND_OVER;
        if (met)
            return EDIT_MET;
        if (!close_objects(&e, &done))
            return EDIT_HAND_OVER;
    }
    return EDIT_DONE;
}
