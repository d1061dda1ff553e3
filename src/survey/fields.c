#include "config.h"

#include "survey/fields.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/quota.h"
#include "base/sort.h"
#include "catalog/trie.h"
#include "json/value.h"
#include "survey/distinct.h"
#include "survey/personal.h"

#define FIRST_ROOM 64

/* Mix the record's NUMBER and the number of a value. */
static uint64_t mix_partition(uint64_t number, uint64_t value)
{
    uint64_t x = number * 0x9E3779B97F4A7C15u + value * 0xD6E8FEB86659FD93u + 1;

    x = (x ^ (x >> 32)) * 0xD6E8FEB86659FD93u;
    x = (x ^ (x >> 32)) * 0xD6E8FEB86659FD93u;
    return x ^ (x >> 32);
}

/* Free TEXT, which keep_text() has made. */
static void free_text(struct fields *fields, struct span text)
{
    union {
        const unsigned char *kept;
        void *owned;
    } bytes = {.kept = text.p};

    quota_free(fields->quota, bytes.owned, text.n + 1);
}

/* Free what PATH owns. */
static void free_field(struct fields *fields, struct field *field)
{
    free_text(fields, field->name);
    if (field->key.p) {
        free_text(fields, field->key);
        free_text(fields, field->paired);
    }
    for (unsigned i = 0; i < FIELD_EXAMPLES; i++)
        if (field->examples[i].p)
            free_text(fields, field->examples[i]);
    frequent_free(&field->frequent, fields->quota);
    quota_free(fields->quota, field->distinct, sizeof *field->distinct);
    quota_free(fields->quota, field->names, sizeof *field->names);
}

static bool grow_fields(struct fields *fields)
{
    uint32_t room = fields->room ? 2 * fields->room : FIRST_ROOM;

    if (fields->lookup.size < 2 * room && !lookup_grow(&fields->lookup, room, fields->quota))
        return false;
    struct field *items = quota_realloc(fields->quota, fields->items,
                                        fields->room * sizeof *items, room * sizeof *items);
    if (!items)
        return false;
    fields->items = items;
    fields->room = room;
    return true;
}

/* A copy of at most MOST bytes of TEXT, whole characters; SPAN_FAILED when memory is out. */
static struct span keep_text(struct fields *fields, struct span text, size_t most)
{
    size_t n = text.n < most ? text.n : most;

    while (n < text.n && n && (text.p[n] & 0xC0) == 0x80)
        n--;
    unsigned char *copy = quota_calloc(fields->quota, n + 1, 1);
    if (!copy)
        return SPAN_FAILED;
    if (n)
        memcpy(copy, text.p, n);
    return span_of(copy, n);
}

/* A new path in PARENT, with the name of OBSERVATION; FIELD_NONE when memory is out. */
static uint32_t add_field(struct fields *fields, uint32_t parent,
                          const struct observation *observation)
{
    if (fields->count == fields->room && !grow_fields(fields))
        return FIELD_NONE;
    struct span copy = keep_text(fields, observation->name, observation->name.n);
    if (span_failed(copy))
        return FIELD_NONE;
    fields->items[fields->count] = (struct field){.name = copy,
                                                  .hash = observation->name_hash,
                                                  .id = observation->name_id,
                                                  .parent = parent,
                                                  .follower = FIELD_NONE,
                                                  .shortest = UINT32_MAX,
                                                  .slot = fields->slots++,
                                                  .form = FIELD_NONE,
                                                  .frequent = FREQUENT_EMPTY};
    lookup_add(&fields->lookup, mix_partition(parent, observation->name_hash), fields->count);
    return fields->count++;
}

bool fields_init(struct fields *fields, struct quota *quota)
{
    *fields = (struct fields){.lookup = LOOKUP_EMPTY, .quota = quota};
    return add_field(fields, FIELD_NONE, &(struct observation){.depth = 0}) == FIELD_ROOT;
}

void fields_free(struct fields *fields)
{
    for (uint32_t i = 0; i < fields->count; i++)
        free_field(fields, &fields->items[i]);
    quota_free(fields->quota, fields->items, fields->room * sizeof *fields->items);
    lookup_free(&fields->lookup, fields->quota);
    *fields = (struct fields){.count = 0};
}

uint64_t fields_names(const struct field *parent)
{
    uint64_t names = parent->names ? distinct_estimate(parent->names) : 0;

    return names > parent->children ? names : parent->children;
}

uint64_t field_records(const struct field *field)
{
    return frequent_total(&field->frequent);
}

static bool is_child(const struct field *field, uint32_t parent, struct span name)
{
    return field->parent == parent && span_equal(field->name, name);
}

