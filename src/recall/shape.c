#include "config.h"

#include "recall/shape.h"

#include "text/utf8.h"

/* The objects that are open around the member that is read. */
struct walk {
    struct survey *survey;
    struct places *places;
    const struct json *json;
    const struct members *members;
    struct arena *arena;
    uint16_t names; /* since the last leaf */
    uint32_t open[VALUE_DEPTH], node[VALUE_DEPTH];
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
    struct survey *s = w->survey;

    s->objects[s->object_count] = (struct survey_object){place, s->leaf_count, 0, false, 0};
    w->open[w->depth] = s->object_count++;
    w->node[w->depth++] = node;
}

static bool add_leaf(struct walk *w, uint32_t place, uint32_t node)
{
    const struct json_node *n = &w->json->nodes[node];
    uint32_t quote = n->type == JSON_STRING;

    w->survey->leaves[w->survey->leaf_count++] =
        (struct shape_leaf){n->start - quote, n->end + quote, place, w->names,
                            n->type == JSON_NUMBER || n->type == JSON_WORD};
    w->names = 0;
    w->survey->carried_count += (w->places->items[place].flags & PLACE_CARRIED) != 0;
    return !(w->places->items[place].flags & PLACE_ROOT);
}

/* The member whose name is the node NAME. False if it cannot be kept. */
static bool survey_member(struct walk *w, uint32_t name)
{
    struct survey_object *object = &w->survey->objects[w->open[w->depth - 1]];
    uint32_t parent = object->place, value = name + 1;
    struct span text = json_string(w->json, name, w->arena);
    uint64_t hash = w->members->hash[name];

    if (span_failed(text) || utf8_has_replacement(text))
        return false;
    uint32_t place = places_child(w->places, parent, text, hash);
    if (place == PLACE_NONE)
        return false;
    w->names++;
    object->guarded |= (w->places->items[place].flags & PLACE_GUARD) != 0;
    for (uint32_t i = 0; i < w->places->layout->target_count; i++) {
        const struct catalog *c = w->places->layout->targets[i].catalog;
        w->survey->uncatalogued[i] += w->places->items[place].counts >> i & 1;
        if (c->has_undefined && span_equal(text, c->undefined))
            object->valued |= (uint8_t)(1u << i);
    }

    const struct json_node *node = &w->json->nodes[value];
    bool members = node->type == JSON_OBJECT && node->count;
    if (!members || w->places->items[place].flags & PLACE_LEAF)
        return add_leaf(w, place, value);
    unsigned set = marker(w, place, value);
    if (set)
        place = places_marker(w->places, place, set);
    if (place == PLACE_NONE)
        return false;
    open_object(w, place, value);
    return true;
}

bool shape_survey(struct survey *survey, struct places *places, const struct json *json,
                  const struct members *members, const struct extract *extracts,
                  struct arena *arena)
{
    struct walk w = {
        .survey = survey, .places = places, .json = json, .members = members, .arena = arena};
    size_t roots[CELLS_TARGETS];

    *survey = (struct survey){0};
    survey->leaves = arena_take_array(arena, json->count, sizeof *survey->leaves);
    survey->objects = arena_take_array(arena, json->count, sizeof *survey->objects);
    for (uint32_t i = 0; i < places->layout->target_count; i++)
        roots[i] = extracts[i].root;
    survey->record = places_record(places, roots);
    if (!survey->leaves || !survey->objects || survey->record == PLACE_NONE)
        return false;
    open_object(&w, survey->record, 0);
    for (uint32_t name = 1; w.depth;) {
        uint32_t top = w.depth - 1;
        if (name >= json->nodes[w.node[top]].next) {
            survey->objects[w.open[top]].to = survey->leaf_count;
            w.depth--;
            continue;
        }
        uint32_t depth = w.depth;
        if (!survey_member(&w, name))
            return false;
        name = w.depth > depth ? name + 2 : json->nodes[name + 1].next;
    }
    return survey->leaf_count > 0 && !arena->failed;
}

static uint32_t table_size(const struct survey *survey)
{
    uint32_t size = 16;

    while (size < 2 * (survey->leaf_count + survey->object_count))
        size *= 2;
    return size;
}

/* Pieces of the shape's memory are aligned for any type. */
static size_t aligned(size_t n)
{
    return (n + 15) / 16 * 16;
}

size_t shape_size(const struct survey *survey, struct span record, uint32_t cells)
{
    return aligned(record.n) + aligned(survey->leaf_count * sizeof(struct shape_leaf)) +
           aligned(cells) + aligned(cells * sizeof(uint64_t)) +
           aligned(table_size(survey) * sizeof(struct shape_entry)) +
           aligned(2 * survey->object_count * sizeof(struct shape_guard)) +
           aligned(survey->carried_count * sizeof(uint32_t)) +
           aligned(survey->text_count * sizeof(struct shape_text)) +
           aligned(survey->text_bytes);
}

/* The next N bytes of the memory at *AT. */
static void *cut(unsigned char **at, size_t n)
{
    void *piece = *at;

    *at += aligned(n);
    return piece;
}

static uint32_t place_hash(uint32_t place)
{
    return place * 0x9E3779B1u >> 7;
}

static void enter(struct shape *shape, uint32_t place, uint32_t leaf, bool object)
{
    uint32_t at = place_hash(place) & shape->entry_mask;

    while (shape->entries[at].place != PLACE_NONE)
        at = (at + 1) & shape->entry_mask;
    shape->entries[at] = (struct shape_entry){place, leaf & INT32_MAX, object};
}

