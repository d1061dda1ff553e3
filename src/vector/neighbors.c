#include "config.h"

#include "vector/neighbors.h"

#include <stdlib.h>

#include "base/buf.h"
#include "catalog/catalog.h"
#include "json/skim.h"
#include "text/nearest.h"

#define KEY sizeof(uint32_t) /* bytes before a name: the node */

bool neighbors_init(struct neighbors *neighbors, const struct catalog *catalog, uint64_t seed)
{
    *neighbors = (struct neighbors){.catalog = catalog,
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

static struct span look_at(struct neighbors *n, uint32_t node, struct span rest);

static struct span look_at_members(struct neighbors *n, uint32_t node, struct span rest)
{
    unsigned char text[NEAREST_BYTES];
    struct span quoted;

    rest = span_cut(rest, 1, rest.n);
    while (skim_member(&rest, &quoted)) {
        size_t length = skim_name(quoted, text, sizeof text);
        bool fits = length <= sizeof text;
        struct span name = span_of(text, fits ? length : 0);
        uint32_t child = fits ? trie_child(&n->catalog->trie, node, name) : TRIE_NONE;
        if (fits && child == TRIE_NONE)
            keep_neighbor(n, node, name);
        rest = child == TRIE_NONE ? skim_value(rest) : look_at(n, child, rest);
    }
    return rest.n ? span_cut(rest, 1, rest.n) : rest;
}

static struct span look_at_elements(struct neighbors *n, uint32_t node, struct span rest)
{
    unsigned char text[BUF_DIGITS];

    rest = skim_space(span_cut(rest, 1, rest.n));
    for (size_t i = 0; rest.n && rest.p[0] != ']'; i++) {
        struct span index = span_of(text, buf_digits(text, i));
        uint32_t child = trie_child(&n->catalog->trie, node, index);
        rest = skim_space(child == TRIE_NONE ? skim_value(rest) : look_at(n, child, rest));
        if (rest.n && rest.p[0] == ',')
            rest = skim_space(span_cut(rest, 1, rest.n));
    }
    return rest.n ? span_cut(rest, 1, rest.n) : rest;
}

/* Look at the value at the beginning of REST, to which the pointers that end at or below NODE lead.
 * The part of REST after it. Recursion is as deep as the catalog's pointers. */
static struct span look_at(struct neighbors *n, uint32_t node, struct span rest)
{
    const struct trie_node *at = &n->catalog->trie.nodes[node];

    n->met[node] = true;
    if (at->next == node + 1)
        return skim_value(rest);
    return rest.p[0] == '{'   ? look_at_members(n, node, rest)
           : rest.p[0] == '[' ? look_at_elements(n, node, rest)
                              : skim_value(rest);
}

void neighbors_look(struct neighbors *n, struct span record)
{
    if (record.n > NEIGHBORS_LENGTH)
        return;
    for (size_t i = 0; i < n->catalog->root_count; i++) {
        struct span root = skim_space(record);
        if (skim_pointer(&root, &n->catalog->roots[i])) {
            look_at(n, TRIE_ROOT, root);
            return;
        }
    }
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
