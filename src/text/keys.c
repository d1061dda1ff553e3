#include "config.h"

#include "text/keys.h"

#include <stdlib.h>

#include "text/hash.h"

#define FIRST 64 /* entries; the index has twice as many places */

void keys_init(struct keys *keys, size_t key_size, size_t entry_size, uint64_t seed)
{
    *keys = (struct keys){.key_size = key_size, .entry_size = entry_size, .seed = seed};
}

void keys_free(struct keys *keys)
{
    free(keys->entries);
    free(keys->index);
    keys_init(keys, keys->key_size, keys->entry_size, keys->seed);
}

static uint32_t home(const struct keys *keys, const void *key)
{
    return (uint32_t)hash_seeded(span_of(key, keys->key_size), keys->seed) & (keys->places - 1);
}

/* The place of KEY in the index, or the free one where it would be. */
static uint32_t place_of(const struct keys *keys, const void *key)
{
    uint32_t at = home(keys, key);

    while (keys->index[at] && memcmp(keys_at(keys, keys->index[at] - 1), key, keys->key_size))
        at = (at + 1) & (keys->places - 1);
    return at;
}

void *keys_find(const struct keys *keys, const void *key)
{
    if (!keys->count)
        return NULL;
    uint32_t number = keys->index[place_of(keys, key)];
    return number ? keys_at(keys, number - 1) : NULL;
}

/* Have room for twice as many entries. */
static bool grow(struct keys *keys)
{
    uint32_t room = keys->room ? keys->room * 2 : FIRST;

    if (room > UINT32_MAX / 4)
        return false;
    unsigned char *entries = realloc(keys->entries, room * keys->entry_size);
    if (!entries)
        return false;
    keys->entries = entries;
    uint32_t *index = calloc((size_t)room * 2, sizeof *index);
    if (!index)
        return false;
    free(keys->index);
    keys->index = index;
    keys->places = room * 2;
    keys->room = room;
    for (uint32_t i = 0; i < keys->count; i++)
        keys->index[place_of(keys, keys_at(keys, i))] = i + 1;
    return true;
}

void *keys_add(struct keys *keys, const void *key, bool *added)
{
    uint32_t at = keys->room ? place_of(keys, key) : 0;

    *added = false;
    if (keys->room && keys->index[at])
        return keys_at(keys, keys->index[at] - 1);
    if (keys->count == keys->room) {
        /* Not before, as who looks at keys_bytes_next() counts on it. */
        if (!grow(keys))
            return NULL;
        at = place_of(keys, key);
    }
    unsigned char *entry = keys_at(keys, keys->count);
    memcpy(entry, key, keys->key_size);
    memset(entry + keys->key_size, 0, keys->entry_size - keys->key_size);
    keys->index[at] = ++keys->count;
    *added = true;
    return entry;
}

/* Free the place AT: those behind it that would no longer be found move up. */
static void free_place(struct keys *keys, uint32_t at)
{
    uint32_t mask = keys->places - 1;

    for (uint32_t next = (at + 1) & mask; keys->index[next]; next = (next + 1) & mask) {
        uint32_t from = home(keys, keys_at(keys, keys->index[next] - 1));
        if (((next - from) & mask) < ((next - at) & mask))
            continue;
        keys->index[at] = keys->index[next];
        at = next;
    }
    keys->index[at] = 0;
}

void keys_remove(struct keys *keys, void *entry)
{
    unsigned char *last = keys_at(keys, keys->count - 1);
    uint32_t at = place_of(keys, entry), number = keys->index[at];

    free_place(keys, at);
    if (last != entry) {
        keys->index[place_of(keys, last)] = number;
        memcpy(entry, last, keys->entry_size);
    }
    keys->count--;
}

void keys_clear(struct keys *keys)
{
    if (keys->count)
        memset(keys->index, 0, keys->places * sizeof *keys->index);
    keys->count = 0;
}

size_t keys_bytes(const struct keys *keys)
{
    return keys->room * keys->entry_size + keys->places * sizeof *keys->index;
}

size_t keys_bytes_next(const struct keys *keys)
{
    size_t now = keys_bytes(keys);

    if (keys->count < keys->room)
        return now;
    return keys->room ? now * 3 : FIRST * keys->entry_size + 2 * FIRST * sizeof *keys->index;
}
