#include "config.h"

#include "cache/cut.h"

#include "cache/path.h"
#include "cache/templates.h"
#include "cache/trace.h"
#include "catalog/trie.h"
#include "json/members.h"
#include "json/node.h"
#include "json/nodes.h"
#include "json/validate.h"
#include "text/utf8.h"
#include "vector/extract.h"

/* A walk over a record read in full, member by member. */
struct cut_walk {
    struct cut *cut;
    struct paths *paths;
    const struct json *json;
    const struct members *members;
    struct arena *arena;
    struct {
        uint32_t path, node;
    } open[VALUE_DEPTH]; /* objects around the member that is read */
    uint32_t depth;
};

/* For which targets the object NODE at the path PATH is an error marker: a set of bits. */
static unsigned marker(const struct cut_walk *w, uint32_t path, uint32_t node)
{
    const struct cells_layout *layout = w->paths->layout;
    const struct path_meaning *at = paths_meaning(w->paths, path);
    unsigned set = 0;

    for (uint32_t i = 0; i < layout->target_count; i++)
        if (at[i].kind == PATH_POINTED && at[i].node != TRIE_ROOT &&
            extract_is_marker(layout->targets[i].catalog, w->json, node, w->arena))
            set |= 1u << i;
    return set;
}

static void cut_open(struct cut_walk *w, uint32_t path, uint32_t node)
{
    w->open[w->depth].path = path;
    w->open[w->depth++].node = node;
    w->cut->values--;
}

static void cut_add_leaf(struct cut *cut, uint32_t path, uint32_t start, uint32_t end)
{
    cut->leaves[cut->leaf_count++] = (struct cut_leaf){path, start, end};
}

/* The member whose name is the node NAME. False if it cannot be kept. */
static bool walk_member(struct cut_walk *w, uint32_t name)
{
    uint32_t value = name + 1;
    const struct json_node *node = &w->json->nodes[value];
    struct span text = json_string(w->json, name, w->arena);

    if (span_failed(text) || utf8_has_replacement(text))
        return false;
    uint32_t path =
        paths_child(w->paths, w->open[w->depth - 1].path, text, w->members->hash[name]);
    if (path == PATH_NONE)
        return false;
    bool members = node->type == JSON_OBJECT && node->count;
    if (!members || w->paths->items[path].flags & PATH_LEAF) {
        uint32_t quote = node->type == JSON_STRING;
        cut_add_leaf(w->cut, path, node->start - quote, node->end + quote);
        return !(w->paths->items[path].flags & PATH_ROOT);
    }
    unsigned set = marker(w, path, value);
    if (set)
        path = paths_marker(w->paths, path, set);
    if (path == PATH_NONE)
        return false;
    cut_open(w, path, value);
    return true;
}

bool cut_json(struct cut *cut, struct paths *paths, const struct json *json,
              const struct json_counts *counts, const struct members *members,
              const struct extract *extracts, struct arena *arena)
{
    struct cut_walk w = {
        .cut = cut, .paths = paths, .json = json, .members = members, .arena = arena};
    size_t roots[CELLS_TARGETS];

    for (uint32_t i = 0; i < paths->layout->target_count; i++)
        roots[i] = extracts[i].root;
    *cut = (struct cut){.record = paths_record(paths, roots), .values = counts->values};
    cut->leaves = arena_take_array(arena, json->count, sizeof *cut->leaves);
    if (!cut->leaves || cut->record == PATH_NONE)
        return false;
    cut_open(&w, cut->record, 0);
    for (uint32_t name = 1; w.depth;) {
        if (name >= json->nodes[w.open[w.depth - 1].node].next) {
            w.depth--;
            continue;
        }
        uint32_t depth = w.depth;
        if (!walk_member(&w, name))
            return false;
        name = w.depth > depth ? name + 2 : json->nodes[name + 1].next;
    }
    return cut->leaf_count > 0 && !arena->failed;
}

/* A walk over a record read by comparison, stretch by stretch. */
struct retrace {
    struct cut *cut;
    const struct trace *trace;
    uint32_t noted; /* the next of trace->leaves */
};

/* The template that leaf number I of the base was compared with, at the same path. */
static const struct template *compared_with(const struct trace *t, uint32_t i)
{
    for (uint32_t k = 0; k < t->earlier_count; k++)
        if (i < t->earlier[k].to)
            return &t->templates->items[t->earlier[k].template];
    return t->template;
}

/* How many values leaf number I of TEMPLATE has, which is at the same path in the base. */
static size_t values_of(const struct trace *t, const struct template *template, uint32_t i)
{
    const struct path *path = &t->paths->items[t->template->skeleton->leaves[i].path];
    uint32_t start = template_start(template, i);
    struct span raw = span_of(template->bytes + start, template->ends[i] - start);
    struct json_counts counts;

    if (*raw.p != '{' && *raw.p != '[')
        return 1;
    return validate_value(raw, path->depth, t->limits, &counts) ? counts.values : 0;
}

/* Add the leaves that edits have read before offset END of the record. */
static void add_new(struct retrace *r, uint32_t end)
{
    const struct trace *t = r->trace;

    for (; r->noted < t->leaf_count && t->leaves[r->noted].start < end; r->noted++) {
        const struct trace_leaf *leaf = &t->leaves[r->noted];
        cut_add_leaf(r->cut, leaf->path, leaf->start, leaf->end);
        r->cut->values += leaf->values;
    }
}

/* Add the leaves of STRETCH: as long as those that they were compared with, or noted. */
static void add_stretch(struct retrace *r, const struct trace_stretch *stretch)
{
    const struct trace *t = r->trace;
    const struct skeleton_leaf *leaves = t->template->skeleton->leaves;
    uint32_t start = stretch->gap ? leaves[0].gap : stretch->at;

    add_new(r, start);
    for (uint32_t i = stretch->from; i < stretch->to; i++) {
        const struct template *template = compared_with(t, i);
        uint32_t end = start + template->ends[i] - template_start(template, i);
        if (r->noted < t->leaf_count && t->leaves[r->noted].start == start) {
            end = t->leaves[r->noted].end;
            r->cut->values += t->leaves[r->noted++].values - values_of(t, t->template, i);
        } else if (template != t->template) {
            r->cut->values += values_of(t, template, i) - values_of(t, t->template, i);
        }
        cut_add_leaf(r->cut, leaves[i].path, start, end);
        if (i + 1 < stretch->to)
            start = end + leaves[i + 1].gap;
    }
}

bool cut_trace(struct cut *cut, const struct trace *t, struct arena *arena)
{
    const struct skeleton *skeleton = t->template->skeleton;
    struct retrace r = {cut, t, 0};
    struct trace_omitted gap = {0, 0, 0};

    *cut = (struct cut){.record = skeleton->record,
                        .values = t->template->values - skeleton->object_count};
    cut->leaves = arena_take_array(arena, (size_t)skeleton->leaf_count + t->leaf_count,
                                   sizeof *cut->leaves);
    if (!cut->leaves)
        return false;
    for (uint32_t i = 0; i < t->stretch_count; i++)
        add_stretch(&r, &t->stretches[i]);
    add_new(&r, UINT32_MAX);
    while (trace_omitted(t, &gap))
        for (uint32_t i = gap.from; i < gap.to; i++)
            cut->values -= values_of(t, t->template, i);
    return cut->leaf_count > 0;
}
