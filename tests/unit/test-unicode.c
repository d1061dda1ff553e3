#include "config.h"

#include "unit.h"

#include <stdlib.h>

#include "base/arena.h"
#include "text/unicode.h"
#include "text/utf8.h"

#define COUNT(a)      (sizeof(a) / sizeof *(a))
#define LAST          0x10FFFF
#define IS_SCALAR(c)  ((c) < 0xD800 || (c) > 0xDFFF)
#define TEXT(literal) span_of(literal, sizeof(literal) - 1)

static struct arena arena;

/* S in memory of exactly its size, so that sanitizers see a read beyond it. */
static struct span exact(struct span s)
{
    unsigned char *p = malloc(s.n ? s.n : 1);

    if (!p)
        abort();
    if (s.n)
        memcpy(p, s.p, s.n);
    return span_of(p, s.n);
}

static void drop(struct span s)
{
    free((void *)(uintptr_t)s.p);
    arena_reset(&arena);
}

/* One function of unicode.h, so that tables of inputs and results can be walked. */
enum what { NFC, NFD, NFKC, NFKD, FOLD, LOWER, SQUEEZE, DIGITS, STRIP, TRIM };

static struct span apply(enum what what, struct span s)
{
    switch (what) {
    case NFC:
    case NFD:
    case NFKC:
    case NFKD:
        return unicode_normalize((enum unicode_form)what, s, &arena);
    case FOLD:
        return unicode_fold(s, &arena);
    case LOWER:
        return unicode_lower(s, &arena);
    case SQUEEZE:
        return unicode_squeeze(s, &arena);
    case DIGITS:
        return unicode_digits(s, &arena);
    case STRIP:
        return unicode_strip_control(s, &arena);
    case TRIM:
        return unicode_trim(s);
    }
    return SPAN_FAILED;
}

static void check(enum what what, struct span input, struct span expected)
{
    struct span s = exact(input), got = apply(what, s);

    CHECK_SPAN(got, expected);
    if (span_equal(input, expected))
        CHECK(got.p == s.p);
    drop(s);
}

#define GIVES(what, input, expected) check(what, TEXT(input), TEXT(expected))
#define KEEPS(what, input)           check(what, TEXT(input), TEXT(input))

UNIT_TEST(text_that_needs_no_change_is_the_very_span_given)
{
    for (enum what what = NFC; what <= TRIM; what++) {
        KEEPS(what, "");
        KEEPS(what, "linux x86_64, 24 bytes..");
        KEEPS(what, "\u4e2d\u6587");
        KEEPS(what, "a\u20d2\u20d2b");
        CHECK(apply(what, span_of(NULL, 0)).n == 0);
    }
    KEEPS(NFC, "\u1ea1\u0301\ud55c\u5b57\u00e9");
    KEEPS(NFD, "a\u0323\u0301");
    KEEPS(FOLD, "\u00e9t\u00e9");
}

UNIT_TEST(normal_forms_of_published_examples)
{
    GIVES(NFC, "A\u030a", "\u00c5"); /* RFC 8785 leaves this alone: the step does not */
    GIVES(NFC, "\u212b", "\u00c5");  /* UAX 15, figure 3 */
    GIVES(NFD, "\u212b", "A\u030a");
    GIVES(NFC, "s\u0307\u0323", "\u1e69");            /* UAX 15, figure 5 */
    GIVES(NFD, "\u1e9b\u0323", "\u017f\u0323\u0307"); /* UAX 15, figure 6, and on */
    KEEPS(NFC, "\u1e9b\u0323");
    GIVES(NFKD, "\u1e9b\u0323", "s\u0323\u0307");
    GIVES(NFKC, "\u1e9b\u0323", "\u1e69");
    KEEPS(NFC, "\ufb01");
    GIVES(NFKC, "\ufb01 2\u2075", "fi 25");
    GIVES(NFC, "\u0958", "\u0915\u093c");                   /* excluded from composition */
    GIVES(NFC, "\u0b47\u0300\u0b3e", "\u0b47\u0300\u0b3e"); /* Corrigendum 5: blocked */
    GIVES(NFC, "\u09c7\u09be", "\u09cb"); /* a starter that joins the one before */
    GIVES(NFC, "\U00011131\U00011127", "\U0001112e");
    GIVES(NFC, "\u304b\u3099\u30cf\u309a", "\u304c\u30d1");
    KEEPS(NFC, "a\u0313\u0301"); /* a mark of its own class blocks the acute */
    KEEPS(NFC, "\u1f70\u0132");
    GIVES(NFC, "\u1f71", "\u03ac");
    GIVES(NFKC, "\u0131\u0132", "\u0131IJ");
    GIVES(NFKD, "\ufdfa",
          "\u0635\u0644\u0649 \u0627\u0644\u0644\u0647 \u0639\u0644\u064a\u0647 "
          "\u0648\u0633\u0644\u0645");
}

