#include "config.h"

#include "cache/compare.h"

#include "base/mismatch.h"
#include "base/span.h"
#include "cache/edit.h"
#include "cache/path.h"
#include "cache/templates.h"
#include "json/validate.h"

#define LEAVES 8 /* that are looked past at once, where the next difference is far */

/* Go on comparing at S and R. */
static void go_on(struct cursor *c, uint32_t s, uint32_t r)
{
    c->s = c->anchor_s = s;
    c->r = c->anchor_r = r;
}

/* The same, elsewhere in a template or in another one: leaf number LEAF is next. */
static void go_on_from(struct cursor *c, uint32_t leaf, uint32_t s, uint32_t r)
{
    go_on(c, s, r);
    c->passthrough = 0;
    const struct skeleton *skeleton = c->trace->template->skeleton;
    while (c->passthrough < skeleton->passthrough_count &&
           skeleton->passthrough[c->passthrough] < leaf)
        c->passthrough++;
}

/* Where in the record offset S of the template is; both are equal from before S on. */
static uint32_t in_record(const struct cursor *c, uint32_t s)
{
    return c->anchor_r + (s - c->anchor_s);
}

/* Note the passthrough leaves that end before offset S of the template, or there, if it is
 * known that they do. They are noted even where they are equal: what passes through is the
 * record's bytes. */
static bool note_passthrough(struct cursor *c, uint32_t s, bool known)
{
    const struct template *template = c->trace->template;
    const struct skeleton *skeleton = template->skeleton;
    struct json_counts counts;

    for (; c->passthrough < skeleton->passthrough_count; c->passthrough++) {
        uint32_t i = skeleton->passthrough[c->passthrough], from = template_start(template, i);
        uint32_t path = skeleton->leaves[i].path;
        if (template->ends[i] > s ||
            (template->ends[i] == s && template_open_end(template, from) && !known))
            break;
        if (from < c->anchor_s)
            continue;
        uint32_t start = in_record(c, from);
        size_t n =
            validate_value(span_cut(c->trace->record, start, c->trace->record.n),
                           c->trace->paths->items[path].depth, c->trace->limits, &counts);
        if (!n || !trace_note(c->trace, path, start, (uint32_t)n, &counts))
            return false;
    }
    return true;
}

/* Leaf number I of the template, which begins at FROM, may be another value in the record: read
 * it. False if it is not valid, or the same. */
static bool other_value(struct cursor *c, uint32_t i, uint32_t from)
{
    uint32_t path = c->trace->template->skeleton->leaves[i].path,
             end = c->trace->template->ends[i];
    uint32_t start = in_record(c, from);
    struct span rest = span_cut(c->trace->record, start, c->trace->record.n);
    struct json_counts counts;

    if (trace_opens(c->trace, path, start))
        return false;
    size_t n =
        validate_value(rest, c->trace->paths->items[path].depth, c->trace->limits, &counts);
    if (!n || (c->s == end && n == end - from) ||
        !trace_note(c->trace, path, start, (uint32_t)n, &counts))
        return false;
    go_on(c, end, start + (uint32_t)n);
    return true;
}

/* Take a template of another skeleton that has the texts before number I, and has text
 * number I as the record has it at R. */
static bool other_template(struct cursor *c, uint32_t i, uint32_t r)
{
    struct span rest = span_cut(c->trace->record, r, c->trace->record.n);
    const struct skeleton *mine = c->trace->template->skeleton;

    for (uint32_t k = 0; k < TEMPLATES_MOST; k++) {
        const struct skeleton *skeleton = c->trace->templates->skeletons[k];
        const struct template *template =
            &c->trace->templates->items[c->trace->templates->newest[k]];
        if (!skeleton || skeleton == mine || skeleton->leaf_count < i ||
            !span_begins(rest, template_gap(template, i)) ||
            templates_common(c->trace->templates, mine, skeleton) != i)
            continue;
        c->trace->earlier[c->trace->earlier_count].template = c->trace->base;
        c->trace->earlier[c->trace->earlier_count].from =
            c->trace->earlier_count ? c->trace->earlier[c->trace->earlier_count - 1].to : 0;
        c->trace->earlier[c->trace->earlier_count++].to = i;
        c->trace->base = c->trace->templates->newest[k];
        c->trace->template = template;
        c->trace->values += template->values;
        go_on_from(c, i, i ? template->ends[i - 1] : 0, r);
        return true;
    }
    return false;
}

/* Text number I differs. *DONE if the record has ended with it. */
static bool other_gap(struct cursor *c, uint32_t i, bool *done)
{
    uint32_t from = i ? c->trace->template->ends[i - 1] : 0;

    if (from < c->anchor_s) /* an edit has led here, and the value is not as it took it for */
        return false;
    uint32_t at = in_record(c, from);
    if (!note_passthrough(c, from, true))
        return false;
    if (!c->trace->edited && c->trace->earlier_count < TRACE_TEMPLATES &&
        other_template(c, i, at))
        return true;
    c->stretch.to = i;
    if (c->stretch.to > c->stretch.from)
        c->trace->stretches[c->trace->stretch_count++] = c->stretch;
    switch (edit_read(c, at, i ? i - 1 : TRACE_NONE)) {
    case EDIT_HAND_OVER:
        return false;
    case EDIT_DONE:
        *done = true;
        return true;
    case EDIT_MET:
        break;
    }
    c->stretch = (struct trace_stretch){.from = c->leaf, .at = c->r};
    go_on_from(c, c->leaf, template_start(c->trace->template, c->leaf), c->r);
    return true;
}

/* The comparison has come to a difference. */
static bool pass_difference(struct cursor *c, bool *done)
{
    const struct template *template = c->trace->template;
    uint32_t count = template->skeleton->leaf_count;

    while (c->leaf + LEAVES < count && template->ends[c->leaf + LEAVES] < c->s)
        c->leaf += LEAVES;
    while (c->leaf < count && template->ends[c->leaf] < c->s)
        c->leaf++;
    if (c->leaf == count)
        return other_gap(c, c->leaf, done);

    uint32_t start = template_start(template, c->leaf), end = template->ends[c->leaf];
    if (c->s < start)
        return other_gap(c, c->leaf, done);
    if (start >= c->anchor_s && (c->s < end || template_open_end(template, start)) &&
        other_value(c, c->leaf, start))
        return true;
    return other_gap(c, c->leaf + (c->s == end), done);
}

/* Compare until there is nothing left, or the record must be read in full. */
static bool compare_all(struct cursor *c)
{
    bool done = false;

    while (!done) {
        size_t s_left = c->trace->template->length - c->s, r_left = c->trace->record.n - c->r;
        size_t n = mismatch_find(c->trace->template->bytes + c->s, c->trace->record.p + c->r,
                                 s_left < r_left ? s_left : r_left);
        c->s += (uint32_t)n;
        c->r += (uint32_t)n;
        if (c->passthrough < c->trace->template->skeleton->passthrough_count &&
            !note_passthrough(c, c->s, false))
            return false;
        if (c->s == c->trace->template->length && c->r == c->trace->record.n) {
            c->stretch.to = c->trace->template->skeleton->leaf_count;
            c->trace->stretches[c->trace->stretch_count++] = c->stretch;
            return true;
        }
        if (!pass_difference(c, &done))
            return false;
    }
    return true;
}

bool compare_record(struct trace *trace)
{
    struct cursor cursor = {.trace = trace, .stretch = {.gap = true}};

    return compare_all(&cursor) && trace->values <= trace->limits->values &&
           (!trace->edited || trace_check(trace));
}
