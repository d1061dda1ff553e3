#include "config.h"

#include "text/keys.h"

#include <stdlib.h>

#include "text/hash.h"

#define FIRST 64 /* entries */

void keys_init(struct keys *keys, size_t key_size, size_t entry_size, uint64_t seed)
{
    *keys = (struct keys){.key_size = key_size, .entry_size = entry_size, .seed = seed};
}

void keys_free(struct keys *keys)
{
    free(keys->entries);
    lookup_free(&keys->lookup, NULL);
    keys_init(keys, keys->key_size, keys->entry_size, keys->seed);
}

static uint64_t hash_key(const struct keys *keys, const void *key)
{
    return hash_seeded(span_of(key, keys->key_size), keys->seed);
}

/* The entry of KEY in a table that has memory; null if it is not there. */
static void *find_key(const struct keys *keys, const void *key, uint64_t hash)
{
    uint32_t at = lookup_home(&keys->lookup, hash), number;

    do
        number = lookup_next(&keys->lookup, hash, &at);
    while (number != LOOKUP_NONE && memcmp(keys_at(keys, number), key, keys->key_size));
    return number == LOOKUP_NONE ? NULL : keys_at(keys, number);
}

void *keys_find(const struct keys *keys, const void *key)
{
    return keys->count ? find_key(keys, key, hash_key(keys, key)) : NULL;
}

/* Make room for twice as many entries. */
static bool grow_keys(struct keys *keys)
{
    uint32_t room = keys->room ? keys->room * 2 : FIRST;

    if (keys->lookup.size < 2 * room && !lookup_grow(&keys->lookup, room, NULL))
        return false;
    unsigned char *entries = realloc(keys->entries, room * keys->entry_size);
    if (!entries)
        return false;
    keys->entries = entries;
    keys->room = room;
    return true;
}

void *keys_add(struct keys *keys, const void *key, bool *added)
{
    uint64_t hash = hash_key(keys, key);
    unsigned char *entry = keys->count ? find_key(keys, key, hash) : NULL;

    *added = !entry;
    if (entry)
        return entry;
    /* Not earlier, because callers of keys_bytes_next() rely on it. */
    if (keys->count == keys->room && !grow_keys(keys))
        return NULL;
    entry = keys_at(keys, keys->count);
    memcpy(entry, key, keys->key_size);
    memset(entry + keys->key_size, 0, keys->entry_size - keys->key_size);
    lookup_add(&keys->lookup, hash, keys->count++);
    return entry;
}

void keys_remove(struct keys *keys, void *entry)
{
    unsigned char *last = keys_at(keys, keys->count - 1);
    uint32_t number = keys_number(keys, entry);

    lookup_remove(&keys->lookup, hash_key(keys, entry), number);
    keys->count--;
    if (last != entry) {
        lookup_renumber(&keys->lookup, hash_key(keys, last), keys->count, number);
        memcpy(entry, last, keys->entry_size);
    }
}

void keys_clear(struct keys *keys)
{
    if (keys->count)
        lookup_clear(&keys->lookup);
    keys->count = 0;
}

size_t keys_bytes(const struct keys *keys)
{
    return keys->room * keys->entry_size + lookup_bytes(keys->room);
}

size_t keys_bytes_next(const struct keys *keys)
{
    size_t now = keys_bytes(keys);

    if (keys->count < keys->room)
        return now;
    return keys->room ? now * 3 : FIRST * keys->entry_size + lookup_bytes(FIRST);
}
