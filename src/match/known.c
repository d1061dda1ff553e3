#include "config.h"

#include "match/known.h"

#include <stdlib.h>

#include "match/entries.h"
#include "match/weights.h"

#define RECORDS_FIRST 64
#define FINISH_BYTES  160 /* for each combination and profile, once all records have come; */
#define RECORD_BYTES  16  /* and for each record */
#define ID_MARGIN     256 /* bytes of an id, mostly */

bool match_known_init(struct match_known *known, const struct match_components *components,
                      uint64_t seed, size_t memory)
{
    uint32_t lasting = components->lasting, builds = components->count - lasting;
    bool added;

    *known = (struct match_known){
        .components = components, .memory = memory, .ids = BUF_EMPTY, .arena = ARENA_EMPTY};
    size_t key = lasting * sizeof(uint32_t), build = builds * sizeof(uint32_t);
    keys_init(&known->combinations, key, key + sizeof(struct match_combination), seed);
    keys_init(&known->builds, build, build + sizeof(uint32_t), seed);
    keys_init(&known->profiles, sizeof(struct match_profile_key), sizeof(struct match_profile),
              seed);
    size_t all = (size_t)components->count + 1;
    known->values = arena_take_array(&known->arena, all, sizeof *known->values);
    known->numbers = arena_take_array(&known->arena, all, sizeof *known->numbers);
    known->weights = arena_take_array(&known->arena, all, sizeof *known->weights);
    known->ranks = arena_take_array(&known->arena, all, sizeof *known->ranks);
    if (known->arena.failed) {
        known->values = NULL;
        return false;
    }
    for (uint32_t i = 0; i < components->count; i++) {
        known->values[i] = (struct match_values){.room = 0};
        keys_init(&known->values[i].table, sizeof(uint64_t), sizeof(struct match_value), seed);
    }
    for (uint32_t i = 0; i < components->count; i++)
        if (!keys_add(&known->values[i].table, &(uint64_t){0}, &added))
            return false;
    return true;
}

void match_known_free(struct match_known *known)
{
    for (uint32_t i = 0; known->values && i < known->components->count; i++) {
        keys_free(&known->values[i].table);
        free(known->values[i].cells);
    }
    keys_free(&known->combinations);
    keys_free(&known->builds);
    keys_free(&known->profiles);
    free(known->records);
    free(known->order);
    buf_free(&known->ids);
    arena_free(&known->arena);
}

/* The most bytes of an array of ROOM elements of SIZE bytes, of which COUNT are used, with one more:
 * if it must grow to twice its room, both copies exist for a moment. */
static size_t bytes_next(size_t count, size_t room, size_t size)
{
    return (count < room ? room : 3 * room) * size;
}

/* Bytes that KNOWN takes at most with one more record, and when it is finished. */
static size_t known_bytes(const struct match_known *known)
{
    size_t bytes = keys_bytes_next(&known->combinations) + keys_bytes_next(&known->builds) +
                   keys_bytes_next(&known->profiles) +
                   bytes_next(known->ids.n + ID_MARGIN, known->ids.size, 1) +
                   bytes_next(known->record_count, known->room, sizeof *known->records);

    for (uint32_t i = 0; i < known->components->count; i++)
        bytes += keys_bytes_next(&known->values[i].table) +
                 bytes_next(known->values[i].table.count, known->values[i].room,
                            8 * (size_t)known->components->items[i].cell_count);
    return bytes + FINISH_BYTES * ((size_t)known->combinations.count + known->profiles.count) +
           RECORD_BYTES * (size_t)known->record_count;
}

/* The number of value HASH of component I, whose cells are CELLS. MATCH_NO_RECORD when memory is
 * out. */
static uint32_t value_to_number(struct match_known *known, uint32_t i, uint64_t hash,
                             const uint64_t *cells)
{
    struct match_values *values = &known->values[i];
    size_t size = known->components->items[i].cell_count * sizeof *cells;
    bool added;

    if (i < known->components->lasting && values->table.count + 1 > values->room) {
        uint32_t room = values->room ? values->room * 2 : 16;
        uint64_t *grown = realloc(values->cells, room * size);
        if (!grown)
            return MATCH_NO_RECORD;
        memset(grown, 0, values->room ? 0 : size);
        values->cells = grown;
        values->room = room;
    }
    const void *entry = keys_add(&values->table, &hash, &added);
    if (!entry)
        return MATCH_NO_RECORD;
    uint32_t number = keys_number(&values->table, entry);
    if (added && values->cells)
        memcpy((unsigned char *)values->cells + number * size, cells, size);
    return number;
}

