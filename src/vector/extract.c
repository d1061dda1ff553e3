#include "config.h"

#include "vector/extract.h"

#include "base/arena.h"
#include "catalog/catalog.h"
#include "json/node.h"
#include "json/nodes.h"
#include "json/pointer.h"
#include "json/value_read.h"
/* One walk. Recursion is as deep as the catalog's pointers, not as the record. */
struct extract_walk {
    const struct catalog *catalog;
    const struct json *json;
    struct arena *arena;
    struct hit *hits; /* for each pointer */
    uint32_t uncataloged;
};

/* Is the object NODE an error marker? *ERROR becomes the node of the first marker member's
 * value. */
static bool is_marker(const struct catalog *catalog, const struct json *json, uint32_t node,
                      struct arena *arena, uint32_t *error)
{
    const struct json_node *nodes = json->nodes;
    uint32_t name = node + 1;

    *error = NODE_NONE;
    if (catalog->marker_count == 0)
        return false;
    for (; name < nodes[node].next; name = nodes[name + 1].next) {
        struct span text = json_string(json, name, arena);
        size_t i = 0;
        if (span_failed(text))
            return false;
        while (i < catalog->marker_count && !span_equal(text, catalog->markers[i]))
            i++;
        if (i == catalog->marker_count)
            return false;
        if (i == 0)
            *error = name + 1;
    }
    return *error != NODE_NONE;
}

/* Set the hits of the pointers FROM to TO of the trie's list. */
static void set_hits(struct extract_walk *w, uint32_t from, uint32_t to,
                     enum signal_state state, uint32_t node)
{
    for (uint32_t i = from; i < to; i++)
        w->hits[w->catalog->trie.ends[i]] = (struct hit){state, node};
}

static void visit_node(struct extract_walk *w, uint32_t node, uint32_t at);

static void visit_members(struct extract_walk *w, uint32_t node, uint32_t at)
{
    const struct trie *trie = &w->catalog->trie;
    const struct json_node *nodes = w->json->nodes;
    uint32_t likely = at + 1; /* members mostly come in the order of the catalog */

    for (uint32_t name = node + 1; name < nodes[node].next; name = nodes[name + 1].next) {
        struct span text = json_string(w->json, name, w->arena);
        if (span_failed(text))
            return;
        bool found =
            likely < trie->nodes[at].next && span_equal(trie_token(trie, likely), text);
        uint32_t child = found ? likely : trie_child(trie, at, text);
        if (child == TRIE_NONE) {
            w->uncataloged++;
            continue;
        }
        /* Of names that read alike the last counts; nothing of the others is kept. */
        const struct trie_node *n = &trie->nodes[child];
        likely = n->next;
        if (n->ambiguous)
            set_hits(w, n->ends, n->done, SIGNAL_MISSING, node);
        visit_node(w, name + 1, child);
    }
}

/* NODE has no member with the name that @value gives: what the catalog looks for there is
 * undefined. */
static void visit_undefined(struct extract_walk *w, uint32_t node, uint32_t at)
{
    const struct catalog *c = w->catalog;

    for (uint32_t child = at + 1; child < c->trie.nodes[at].next;
         child = c->trie.nodes[child].next) {
        const struct trie_node *n = &c->trie.nodes[child];
        if (span_equal(trie_token(&c->trie, child), c->undefined) &&
            pointer_member(w->json, node, c->undefined, w->arena) == NODE_NONE)
            set_hits(w, n->ends, n->done, SIGNAL_UNDEFINED, node);
    }
}

static void visit_elements(struct extract_walk *w, uint32_t node, uint32_t at)
{
    const struct trie_node *nodes = w->catalog->trie.nodes;

    for (uint32_t child = at + 1; child < nodes[at].next; child = nodes[child].next) {
        struct span token = trie_token(&w->catalog->trie, child);
        struct pointer one = {.tokens = &token, .count = 1};
        uint32_t element = pointer_find(w->json, node, &one, w->arena);
        if (element != NODE_NONE)
            visit_node(w, element, child);
    }
}

/* Match the pointers that end at or below the trie's node AT with the record's node NODE. */
static void visit_node(struct extract_walk *w, uint32_t node, uint32_t at)
{
    const struct trie_node *here = &w->catalog->trie.nodes[at];
    enum json_type type = w->json->nodes[node].type;
    uint32_t error;

    if (type == JSON_OBJECT && at != TRIE_ROOT &&
        is_marker(w->catalog, w->json, node, w->arena, &error)) {
        set_hits(w, here->ends, here->done, SIGNAL_ERROR, node);
        return;
    }
    set_hits(w, here->ends, here->below, SIGNAL_VALUE, node);
    if (here->below == here->done)
        return;
    if (type == JSON_OBJECT) {
        visit_members(w, node, at);
        if (w->catalog->has_undefined)
            visit_undefined(w, node, at);
    } else if (type == JSON_ARRAY) {
        visit_elements(w, node, at);
    }
}

