/*
 * keys: a table of entries that each begin with a key of fixed size.
 *
 * The entries are an array, in the order in which they came until one is removed: the user of
 * the table can walk, sort and write them. They are found by a
 * hash with a seed, in O(1) comparisons of bytes, at 16 to 32 bytes an entry (lookup.h).
 */
#ifndef WHORL_TEXT_KEYS_H
#define WHORL_TEXT_KEYS_H

#include "base/lookup.h"
#include "base/span.h"

struct keys {
    unsigned char *entries;
    size_t entry_size, key_size; /* in bytes; the key is what an entry begins with */
    uint32_t count, room;        /* of entries */
    struct lookup lookup;
    uint64_t seed;
};

/* Begin with no entry and no memory. SEED should be one that nobody can guess. */
void keys_init(struct keys *keys, size_t key_size, size_t entry_size, uint64_t seed);
void keys_free(struct keys *keys);

/* The entry of KEY; null if there is none. Valid until the next keys_add() or keys_remove(). */
void *keys_find(const struct keys *keys, const void *key);

/* The entry of KEY; if there was none a new one with *ADDED true, zeros after its key. Null
 * when memory is out: nothing has changed then. */
void *keys_add(struct keys *keys, const void *key, bool *added)
    __attribute__((warn_unused_result));

/* Remove ENTRY; the last one takes its place. */
void keys_remove(struct keys *keys, void *entry);

/* The entry number I, below count. */
static inline void *keys_at(const struct keys *keys, uint32_t i)
{
    return keys->entries + i * keys->entry_size;
}

/* Remove all entries; the memory stays. */
void keys_clear(struct keys *keys);

/* Bytes that the table has taken, and those that it will have taken after one entry more, the
 * old ones counted while they are copied. */
size_t keys_bytes(const struct keys *keys);
size_t keys_bytes_next(const struct keys *keys);

#endif