UNIT_TEST(nul_is_text_like_any_other)
{
    GIVES(NFC, "a\0e\u0301\0", "a\0\u00e9\0");
    GIVES(FOLD, "\0A\u030a", "\0\u00e5");
    GIVES(LOWER, "A\0B", "a\0b");
}

UNIT_TEST(u_11a7_after_a_hangul_lv_syllable_is_kept)
{
    KEEPS(NFC, "\uac00\u11a7");
    KEEPS(NFKC, "\uac00\u11a7\u11a8");
    GIVES(NFC, "\u1100\u1161\u11a7", "\uac00\u11a7");
    GIVES(NFD, "\uac00\u11a7", "\u1100\u1161\u11a7");
    GIVES(FOLD, "A\uac00\u11a7", "a\uac00\u11a7");
}

UNIT_TEST(hangul_composes_l_v_and_lv_t_only)
{
    GIVES(NFC, "\u1112\u1161\u11ab", "\ud55c");
    GIVES(NFC, "\ud558\u11ab", "\ud55c");
    GIVES(NFC, "\u1112\u1175\u11c2", "\ud7a3");
    KEEPS(NFC, "\ud55c\u11ab");       /* LVT takes no other T */
    KEEPS(NFC, "\u1113\u1161");       /* old L */
    KEEPS(NFC, "\u1112\u1176");       /* old V */
    KEEPS(NFC, "\ud558\u11c3");       /* old T */
    KEEPS(NFC, "\u1112\u0323\u1161"); /* a mark between blocks */
    GIVES(NFD, "\ud7a3", "\u1112\u1175\u11c2");
}

/* 'a', then 1 MB of marks by the rule of MIX. Comparing each with each would take minutes. */
static void check_long_run(bool mix)
{
    size_t marks = 1 << 19, half = marks / 2;
    unsigned char *p = malloc(1 + 2 * marks), *ordered = malloc(1 + 2 * marks);

    if (!p || !ordered)
        abort();
    p[0] = ordered[0] = 'a';
    for (size_t i = 0; i < marks; i++) {
        bool above = mix ? i % 2 == 0 : i < half;
        memcpy(p + 1 + 2 * i, above ? "\u0301" : "\u0323", 2);
        memcpy(ordered + 1 + 2 * i, i < half ? "\u0323" : "\u0301", 2);
    }
    struct span s = span_of(p, 1 + 2 * marks);
    CHECK(span_equal(unicode_normalize(UNICODE_NFD, s, &arena), span_of(ordered, s.n)));
    CHECK(span_equal(unicode_normalize(UNICODE_NFKD, s, &arena), span_of(ordered, s.n)));

    /* 'a' and the first U+0323 compose to U+1EA1, which is three bytes too. */
    memcpy(ordered, "\u1ea1", 3);
    CHECK(span_equal(unicode_normalize(UNICODE_NFC, s, &arena), span_of(ordered, s.n)));
    CHECK(span_equal(unicode_normalize(UNICODE_NFKC, s, &arena), span_of(ordered, s.n)));
    CHECK(span_equal(unicode_fold(s, &arena), span_of(ordered, s.n)));
    free(p);
    free(ordered);
    arena_reset(&arena);
}

UNIT_TEST(long_runs_of_marks_are_not_ordered_in_quadratic_time)
{
    check_long_run(false);
    check_long_run(true);
}

UNIT_TEST(text_that_grows_most_has_room)
{
    unsigned char *p = malloc(3 * 10000);
    if (!p)
        abort();
    for (size_t i = 0; i < 10000; i++)
        memcpy(p + 3 * i, "\ufdfa", 3);
    CHECK(unicode_normalize(UNICODE_NFKC, span_of(p, 30000), &arena).n == 330000);
    for (size_t i = 0; i < 7500; i++)
        memcpy(p + 4 * i, "\U0001d160", 4);
    CHECK(unicode_normalize(UNICODE_NFC, span_of(p, 30000), &arena).n == 90000);
    free(p);
    arena_reset(&arena);
}

UNIT_TEST(a_result_keeps_no_more_memory_than_it_has_bytes)
{
    char text[3 * 1000 + 1];

    for (size_t i = 0; i < 1000; i++)
        memcpy(text + 3 * i, "e\u0301", 3);
    CHECK(unicode_normalize(UNICODE_NFC, span_of(text, 3000), &arena).n == 2000);
    CHECK(arena.used == 2000);
    CHECK(unicode_normalize(UNICODE_NFD, span_of(text, 3000), &arena).n == 3000);
    CHECK(arena.used == 2000);
    arena_reset(&arena);
}

