#include "config.h"

#include "cache/memo.h"

#include "text/hash.h"

#define RING 128 /* bytes of the ring for each entry, */
#define SEEN 2   /* and marks of what was seen once */
#define PART 16  /* an entry takes at most this part of the ring */

struct memo_entry {
    uint64_t at; /* where its bytes were written, by the count of all */
    uint32_t tag;
    uint32_t place;
};

/* What stands in the ring, in one piece: this, COUNT results, their texts, and the leaf. */
struct kept {
    uint32_t leaf_n;
    uint32_t text_n; /* of all texts */
};
struct kept_result {
    uint64_t hash;
    uint32_t text_n;
    uint32_t state;
};

size_t memo_size(uint32_t count)
{
    return count * (sizeof(struct memo_entry) + SEEN * sizeof(uint16_t) + RING);
}

void memo_init(struct memo *memo, void *memory, uint32_t count, uint64_t seed)
{
    *memo = (struct memo){.count = count,
                          .entries = memory,
                          .ring_size = (size_t)count * RING,
                          .longest = (size_t)count * RING / PART,
                          .seed = seed};
    memo->seen = (void *)(memo->entries + count);
    memo->ring = (void *)(memo->seen + (size_t)count * SEEN);
    memset(memo->seen, 0, (size_t)count * SEEN * sizeof *memo->seen);
    memo_forget(memo);
}

void memo_forget(struct memo *memo)
{
    memset(memo->entries, 0, memo->count * sizeof *memo->entries);
    memo->written = memo->ring_size; /* so that an entry of zeros is not alive */
}

uint64_t memo_hash(const struct memo *memo, uint32_t place, struct span raw)
{
    return hash_seeded(raw, memo->seed ^ place * 0x9E3779B97F4A7C15u);
}

/* Is what ENTRY wrote still there? A new piece overwrites only what lies more than a ring
 * back. */
static bool alive(const struct memo *memo, const struct memo_entry *entry)
{
    return entry->at + memo->ring_size > memo->written && entry->at < memo->written;
}

static struct memo_entry *set_of(const struct memo *memo, uint64_t hash)
{
    return memo->entries + (hash >> 32 & (memo->count / MEMO_WAYS - 1)) * MEMO_WAYS;
}

/* What is in the ring from byte number AT of all ever written on. */
static unsigned char *ring_at(const struct memo *memo, uint64_t at)
{
    return memo->ring + (at & (memo->ring_size - 1));
}

void memo_expect(const struct memo *memo, uint64_t hash)
{
    __builtin_prefetch(set_of(memo, hash));
}

void memo_expect_kept(const struct memo *memo, uint32_t place, uint64_t hash)
{
    const struct memo_entry *set = set_of(memo, hash);

    for (int i = 0; i < MEMO_WAYS; i++)
        if (set[i].tag == (uint32_t)hash && set[i].place == place)
            __builtin_prefetch(ring_at(memo, set[i].at));
}

bool memo_find(const struct memo *memo, uint32_t place, struct span raw, uint64_t hash,
               struct vector_signal *results, uint32_t count)
{
    const struct memo_entry *set = set_of(memo, hash);

    for (int i = 0; i < MEMO_WAYS; i++) {
        if (set[i].tag != (uint32_t)hash || set[i].place != place || !alive(memo, &set[i]))
            continue;
        const struct kept *kept = (const void *)ring_at(memo, set[i].at);
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
static uint64_t take(struct memo *memo, size_t n)
{
    n = (n + 7) / 8 * 8;
    size_t left = memo->ring_size - (memo->written & (memo->ring_size - 1));
    if (left < n)
        memo->written += left;
    memo->written += n;
    return memo->written - n;
}

/* Was it seen before? From now on it was. */
static bool seen(struct memo *memo, uint64_t hash)
{
    uint16_t *mark = &memo->seen[hash >> 40 & (memo->count * SEEN - 1)];
    uint16_t now = (uint16_t)(hash >> 16 | 1);
    bool before = *mark == now;

    *mark = now;
    return before;
}

void memo_keep(struct memo *memo, uint32_t place, struct span raw, uint64_t hash,
               const struct vector_signal *results, uint32_t count, bool at_once)
{
    struct memo_entry *set = set_of(memo, hash), *entry = set;
    size_t text_n = 0;

    if (raw.n > memo->longest)
        return;
    for (uint32_t k = 0; k < count; k++)
        text_n += results[k].text.n;
    size_t n = sizeof(struct kept) + count * sizeof(struct kept_result) + text_n + raw.n;
    if (text_n > memo->longest || n > memo->longest ||
        (!(at_once && n <= MEMO_SHORT) && !seen(memo, hash)))
        return;
    for (int i = 1; i < MEMO_WAYS; i++)
        if (set[i].at < entry->at)
            entry = &set[i];

    uint64_t at = take(memo, n);
    struct kept *kept = (void *)ring_at(memo, at);
    struct kept_result *result = (void *)(kept + 1);
    unsigned char *text = (void *)(result + count);
    *kept = (struct kept){(uint32_t)raw.n, (uint32_t)text_n};
    for (uint32_t k = 0; k < count; k++) {
        result[k] = (struct kept_result){results[k].hash, (uint32_t)results[k].text.n,
                                         (uint32_t)results[k].state};
        if (results[k].text.n)
            memcpy(text, results[k].text.p, results[k].text.n);
        text += results[k].text.n;
    }
    memcpy(text, raw.p, raw.n);
    *entry = (struct memo_entry){at, (uint32_t)hash, place};
}
