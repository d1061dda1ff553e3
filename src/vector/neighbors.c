#include "config.h"

#include "vector/neighbors.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "catalog/catalog.h"
#include "json/open.h"
#include "json/pointer.h"
#include "json/raw.h"
#include "text/nearest.h"
#include "vector/reshape.h"

#define KEY sizeof(uint32_t) /* bytes before a name: the node */

bool neighbors_init(struct neighbors *neighbors, const struct catalog *catalog,
                    const struct limits *limits, uint64_t seed)
{
    *neighbors = (struct neighbors){.catalog = catalog,
                                    .limits = limits,
                                    .seed = seed,
                                    .met = calloc(catalog->trie.count, sizeof *neighbors->met)};
    names_init(&neighbors->names, seed, NULL);
    return neighbors->met;
}

void neighbors_free(struct neighbors *neighbors)
{
    names_free(&neighbors->names);
    free(neighbors->met);
    neighbors->met = NULL;
}

/* Keep NAME, a member below NODE that no pointer names. */
static void keep_neighbor(struct neighbors *n, uint32_t node, struct span name)
{
    unsigned char key[KEY + NEAREST_BYTES];

    if (n->names.count == NEIGHBORS_NAMES)
        return;
    memcpy(key, &node, KEY);
    memcpy(key + KEY, name.p, name.n);
    uint32_t ignored = names_add(&n->names, span_of(key, KEY + name.n));
    (void)ignored;
}

static void look_at(struct neighbors *n, uint32_t node, struct raw_cursor *cursor);

/* Look at the value that CURSOR is at, if CHILD is a node; pass it. */
static void look_at_child(struct neighbors *n, uint32_t child, struct raw_cursor *cursor)
{
    if (child == TRIE_NONE)
        (void)raw_value(cursor);
    else
        look_at(n, child, cursor);
}

static void look_at_members(struct neighbors *n, uint32_t node, struct raw_cursor *cursor)
{
    unsigned char text[NEAREST_BYTES];
    struct span raw;

    while (raw_name(cursor, &raw)) {
        size_t length = raw_unescape(raw, text, sizeof text);
        bool fits = length <= sizeof text;
        struct span name = span_of(text, fits ? length : 0);
        uint32_t child = fits ? trie_child(&n->catalog->trie, node, name) : TRIE_NONE;
        if (fits && child == TRIE_NONE)
            keep_neighbor(n, node, name);
        look_at_child(n, child, cursor);
    }
}

static void look_at_elements(struct neighbors *n, uint32_t node, struct raw_cursor *cursor)
{
    unsigned char text[BUF_DIGITS];

    for (size_t i = 0; raw_step(cursor); i++) {
        struct span index = span_of(text, buf_digits(text, i));
        look_at_child(n, trie_child(&n->catalog->trie, node, index), cursor);
    }
}

/* Look at the value that CURSOR is at, to which the pointers that end at or below NODE lead, and
 * pass it. Recursion is as deep as the catalog's pointers. */
static void look_at(struct neighbors *n, uint32_t node, struct raw_cursor *cursor)
{
    const struct trie_node *at = &n->catalog->trie.nodes[node];
    struct raw_cursor inner = {cursor->at + 1, cursor->end};
    unsigned char first = *cursor->at;

    n->met[node] = true;
    if (at->next == node + 1 || (first != '{' && first != '[')) {
        (void)raw_value(cursor);
        return;
    }
    if (first == '{')
        look_at_members(n, node, &inner);
    else
        look_at_elements(n, node, &inner);
    cursor->at = inner.at;
}

/* RECORD as the catalog has it read, in ARENA; as it is when memory is out. */
static struct span reshape_record(const struct neighbors *n, struct span record,
                                  struct arena *arena)
{
    const struct reshape_rules rules = {n->limits, n->seed, arena};
    struct json_document document;
    struct json reshaped;

    if (json_open(&document, record, n->limits, JSON_OBJECT_ROOT, n->seed, arena).status !=
            STATUS_OK ||
        !reshape_value(&reshaped, n->catalog, TRIE_ROOT, &document.json, &rules, NULL))
        return record;
    return reshaped.text;
}

/* Look at the members below the root that RECORD has. */
static void look_at_root(struct neighbors *n, struct span record)
{
    for (size_t i = 0; i < n->catalog->root_count; i++) {
        const struct pointer *root = &n->catalog->roots[i];
        struct span found = raw_find(raw_trim(record), root, root->count);
        if (raw_is_object(found)) {
            look_at(n, TRIE_ROOT, &(struct raw_cursor){found.p, found.p + found.n});
            return;
        }
    }
}

void neighbors_look(struct neighbors *n, struct span record)
{
    struct arena arena = ARENA_EMPTY;

    if (record.n > NEIGHBORS_LENGTH)
        return;
    if (n->catalog->reshape_count)
        record = reshape_record(n, record, &arena);
    look_at_root(n, record);
    arena_free(&arena);
}

bool neighbors_put_nearest(const struct neighbors *n, uint32_t node, struct buf *out)
{
    const struct trie *trie = &n->catalog->trie;
    uint32_t missing = TRIE_NONE;

    for (; !n->met[node]; node = trie->nodes[node].parent) {
        if (node == TRIE_ROOT)
            return false;
        missing = node;
    }
    if (missing == TRIE_NONE)
        return false;
    struct nearest nearest = nearest_begin(trie_token(trie, missing));
    for (uint32_t i = 0; i < n->names.count; i++) {
        struct span key = n->names.items[i];
        if (memcmp(key.p, &node, KEY) == 0)
            nearest_offer(&nearest, span_cut(key, KEY, key.n));
    }
    if (!nearest.found.n)
        return false;
    trie_put_pointer(trie, node, out);
    trie_put_token(nearest.found, out);
    return true;
}