UNIT_TEST(rule_15_unassigned_code_points_are_copied_and_part_the_text)
{
    GIVES(NFC, "a\u0301\u0323\u0378a\u0301\u0323", "\u1ea1\u0301\u0378\u1ea1\u0301");
    GIVES(NFC, "e\u0378\u0301\u0323", "e\u0378\u0323\u0301");
    GIVES(FOLD, "A\u0378\u0345\u0301A", "a\u0378\u0301\u03b9a");

    /* Assigned later: 16.0 has U+105C9 = U+105D2 U+0307, U+10D69 and U+0897 as marks, digits
     * at U+10D40, the pair U+1C89 U+1C8A, and U+A7DC for U+019B. */
    KEEPS(NFC, "\U000105d2\u0307");
    KEEPS(NFD, "\U000105c9");
    KEEPS(NFC, "a\U00010d69\u0323");
    KEEPS(NFD, "a\u0301\u0897\u0323");
    KEEPS(NFKC, "\U0001ccd6"); /* 16.0: <font> A */
    KEEPS(DIGITS, "\U00010d40");
    KEEPS(LOWER, "\u1c89\ua7dc");
    KEEPS(FOLD, "\u1c89\ua7dc");
}

UNIT_TEST(noncharacters_and_private_use_are_copied)
{
    for (enum what what = NFC; what <= TRIM; what++)
        KEEPS(what, "\ufdd0\ufffe\uffff\U0010ffff\ue000\U000f0000");
}

UNIT_TEST(rule_15_lower_is_simple_and_each_code_point_alone)
{
    GIVES(LOWER, "[ABCZ@`{]\u00c9", "[abcz@`{]\u00e9");
    GIVES(LOWER, "I\u0130\u0131", "ii\u0131"); /* field 13 of U+0130 is 0069, in any locale */
    GIVES(LOWER, "\u039f\u03a3", "\u03bf\u03c3"); /* no final sigma */
    GIVES(LOWER, "\u1e9e\u212a\u01c5", "\u00dfk\u01c6");
    GIVES(LOWER, "\u023a\u023e", "\u2c65\u2c66"); /* grows */
    GIVES(LOWER, "\u13a0\U00010400\U0001e900", "\uab70\U00010428\U0001e922");
    KEEPS(LOWER, "\u00df\u03c2e\u0301");
}

UNIT_TEST(rule_15_fold_is_full_and_ends_in_nfc)
{
    GIVES(FOLD, "STRASSE Stra\u00dfe STRA\u1e9eE", "strasse strasse strasse");
    GIVES(FOLD, "\u03a3\u03c3\u03c2", "\u03c3\u03c3\u03c3");
    GIVES(FOLD, "\u0130I\u0131", "i\u0307i\u0131");
    GIVES(FOLD, "\ufb01\u212a\u00b5\u017f", "fik\u03bcs");
    GIVES(FOLD, "\u01f0\u1e9a", "\u01f0a\u02be");
    GIVES(FOLD, "\uab70\u13a0", "\u13a0\u13a0"); /* Cherokee folds to upper case */
    GIVES(FOLD, "E\u0301", "\u00e9");
    GIVES(FOLD, "Linux", "linux");
    KEEPS(FOLD, "\u00b2\u2463"); /* no compatibility mapping */
}

UNIT_TEST(fold_makes_canonically_equal_texts_one_d145)
{
    GIVES(FOLD, "\u03b1\u0345\u0301", "\u03ac\u03b9");
    GIVES(FOLD, "\u03b1\u0301\u0345", "\u03ac\u03b9");
    GIVES(FOLD, "\u1fb4", "\u03ac\u03b9");
    GIVES(FOLD, "\u0391\u0345\u0301", "\u03ac\u03b9");

    static const char *const marks[] = {"\u0345", "\u0301", "\u0323", "\u0313", "\u0308"};
    static const char *const bases[] = {"\u03b1", "\u0397", "\u1f80", "\u1fbc", "\u00c5"};
    size_t wrong = 0;
    for (size_t i = 0; i < 5 * 5 * 5 * 5; i++) {
        char text[16];
        int n = snprintf(text, sizeof text, "%s%s%s%s", bases[i % 5], marks[i / 5 % 5],
                         marks[i / 25 % 5], marks[i / 125]);
        struct span s = span_of(text, (size_t)n), folded = unicode_fold(s, &arena);
        struct span nfc = unicode_normalize(UNICODE_NFC, s, &arena);
        struct span nfd = unicode_normalize(UNICODE_NFD, s, &arena);
        wrong += !span_equal(unicode_fold(nfc, &arena), folded);
        wrong += !span_equal(unicode_fold(nfd, &arena), folded);
        wrong += !span_equal(unicode_fold(folded, &arena), folded);
        arena_reset(&arena);
    }
    CHECK(wrong == 0);
}

