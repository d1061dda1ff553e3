/*
 * cache-catalog: makes random catalogs for a record, with every directive, and with pointers along
 * the record's members, also through each other's values.
 */
#ifndef WHORL_TESTS_CACHE_CATALOG_H
#define WHORL_TESTS_CACHE_CATALOG_H

#include "cache-mutant.h"

static const char *const made_names[] = {"value", "v", "error", "message", "x", "o", "k", "a"};
static const char *const made_tiers[] = {"device", "install", "build", "exact"};
static const char *const made_steps[] = {"",
                                         "",
                                         "",
                                         "num",
                                         "lower",
                                         "sort",
                                         "trim",
                                         "sort-num",
                                         "round(1)",
                                         "each(lower) uniq",
                                         "undefined-if(null)",
                                         "retired"};
static const char *const made_flags[] = {
    "", "", "", "fact", "fact", "fact:u64", "fact:f64", "private", "fact private"};
static const char *const made_values[] = {"1",  "2",  "null",      "true",        "\"yes\"",
                                          "[]", "{}", "{\"x\":1}", "\"\\u0061\"", "\"a\""};

/* A catalog while it is made. */
struct made {
    struct buf *out; /* '|' for a tab */
    struct chooser *c;
    const struct mutant *record; /* whose names have no escapes */
    const char *undefined;       /* what @value names; null for none */
};

/* Put a pointer from NODE of the record along its members, of one token or more, about DEPTH.
 * Returns the node at its end, or 0 if it goes beyond the record. */
static inline uint32_t made_put_pointer(const struct made *m, uint32_t node, uint32_t depth)
{
    const struct json_node *nodes = m->record->json.nodes;
    bool more = true;

    for (; more; more = choose(m->c, depth + 1) > 0) {
        uint32_t count = nodes[node].count, at = count ? choose(m->c, count) : 0;
        if (!count || choose(m->c, 12) == 0) {
            bool undefined = m->undefined && choose(m->c, 4);
            buf_putc(m->out, '/');
            buf_puts(m->out, undefined ? m->undefined : CHOOSE(m->c, made_names));
            return 0;
        }
        bool array = nodes[node].type == JSON_ARRAY;
        buf_putc(m->out, '/');
        if (array)
            buf_put_uint(m->out, at);
        for (node++; at; at--)
            node = nodes[array ? node : node + 1].next;
        if (!array)
            buf_put(m->out, json_raw(&m->record->json, node++));
    }
    return node;
}

static inline void made_put(struct buf *out, const char *before, const char *word,
                            const char *behind)
{
    buf_puts(out, before);
    buf_puts(out, word);
    buf_puts(out, behind);
}

/* Put a line for a root that leads to an object with members. Returns that object; 0 for none. */
static inline uint32_t made_put_root(const struct made *m)
{
    size_t before = m->out->n;

    for (int i = 0; i < 8; i++) {
        buf_puts(m->out, "@root|");
        uint32_t root = made_put_pointer(m, 0, 1);
        buf_putc(m->out, '\n');
        if (m->record->json.nodes[root].type == JSON_OBJECT &&
            m->record->json.nodes[root].count && root)
            return root;
        m->out->n = before;
    }
    return 0;
}

/* Put roots. Returns the first one that the record has. */
static inline uint32_t made_put_roots(const struct made *m)
{
    uint32_t root = choose(m->c, 2) ? made_put_root(m) : 0;

    if (root && choose(m->c, 2))
        made_put_root(m);
    if (root && choose(m->c, 3) == 0)
        buf_puts(m->out, "@root|\n");
    return root;
}

static inline void made_put_markers(const struct made *m)
{
    const char *error = choose(m->c, 4) ? "error" : CHOOSE(m->c, made_names);
    const char *other = CHOOSE(m->c, made_names);
    bool alone = choose(m->c, 2) || strcmp(error, other) == 0;

    made_put(m->out, "@error|", error, alone ? "\n" : "|");
    if (!alone)
        made_put(m->out, "", other, "\n");
}

/* Put further pointers, from NODE on, for the line before. */
static inline void made_put_further(const struct made *m, uint32_t node, uint32_t depth)
{
    while (choose(m->c, 4) == 0) {
        buf_putc(m->out, '|');
        made_put_pointer(m, node, depth);
        buf_putc(m->out, '\n');
    }
}

