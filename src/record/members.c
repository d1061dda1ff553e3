#include "config.h"

#include "record/members.h"

#include "base/sort.h"
#include "text/hash.h"
#include "text/utf8.h"

/* How many places of the table a name may look at before its object is sorted. The longest
 * run in a table half full of 131,072 names is expected to be about 60. */
#define PROBES 64

/* Up to here each name is compared with all before it; no table is worth its clearing. */
#define FEW 8

/* What the search of an object for a repeated name may find besides that name's node. */
#define NONE    0 /* the record itself is node 0 */
#define CROWDED UINT32_MAX

/* A name of the object that is being looked at. */
struct name {
    uint64_t hash;
    uint32_t node;
    bool escaped;
};

/* One object's names in the order of the text. */
struct names {
    const struct json *json;
    struct name *name;
    uint32_t count;
};

/* Has the name NODE an escape? Eight bytes at a time, the last of them maybe behind the name,
 * as most names are short: a call of memchr() would cost as much as hashing them. */
static inline bool has_escape(const struct json *json, const struct json_node *node)
{
    const uint64_t each = 0x0101010101010101;
    const unsigned char *text = json->text.p;

    for (size_t at = node->start; at < node->end; at += 8) {
        uint64_t x;
        if (json->text.n - at < sizeof x)
            return memchr(text + at, '\\', node->end - at);
        memcpy(&x, text + at, sizeof x);
        x ^= each * '\\';
        if ((x - each) & ~x & each * 0x80)
            return memchr(text + at, '\\', node->end - at);
    }
    return false;
}

static uint32_t take(struct span *at)
{
    return *at->p == '\\' ? json_unescape(at) : utf8_take(at);
}

/* Below, at or above 0 as the text of A sorts before, with or after that of B, in any one
 * order. Unpaired surrogates are themselves here. */
static int compare_text(const struct json *json, const struct name *a, const struct name *b)
{
    struct span x = json_raw(json, a->node), y = json_raw(json, b->node);

    if (!a->escaped && !b->escaped)
        return span_compare(x, y);
    while (x.n && y.n) {
        uint32_t c = take(&x), d = take(&y);
        if (c != d)
            return c < d ? -1 : 1;
    }
    return (x.n > 0) - (y.n > 0);
}

static int compare_names(const void *a, const void *b, void *context)
{
    const struct name *x = a, *y = b;

    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return compare_text(context, x, y);
}

/* Take down the names of OBJECT with their hashes, which go to HASH too. */
static bool list_names(struct names *names, uint32_t object, uint64_t seed, uint64_t *hash,
                       struct arena *arena)
{
    const struct json *json = names->json;
    uint32_t node = object + 1;

    for (uint32_t i = 0; i < names->count; i++) {
        const struct json_node *at = &json->nodes[node];
        struct span text = span_cut(json->text, at->start, at->end);
        bool escaped = has_escape(json, at);

        if (escaped) {
            struct arena_mark mark = arena_mark(arena);
            text = json_string(json, node, arena);
            if (span_failed(text))
                return false;
            hash[node] = hash_seeded(text, seed);
            arena_back(arena, mark);
        } else {
            hash[node] = hash_seeded(text, seed);
        }
        names->name[i] = (struct name){hash[node], node, escaped};
        node = json->nodes[node + 1].next;
    }
    return true;
}

/* How A and B, of which B comes later, are to each other: B's node if they are the same name;
 * CROWDED if only their hashes are, which, short of chosen names, comes of unpaired surrogates:
 * there may be many more with that hash. */
static uint32_t meet(const struct names *names, const struct name *a, const struct name *b)
{
    if (a->hash != b->hash)
        return NONE;
    return compare_text(names->json, a, b) == 0 ? b->node : CROWDED;
}

static uint32_t search_few(const struct names *names)
{
    for (uint32_t i = 1; i < names->count; i++)
        for (uint32_t j = 0; j < i; j++) {
            uint32_t found = meet(names, &names->name[j], &names->name[i]);
            if (found != NONE)
                return found;
        }
    return NONE;
}

/* A place of TABLE, whose size is MASK + 1, is 0 or the number of a name, from 1 on. */
static uint32_t search_table(const struct names *names, uint32_t *table, uint32_t mask)
{
    for (uint32_t i = 0; i < names->count; i++) {
        const struct name *name = &names->name[i];
        uint32_t at = (uint32_t)name->hash & mask;

        for (int probe = 0; table[at]; at = (at + 1) & mask) {
            uint32_t found = meet(names, &names->name[table[at] - 1], name);
            if (found != NONE)
                return found;
            if (++probe == PROBES)
                return CROWDED;
        }
        table[at] = i + 1;
    }
    return NONE;
}

/* Whatever the names are. They are not in the order of the text any more. */
static uint32_t search_sorted(struct names *names, struct name *scratch)
{
    uint32_t first = NONE;

    sort_array(names->name, names->count, sizeof *names->name, compare_names,
               (void *)(uintptr_t)names->json, scratch);
    for (uint32_t i = 1; i < names->count; i++) {
        const struct name *name = &names->name[i];
        if (compare_names(name - 1, name, (void *)(uintptr_t)names->json) == 0 &&
            (first == NONE || name->node < first))
            first = name->node;
    }
    return first;
}

/* *FOUND becomes the first name in OBJECT that it has had already, or NONE. False when memory
 * is out. */
static bool search(const struct json *json, uint32_t object, uint64_t seed, uint64_t *hash,
                   struct arena *arena, uint32_t *found)
{
    uint32_t count = json->nodes[object].count;
    struct names names = {json, arena_take_array(arena, count, sizeof *names.name), count};

    if (!names.name || !list_names(&names, object, seed, hash, arena))
        return false;
    if (count <= FEW) {
        *found = search_few(&names);
    } else {
        uint32_t size = 4 * FEW;
        while (size < 2 * count)
            size *= 2;
        uint32_t *table = arena_take_array(arena, size, sizeof *table);
        if (!table)
            return false;
        memset(table, 0, size * sizeof *table);
        *found = search_table(&names, table, size - 1);
    }
    if (*found == CROWDED) {
        struct name *scratch = arena_take_array(arena, count, sizeof *scratch);
        if (!scratch)
            return false;
        *found = search_sorted(&names, scratch);
    }
    return true;
}

struct fault members_check(const struct json *json, uint64_t seed, struct arena *arena,
                           struct members *members)
{
    const struct fault no_memory = {STATUS_NO_MEMORY, 0};
    uint64_t *hash = arena_take_array(arena, json->count, sizeof *hash);
    uint32_t end = json->count, first = NONE;

    if (!hash)
        return no_memory;
    for (uint32_t i = 0; i < end; i++) {
        if (json->nodes[i].type != JSON_OBJECT || json->nodes[i].count == 0)
            continue;

        uint32_t found;
        struct arena_mark mark = arena_mark(arena);
        if (!search(json, i, seed, hash, arena, &found))
            return no_memory;
        arena_back(arena, mark);
        if (found != NONE)
            end = first = found; /* objects nest: what one before it holds ends before it too */
    }
    if (first != NONE)
        return (struct fault){STATUS_DUPLICATE, json->nodes[first].start - 1};
    members->hash = hash;
    return FAULT_NONE;
}
