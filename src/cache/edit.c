#include "config.h"

#include "cache/edit.h"

#include "cache/path.h"
#include "cache/template.h"
#include "json/nodes.h"
#include "json/raw.h"
#include "json/validate.h"
#include "text/hash.h"
#include "text/utf8.h"

struct edit {
    struct cursor *cursor;
    struct trace *t; /* its trace */
    const unsigned char *p, *end;
    uint32_t object; /* the innermost one that is open */
};

static void edit_skip_space(struct edit *e)
{
    e->p = raw_skip_space(e->p, e->end);
}

/* Is C the next byte that is not white space? */
static bool edit_at(struct edit *e, unsigned char c)
{
    edit_skip_space(e);
    return e->p < e->end && *e->p == c;
}

/* The next byte that is not white space must be C: pass it. */
static bool edit_pass(struct edit *e, unsigned char c)
{
    if (!edit_at(e, c))
        return false;
    e->p++;
    return true;
}

/* Close the objects that end after a value. True if a member follows, with its comma passed,
 * or if the record has ended, with *DONE. */
static bool close_objects(struct edit *e, bool *done)
{
    while (edit_pass(e, '}')) {
        e->object = e->t->paths->items[e->object].parent;
        if (e->object != PATH_NONE)
            continue;
        *done = true;
        edit_skip_space(e);
        return e->p == e->end;
    }
    return edit_pass(e, ',');
}

/* Note that the member at PATH, new to the base or an object, was read. */
static void note_name(struct trace *t, uint32_t path)
{
    const struct path *p = &t->paths->items[path];

    t->names[t->name_count++] = (struct trace_name){p->plain, p->parent};
}

/* The next name, unescaped; SPAN_FAILED if there is none, or if different names may read like
 * it. */
static struct span take_unescaped_name(struct edit *e)
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

/* A member's name with its ':'. The path, or PATH_NONE. */
static uint32_t read_name(struct edit *e)
{
    struct trace *t = e->t;

    if (t->edits++ >= TRACE_EDITS || !edit_at(e, '"'))
        return PATH_NONE;
    struct span name = take_unescaped_name(e);
    if (span_failed(name) || !edit_pass(e, ':'))
        return PATH_NONE;
    uint32_t path = paths_child(t->paths, e->object, name, hash_seeded(name, t->paths->seed));
    if (path != PATH_NONE && t->paths->items[path].flags & (PATH_GUARD | PATH_ROOT))
        return PATH_NONE;
    return path;
}

/* The value at PATH is a leaf: with *MET the base's, else one to be noted. False if it is no
 * value. */
static bool read_leaf(struct edit *e, uint32_t path, bool *met)
{
    struct trace *t = e->t;
    struct skeleton_entry entry = skeleton_at(t->template->skeleton, path);
    struct json_counts counts;

    *met = entry.is_leaf;
    if (*met) {
        e->cursor->leaf = entry.leaf;
        e->cursor->r = (uint32_t)(e->p - t->record.p);
        return true;
    }
    size_t n = validate_value(span_of(e->p, (size_t)(e->end - e->p)),
                              t->paths->items[path].depth, t->limits, &counts);
    if (!n || !trace_note(t, path, (uint32_t)(e->p - t->record.p), (uint32_t)n, &counts))
        return false;
    note_name(t, path);
    e->p += n;
    return true;
}

enum edit_end edit_read(struct cursor *cursor, uint32_t at, uint32_t after)
{
    struct trace *t = cursor->trace;
    struct edit e = {.cursor = cursor,
                     .t = t,
                     .p = t->record.p + at,
                     .end = t->record.p + t->record.n,
                     .object = t->template->skeleton->record};
    bool done = false;

    t->edited = true;
    if (after == TRACE_NONE) {
        if (!edit_pass(&e, '{'))
            return EDIT_HAND_OVER;
    } else {
        e.object = t->paths->items[t->template->skeleton->leaves[after].path].parent;
        if (!close_objects(&e, &done))
            return EDIT_HAND_OVER;
    }
    while (!done) {
        uint32_t path = read_name(&e);
        if (path == PATH_NONE)
            return EDIT_HAND_OVER;
        const struct path *p = &t->paths->items[path];
        bool met;
        edit_skip_space(&e);
        if (trace_opens(t, path, (uint32_t)(e.p - t->record.p))) {
            if (p->flags & PATH_DECIDES || p->depth >= t->limits->depth)
                return EDIT_HAND_OVER;
            note_name(t, path);
            t->values++;
            e.object = path;
            e.p++;
            continue;
        }
        if (!read_leaf(&e, path, &met))
            return EDIT_HAND_OVER;
        if (met)
            return EDIT_MET;
        if (!close_objects(&e, &done))
            return EDIT_HAND_OVER;
    }
    return EDIT_DONE;
}