static void make_entries(struct shape *shape, const struct places *places,
                         const struct survey *survey)
{
    for (uint32_t i = 0; i <= shape->entry_mask; i++)
        shape->entries[i].place = PLACE_NONE;
    for (uint32_t i = 0; i < survey->object_count; i++)
        enter(shape, places->items[survey->objects[i].place].plain, survey->objects[i].from,
              true);
    for (uint32_t i = 0; i < survey->leaf_count; i++)
        enter(shape, survey->leaves[i].place, i, false);
}

/* Has OBJECT signals undefined, because it is there without the member that @value names? Of
 * several targets one that has no signals there may have it said. */
static bool leaves_undefined(const struct places *places, const struct survey_object *object)
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

/* Is OBJECT the root of a catalogue that has others to choose from? */
static bool is_chosen(const struct places *places, const struct survey_object *object)
{
    const struct place_at *at = places_at(places, object->place);

    for (uint32_t i = 0; i < places->layout->target_count; i++)
        if (at[i].kind == PLACE_POINTED && at[i].node == TRIE_ROOT &&
            places->layout->targets[i].catalog->root_count > 1)
            return true;
    return false;
}

static void make_guards(struct shape *shape, const struct places *places,
                        const struct survey *survey)
{
    shape->guard_count = shape->carried_count = 0;
    for (uint32_t i = 0; i < survey->object_count; i++) {
        const struct survey_object *o = &survey->objects[i];
        bool undefined = leaves_undefined(places, o);
        if (o->guarded || undefined)
            shape->guards[shape->guard_count++] =
                (struct shape_guard){o->place, o->from, o->to,
                                     undefined ? SHAPE_GUARDS_PRESENCE : SHAPE_GUARDS_MEMBERS};
        if (is_chosen(places, o))
            shape->guards[shape->guard_count++] =
                (struct shape_guard){o->place, o->from, o->to, SHAPE_GUARDS_ROOT};
    }
    for (uint32_t i = 0; i < shape->leaf_count; i++)
        if (places->items[shape->leaves[i].place].flags & PLACE_CARRIED)
            shape->carried[shape->carried_count++] = i;
}

static void keep_texts(struct shape *shape, const struct span *texts, uint32_t count)
{
    unsigned char *to = shape->text_bytes;

    for (uint32_t i = 0; i < count; i++) {
        if (!texts[i].n)
            continue;
        shape->texts[shape->text_count++] =
            (struct shape_text){i, (uint32_t)texts[i].n, (uint32_t)(to - shape->text_bytes)};
        memcpy(to, texts[i].p, texts[i].n);
        to += texts[i].n;
    }
}

void shape_make(struct shape *shape, const struct places *places, const struct survey *survey,
                struct span record, size_t values, struct cells cells, const struct span *texts,
                uint32_t count)
{
    unsigned char *at = shape->memory;

    shape->length = (uint32_t)record.n;
    shape->leaf_count = survey->leaf_count;
    shape->record = survey->record;
    shape->values = values;
    shape->entry_mask = table_size(survey) - 1;
    shape->text_count = 0;
    memcpy(shape->uncatalogued, survey->uncatalogued, sizeof shape->uncatalogued);

    shape->bytes = cut(&at, record.n);
    shape->leaves = cut(&at, survey->leaf_count * sizeof *shape->leaves);
    shape->cells.states = cut(&at, count);
    shape->cells.hashes = cut(&at, count * sizeof *shape->cells.hashes);
    shape->entries = cut(&at, table_size(survey) * sizeof *shape->entries);
    shape->guards = cut(&at, 2 * survey->object_count * sizeof *shape->guards);
    shape->carried = cut(&at, survey->carried_count * sizeof *shape->carried);
    shape->texts = cut(&at, survey->text_count * sizeof *shape->texts);
    shape->text_bytes = at;

    memcpy(shape->bytes, record.p, record.n);
    memcpy(shape->leaves, survey->leaves, survey->leaf_count * sizeof *shape->leaves);
    memcpy(shape->cells.states, cells.states, count);
    memcpy(shape->cells.hashes, cells.hashes, count * sizeof *cells.hashes);
    make_entries(shape, places, survey);
    make_guards(shape, places, survey);
    keep_texts(shape, texts, count);
}

const struct shape_entry *shape_find(const struct shape *shape, uint32_t place)
{
    uint32_t at = place_hash(place) & shape->entry_mask;

    for (; shape->entries[at].place != PLACE_NONE; at = (at + 1) & shape->entry_mask)
        if (shape->entries[at].place == place)
            return &shape->entries[at];
    return NULL;
}

struct span shape_cell_text(const struct shape *shape, uint32_t cell)
{
    uint32_t from = 0, to = shape->text_count;

    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        if (shape->texts[middle].cell < cell)
            from = middle + 1;
        else
            to = middle;
    }
    if (from == shape->text_count || shape->texts[from].cell != cell)
        return span_of(NULL, 0);
    return span_of(shape->text_bytes + shape->texts[from].at, shape->texts[from].n);
}

uint32_t shape_common(const struct shape *a, const struct shape *b)
{
    uint32_t most = a->leaf_count < b->leaf_count ? a->leaf_count : b->leaf_count;
    uint32_t i = 0;

    if (a->record != b->record)
        return 0;
    while (i < most && a->leaves[i].place == b->leaves[i].place &&
           span_equal(shape_text(a, i), shape_text(b, i)))
        i++;
    return i;
}
