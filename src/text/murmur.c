#include "config.h"

#include "text/murmur.h"

#define BLOCK 16 /* bytes, or code units */

static uint64_t rotate64(uint64_t x, int bits)
{
    return x << bits | x >> (64 - bits);
}

static uint32_t rotate32(uint32_t x, int bits)
{
    return x << bits | x >> (32 - bits);
}

static uint64_t load64(const unsigned char *p)
{
    uint64_t x;

    memcpy(&x, p, sizeof x);
    return le64toh(x);
}

static uint32_t load32(const unsigned char *p)
{
    uint32_t x;

    memcpy(&x, p, sizeof x);
    return le32toh(x);
}

static uint64_t x64_key1(uint64_t k)
{
    return rotate64(k * 0x87c37b91114253d5, 31) * 0x4cf5ad432745937f;
}

static uint64_t x64_key2(uint64_t k)
{
    return rotate64(k * 0x4cf5ad432745937f, 33) * 0x87c37b91114253d5;
}

/* Mix a block of two numbers into H, of which `high` is h1 and `low` is h2. */
static void x64_block(struct hash128 *h, uint64_t k1, uint64_t k2)
{
    h->high = (rotate64(h->high ^ x64_key1(k1), 27) + h->low) * 5 + 0x52dce729;
    h->low = (rotate64(h->low ^ x64_key2(k2), 31) + h->high) * 5 + 0x38495ab5;
}

static uint64_t x64_finish(uint64_t k)
{
    k = (k ^ k >> 33) * 0xff51afd7ed558ccd;
    k = (k ^ k >> 33) * 0xc4ceb9fe1a85ec53;
    return k ^ k >> 33;
}

/* End with the remainder K1 and K2, 0 where there is no more, and the length N. */
static struct hash128 x64_end(struct hash128 h, uint64_t k1, uint64_t k2, uint64_t n)
{
    h.low ^= x64_key2(k2) ^ n;
    h.high ^= x64_key1(k1) ^ n;
    h.high += h.low;
    h.low += h.high;
    h.high = x64_finish(h.high);
    h.low = x64_finish(h.low);
    h.high += h.low;
    h.low += h.high;
    return h;
}

/* Add bytes of *S to the USED bytes at BLOCK, until these are a block or no bytes are left. Returns
 * how many are there then. */
static size_t fill_block(unsigned char block[BLOCK], size_t used, struct span *s)
{
    size_t n = s->n < BLOCK - used ? s->n : BLOCK - used;

    if (n)
        memcpy(block + used, s->p, n);
    *s = span_cut(*s, n, s->n);
    return used + n;
}

struct hash128 murmur_x64(const struct span *parts, size_t count)
{
    struct hash128 h = {0, 0};
    unsigned char rest[BLOCK];
    size_t used = 0, length = 0;

    for (size_t i = 0; i < count; i++) {
        struct span s = parts[i];
        length += s.n;
        if (used) /* a block that the parts before have begun */
            used = fill_block(rest, used, &s);
        if (used == BLOCK) {
            x64_block(&h, load64(rest), load64(rest + 8));
            used = 0;
        }
        size_t at = 0;
        for (; s.n - at >= BLOCK; at += BLOCK)
            x64_block(&h, load64(s.p + at), load64(s.p + at + 8));
        s = span_cut(s, at, s.n);
        used = fill_block(rest, used, &s);
    }
    memset(rest + used, 0, BLOCK - used);
    return x64_end(h, load64(rest), load64(rest + 8), length);
}

/* The low bytes of eight code units as a number. */
static uint64_t low_bytes(const uint16_t *units)
{
    uint64_t k = 0;

    for (int i = 0; i < 8; i++)
        k |= (uint64_t)(units[i] & 0xFF) << 8 * i;
    return k;
}

struct hash128 murmur_x64_units(const uint16_t *units, size_t count)
{
    struct hash128 h = {0, 0};
    uint64_t k[2] = {0, 0};
    size_t at = 0;

    for (; count - at >= BLOCK; at += BLOCK)
        x64_block(&h, low_bytes(units + at), low_bytes(units + at + 8));
    for (size_t i = 0; at + i < count; i++)
        k[i / 8] ^= (uint64_t)units[at + i] << i % 8 * 8;
    return x64_end(h, k[0], k[1], count);
}

/* What the x86 form has for each of its four words: multipliers, rotations, a sum. */
static const struct x86_word {
    uint32_t before, after;
    int rotate, turn;
    uint32_t sum;
} x86_words[4] = {
    {0x239b961b, 0xab0e9789, 15, 19, 0x561ccd1b},
    {0xab0e9789, 0x38b34ae5, 16, 17, 0x0bcaa747},
    {0x38b34ae5, 0xa1e38b93, 17, 15, 0x96cd1c35},
    {0xa1e38b93, 0x239b961b, 18, 13, 0x32ac3b17},
};

static uint32_t x86_key(uint32_t k, const struct x86_word *word)
{
    return rotate32(k * word->before, word->rotate) * word->after;
}

static uint32_t x86_finish(uint32_t k)
{
    k = (k ^ k >> 16) * 0x85ebca6b;
    k = (k ^ k >> 13) * 0xc2b2ae35;
    return k ^ k >> 16;
}

/* Add the others to the first word, then that to each other. */
static void x86_add(uint32_t h[4])
{
    h[0] += h[1] + h[2] + h[3];
    for (int i = 1; i < 4; i++)
        h[i] += h[0];
}

struct hash128 murmur_x86(struct span s)
{
    uint32_t h[4] = {0};
    unsigned char rest[BLOCK] = {0};
    size_t at = 0;

    for (; s.n - at >= BLOCK; at += BLOCK)
        for (int i = 0; i < 4; i++) {
            const struct x86_word *word = &x86_words[i];
            h[i] = rotate32(h[i] ^ x86_key(load32(s.p + at + 4 * i), word), word->turn);
            h[i] = (h[i] + h[(i + 1) % 4]) * 5 + word->sum;
        }
    if (at < s.n)
        memcpy(rest, s.p + at, s.n - at);
    for (int i = 0; i < 4; i++)
        h[i] ^= x86_key(load32(rest + 4 * i), &x86_words[i]) ^ (uint32_t)s.n;
    x86_add(h);
    for (int i = 0; i < 4; i++)
        h[i] = x86_finish(h[i]);
    x86_add(h);
    for (int i = 0; i < 4; i++)
        h[i] = __builtin_bswap32(h[i]);
    return (struct hash128){(uint64_t)h[0] << 32 | h[1], (uint64_t)h[2] << 32 | h[3]};
}