uint32_t fields_find(struct fields *fields, uint32_t parent, uint32_t before,
                     const struct observation *observation, bool *full)
{
    struct span name = observation->name;
    uint32_t guess = fields->items[before].follower;

    *full = false;
    if (guess != FIELD_NONE && is_child(&fields->items[guess], parent, name))
        return guess;
    uint64_t hash = mix_partition(parent, observation->name_hash);
    uint32_t at = lookup_home(&fields->lookup, hash), found;
    do
        found = lookup_next(&fields->lookup, hash, &at);
    while (found != LOOKUP_NONE && !is_child(&fields->items[found], parent, name));
    if (found == LOOKUP_NONE && fields->items[parent].closed) {
        distinct_add(fields->items[parent].names, observation->name_id);
        return FIELD_NONE;
    }
    if (found == LOOKUP_NONE) {
        found = add_field(fields, parent, observation);
        *full = found == FIELD_NONE;
        if (*full)
            return FIELD_NONE;
        fields->items[parent].children++;
    }
    fields->items[before].follower = found;
    return found;
}

/* The counters of PATH are full, and are about to lose a hash: begin the estimate with all of
 * them. */
static bool begin_distinct(struct fields *fields, struct field *field)
{
    field->distinct = quota_calloc(fields->quota, 1, sizeof *field->distinct);
    if (!field->distinct)
        return false;
    for (uint32_t i = 0; i < FREQUENT_COUNTERS; i++)
        distinct_add(field->distinct, frequent_at(&field->frequent, i).hash);
    return true;
}

/* Keep the text of one of the first different values, if memory allows it. */
static void keep_example(struct fields *fields, struct field *field, struct span text)
{
    unsigned last = field->frequent.last;

    if (last >= FIELD_EXAMPLES || field->examples[last].p || !frequent_exact(&field->frequent))
        return;
    struct span copy = keep_text(fields, text, FIELD_EXAMPLE);
    if (span_failed(copy))
        return;
    field->examples[last] = copy;
    field->cut |= (unsigned char)((copy.n < text.n) << last);
    field->personal |= (unsigned char)(personal_text(text) << last);
}

/* Count an array of pairs. */
static void count_pairs(struct fields *fields, struct field *field,
                        const struct observation *observation)
{
    if (!field->pairs) {
        field->key = keep_text(fields, observation->key, observation->key.n);
        field->paired = keep_text(fields, observation->paired, observation->paired.n);
        if (span_failed(field->key) || span_failed(field->paired)) {
            if (!span_failed(field->key))
                free_text(fields, field->key);
            if (!span_failed(field->paired))
                free_text(fields, field->paired);
            field->key = field->paired = span_of(NULL, 0);
            return;
        }
    }
    field->pairs += span_equal(field->key, observation->key) &&
                    span_equal(field->paired, observation->paired);
}

/* If the last value took a counter over, the example of that counter is of another value. */
static void mark_stale(struct field *field)
{
    struct frequent_counter counter = frequent_at(&field->frequent, field->frequent.last);

    if (field->frequent.last < FIELD_EXAMPLES && counter.count - counter.error == 1)
        field->stale |= (unsigned char)(1u << field->frequent.last);
}

bool fields_add(struct fields *fields, uint32_t number, const struct observation *observation,
                uint64_t record)
{
    struct field *field = &fields->items[number];
    uint32_t n = observation->length;

    if (!field->distinct && frequent_distinct(&field->frequent) == FREQUENT_COUNTERS &&
        !begin_distinct(fields, field))
        return false;
    if (!frequent_add(&field->frequent, observation->value, fields->quota))
        return false;
    keep_example(fields, field, observation->text);
    if (!frequent_exact(&field->frequent))
        mark_stale(field);
    if (field->distinct)
        distinct_add(field->distinct, observation->value);
    if (observation->form != observation->value && field->form == FIELD_NONE)
        field->form = fields->slots++;
    field->keyed |= observation->keyed;
    field->types[observation->type]++;
    field->shortest = n < field->shortest ? n : field->shortest;
    field->longest = n > field->longest ? n : field->longest;
    if (observation->type == OBSERVE_OBJECT)
        field->members += n;
    field->fractions += observation->fraction;
    field->json += observation->json;
    if (observation->paired.n)
        count_pairs(fields, field, observation);
    field->partition += mix_partition(record, field->frequent.last);
    return true;
}

/* A path that may be merged into its parent. */
struct field_rarity {
    uint64_t records;
    uint32_t number;
};

