#include "config.h"

#include "catalog/trie.h"

#include "base/arena.h"
#include "base/buf.h"
#include "json/pointer.h"
#include "text/hash.h"
#include "text/utf8.h"

/* The tree while it grows: linked nodes in the order in which they came. */
struct linked_node {
    struct span token;
    uint32_t first, last, sibling; /* children; TRIE_NONE for none */
    uint32_t ends;                 /* the last pointer that ends here; others by `same` */
    uint32_t parent;
};

struct trie_builder {
    struct linked_node *linked;
    uint32_t count;
    uint32_t *same; /* for each pointer the one before that ends at the same node */
};

/* The hash of TOKEN as a child of PARENT. XXH3 is the same on all machines. */
static uint32_t hash_child(uint32_t parent, struct span token)
{
    return (uint32_t)((hash_seeded(token, 0) ^ parent * 0x9E3779B97F4A7C15u) >> 20);
}

static uint32_t add_node(struct trie_builder *b, uint32_t parent, struct span token)
{
    uint32_t node = b->count++;

    b->linked[node] =
        (struct linked_node){token, TRIE_NONE, TRIE_NONE, TRIE_NONE, TRIE_NONE, parent};
    if (parent == TRIE_NONE)
        return node;
    struct linked_node *p = &b->linked[parent];
    if (p->first == TRIE_NONE)
        p->first = node;
    else
        b->linked[p->last].sibling = node;
    p->last = node;
    return node;
}

/* Insert the pointers into the tree. TABLE finds its nodes by hash. */
static void insert_pointers(struct trie_builder *b, const struct pointer *pointers,
                            size_t count, uint32_t *table, uint32_t mask)
{
    add_node(b, TRIE_NONE, span_of(NULL, 0));
    for (uint32_t i = 0; i < count; i++) {
        uint32_t node = TRIE_ROOT;
        for (size_t t = 0; t < pointers[i].count; t++) {
            struct span token = pointers[i].tokens[t];
            uint32_t at = hash_child(node, token) & mask;
            while (table[at] != TRIE_NONE && (b->linked[table[at]].parent != node ||
                                              !span_equal(b->linked[table[at]].token, token)))
                at = (at + 1) & mask;
            if (table[at] == TRIE_NONE)
                table[at] = add_node(b, node, token);
            node = table[at];
        }
        b->same[i] = b->linked[node].ends;
        b->linked[node].ends = i;
    }
}

/* Number the linked nodes depth first into NODES, list their pointers in ENDS, and append their
 * tokens to TEXTS. */
static void number_nodes(const struct trie_builder *b, struct trie_node *nodes, uint32_t *ends,
                         struct buf *texts)
{
    uint32_t at = TRIE_ROOT, parent = TRIE_NONE, number = 0, listed = 0;

    for (;;) {
        const struct linked_node *s = &b->linked[at];
        struct trie_node *n = &nodes[number];
        *n = (struct trie_node){.token = buf_keep(texts, s->token),
                                .hash = hash_child(parent, s->token),
                                .parent = parent,
                                .ends = listed,
                                .ambiguous = utf8_has_replacement(s->token)};
        for (uint32_t i = s->ends; i != TRIE_NONE; i = b->same[i])
            ends[listed++] = i;
        n->below = listed;
        parent = number++;
        if (s->first != TRIE_NONE) {
            at = s->first;
            continue;
        }
        /* Close this node, and each ancestor whose subtree ends here. */
        for (;;) {
            nodes[parent].next = number;
            nodes[parent].done = listed;
            parent = nodes[parent].parent;
            if (b->linked[at].sibling != TRIE_NONE || parent == TRIE_NONE)
                break;
            at = b->linked[at].parent;
        }
        if (parent == TRIE_NONE)
            return;
        at = b->linked[at].sibling;
    }
}

bool trie_build(struct trie *trie, const struct pointer *pointers, size_t count,
                struct buf *texts, struct arena *arena)
{
    size_t limit = 1;
    for (size_t i = 0; i < count; i++)
        limit += pointers[i].count;
    uint32_t mask = 1;
    while (mask < 2 * limit)
        mask = mask * 2 + 1;

    struct trie_builder b = {.count = 0};
    b.linked = arena_take_array(arena, limit, sizeof *b.linked);
    b.same = arena_take_array(arena, count, sizeof *b.same);
    uint32_t *table = arena_take_array(arena, (size_t)mask + 1, sizeof *table);
    struct trie_node *nodes = arena_take_array(arena, limit, sizeof *nodes);
    uint32_t *ends = arena_take_array(arena, count, sizeof *ends);
    if (!b.linked || !b.same || !table || !nodes || !ends)
        return false;

    memset(table, 0xFF, ((size_t)mask + 1) * sizeof *table);
    insert_pointers(&b, pointers, count, table, mask);
    number_nodes(&b, nodes, ends, texts);

    /* Fill a table with the final numbers of the nodes, which are fewer than the tokens. */
    while (mask / 2 >= 2 * b.count)
        mask /= 2;
    memset(table, 0xFF, ((size_t)mask + 1) * sizeof *table);
    for (uint32_t i = 1; i < b.count; i++) {
        uint32_t at = nodes[i].hash & mask;
        while (table[at] != TRIE_NONE)
            at = (at + 1) & mask;
        table[at] = i;
    }
    *trie = (struct trie){NULL, nodes, b.count, ends, table, mask};
    return !texts->failed;
}

uint32_t trie_child(const struct trie *trie, uint32_t node, struct span name)
{
    if (span_failed(name))
        return TRIE_NONE;
    uint32_t hash = hash_child(node, name);

    for (uint32_t at = hash & trie->mask; trie->table[at] != TRIE_NONE;
         at = (at + 1) & trie->mask) {
        const struct trie_node *n = &trie->nodes[trie->table[at]];
        if (n->hash == hash && n->parent == node &&
            span_equal(span_at(trie->texts, n->token), name))
            return trie->table[at];
    }
    return TRIE_NONE;
}

void trie_ends(const struct trie *trie, uint32_t *nodes)
{
    for (uint32_t node = 0; node < trie->count; node++)
        for (uint32_t i = trie->nodes[node].ends; i < trie->nodes[node].below; i++)
            nodes[trie->ends[i]] = node;
}

void trie_put_token(struct span token, struct buf *out)
{
    buf_putc(out, '/');
    for (size_t i = 0; i < token.n; i++)
        if (token.p[i] == '~' || token.p[i] == '/')
            buf_puts(out, token.p[i] == '~' ? "~0" : "~1");
        else
            buf_putc(out, token.p[i]);
}

void trie_put_pointer(const struct trie *trie, uint32_t node, struct buf *out)
{
    /* From the root down: the child on the way is the one in whose subtree the node is. */
    for (uint32_t above = TRIE_ROOT; above != node;) {
        uint32_t child = above + 1;
        while (node >= trie->nodes[child].next)
            child = trie->nodes[child].next;
        trie_put_token(trie_token(trie, child), out);
        above = child;
    }
}
