#include "config.h"

#include "cache/compare.h"

#include "base/mismatch.h"
#include "cache/edit.h"
#include "json/validate.h"

#define LEAVES 8 /* that are looked past at once, where the next difference is far */

/* Go on comparing at S and R. */
static void go_on(struct trace *t, uint32_t s, uint32_t r)
{
    t->s = t->anchor_s = s;
    t->r = t->anchor_r = r;
}

/* The same, elsewhere in a template or in another one: leaf number LEAF is next. */
static void go_on_from(struct trace *t, uint32_t leaf, uint32_t s, uint32_t r)
{
    go_on(t, s, r);
    t->passthrough = 0;
    const struct skeleton *skeleton = t->template->skeleton;
    while (t->passthrough < skeleton->passthrough_count &&
           skeleton->passthrough[t->passthrough] < leaf)
        t->passthrough++;
}

/* Where in the record offset S of the template is; both are equal from before S on. */
static uint32_t in_record(const struct trace *t, uint32_t s)
{
    return t->anchor_r + (s - t->anchor_s);
}

/* Note the passthrough leaves that end before offset S of the template, or there, if it is
 * known that they do. They are noted even where they are equal: what passes through is the
 * record's bytes. */
static bool note_passthrough(struct trace *t, uint32_t s, bool known)
{
    const struct template *template = t->template;
    const struct skeleton *skeleton = template->skeleton;
    struct json_counts counts;

    for (; t->passthrough < skeleton->passthrough_count; t->passthrough++) {
        uint32_t i = skeleton->passthrough[t->passthrough], from = template_start(template, i);
        uint32_t path = skeleton->leaves[i].path;
        if (template->ends[i] > s ||
            (template->ends[i] == s && template_open_end(template, from) && !known))
            break;
        if (from < t->anchor_s)
            continue;
        uint32_t start = in_record(t, from);
        size_t n = validate_value(span_cut(t->record, start, t->record.n),
                                  t->paths->items[path].depth, t->limits, &counts);
        if (!n || !trace_note(t, path, start, (uint32_t)n, &counts))
            return false;
    }
    return true;
}

/* Leaf number I of the template, which begins at FROM, may be another value in the record: read
 * it. False if it is none, or the same. */
static bool other_value(struct trace *t, uint32_t i, uint32_t from)
{
    uint32_t path = t->template->skeleton->leaves[i].path, end = t->template->ends[i];
    uint32_t start = in_record(t, from);
    struct span rest = span_cut(t->record, start, t->record.n);
    struct json_counts counts;

    if (trace_opens(t, path, start))
        return false;
    size_t n = validate_value(rest, t->paths->items[path].depth, t->limits, &counts);
    if (!n || (t->s == end && n == end - from) ||
        !trace_note(t, path, start, (uint32_t)n, &counts))
        return false;
    go_on(t, end, start + (uint32_t)n);
    return true;
}

/* Take a template of another skeleton that has the texts before number I, and has text
 * number I as the record has it at R. */
static bool other_template(struct trace *t, uint32_t i, uint32_t r)
{
    struct span rest = span_cut(t->record, r, t->record.n);
    const struct skeleton *mine = t->template->skeleton;

    for (uint32_t k = 0; k < TEMPLATES_MOST; k++) {
        const struct skeleton *skeleton = t->templates->skeletons[k];
        const struct template *template = &t->templates->items[t->templates->newest[k]];
        if (!skeleton || skeleton == mine || skeleton->leaf_count < i ||
            !span_begins(rest, template_gap(template, i)) ||
            templates_common(t->templates, mine, skeleton) != i)
            continue;
        t->earlier[t->earlier_count].template = t->base;
        t->earlier[t->earlier_count].from =
            t->earlier_count ? t->earlier[t->earlier_count - 1].to : 0;
        t->earlier[t->earlier_count++].to = i;
        t->base = t->templates->newest[k];
        t->template = template;
        t->values += template->values;
        go_on_from(t, i, i ? template->ends[i - 1] : 0, r);
        return true;
    }
    return false;
}

/* Text number I differs. *DONE if the record has ended with it. */
static bool other_gap(struct trace *t, uint32_t i, bool *done)
{
    uint32_t from = i ? t->template->ends[i - 1] : 0;

    if (from < t->anchor_s) /* an edit has led here, and the value is not as it took it for */
        return false;
    uint32_t at = in_record(t, from);
    if (!note_passthrough(t, from, true))
        return false;
    if (!t->edited && t->earlier_count < TRACE_TEMPLATES && other_template(t, i, at))
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
    go_on_from(t, t->leaf, template_start(t->template, t->leaf), t->r);
    return true;
}

/* The comparison has come to a difference. */
static bool pass_difference(struct trace *t, bool *done)
{
    const struct template *template = t->template;
    uint32_t count = template->skeleton->leaf_count;

    while (t->leaf + LEAVES < count && template->ends[t->leaf + LEAVES] < t->s)
        t->leaf += LEAVES;
    while (t->leaf < count && template->ends[t->leaf] < t->s)
        t->leaf++;
    if (t->leaf == count)
        return other_gap(t, t->leaf, done);

    uint32_t start = template_start(template, t->leaf), end = template->ends[t->leaf];
    if (t->s < start)
        return other_gap(t, t->leaf, done);
    if (start >= t->anchor_s && (t->s < end || template_open_end(template, start)) &&
        other_value(t, t->leaf, start))
        return true;
    return other_gap(t, t->leaf + (t->s == end), done);
}

/* Compare until there is nothing left, or the record must be read in full. */
static bool compare_all(struct trace *t)
{
    bool done = false;

    while (!done) {
        size_t s_left = t->template->length - t->s, r_left = t->record.n - t->r;
        size_t n = mismatch_find(t->template->bytes + t->s, t->record.p + t->r,
                                 s_left < r_left ? s_left : r_left);
        t->s += (uint32_t)n;
        t->r += (uint32_t)n;
        if (t->passthrough < t->template->skeleton->passthrough_count &&
            !note_passthrough(t, t->s, false))
            return false;
        if (t->s == t->template->length && t->r == t->record.n) {
            t->stretch.to = t->template->skeleton->leaf_count;
            t->stretches[t->stretch_count++] = t->stretch;
            return true;
        }
        if (!pass_difference(t, &done))
            return false;
    }
    return true;
}

bool compare_record(struct trace *t)
{
    return compare_all(t) && t->values <= t->limits->values && (!t->edited || trace_check(t));
}
