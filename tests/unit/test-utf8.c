#include "config.h"

#include "unit.h"

#include <stdlib.h>

#include "text/utf8.h"

#define COUNT(a)      (sizeof(a) / sizeof *(a))
#define LAST          0x10FFFF
#define IS_SCALAR(c)  ((c) < 0xD800 || (c) > 0xDFFF)
#define TEXT(literal) span_of(literal, sizeof(literal) - 1)

/* Bit patterns of RFC 3629 section 3, checked by arithmetic: how many bytes of S are one
 * scalar value in its shortest form. */
static size_t sequence_by_value(struct span s)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t n = s.p[0] < 0x80 ? 1 : 0;
    uint32_t c = s.p[0];

    for (size_t ones = 2; ones <= 4; ones++)
        if (s.p[0] >> (7 - ones) == (0xFF >> (7 - ones) & ~1)) {
            n = ones;
            c = s.p[0] & (0x7Fu >> ones);
        }
    if (n == 0 || s.n < n)
        return 0;
    for (size_t i = 1; i < n; i++) {
        if (s.p[i] >> 6 != 2)
            return 0;
        c = c * 64 + s.p[i] % 64;
    }
    return c >= least[n] && c <= LAST && IS_SCALAR(c) ? n : 0;
}

UNIT_TEST(utf8_every_sequence_of_one_to_three_bytes_is_judged_by_table_3_7)
{
    size_t wrong = 0, well_formed[4] = {0};

    for (size_t n = 1; n <= 3; n++) {
        unsigned char *p = malloc(n);
        struct span s = span_of(p, n);
        for (uint32_t all = 0; p && all < 1u << 8 * n; all++) {
            for (size_t i = 0; i < n; i++)
                p[i] = (unsigned char)(all >> 8 * i);
            size_t got = utf8_sequence(s);
            wrong += got != sequence_by_value(s);
            well_formed[n] += got == n;
        }
        free(p);
    }
    CHECK(wrong == 0);
    CHECK(well_formed[1] == 0x80);
    CHECK(well_formed[2] == 0x800 - 0x80);
    CHECK(well_formed[3] == 0x10000 - 0x800 - 0x800);
    CHECK(utf8_sequence(span_of(NULL, 0)) == 0);
}

UNIT_TEST(utf8_four_bytes_are_judged_by_table_3_7_at_every_boundary)
{
    static const unsigned char edges[] = {0x00, 0x7F, 0x80, 0x8F, 0x90,
                                          0x9F, 0xA0, 0xBF, 0xC0, 0xFF};
    size_t wrong = 0;
    unsigned char *p = malloc(4);

    for (unsigned first = 0xE0; p && first <= 0xFF; first++)
        for (size_t rest = 0; rest < COUNT(edges) * COUNT(edges) * COUNT(edges); rest++) {
            p[0] = (unsigned char)first;
            p[1] = edges[rest % COUNT(edges)];
            p[2] = edges[rest / COUNT(edges) % COUNT(edges)];
            p[3] = edges[rest / COUNT(edges) / COUNT(edges)];
            wrong += utf8_sequence(span_of(p, 4)) != sequence_by_value(span_of(p, 4));
        }
    CHECK(wrong == 0);
    free(p);
}

UNIT_TEST(utf8_every_scalar_value_goes_to_bytes_and_back)
{
    size_t wrong = 0;

    for (uint32_t c = 0; c <= LAST; c++) {
        if (!IS_SCALAR(c))
            continue;
        unsigned char bytes[UTF8_MAX];
        struct span s = span_of(bytes, utf8_put(bytes, c));
        wrong += s.n != utf8_length(c) || sequence_by_value(s) != s.n || utf8_count(s) != 1;
        wrong += utf8_take(&s) != c || s.n != 0;
    }
    CHECK(wrong == 0);
}

UNIT_TEST(utf8_one_high_byte_among_ascii_is_seen_wherever_it_is)
{
    for (size_t n = 0; n < 40; n++) {
        unsigned char *p = malloc(n + 1);
        if (!p)
            abort();
        memset(p, 0x7F, n + 1);
        CHECK(utf8_is_ascii(span_of(p, n)));
        p[n] = 0x80;
        for (size_t from = 0; from <= n; from++) {
            CHECK(!utf8_is_ascii(span_of(p + from, n + 1 - from)));
            CHECK(utf8_ascii(span_of(p + from, n + 1 - from)) == n - from);
        }
        free(p);
    }
    CHECK(utf8_is_ascii(span_of(NULL, 0)));
    CHECK(utf8_count(TEXT("a\u00e9\u4e00\U0001f600")) == 4);
}

UNIT_TEST(utf8_fit_cuts_no_character_in_two)
{
    static const struct {
        const char *text;
        size_t most, fit;
    } cases[] = {
        {"", 0, 0},
        {"abc", 3, 3},
        {"abc", 9, 3},
        {"abc", 2, 2},
        {"a\xC3\xA9", 2, 1},
        {"a\xC3\xA9", 3, 3},
        {"a\xC3\xA9z", 3, 3},
        {"\xF0\x9F\x98\x80z", 3, 0},
        {"\xF0\x9F\x98\x80z", 4, 4},
        {"\xE2\x82\xAC\xE2\x82\xAC", 5, 3},
        {"a\x80\x80\x80\x80\x80", 4, 4}, /* no characters, so none can be cut */
        {"a\xC3z", 2, 2},
        {"\xED\xA0\x80z", 2, 2},
    };

    for (size_t i = 0; i < COUNT(cases); i++)
        CHECK(utf8_fit(span_text(cases[i].text), cases[i].most) == cases[i].fit);
}

int main(void)
{
    return unit_run();
}
