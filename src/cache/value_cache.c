#include "config.h"

#include "cache/value_cache.h"

#include "text/hash.h"
#include "vector/vector.h"

#define RING 128 /* bytes of the ring for each entry, */
#define SEEN 2   /* and marks of what was seen once */
#define PART 16  /* an entry takes at most this part of the ring */

struct value_cache_entry {
    uint64_t at; /* where its bytes were written, by the count of all */
    uint32_t tag;
    uint32_t path;
};

/* What is in the ring for a value, in one piece: this, COUNT results, their texts, and the
 * leaf. */
struct kept_value {
    uint32_t leaf_n;
    uint32_t text_n; /* of all texts */
};
struct kept_result {
    uint64_t hash;
    uint32_t text_n;
    uint32_t state;
};

size_t value_cache_size(uint32_t count)
{
    return count * (sizeof(struct value_cache_entry) + SEEN * sizeof(uint16_t) + RING);
}

void value_cache_init(struct value_cache *value_cache, void *memory, uint32_t count,
                      uint64_t seed)
{
    *value_cache = (struct value_cache){.count = count,
                                        .entries = memory,
                                        .ring_size = (size_t)count * RING,
                                        .longest = (size_t)count * RING / PART,
                                        .seed = seed};
    value_cache->seen = (void *)(value_cache->entries + count);
    value_cache->ring = (void *)(value_cache->seen + (size_t)count * SEEN);
    memset(value_cache->seen, 0, (size_t)count * SEEN * sizeof *value_cache->seen);
    value_cache_forget(value_cache);
}

void value_cache_forget(struct value_cache *value_cache)
{
    memset(value_cache->entries, 0, value_cache->count * sizeof *value_cache->entries);
    value_cache->written = value_cache->ring_size; /* so that an entry of zeros is not alive */
}

uint64_t value_cache_hash(const struct value_cache *value_cache, uint32_t path, struct span raw)
{
    return hash_seeded(raw, value_cache->seed ^ path * 0x9E3779B97F4A7C15u);
}

/* Is what ENTRY wrote still there? A new piece overwrites only what lies more than a ring
 * back. */
static bool entry_alive(const struct value_cache *value_cache,
                        const struct value_cache_entry *entry)
{
    return entry->at + value_cache->ring_size > value_cache->written &&
           entry->at < value_cache->written;
}

static struct value_cache_entry *set_of(const struct value_cache *value_cache, uint64_t hash)
{
    return value_cache->entries +
           (hash >> 32 & (value_cache->count / VALUE_CACHE_WAYS - 1)) * VALUE_CACHE_WAYS;
}

/* What is in the ring from byte number AT of all ever written on. */
static unsigned char *ring_at(const struct value_cache *value_cache, uint64_t at)
{
    return value_cache->ring + (at & (value_cache->ring_size - 1));
}

void value_cache_expect(const struct value_cache *value_cache, uint64_t hash)
{
    __builtin_prefetch(set_of(value_cache, hash));
}

void value_cache_expect_kept(const struct value_cache *value_cache, uint32_t path,
                             uint64_t hash)
{
    const struct value_cache_entry *set = set_of(value_cache, hash);

    for (int i = 0; i < VALUE_CACHE_WAYS; i++)
        if (set[i].tag == (uint32_t)hash && set[i].path == path)
            __builtin_prefetch(ring_at(value_cache, set[i].at));
}

bool value_cache_find(const struct value_cache *value_cache, uint32_t path, struct span raw,
                      uint64_t hash, struct vector_signal *results, uint32_t count)
{
    const struct value_cache_entry *set = set_of(value_cache, hash);

    for (int i = 0; i < VALUE_CACHE_WAYS; i++) {
        if (set[i].tag != (uint32_t)hash || set[i].path != path ||
            !entry_alive(value_cache, &set[i]))
            continue;
        const struct kept_value *kept = (const void *)ring_at(value_cache, set[i].at);
        const struct kept_result *result = (const void *)(kept + 1);
        const unsigned char *text = (const void *)(result + count);
        if (kept->leaf_n != raw.n || memcmp(text + kept->text_n, raw.p, raw.n) != 0)
            continue;
        for (uint32_t k = 0; k < count; k++) {
            results[k] = (struct vector_signal){result[k].state, result[k].hash,
                                                span_of(text, result[k].text_n)};
            text += result[k].text_n;
        }
        return true;
    }
    return false;
}

/* Where the next N bytes of the ring are, aligned and in one piece, by the count of all. */
static uint64_t take_ring(struct value_cache *value_cache, size_t n)
{
    n = (n + 7) / 8 * 8;
    size_t left =
        value_cache->ring_size - (value_cache->written & (value_cache->ring_size - 1));
    if (left < n)
        value_cache->written += left;
    value_cache->written += n;
    return value_cache->written - n;
}

/* Was it seen before? From now on it was. */
static bool seen_before(struct value_cache *value_cache, uint64_t hash)
{
    uint16_t *mark = &value_cache->seen[hash >> 40 & (value_cache->count * SEEN - 1)];
    uint16_t now = (uint16_t)(hash >> 16 | 1);
    bool before = *mark == now;

    *mark = now;
    return before;
}

void value_cache_keep(struct value_cache *value_cache, uint32_t path, struct span raw,
                      uint64_t hash, const struct vector_signal *results, uint32_t count,
                      bool at_once)
{
    struct value_cache_entry *set = set_of(value_cache, hash), *entry = set;
    size_t text_n = 0;

    if (raw.n > value_cache->longest)
        return;
    for (uint32_t k = 0; k < count; k++)
        text_n += results[k].text.n;
    size_t n = sizeof(struct kept_value) + count * sizeof(struct kept_result) + text_n + raw.n;
    if (text_n > value_cache->longest || n > value_cache->longest ||
        (!(at_once && n <= VALUE_CACHE_SHORT) && !seen_before(value_cache, hash)))
        return;
    for (int i = 1; i < VALUE_CACHE_WAYS; i++)
        if (set[i].at < entry->at)
            entry = &set[i];

    uint64_t at = take_ring(value_cache, n);
    struct kept_value *kept = (void *)ring_at(value_cache, at);
    struct kept_result *result = (void *)(kept + 1);
    unsigned char *text = (void *)(result + count);
    *kept = (struct kept_value){(uint32_t)raw.n, (uint32_t)text_n};
    for (uint32_t k = 0; k < count; k++) {
        result[k] = (struct kept_result){results[k].hash, (uint32_t)results[k].text.n,
                                         (uint32_t)results[k].state};
        if (results[k].text.n)
            memcpy(text, results[k].text.p, results[k].text.n);
        text += results[k].text.n;
    }
    memcpy(text, raw.p, raw.n);
    *entry = (struct value_cache_entry){at, (uint32_t)hash, path};
}
