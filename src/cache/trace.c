#include "config.h"

#include "cache/trace.h"

#include "cache/path.h"
#include "cache/templates.h"
#include "json/raw.h"
#include "json/validate.h"

bool trace_begin(struct trace *t, struct templates *templates, uint32_t base,
                 struct paths *paths, const struct limits *limits, struct span record,
                 struct arena *arena)
{
    t->record = record;
    t->paths = paths;
    t->templates = templates;
    t->limits = limits;
    t->arena = arena;
    t->base = base;
    t->template = &templates->items[t->base];
    t->earlier_count = t->stretch_count = t->name_count = t->leaf_count = t->edits = 0;
    t->edited = false;
    t->values = t->template->values;

    t->leaf_most = templates->leaf_most + TRACE_EDITS;
    t->leaves = arena_take_array(arena, t->leaf_most, sizeof *t->leaves);
    return t->leaves;
}

bool trace_opens(const struct trace *t, uint32_t path, uint32_t at)
{
    const unsigned char *p = t->record.p + at, *end = t->record.p + t->record.n;

    if (t->paths->items[path].flags & PATH_LEAF || p == end || *p != '{')
        return false;
    p = raw_skip_space(p + 1, end);
    return p == end || *p != '}';
}

bool trace_note(struct trace *t, uint32_t path, uint32_t start, uint32_t length,
                const struct json_counts *counts)
{
    if (t->leaf_count == t->leaf_most)
        return false;
    t->leaves[t->leaf_count++] = (struct trace_leaf){
        path, start, start + length, (uint32_t)counts->values, (uint32_t)counts->names, 0};
    t->values += counts->values;
    return true;
}

/* Does the record have leaf number I of the base? */
static bool has_leaf(const struct trace *t, uint32_t i)
{
    for (uint32_t k = 0; k < t->stretch_count; k++)
        if (i >= t->stretches[k].from && i < t->stretches[k].to)
            return true;
    return false;
}

/* Does the record have the gap before leaf number I as the base has it? */
static bool has_gap(const struct trace *t, uint32_t i)
{
    for (uint32_t k = 0; k < t->stretch_count; k++) {
        const struct trace_stretch *s = &t->stretches[k];
        if (i < s->to && (i > s->from || (i == s->from && s->gap)))
            return true;
    }
    return false;
}

/* Is each leaf of the base taken at most once? */
static bool leaves_once(const struct trace *t)
{
    for (uint32_t i = 0; i < t->stretch_count; i++)
        for (uint32_t k = 0; k < i; k++)
            if (t->stretches[i].from < t->stretches[k].to &&
                t->stretches[k].from < t->stretches[i].to)
                return false;
    return true;
}

/* Is each member that an edit has read there once: neither read twice, nor there as the base
 * has it? */
static bool names_once(const struct trace *t)
{
    for (uint32_t i = 0; i < t->name_count; i++) {
        uint32_t path = t->names[i].path;
        struct skeleton_entry entry = skeleton_at(t->template->skeleton, path);
        if ((entry.is_object && has_gap(t, entry.leaf)) ||
            (entry.is_leaf && has_leaf(t, entry.leaf)))
            return false;
        for (uint32_t k = 0; k < i; k++)
            if (t->names[k].path == path)
                return false;
    }
    return true;
}

/* Is the object of GUARD as it was, or gone? */
static bool is_kept(const struct trace *t, const struct skeleton_guard *guard)
{
    bool whole = false, parts = false;

    if (guard->guarding == SKELETON_GUARDS_ROOT)
        return has_gap(t, guard->from);
    for (uint32_t i = 0; i < t->name_count; i++)
        if (t->names[i].object == guard->object)
            return false;
    for (uint32_t i = 0; i < t->stretch_count; i++) {
        const struct trace_stretch *s = &t->stretches[i];
        whole |= s->from <= guard->from && guard->to <= s->to;
        parts |= s->from < guard->to && guard->from < s->to;
    }
    return whole || (!parts && guard->guarding != SKELETON_GUARDS_PRESENCE);
}

bool trace_check(const struct trace *t)
{
    const struct skeleton *skeleton = t->template->skeleton;

    if (!leaves_once(t) || !names_once(t))
        return false;
    for (uint32_t i = 0; i < skeleton->guard_count; i++)
        if (!is_kept(t, &skeleton->guards[i]))
            return false;
    return true;
}

bool trace_omitted(const struct trace *t, struct trace_omitted *run)
{
    run->from = run->next;
    run->to = run->next = t->template->skeleton->leaf_count;
    if (run->from == run->to)
        return false;
    for (uint32_t i = 0; i < t->stretch_count; i++)
        if (t->stretches[i].from >= run->from && t->stretches[i].from < run->to) {
            run->to = t->stretches[i].from;
            run->next = t->stretches[i].to;
        }
    return true;
}
