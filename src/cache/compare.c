#include "config.h"

#include "cache/compare.h"

#include "base/mismatch.h"
#include "cache/edit.h"

#define LEAVES 8 /* that are looked past at once, where the next difference is far */

/* Go on comparing at S and R. */
static void go_on(struct trace *t, uint32_t s, uint32_t r)
{
    t->s = t->anchor_s = s;
    t->r = t->anchor_r = r;
}

/* The same, elsewhere in a shape or in another one: leaf number LEAF is next. */
static void go_on_from(struct trace *t, uint32_t leaf, uint32_t s, uint32_t r)
{
    go_on(t, s, r);
    t->passthrough = 0;
    const struct skeleton *skeleton = t->shape->skeleton;
    while (t->passthrough < skeleton->passthrough_count &&
           skeleton->passthrough[t->passthrough] < leaf)
        t->passthrough++;
}

/* Where in the record offset S of the shape is; both are equal from before S on. */
static uint32_t in_record(const struct trace *t, uint32_t s)
{
    return t->anchor_r + (s - t->anchor_s);
}

/* Note the passthrough leaves that end before offset S of the shape, or there, if it is known
 * that they do. They are noted even where they are equal: what passes through is the record's
 * bytes. */
static bool note_passthrough(struct trace *t, uint32_t s, bool known)
{
    const struct shape *shape = t->shape;
    const struct skeleton *skeleton = shape->skeleton;
    struct json_counts counts;

    for (; t->passthrough < skeleton->passthrough_count; t->passthrough++) {
        uint32_t i = skeleton->passthrough[t->passthrough], from = shape_start(shape, i);
        uint32_t place = skeleton->leaves[i].place;
        if (shape->ends[i] > s ||
            (shape->ends[i] == s && shape_open_end(shape, from) && !known))
            break;
        if (from < t->anchor_s)
            continue;
        uint32_t start = in_record(t, from);
        size_t n = validate_value(span_cut(t->record, start, t->record.n),
                                  t->places->items[place].depth, t->limits, &counts);
        if (!n || !trace_note(t, place, start, (uint32_t)n, &counts))
            return false;
    }
    return true;
}

/* Leaf number I of the shape, which begins at FROM, may be another value in the record: read
 * it. False if it is none, or the same. */
static bool other_value(struct trace *t, uint32_t i, uint32_t from)
{
    uint32_t place = t->shape->skeleton->leaves[i].place, end = t->shape->ends[i];
    uint32_t start = in_record(t, from);
    struct span rest = span_cut(t->record, start, t->record.n);
    struct json_counts counts;

    if (trace_opens(t, place, start))
        return false;
    size_t n = validate_value(rest, t->places->items[place].depth, t->limits, &counts);
    if (!n || (t->s == end && n == end - from) ||
        !trace_note(t, place, start, (uint32_t)n, &counts))
        return false;
    go_on(t, end, start + (uint32_t)n);
    return true;
}

/* Take a shape of another skeleton that has the texts before number I, and has text number I as
 * the record has it at R. */
static bool other_shape(struct trace *t, uint32_t i, uint32_t r)
{
    struct span rest = span_cut(t->record, r, t->record.n);
    const struct skeleton *mine = t->shape->skeleton;

    for (uint32_t k = 0; k < SHAPES_MOST; k++) {
        const struct skeleton *skeleton = t->shapes->skeletons[k];
        const struct shape *shape = &t->shapes->items[t->shapes->newest[k]];
        if (!skeleton || skeleton == mine || skeleton->leaf_count < i ||
            !span_begins(rest, shape_text(shape, i)) ||
            shapes_common(t->shapes, mine, skeleton) != i)
            continue;
        t->earlier[t->earlier_count].shape = t->base;
        t->earlier[t->earlier_count].from =
            t->earlier_count ? t->earlier[t->earlier_count - 1].to : 0;
        t->earlier[t->earlier_count++].to = i;
        t->base = t->shapes->newest[k];
        t->shape = shape;
        t->values += shape->values;
        go_on_from(t, i, i ? shape->ends[i - 1] : 0, r);
        return true;
    }
    return false;
}

/* Text number I differs. *DONE if the record has ended with it. */
static bool other_text(struct trace *t, uint32_t i, bool *done)
{
    uint32_t from = i ? t->shape->ends[i - 1] : 0;

    if (from < t->anchor_s) /* an edit has led here, and the value is not as it took it for */
        return false;
    uint32_t at = in_record(t, from);
    if (!note_passthrough(t, from, true))
        return false;
    if (!t->edited && t->earlier_count < TRACE_SHAPES && other_shape(t, i, at))
        return true;
    t->stretch.to = i;
    if (t->stretch.to > t->stretch.from)
        t->stretches[t->stretch_count++] = t->stretch;
    switch (edit_read(t, at, i ? i - 1 : TRACE_NONE)) {
    case EDIT_HAND_OVER:
        return false;
    case EDIT_DONE:
        *done = true;
        return true;
    case EDIT_MET:
        break;
    }
    t->stretch = (struct trace_stretch){t->leaf, 0, t->r, false};
    go_on_from(t, t->leaf, shape_start(t->shape, t->leaf), t->r);
    return true;
}

/* The comparison has come to a difference. */
static bool differ(struct trace *t, bool *done)
{
    const struct shape *shape = t->shape;
    uint32_t count = shape->skeleton->leaf_count;

    while (t->leaf + LEAVES < count && shape->ends[t->leaf + LEAVES] < t->s)
        t->leaf += LEAVES;
    while (t->leaf < count && shape->ends[t->leaf] < t->s)
        t->leaf++;
    if (t->leaf == count)
        return other_text(t, t->leaf, done);

    uint32_t start = shape_start(shape, t->leaf), end = shape->ends[t->leaf];
    if (t->s < start)
        return other_text(t, t->leaf, done);
    if (start >= t->anchor_s && (t->s < end || shape_open_end(shape, start)) &&
        other_value(t, t->leaf, start))
        return true;
    return other_text(t, t->leaf + (t->s == end), done);
}

/* Compare until there is nothing left, or the record must be read in full. */
static bool compare(struct trace *t)
{
    bool done = false;

    while (!done) {
        size_t s_left = t->shape->length - t->s, r_left = t->record.n - t->r;
        size_t n = mismatch_find(t->shape->bytes + t->s, t->record.p + t->r,
                                 s_left < r_left ? s_left : r_left);
        t->s += (uint32_t)n;
        t->r += (uint32_t)n;
        if (t->passthrough < t->shape->skeleton->passthrough_count &&
            !note_passthrough(t, t->s, false))
            return false;
        if (t->s == t->shape->length && t->r == t->record.n) {
            t->stretch.to = t->shape->skeleton->leaf_count;
            t->stretches[t->stretch_count++] = t->stretch;
            return true;
        }
        if (!differ(t, &done))
            return false;
    }
    return true;
}

bool compare_record(struct trace *t)
{
    return compare(t) && t->values <= t->limits->values && (!t->edited || trace_check(t));
}