UNIT_TEST(each_form_of_each_code_point_is_in_that_form)
{
    size_t wrong = 0;

    for (uint32_t c = 0; c <= LAST; c++) {
        unsigned char bytes[UTF8_MAX];
        if (!IS_SCALAR(c))
            continue;
        struct span s = span_of(bytes, utf8_put(bytes, c));
        for (enum what what = NFC; what <= FOLD; what++) {
            struct span once = apply(what, s), twice = apply(what, once);
            wrong += twice.p != once.p || twice.n != once.n;
        }
        arena_reset(&arena);
    }
    CHECK(wrong == 0);
}

UNIT_TEST(rule_17_each_white_space_code_point_and_no_other)
{
    static const uint32_t spaces[] = {
        0x0009, 0x000A, 0x000B, 0x000C, 0x000D, 0x0020, 0x0085, 0x00A0, 0x1680,
        0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008,
        0x2009, 0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000,
    };
    size_t next = 0;

    for (uint32_t c = 0; c <= LAST; c++) {
        bool expected = next < COUNT(spaces) && spaces[next] == c;
        next += expected;
        CHECK(unicode_is_space(c) == expected);
        if (!expected)
            continue;
        unsigned char text[2 + 3 * UTF8_MAX] = {'x'};
        size_t n = 1;
        for (int i = 0; i < 3; i++)
            n += utf8_put(text + n, c);
        text[n++] = 'y';
        check(SQUEEZE, span_of(text, n), TEXT("x y"));
        check(SQUEEZE, span_of(text + 1, n - 1), TEXT(" y"));
        check(TRIM, span_of(text, n - 1), TEXT("x"));
        check(TRIM, span_of(text + 1, n - 1), TEXT("y"));
        check(TRIM, span_of(text + 1, n - 2), TEXT(""));
    }
    CHECK(next == 25);
}

UNIT_TEST(trim_keeps_what_is_inside_and_squeeze_the_ends)
{
    GIVES(TRIM, " \u3000a \t b\u00e9\u202f\n", "a \t b\u00e9");
    GIVES(SQUEEZE, "  9:00\u202fPM \u2003\n", " 9:00 PM ");
    GIVES(SQUEEZE, "a\tb", "a b");
    KEEPS(SQUEEZE, " a b ");
    KEEPS(TRIM, "\u200ba\ufeff"); /* neither is White_Space */
    GIVES(TRIM, "\u4e00\u3000", "\u4e00");
}

UNIT_TEST(digits_of_every_script_become_ascii)
{
    GIVES(DIGITS, "\u0660\u0661\u0669 \u06f0\u06f9", "019 09"); /* Arabic */
    GIVES(DIGITS, "\u0966\u096b\u09ef\u0e53", "0593");          /* Devanagari, Bengali, Thai */
    GIVES(DIGITS, "\uff10\uff19", "09");                        /* full width */
    GIVES(DIGITS, "\U0001d7ce\U0001d7d7\U0001d7d8\U0001d7ff", "0909"); /* five runs in one */
    GIVES(DIGITS, "\U00011f50\U0001e4f9", "09"); /* Kawi, Nag Mundari: 15.0 */
    GIVES(DIGITS, "\U0001fbf0\U0001fbf9", "09");
    KEEPS(DIGITS, "0123456789");
    KEEPS(DIGITS, "\u00b2\u2167\u2460\u4e09\u0bf0\u1369"); /* No, Nl and Lo are not Nd */
}

UNIT_TEST(strip_control_takes_cc_cf_and_the_two_separators)
{
    GIVES(STRIP, "\0\x01\t\n\x1f a\x7f\xc2\x80\xc2\x9f", " a");
    GIVES(STRIP, "user\u200bAgent\u00ad\u2060\ufeff", "userAgent");
    GIVES(STRIP, "a\u200e\u202a\u202e\u2066\u2069b", "ab");
    GIVES(STRIP, "\u2028a\u2029\u061c\u180e\u06dd\u0600", "a");
    GIVES(STRIP, "\U000e0001\U000e0041\U000110bd\U00013430\U0001343f\U0001d173a", "a");
    KEEPS(STRIP, "\u00a0\u034f\ufe0f\ufffd\ue000\u3000\u0378\U000e0000");
}

int main(void)
{
    int status = unit_run();

    arena_free(&arena);
    return status;
}