static inline void made_put_directives(const struct made *m, uint32_t root)
{
    if (m->undefined)
        made_put(m->out, "@value|", m->undefined, "\n");
    if (choose(m->c, 2))
        made_put_markers(m);
    if (choose(m->c, 2))
        buf_puts(m->out, choose(m->c, 2) ? "@id|/id\n" : "@id|/o/id\n|/vid\n|/id\n");
    for (uint32_t i = choose(m->c, 3); i; i--) {
        buf_puts(m->out, i == 2 ? "@carry|two|" : "@carry|one|");
        made_put_pointer(m, 0, 2);
        buf_puts(m->out, choose(m->c, 2) ? "\n" : "|u64\n");
        made_put_further(m, 0, 2);
    }
    for (uint32_t i = choose(m->c, 3); i; i--) {
        buf_puts(m->out, choose(m->c, 2) ? "@exclude|r|" : "@exclude|r1|s|");
        buf_puts(m->out, choose(m->c, 2) ? "when|" : "unless|");
        made_put_pointer(m, root, 2);
        made_put(m->out, "|", CHOOSE(m->c, made_values), "\n");
        buf_puts(m->out, choose(m->c, 2) ? "" : "@keep|r1\n");
    }
}

/* Put a line @pairs and a line @json, or none, for members that cache-random.h has, or any. */
static inline void made_put_reshapes(const struct made *m)
{
    if (choose(m->c, 2)) {
        buf_puts(m->out, "@pairs|");
        if (choose(m->c, 2))
            buf_puts(m->out, "/hs");
        else
            made_put_pointer(m, 0, 2);
        buf_puts(m->out, choose(m->c, 2) ? "|k|v\n" : "|k|v|lower\n");
    }
    if (choose(m->c, 2)) {
        buf_puts(m->out, "@json|");
        if (choose(m->c, 2))
            buf_puts(m->out, "/js");
        else
            made_put_pointer(m, 0, 2);
        buf_putc(m->out, '\n');
    }
    if (choose(m->c, 4) == 0)
        buf_puts(m->out, "@json|/hs/j\n");
    if (choose(m->c, 4) == 0)
        buf_puts(m->out, "@pairs|/js/l|name|value\n");
}

/* Put a pointer of a row, into what those lines make, or along the record from ROOT. */
static inline void made_put_row_pointer(const struct made *m, uint32_t root)
{
    static const char *const shaped[] = {"/hs/a",  "/hs/b/x", "/hs/B",   "/hs/j/x", "/hs/0/k",
                                         "/js/a",  "/js/o/x", "/js/l/a", "/js/l/0", "/js",
                                         "/hs/e/error", "/hs/c"};

    if (choose(m->c, 4))
        made_put_pointer(m, root, 3);
    else
        buf_puts(m->out, CHOOSE(m->c, shaped));
}

/* Put lines @sketch for some of the GROUPS, a set of made_tiers. */
static inline void made_put_sketches(const struct made *m, uint32_t groups)
{
    if (choose(m->c, 8) == 0)
        buf_puts(m->out, "@ids|5\n");
    for (uint32_t i = 0; i < sizeof made_tiers / sizeof *made_tiers; i++)
        if (groups >> i & 1 && choose(m->c, 2)) {
            made_put(m->out, "@sketch|of ", made_tiers[i], "|");
            buf_put_uint(m->out, 1 + choose(m->c, 64));
            buf_putc(m->out, '\n');
        }
}

/* Make a catalog for RECORD, '|' for a tab. */
static inline void made_put_catalog(struct buf *out, struct chooser *c,
                                    const struct mutant *record)
{
    const char *undefined = CHOOSE(c, made_names);
    const struct made m = {out, c, record, choose(c, 2) ? undefined : NULL};
    uint32_t rows = 1 + choose(c, 14), groups = 0;

    buf_puts(out, "@catalog|made|1\n");
    uint32_t root = made_put_roots(&m);
    made_put_directives(&m, root);
    made_put_reshapes(&m);
    for (uint32_t i = 0; i < rows; i++) {
        uint32_t group = choose(c, sizeof made_tiers / sizeof *made_tiers);
        const char *tier = made_tiers[group];
        groups |= 1u << group;
        buf_putc(out, choose(c, 4) ? 'r' : 's');
        buf_put_uint(out, i);
        buf_putc(out, '|');
        made_put_row_pointer(&m, root);
        made_put(out, "|of ", tier, "|");
        made_put(out, choose(c, 8) ? tier : "volatile", "|", CHOOSE(c, made_steps));
        made_put(out, "|", CHOOSE(c, made_flags), "\n");
        made_put_further(&m, root, 3);
    }
    made_put_sketches(&m, groups);
    buf_putc(out, 0);
    if (out->failed)
        abort();
}

#endif
