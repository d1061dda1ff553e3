/*
 * trie: all pointers of a catalog as one tree of member names, so that one walk over a
 * record finds them all.
 *
 * Nodes are numbered so that the numbers of a node's subtree follow its own in one run. Pointers
 * are listed by the node at which they end, so the pointers at and below a node are one run of that
 * list. One hash table finds children by (parent, name). Its hash has no secret: only the catalog,
 * which is trusted, decides what is in the table, and so how long a run is searched for any name
 * that a record may have.
 */
#ifndef WHORL_CATALOG_TRIE_H
#define WHORL_CATALOG_TRIE_H

#include <stdint.h>

#include "base/span.h"

struct arena;
struct buf;
struct pointer;

/* The node of no token, where every pointer begins. */
#define TRIE_ROOT 0

#define TRIE_NONE UINT32_MAX

struct trie_node {
    struct extent token; /* in trie.texts */
    uint32_t hash;       /* of parent and token */
    uint32_t parent;
    uint32_t next;  /* the first node after this one's subtree */
    uint32_t ends;  /* where in trie.ends the pointers that end here begin, */
    uint32_t below; /* where those that end further below begin, */
    uint32_t done;  /* and where those end */
    bool ambiguous; /* the token holds U+FFFD, so several names of one object may read as it */
};

struct trie {
    const unsigned char *texts;
    const struct trie_node *nodes;
    uint32_t count;
    const uint32_t *ends;  /* pointers by their number */
    const uint32_t *table; /* node numbers or TRIE_NONE, by hash */
    uint32_t mask;         /* the table's size - 1 */
};

/* Build the tree of COUNT pointers, in ARENA; equal pointers end at one node. Tokens are appended
 * to TEXTS. trie->texts stays null: the caller must set it to the final content of TEXTS. False
 * when memory is out. */
bool trie_build(struct trie *trie, const struct pointer *pointers, size_t count,
                struct buf *texts, struct arena *arena) __attribute__((warn_unused_result));

/* The token of the node number NODE. */
static inline struct span trie_token(const struct trie *trie, uint32_t node)
{
    return span_at(trie->texts, trie->nodes[node].token);
}

/* Set NODES, one for each pointer, to the node at which it ends. */
void trie_ends(const struct trie *trie, uint32_t *nodes);

/* Append the tokens from the root to NODE as a JSON Pointer. */
void trie_put_pointer(const struct trie *trie, uint32_t node, struct buf *out);

/* Append TOKEN to a JSON Pointer. */
void trie_put_token(struct span token, struct buf *out);

/* The child of NODE whose token is NAME, unescaped; TRIE_NONE if there is none, or if NAME is
 * SPAN_FAILED. */
uint32_t trie_child(const struct trie *trie, uint32_t node, struct span name);

#endif
