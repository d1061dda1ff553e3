#include "config.h"

#include "text/sha256.h"

#include <endian.h>
#include <stdint.h>

#define BLOCK  64 /* bytes */
#define WORDS  16 /* of a block */
#define STATE  8  /* words */
#define ROUNDS 64

/* The sections are those of FIPS 180-4. */

/* The first 32 bits of the fractional parts of the cube roots of the first 64 primes (4.2.2). */
static const uint32_t round_constants[ROUNDS] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5,
    0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
    0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc,
    0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
    0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
    0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5,
    0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

/* The same of the square roots of the first 8 primes (5.3.3). */
static const uint32_t first_state[STATE] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

static uint32_t rotate_right(uint32_t x, int bits)
{
    return x >> bits | x << (32 - bits);
}

/* Fill in the words of the schedule W after the first 16, which are the block's (6.2.2, step
 * 1). */
static void expand(uint32_t w[ROUNDS])
{
    for (int t = WORDS; t < ROUNDS; t++) {
        uint32_t a = w[t - 15], b = w[t - 2];
        a = rotate_right(a, 7) ^ rotate_right(a, 18) ^ a >> 3;
        b = rotate_right(b, 17) ^ rotate_right(b, 19) ^ b >> 10;
        w[t] = b + w[t - 7] + a + w[t - 16];
    }
}

/* Mix the block at P into STATE (6.2.2). The words a to h of the standard are v[0] to v[7]. */
static void mix_block(uint32_t state[STATE], const unsigned char *p)
{
    uint32_t w[ROUNDS], v[STATE];

    for (int t = 0; t < WORDS; t++) {
        memcpy(&w[t], p + 4 * t, 4);
        w[t] = be32toh(w[t]);
    }
    expand(w);
    memcpy(v, state, sizeof v);
    for (int t = 0; t < ROUNDS; t++) {
        uint32_t a = v[0], e = v[4];
        uint32_t sum = rotate_right(e, 6) ^ rotate_right(e, 11) ^ rotate_right(e, 25);
        uint32_t t1 = v[7] + sum + ((e & v[5]) ^ (~e & v[6])) + round_constants[t] + w[t];
        sum = rotate_right(a, 2) ^ rotate_right(a, 13) ^ rotate_right(a, 22);
        uint32_t t2 = sum + ((a & v[1]) ^ (a & v[2]) ^ (v[1] & v[2]));
        memmove(v + 1, v, (STATE - 1) * sizeof *v);
        v[4] += t1;
        v[0] = t1 + t2;
    }
    for (int i = 0; i < STATE; i++)
        state[i] += v[i];
}

void sha256(unsigned char out[SHA256_BYTES], struct span s)
{
    uint32_t state[STATE];
    unsigned char last[2 * BLOCK] = {0}; /* what is left, a bit 1, bits 0, the length (5.1.1) */
    size_t at = 0, size;
    uint64_t bits = htobe64((uint64_t)s.n * 8);

    memcpy(state, first_state, sizeof state);
    for (; s.n - at >= BLOCK; at += BLOCK)
        mix_block(state, s.p + at);
    if (at < s.n)
        memcpy(last, s.p + at, s.n - at);
    last[s.n - at] = 0x80;
    size = s.n - at < BLOCK - sizeof bits ? BLOCK : 2 * BLOCK;
    memcpy(last + size - sizeof bits, &bits, sizeof bits);
    for (at = 0; at < size; at += BLOCK)
        mix_block(state, last + at);
    for (int i = 0; i < STATE; i++) {
        uint32_t word = htobe32(state[i]);
        memcpy(out + 4 * i, &word, sizeof word);
    }
}
