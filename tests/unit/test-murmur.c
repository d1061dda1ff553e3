#include "config.h"

#include "unit.h"

#include <stdlib.h>

#include "text/murmur.h"

static void check_hash(struct hash128 hash, const char *expected)
{
    struct buf out = BUF_EMPTY;

    hash_put128(&out, hash);
    CHECK_TEXT(buf_span(&out), expected);
    buf_free(&out);
}

/* The hash of S, which must be the same in parts of any length. */
static struct hash128 hash_parts(struct span s)
{
    struct span parts[64];
    struct hash128 whole = murmur_x64(&s, 1);

    for (size_t length = 1; length <= s.n; length++) {
        size_t count = 0, at = 0;
        while (at < s.n && count < 64) {
            size_t n = count % 3 == 2 ? 0 : s.n - at < length ? s.n - at : length;
            parts[count++] = span_cut(s, at, at + n);
            at += n;
        }
        if (at < s.n)
            continue;
        struct hash128 hash = murmur_x64(parts, count);
        CHECK(hash.high == whole.high && hash.low == whole.low);
    }
    return whole;
}

/* At an odd address, with nothing after it. */
static void check_forms(const char *text, const char *x64, const char *x86)
{
    size_t n = strlen(text);
    unsigned char *p = malloc(n + 1);

    if (!p)
        abort();
    memcpy(p + 1, text, n);
    check_hash(hash_parts(span_of(p + 1, n)), x64);
    check_hash(murmur_x86(span_of(p + 1, n)), x86);
    free(p);
}

static void check_units(const uint16_t *text, size_t count, const char *expected)
{
    uint16_t *units = calloc(count + 1, sizeof *units);

    if (!units)
        abort();
    if (count)
        memcpy(units, text, count * sizeof *units);
    check_hash(murmur_x64_units(units, count), expected);
    free(units);
}

#define UNITS(text, expected) check_units(u##text, sizeof u##text / 2 - 1, expected)

/* By murmurX64Hash128() of FingerprintJS 5.2.0, some of which its own tests have, and by the hash
 * of ThumbmarkJS 1.10.1. */
UNIT_TEST(the_libraries_and_this_give_the_same)
{
    check_forms("", "00000000000000000000000000000000", "00000000000000000000000000000000");
    check_forms("a", "85555565f6597889e6b53a48510e895a", "3c9394a71bb056551bb056551bb05655");
    check_forms("hello", "cbd8a7b341bd9b025b1e906a48ae1d19", "a044242bf7de91dbb631db9ab631db9a");
    check_forms("Hello, world, hi", "9a66b4567d520770dc8eaf9a508ecf1b",
                "c503eed64dba3b6b60c0358983e169b0");
    check_forms("Hello, world, hi!", "dce3e02d43da4d2374e84e484c566492",
                "78acba8f0d46e2aa847a64abc9519880");
    check_forms("h\xc3\xa9llo", "4e317b1172855c8a419d33dc9473bd05",
                "d41f89c526c0249f84a7859a84a7859a");
    check_forms("Привет, мир, как дела", "3c9e1e4ddb91ff067f80c888c6a85f1b",
                "738db7ffb418de372e967004b94c388a");
    check_forms("😀", "156db15587e0545c292e083fcfe104ba", "84fae2f0f2631470f2631470f2631470");
    check_hash(hash_parts(span_text("Hello, world, h")), "4552c6409e0a7bd3b0f9eb318bb35f05");
    check_hash(hash_parts(span_text("Hello, world, hi, Hello, world, hi")),
               "d49c261c833b671870b471c42df4dbf0");
    check_hash(murmur_x64(NULL, 0), "00000000000000000000000000000000");
    check_hash(hash_parts(span_of(NULL, 0)), "00000000000000000000000000000000");
}

/* By x64hash128() of FingerprintJS 3.4.2. */
UNIT_TEST(before_4_0_1_code_units_are_hashed)
{
    UNITS("", "00000000000000000000000000000000");
    UNITS("hello", "cbd8a7b341bd9b025b1e906a48ae1d19");
    UNITS("Hello, world, hi!", "dce3e02d43da4d2374e84e484c566492");
    UNITS("h\u00e9llo", "837db5da83f25a93324c3288bb656c59");
    UNITS("Привет, мир, как дела", "69614ae04d5e0c956e28257417fd2ce4");
    UNITS("😀", "5f37a1540af65f7ff2a1328791ad7ed5");
}

int main(void)
{
    return unit_run();
}