/* The fewest records first; of equally many the path that came last. */
static int compare_rarity(const void *a, const void *b, void *context)
{
    const struct field_rarity *x = a, *y = b;

    (void)context;
    if (x->records != y->records)
        return x->records < y->records ? -1 : 1;
    return (x->number < y->number) - (x->number > y->number);
}

/* Close PARENT, whose `names` become those of its members. False when memory is out. */
static bool close_field(struct fields *fields, uint32_t parent)
{
    struct field *field = &fields->items[parent];

    field->names = quota_calloc(NULL, 1, sizeof *field->names);
    if (!field->names)
        return false;
    if (fields->quota)
        fields->quota->used += sizeof *field->names; /* what is merged gives more */
    field->closed = true;
    for (uint32_t i = 1; i < fields->count; i++)
        if (fields->items[i].parent == parent)
            distinct_add(field->names, fields->items[i].id);
    return true;
}

/* Merge path NUMBER into its parent, which is closed: its own `parent` becomes FIELD_NONE. */
static void merge_field(struct fields *fields, uint32_t number)
{
    struct field *field = &fields->items[number], *parent = &fields->items[field->parent];

    parent->merged++;
    parent->children--;
    field->parent = FIELD_NONE;
    fields->gone++;
    free_field(fields, field);
}

/* Merge the rarer half of the paths without members. False if no path has none, or memory is out. */
static bool merge_rarer_half(struct fields *fields)
{
    struct field_rarity *rarest = malloc(2 * (size_t)fields->count * sizeof *rarest);
    uint32_t count = 0;
    bool closed = rarest;

    for (uint32_t i = 1; closed && i < fields->count; i++)
        if (!fields->items[i].children)
            rarest[count++] = (struct field_rarity){field_records(&fields->items[i]), i};
    if (closed)
        sort_array(rarest, count, sizeof *rarest, compare_rarity, NULL, rarest + count);
    count = (count + 1) / 2;
    for (uint32_t i = 0; closed && i < count; i++) {
        uint32_t parent = fields->items[rarest[i].number].parent;
        closed = fields->items[parent].closed || close_field(fields, parent);
    }
    for (uint32_t i = 0; closed && i < count; i++)
        merge_field(fields, rarest[i].number);
    free(rarest);
    return closed && count;
}

/* Give the slots that are left their new numbers, in order. */
static void renumber_slots(struct fields *fields, uint32_t *renumbered)
{
    uint32_t left = 0;

    for (uint32_t i = 0; i < fields->slots; i++)
        renumbered[i] = FIELD_NONE;
    for (uint32_t i = 0; i < fields->count; i++) {
        const struct field *field = &fields->items[i];
        renumbered[field->slot] = 0;
        if (field->form != FIELD_NONE)
            renumbered[field->form] = 0;
    }
    for (uint32_t i = 0; i < fields->slots; i++)
        if (renumbered[i] != FIELD_NONE)
            renumbered[i] = left++;
    for (uint32_t i = 0; i < fields->count; i++) {
        struct field *field = &fields->items[i];
        field->slot = renumbered[field->slot];
        if (field->form != FIELD_NONE)
            field->form = renumbered[field->form];
    }
    fields->slots = left;
}

/* Move the paths that are left together, and number them anew. NUMBERS has room for all of them. A
 * parent comes before its members, and stays there. */
static void close_ranks(struct fields *fields, uint32_t *numbers)
{
    uint32_t left = 1;

    lookup_clear(&fields->lookup);
    fields->items[FIELD_ROOT].follower = FIELD_NONE;
    numbers[FIELD_ROOT] = FIELD_ROOT;
    for (uint32_t i = 1; i < fields->count; i++) {
        struct field *field = &fields->items[i];
        if (field->parent == FIELD_NONE)
            continue;
        field->parent = numbers[field->parent];
        field->follower = FIELD_NONE;
        lookup_add(&fields->lookup, mix_partition(field->parent, field->hash), left);
        numbers[i] = left;
        fields->items[left++] = *field;
    }
    fields->count = left;
}

bool fields_merge_rarest(struct fields *fields, uint32_t *renumbered)
{
    uint32_t *numbers = malloc(fields->count * sizeof *numbers);
    bool merged = numbers && merge_rarer_half(fields);

    if (merged) {
        close_ranks(fields, numbers);
        renumber_slots(fields, renumbered);
    }
    free(numbers);
    return merged;
}

void fields_put_pointer(struct buf *out, const struct fields *fields, uint32_t path)
{
    uint32_t chain[VALUE_DEPTH];
    unsigned depth = 0;

    for (; path != FIELD_ROOT; path = fields->items[path].parent)
        chain[depth++] = path;
    while (depth--)
        trie_put_token(fields->items[chain[depth]].name, out);
}
