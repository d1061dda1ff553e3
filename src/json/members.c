#include "config.h"

#include "json/members.h"

#include "base/arena.h"
#include "base/sort.h"
#include "json/node.h"
#include "json/nodes.h"
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

/* The names of one object. */
struct object_names {
    const struct json *json;
    const uint64_t *hash; /* of each node */
    uint32_t object, count;
};

static uint32_t take_code_point(struct span *at)
{
    return *at->p == '\\' ? json_unescape(at) : utf8_take(at);
}

/* Below, at or above 0 as the name A, a node, sorts before, with or after B, in any one order.
 * Unpaired surrogates are themselves here. */
static int compare_name_texts(const struct json *json, uint32_t a, uint32_t b)
{
    struct span x = json_raw(json, a), y = json_raw(json, b);

    if (!json->nodes[a].escaped && !json->nodes[b].escaped)
        return span_compare(x, y);
    while (x.n && y.n) {
        uint32_t c = take_code_point(&x), d = take_code_point(&y);
        if (c != d)
            return c < d ? -1 : 1;
    }
    return (x.n > 0) - (y.n > 0);
}

static int order_object_names(const void *a, const void *b, void *context)
{
    const struct object_names *names = context;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    if (names->hash[x] != names->hash[y])
        return names->hash[x] < names->hash[y] ? -1 : 1;
    return compare_name_texts(names->json, x, y);
}

/* How A and B, of equal hash, of which B comes later, are to each other: B if they are the same
 * name; CROWDED if only their hashes are, which, short of chosen names, comes of unpaired
 * surrogates: there may be many more with that hash. */
static uint32_t judge_equal_hashes(const struct object_names *names, uint32_t a, uint32_t b)
{
    return compare_name_texts(names->json, a, b) == 0 ? b : CROWDED;
}

static uint32_t find_repeat_in_few(const struct object_names *names)
{
    uint32_t before[FEW], node = names->object + 1;

    for (uint32_t i = 0; i < names->count; i++) {
        for (uint32_t j = 0; j < i; j++)
            if (names->hash[before[j]] == names->hash[node])
                return judge_equal_hashes(names, before[j], node);
        before[i] = node;
        node = names->json->nodes[node + 1].next;
    }
    return NONE;
}

/* A place of TABLE, whose size is MASK + 1, is NONE or a name. */
static uint32_t find_repeat_by_table(const struct object_names *names, uint32_t *table,
                                     uint32_t mask)
{
    uint32_t node = names->object + 1;

    for (uint32_t i = 0; i < names->count; i++) {
        uint64_t hash = names->hash[node];
        uint32_t at = (uint32_t)hash & mask;

        for (int probe = 0; table[at]; at = (at + 1) & mask) {
            if (names->hash[table[at]] == hash)
                return judge_equal_hashes(names, table[at], node);
            if (++probe == PROBES)
                return CROWDED;
        }
        table[at] = node;
        node = names->json->nodes[node + 1].next;
    }
    return NONE;
}

/* Whatever the names are. LIST and SCRATCH have room for all. */
static uint32_t find_repeat_by_sorting(struct object_names *names, uint32_t *list,
                                       uint32_t *scratch)
{
    uint32_t node = names->object + 1, first = NONE;

    for (uint32_t i = 0; i < names->count; i++) {
        list[i] = node;
        node = names->json->nodes[node + 1].next;
    }
    sort_array(list, names->count, sizeof *list, order_object_names, names, scratch);
    for (uint32_t i = 1; i < names->count; i++)
        if (order_object_names(&list[i - 1], &list[i], names) == 0 &&
            (first == NONE || list[i] < first))
            first = list[i];
    return first;
}

/* *FOUND becomes the first name in the object that it has had already, or NONE. False when
 * memory is out. */
static bool find_repeat(struct object_names *names, struct arena *arena, uint32_t *found)
{
    uint32_t size = 4 * FEW;

    if (names->count <= FEW) {
        *found = find_repeat_in_few(names);
    } else {
        while (size < 2 * names->count)
            size *= 2;
        uint32_t *table = arena_take_array(arena, size, sizeof *table);
        if (!table)
            return false;
        memset(table, NONE, size * sizeof *table);
        *found = find_repeat_by_table(names, table, size - 1);
    }
    if (*found == CROWDED) {
        uint32_t *list = arena_take_array(arena, names->count, 2 * sizeof *list);
        if (!list)
            return false;
        *found = find_repeat_by_sorting(names, list, list + names->count);
    }
    return true;
}

/* Set the hashes of the names in OBJECT. False when memory is out. */
static bool hash_names(const struct json *json, uint32_t object, uint64_t seed, uint64_t *hash,
                       struct arena *arena)
{
    const struct json_node *nodes = json->nodes;

    for (uint32_t name = object + 1; name < nodes[object].next; name = nodes[name + 1].next) {
        struct span text = json_string(json, name, arena);
        if (span_failed(text))
            return false;
        hash[name] = hash_seeded(text, seed);
    }
    return true;
}

struct fault members_check(const struct json *json, uint64_t seed, struct arena *arena,
                           struct members *members)
{
    uint64_t *hash = arena_take_array(arena, json->count, sizeof *hash);
    uint32_t end = json->count, first = NONE;

    if (!hash)
        return fault_memory();
    for (uint32_t i = 0; i < end; i++) {
        if (json->nodes[i].type != JSON_OBJECT || json->nodes[i].count == 0)
            continue;

        uint32_t found;
        struct arena_mark mark = arena_mark(arena);
        struct object_names names = {json, hash, i, json->nodes[i].count};
        if (!hash_names(json, i, seed, hash, arena) || !find_repeat(&names, arena, &found))
            return fault_memory();
        arena_back(arena, mark);
        if (found != NONE)
            end = first = found; /* objects nest: what one before it holds ends before it too */
    }
    if (first != NONE)
        return fault_at(STATUS_DUPLICATE, json->nodes[first].start - 1);
    members->hash = hash;
    return FAULT_NONE;
}
