/*
 * keys: a table of entries, each of which begins with a key of fixed size.
 *
 * The entries are an array, in the order in which they came until one is removed. The user can
 * walk, sort and write them. A hash with a seed finds them in O(1) comparisons, with 16 to 32 bytes
 * for each entry (lookup.h).
 */
#ifndef WHORL_TEXT_KEYS_H
#define WHORL_TEXT_KEYS_H

#include "base/lookup.h"
#include "base/span.h"

struct keys {
    unsigned char *entries;
    size_t entry_size, key_size; /* in bytes; an entry begins with its key */
    uint32_t count, room;        /* of entries */
    struct lookup lookup;
    uint64_t seed;
};

/* Begin without entries and without memory. SEED should be hard to guess. */
void keys_init(struct keys *keys, size_t key_size, size_t entry_size, uint64_t seed);
void keys_free(struct keys *keys);

/* The entry of KEY; null if it is not there. Valid until the next keys_add() or keys_remove(). */
void *keys_find(const struct keys *keys, const void *key);

/* The entry of KEY. If it is not there, a new one is added, with zeros after its key, and *ADDED is
 * true. Null when memory is out, with nothing changed. */
void *keys_add(struct keys *keys, const void *key, bool *added)
    __attribute__((warn_unused_result));

/* Remove ENTRY; the last entry takes its place. */
void keys_remove(struct keys *keys, void *entry);

/* Entry number I, below count. */
static inline void *keys_at(const struct keys *keys, uint32_t i)
{
    return keys->entries + i * keys->entry_size;
}

/* The number of ENTRY, which is one of them. */
static inline uint32_t keys_number(const struct keys *keys, const void *entry)
{
    return (uint32_t)((size_t)((const unsigned char *)entry - keys->entries) / keys->entry_size);
}

/* Remove all entries; the memory stays. */
void keys_clear(struct keys *keys);

/* The bytes that the table holds, and the most that it holds while one more entry is added, with
 * both copies if it grows. */
size_t keys_bytes(const struct keys *keys);
size_t keys_bytes_next(const struct keys *keys);

#endif
