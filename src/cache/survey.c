#include "config.h"

#include "cache/survey.h"

#include "text/utf8.h"

/* A record read in full, member by member. */
struct walk {
    struct survey *survey;
    struct places *places;
    const struct json *json;
    const struct members *members;
    struct arena *arena;
    struct {
        uint32_t place, node;
    } open[VALUE_DEPTH]; /* objects around the member that is read */
    uint32_t depth;
};

/* For which targets the object NODE at the place PLACE is an error marker: a set of bits. */
static unsigned marker(const struct walk *w, uint32_t place, uint32_t node)
{
    const struct cells_layout *layout = w->places->layout;
    const struct place_at *at = places_at(w->places, place);
    unsigned set = 0;

    for (uint32_t i = 0; i < layout->target_count; i++)
        if (at[i].kind == PLACE_POINTED && at[i].node != TRIE_ROOT &&
            extract_is_marker(layout->targets[i].catalog, w->json, node, w->arena))
            set |= 1u << i;
    return set;
}

static void open_object(struct walk *w, uint32_t place, uint32_t node)
{
    w->open[w->depth].place = place;
    w->open[w->depth++].node = node;
    w->survey->values--;
}

static void add_leaf(struct survey *survey, uint32_t place, uint32_t start, uint32_t end)
{
    survey->leaves[survey->leaf_count++] = (struct survey_leaf){place, start, end};
}

/* The member whose name is the node NAME. False if it cannot be kept. */
static bool walk_member(struct walk *w, uint32_t name)
{
    uint32_t value = name + 1;
    const struct json_node *node = &w->json->nodes[value];
    struct span text = json_string(w->json, name, w->arena);

    if (span_failed(text) || utf8_has_replacement(text))
        return false;
    uint32_t place =
        places_child(w->places, w->open[w->depth - 1].place, text, w->members->hash[name]);
    if (place == PLACE_NONE)
        return false;
    bool members = node->type == JSON_OBJECT && node->count;
    if (!members || w->places->items[place].flags & PLACE_LEAF) {
        uint32_t quote = node->type == JSON_STRING;
        add_leaf(w->survey, place, node->start - quote, node->end + quote);
        return !(w->places->items[place].flags & PLACE_ROOT);
    }
    unsigned set = marker(w, place, value);
    if (set)
        place = places_marker(w->places, place, set);
    if (place == PLACE_NONE)
        return false;
    open_object(w, place, value);
    return true;
}

bool survey_json(struct survey *survey, struct places *places, const struct json *json,
                 const struct json_counts *counts, const struct members *members,
                 const struct extract *extracts, struct arena *arena)
{
    struct walk w = {
        .survey = survey, .places = places, .json = json, .members = members, .arena = arena};
    size_t roots[CELLS_TARGETS];

    for (uint32_t i = 0; i < places->layout->target_count; i++)
        roots[i] = extracts[i].root;
    *survey = (struct survey){.record = places_record(places, roots), .values = counts->values};
    survey->leaves = arena_take_array(arena, json->count, sizeof *survey->leaves);
    if (!survey->leaves || survey->record == PLACE_NONE)
        return false;
    open_object(&w, survey->record, 0);
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
    return survey->leaf_count > 0 && !arena->failed;
}

/* A record read by comparison, stretch by stretch. */
struct retrace {
    struct survey *survey;
    const struct trace *trace;
    uint32_t noted; /* the next of trace->leaves */
};

/* The shape that leaf number I of the base was compared with, at the same place. */
static const struct shape *compared_with(const struct trace *t, uint32_t i)
{
    for (uint32_t k = 0; k < t->earlier_count; k++)
        if (i < t->earlier[k].to)
            return &t->shapes->items[t->earlier[k].shape];
    return t->shape;
}

/* How many values leaf number I of SHAPE has, which is at the same place in the base. */
static size_t values_of(const struct trace *t, const struct shape *shape, uint32_t i)
{
    const struct place *place = &t->places->items[t->shape->skeleton->leaves[i].place];
    uint32_t start = shape_start(shape, i);
    struct span raw = span_of(shape->bytes + start, shape->ends[i] - start);
    struct json_counts counts;

    if (*raw.p != '{' && *raw.p != '[')
        return 1;
    return validate_value(raw, place->depth, t->limits, &counts) ? counts.values : 0;
}

/* Add the leaves that edits have read before offset END of the record. */
static void add_new(struct retrace *r, uint32_t end)
{
    const struct trace *t = r->trace;

    for (; r->noted < t->leaf_count && t->leaves[r->noted].start < end; r->noted++) {
        const struct trace_leaf *leaf = &t->leaves[r->noted];
        add_leaf(r->survey, leaf->place, leaf->start, leaf->end);
        r->survey->values += leaf->values;
    }
}

/* Add the leaves of STRETCH: as long as those that they were compared with, or noted. */
static void add_stretch(struct retrace *r, const struct trace_stretch *stretch)
{
    const struct trace *t = r->trace;
    const struct skeleton_leaf *leaves = t->shape->skeleton->leaves;
    uint32_t start = stretch->text ? leaves[0].text : stretch->at;

    add_new(r, start);
    for (uint32_t i = stretch->from; i < stretch->to; i++) {
        const struct shape *shape = compared_with(t, i);
        uint32_t end = start + shape->ends[i] - shape_start(shape, i);
        if (r->noted < t->leaf_count && t->leaves[r->noted].start == start) {
            end = t->leaves[r->noted].end;
            r->survey->values += t->leaves[r->noted++].values - values_of(t, t->shape, i);
        } else if (shape != t->shape) {
            r->survey->values += values_of(t, shape, i) - values_of(t, t->shape, i);
        }
        add_leaf(r->survey, leaves[i].place, start, end);
        if (i + 1 < stretch->to)
            start = end + leaves[i + 1].text;
    }
}

bool survey_trace(struct survey *survey, const struct trace *t, struct arena *arena)
{
    const struct skeleton *skeleton = t->shape->skeleton;
    struct retrace r = {survey, t, 0};
    struct trace_gap gap = {0, 0, 0};

    *survey = (struct survey){.record = skeleton->record,
                              .values = t->shape->values - skeleton->object_count};
    survey->leaves = arena_take_array(arena, (size_t)skeleton->leaf_count + t->leaf_count,
                                      sizeof *survey->leaves);
    if (!survey->leaves)
        return false;
    for (uint32_t i = 0; i < t->stretch_count; i++)
        add_stretch(&r, &t->stretches[i]);
    add_new(&r, UINT32_MAX);
    while (trace_gap(t, &gap))
        for (uint32_t i = gap.from; i < gap.to; i++)
            survey->values -= values_of(t, t->shape, i);
    return survey->leaf_count > 0;
}