/* The number of the entry KEY of TABLE. MATCH_NO_RECORD when memory is out. */
static uint32_t part_number(struct keys *table, const void *key)
{
    bool added;
    const void *entry = keys_add(table, key, &added);

    return entry ? keys_number(table, entry) : MATCH_NO_RECORD;
}

/* The number of the profile of SIGNATURE. MATCH_NO_RECORD when memory is out. */
static uint32_t profile_number(struct match_known *known, const struct match_signature *signature)
{
    const struct match_components *c = known->components;
    struct match_profile_key key;

    for (uint32_t i = 0; i < c->count; i++) {
        known->numbers[i] =
            value_to_number(known, i, signature->values[i], signature->cells + c->items[i].cells);
        if (known->numbers[i] == MATCH_NO_RECORD)
            return MATCH_NO_RECORD;
    }
    memset(&key, 0, sizeof key);
    key.combination = part_number(&known->combinations, known->numbers);
    key.build = part_number(&known->builds, known->numbers + c->lasting);
    key.family = signature->family;
    key.version_hash = signature->version_hash;
    if (key.combination == MATCH_NO_RECORD || key.build == MATCH_NO_RECORD)
        return MATCH_NO_RECORD;
    uint32_t number = part_number(&known->profiles, &key);
    if (number != MATCH_NO_RECORD)
        ((struct match_profile *)keys_at(&known->profiles, number))->version = signature->version;
    return number;
}

/* Room for one more record. */
static bool grow_records(struct match_known *known)
{
    uint32_t room = known->room ? known->room * 2 : RECORDS_FIRST;
    struct match_record *grown;

    if (known->record_count < known->room)
        return true;
    if (room > MATCH_NO_RECORD / 2 || !(grown = realloc(known->records, room * sizeof *grown)))
        return false;
    known->records = grown;
    known->room = room;
    return true;
}

/* Append a record with PROFILE; there is memory for it by the limit. */
static struct fault append_record(struct match_known *known,
                                  const struct match_signature *signature, uint64_t device,
                                  uint64_t truth, uint32_t profile)
{
    uint32_t length = (uint32_t)signature->id.n;
    uint64_t at = known->ids.n;

    if (!grow_records(known))
        return fault_memory();
    buf_put(&known->ids, span_of(&length, sizeof length));
    buf_put(&known->ids, signature->id);
    if (known->ids.failed)
        return fault_memory();
    struct match_record *record = &known->records[known->record_count++];
    *record = (struct match_record){.device = device,
                                    .truth = truth,
                                    .id = at,
                                    .profile = profile,
                                    .repeated = profile == MATCH_NO_RECORD};
    memcpy(record->key, signature->key, sizeof record->key);
    return FAULT_NONE;
}

struct fault match_known_append(struct match_known *known, const struct match_signature *signature,
                                uint64_t device, uint64_t truth, uint32_t profile)
{
    return known_bytes(known) > known->memory
               ? fault_at(STATUS_QUOTA, 0)
               : append_record(known, signature, device, truth, profile);
}

struct fault match_known_add(struct match_known *known, const struct match_signature *signature,
                             uint64_t device, uint64_t truth)
{
    if (known_bytes(known) > known->memory)
        return fault_at(STATUS_QUOTA, 0);
    uint32_t profile = profile_number(known, signature);
    return profile == MATCH_NO_RECORD
               ? fault_memory()
               : append_record(known, signature, device, truth, profile);
}

uint32_t match_known_number(const struct match_known *known, uint32_t component, uint64_t hash)
{
    const struct keys *table = &known->values[component].table;
    const void *entry = keys_find(table, &hash);

    return entry ? keys_number(table, entry) : MATCH_NO_RECORD;
}

size_t match_known_room(const struct match_known *known)
{
    size_t bytes = known_bytes(known);

    return bytes < known->memory ? known->memory - bytes : 0;
}

struct fault match_known_finish(struct match_known *known)
{
    uint32_t *entries = NULL;
    bool enough = match_entries_count(known, &entries) && match_weights_make(known, entries);

    free(entries);
    return enough ? FAULT_NONE : fault_memory();
}

struct span match_known_id(const struct match_known *known, const struct match_record *record)
{
    uint32_t length;

    memcpy(&length, known->ids.p + record->id, sizeof length);
    return span_of(known->ids.p + record->id + sizeof length, length);
}