/* The first of the catalog's roots that is an object in this record; *ROOT is its number. */
static uint32_t find_root(const struct catalog *catalog, const struct json *json, size_t *root,
                          struct arena *arena)
{
    for (*root = 0; *root < catalog->root_count; ++*root) {
        uint32_t node = pointer_find(json, 0, &catalog->roots[*root], arena);
        if (node != NODE_NONE && json->nodes[node].type == JSON_OBJECT)
            return node;
    }
    return NODE_NONE;
}

/* Find which excludes have the value that they ask for. */
static bool find_excludes(struct extract_walk *w, struct extract *extract)
{
    const struct catalog *c = w->catalog;
    bool equal;

    for (uint32_t i = 0; i < c->exclude_count; i++) {
        if (!extract_exclude(c, i, w->json, w->hits[c->excludes[i].pointer], &equal, w->arena))
            return false;
        if (equal)
            extract->excludes |= (uint32_t)1 << i;
    }
    return true;
}

bool extract_exclude(const struct catalog *catalog, uint32_t i, const struct json *json,
                     struct hit hit, bool *equal, struct arena *arena)
{
    struct value value;

    *equal = false;
    if (hit.state != SIGNAL_VALUE)
        return true;
    if (!value_read_node(json, hit.node, &value, arena))
        return false;
    *equal = value_equal(&value, &catalog->excludes[i].when);
    return true;
}

bool extract_signals(struct extract *extract, const struct catalog *catalog,
                     const struct json *json, struct arena *arena)
{
    struct extract_walk w = {.catalog = catalog, .json = json, .arena = arena};
    struct hit *rows = arena_take_array(arena, catalog->row_count, sizeof *rows);
    size_t root;
    uint32_t top = find_root(catalog, json, &root, arena);

    w.hits = arena_take_array(arena, catalog->pointer_count, sizeof *w.hits);
    if (!rows || !w.hits)
        return false;
    memset(w.hits, 0, catalog->pointer_count * sizeof *w.hits);
    *extract = (struct extract){.hits = rows, .pointers = w.hits, .root = root};
    if (top != NODE_NONE)
        visit_node(&w, top, TRIE_ROOT);
    extract->uncataloged = w.uncataloged;
    for (uint32_t i = 0; i < catalog->row_count; i++) {
        const struct catalog_row *row = &catalog->rows[i];
        uint32_t pointer = row->pointers;
        while (pointer + 1 < row->pointers_end && w.hits[pointer].state == SIGNAL_MISSING)
            pointer++;
        rows[i] = w.hits[pointer];
        extract->found += rows[i].state != SIGNAL_MISSING;
    }
    return find_excludes(&w, extract) && !arena->failed;
}

struct span extract_class(const struct catalog *catalog, const struct json *json, uint32_t node,
                          struct arena *arena)
{
    uint32_t error;

    return is_marker(catalog, json, node, arena, &error) ? extract_class_of(json, error, arena)
                                                         : span_of(NULL, 0);
}

struct span extract_class_of(const struct json *json, uint32_t error, struct arena *arena)
{
    if (json->nodes[error].type == JSON_OBJECT) {
        uint32_t object = error;
        error = pointer_member(json, object, span_text("name"), arena);
        if (error == NODE_NONE || json->nodes[error].type != JSON_STRING)
            error = pointer_member(json, object, span_text("message"), arena);
    }
    if (error == NODE_NONE || json->nodes[error].type != JSON_STRING)
        return span_of(NULL, 0);

    struct span text = json_string(json, error, arena);
    return span_failed(text) ? text : signal_class(text);
}

bool extract_is_marker(const struct catalog *catalog, const struct json *json, uint32_t node,
                       struct arena *arena)
{
    uint32_t error;

    return is_marker(catalog, json, node, arena, &error);
}

bool extract_value(const struct catalog *catalog, uint32_t at, const struct json *json,
                   uint32_t node, struct hit *hits, uint32_t *uncataloged, struct arena *arena)
{
    const struct trie_node *here = &catalog->trie.nodes[at];
    struct extract_walk w = {.catalog = catalog, .json = json, .arena = arena, .hits = hits};

    set_hits(&w, here->ends, here->done, SIGNAL_MISSING, node);
    visit_node(&w, node, at);
    *uncataloged = w.uncataloged;
    return !arena->failed;
}
