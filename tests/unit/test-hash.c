#include "config.h"

#include "unit.h"

#include <inttypes.h>
#include <stdlib.h>
#include <xxhash.h>

#include "text/hash.h"
#include "text/hash_long.h"
#include "text/hash_stream.h"
#include "text/hex.h"

#define TEXT(literal) span_of(literal, sizeof(literal) - 1)

static void check_hex(struct span s, const char *hash, const char *hash_128)
{
    struct buf out = BUF_EMPTY;
    unsigned char *p = malloc(s.n + 1);
    if (!p)
        abort();
    if (s.n)
        memcpy(p + 1, s.p, s.n); /* not aligned, and nothing after it */
    struct span input = span_of(s.p ? p + 1 : NULL, s.n);

    hash_put64(&out, hash64(input));
    CHECK_TEXT(buf_span(&out), hash);
    buf_clear(&out);
    hash_put128(&out, hash128(input));
    if (hash_128)
        CHECK_TEXT(buf_span(&out), hash_128);
    buf_free(&out);
    free(p);
}

UNIT_TEST(hashes_are_those_of_xxhsum)
{
    unsigned char x[300];

    memset(x, 'x', sizeof x);
    check_hex(TEXT(""), "2d06800538d394c2", "99aa06d3014798d86001c324468d497f");
    check_hex(span_of(NULL, 0), "2d06800538d394c2", "99aa06d3014798d86001c324468d497f");
    check_hex(TEXT("navigator.platform=\"Linux x86_64\""), "d13a32a83708d819",
              "01b1d80d5fc0cf8c09266ead247db0db");
    check_hex(span_of(x, sizeof x), "a5d1b4607dc83554", "125237ea2ad7bc7aa5d1b4607dc83554");
    CHECK(hash_seeded(TEXT("navigator.platform"), 42) == 0x9092676999d109ea);
    CHECK(hash_seeded(TEXT(""), 42) == 0xb029411ff43d84d2);
}

/* The inputs were found by inverting the hash for eight bytes; xxhsum prints 0 for them. */
UNIT_TEST(rule_10_a_hash_of_0_becomes_1)
{
    check_hex(TEXT("\x42\xd5\x68\xe1\x38\xd7\x27\xff"), "0000000000000001", NULL);
    check_hex(TEXT("\xac\x94\xc9\x4d\x34\x23\xf0\xc4"), "8cbb52d881b556f8",
              "00000000000000000000000000000001");
    CHECK(hash_seeded(TEXT("\x42\xd5\x68\xe1\x38\xd7\x27\xff"), 0) == 0);
}

UNIT_TEST(hash_bytes_are_most_significant_first)
{
    unsigned char *p = malloc(8);

    if (!p)
        abort();
    hash_big_endian(p, 0x0123456789abcdef);
    CHECK(span_equal(span_of(p, 8), TEXT("\x01\x23\x45\x67\x89\xab\xcd\xef")));
    free(p);
}

/* Random bytes, the same in each run. */
static unsigned char *some_bytes(size_t n)
{
    unsigned char *bytes = malloc(n);
    uint64_t x = 1;

    if (!bytes)
        abort();
    for (size_t i = 0; i < n; i++) {
        x = x * 6364136223846793005u + 1442695040888963407u;
        bytes[i] = (unsigned char)(x >> 56);
    }
    return bytes;
}

/* Compare with libxxhash itself, with only the instructions that all processors of its kind
 * have. */
static void check_plain(struct span s, uint64_t seed)
{
    XXH128_hash_t hash = XXH3_128bits(s.p, s.n);

    CHECK(hash64(s) == XXH3_64bits(s.p, s.n));
    CHECK(hash_seeded(s, seed) == XXH3_64bits_withSeed(s.p, s.n, seed));
    CHECK(hash128(s).high == hash.high64 && hash128(s).low == hash.low64);
    CHECK(hash_long64(s, seed) == XXH3_64bits_withSeed(s.p, s.n, seed));
    CHECK(hash_long128(s).high == hash.high64 && hash_long128(s).low == hash.low64);

    struct hash_stream *stream = hash_stream_new();
    if (!stream)
        abort();
    hash_stream_add(stream, span_cut(s, 0, s.n / 3));
    hash_stream_add(stream, span_cut(s, s.n / 3, s.n));
    struct hash128 value = hash_stream_value(stream);
    CHECK(value.high == hash.high64 && value.low == hash.low64);
    hash_stream_free(stream);
}

UNIT_TEST(what_the_processor_does_best_gives_the_same_hashes)
{
    size_t most = 3000;
    unsigned char *bytes = some_bytes(most + 64);

    for (size_t n = 1; n <= most; n += n < 600 ? 1 : 37)
        check_plain(span_of(bytes + n % 64, n), n * 0x9E3779B97F4A7C15u);
    for (size_t at = 0; at < 64; at++)
        check_plain(span_of(bytes + at, most), 0);
    free(bytes);
}

static size_t wrong_digits(uint64_t v, void (*put)(unsigned char *out, uint64_t v))
{
    unsigned char digits[18] = "<................>";
    char expected[19];

    snprintf(expected, sizeof expected, "<%016" PRIx64 ">", v);
    put(digits + 1, v);
    return memcmp(digits, expected, sizeof digits) != 0;
}

UNIT_TEST(digits_are_those_of_printf)
{
    uint64_t x = 0x0123456789abcdef;
    size_t wrong = wrong_digits(0, hex_put);

    for (int i = 0; i < 100000; i++) {
        x = i < 64 ? (uint64_t)1 << i : x * 6364136223846793005u + 1442695040888963407u;
        wrong += wrong_digits(x, hex_put) + wrong_digits(x, hex_by_eight);
    }
    CHECK(!wrong);
}

static void check_stream(struct span s, size_t piece, const char *hash)
{
    struct hash_stream *stream = hash_stream_new();
    struct buf out = BUF_EMPTY;

    CHECK(stream);
    for (size_t at = 0; stream && at < s.n; at += piece)
        hash_stream_add(stream, span_cut(s, at, s.n - at < piece ? s.n : at + piece));
    if (stream)
        hash_put128(&out, hash_stream_value(stream));
    CHECK_TEXT(buf_span(&out), hash);
    hash_stream_free(stream);
    buf_free(&out);
}

UNIT_TEST(a_stream_has_the_hash_of_its_pieces_joined)
{
    unsigned char x[300];

    memset(x, 'x', sizeof x);
    for (size_t piece = 1; piece <= sizeof x; piece += 7)
        check_stream(span_of(x, sizeof x), piece, "125237ea2ad7bc7aa5d1b4607dc83554");
    check_stream(span_of(NULL, 0), 1, "99aa06d3014798d86001c324468d497f");
    check_stream(TEXT("\xac\x94\xc9\x4d\x34\x23\xf0\xc4"), 3,
                 "00000000000000000000000000000000");
}

int main(void)
{
    return unit_run();
}
