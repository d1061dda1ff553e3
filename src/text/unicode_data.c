#include "config.h"

#include "text/unicode_data.h"

#include <utf8proc.h>

#include "text/unicode_assigned.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const struct unicode_range *range_of(uint32_t c)
{
    size_t low = 0, high = COUNT(unicode_assigned);

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (c > unicode_assigned[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < COUNT(unicode_assigned) && c >= unicode_assigned[low].first
               ? &unicode_assigned[low]
               : NULL;
}

bool unicode_data_assigned(uint32_t c)
{
    return c < 0x378 || range_of(c);
}

/* Ranges of class 0 that have the value Yes in the quick check of the forms. */
#define C  (1 << UNICODE_NFC)
#define D  (1 << UNICODE_NFD)
#define KC (1 << UNICODE_NFKC)
#define KD (1 << UNICODE_NFKD)
static const struct {
    uint32_t first, last;
    int forms;
} inert[] = {
    {0x0000, 0x009F, C | D | KC | KD}, /* ASCII and controls */
    {0x00A0, 0x00BE, C | D},           /* Latin-1 signs */
    {0x00BF, 0x00BF, C | D | KC},
    {0x00C0, 0x0131, C | KC}, /* Latin letters */
    {0x0132, 0x02FF, C},
    {0x0388, 0x03CF, C | KC}, /* Greek */
    {0x03D0, 0x03F9, C},
    {0x03FA, 0x0482, C | KC},          /* Cyrillic */
    {0x1E00, 0x1E99, C | KC},          /* more Latin */
    {0x1E9C, 0x1F70, C | KC},          /* Vietnamese, old Greek */
    {0x2010, 0x20CF, C | D},           /* punctuation */
    {0x303B, 0x3098, C | KC},          /* Hiragana */
    {0x30A0, 0x30FE, C | KC},          /* Katakana */
    {0x3400, 0xA66E, C | D | KC | KD}, /* Han */
    {0xAC00, 0xD7A3, C | KC},          /* Hangul syllables */
    {0x1F300, 0x1FAFF, C | D | KC},    /* emoji */
};
#undef C
#undef D
#undef KC
#undef KD

bool unicode_data_inert(enum unicode_form form, uint32_t c)
{
    for (size_t i = 0; i < COUNT(inert) && c >= inert[i].first; i++)
        if (c <= inert[i].last)
            return inert[i].forms >> form & 1;
    return false;
}

unsigned unicode_data_class(uint32_t c)
{
    return c < 0x300 ? 0 : (unsigned)utf8proc_get_property((int32_t)c)->combining_class;
}

size_t unicode_data_decompose(int mapping, uint32_t c, uint32_t *pieces)
{
    int options = UTF8PROC_DECOMPOSE | (mapping & UNICODE_DATA_COMPAT ? UTF8PROC_COMPAT : 0) |
                  (mapping & UNICODE_DATA_FOLD ? UTF8PROC_CASEFOLD : 0);
    int32_t got[UNICODE_DATA_PIECES];
    int unused = 0;

    if (c < 0x80) {
        pieces[0] = mapping & UNICODE_DATA_FOLD ? unicode_data_lower(c) : c;
        return 1;
    }
    utf8proc_ssize_t n = utf8proc_decompose_char((int32_t)c, got, UNICODE_DATA_PIECES,
                                                 (utf8proc_option_t)options, &unused);
    if (n < 1 || n > UNICODE_DATA_PIECES) { /* no assigned code point does that */
        pieces[0] = c;
        return 1;
    }
    for (utf8proc_ssize_t i = 0; i < n; i++)
        pieces[i] = (uint32_t)got[i];
    return (size_t)n;
}

/* Jamo are composed here, by Unicode 3.12: utf8proc 2.8.0 takes U+11A7 for a trailing
 * consonant and loses it. */
uint32_t unicode_data_compose(uint32_t a, uint32_t b)
{
    enum { L = 0x1100, V = 0x1161, T = 0x11A7, LV = 0xAC00, LS = 19, VS = 21, TS = 28 };

    if (b < 0x300 || (b > 0x309A && b < 0x110BA)) /* no pair has its second half there */
        return UNICODE_DATA_NONE;
    if (b >= V && b < T + TS) {
        if (b < V + VS && a >= L && a < L + LS)
            return LV + ((a - L) * VS + (b - V)) * TS;
        if (b > T && a >= LV && a < LV + LS * VS * TS && (a - LV) % TS == 0)
            return a + (b - T);
        return UNICODE_DATA_NONE;
    }
    int32_t pair[] = {(int32_t)a, (int32_t)b};
    utf8proc_ssize_t n = utf8proc_normalize_utf32(
        pair, 2, (utf8proc_option_t)(UTF8PROC_COMPOSE | UTF8PROC_STABLE));
    return n == 1 ? (uint32_t)pair[0] : UNICODE_DATA_NONE;
}

uint32_t unicode_data_lower(uint32_t c)
{
    if (c < 0x80)
        return c | (uint32_t)(c - 'A' < 26) << 5;

    uint32_t mapped = range_of(c) ? (uint32_t)utf8proc_tolower((int32_t)c) : c;
    return range_of(mapped) ? mapped : c; /* a later Unicode may have added it */
}

uint32_t unicode_data_digit(uint32_t c)
{
    const struct unicode_range *range = c < 0x80 ? NULL : range_of(c);

    return range && range->kind == 'd' ? '0' + (c - range->first) % 10 : c;
}

bool unicode_data_control(uint32_t c)
{
    const struct unicode_range *range = c >= 0x20 && c < 0x7F ? NULL : range_of(c);

    return range && range->kind == 'c';
}

unsigned unicode_data_width(uint32_t c)
{
    return (unsigned)utf8proc_charwidth((int32_t)c);
}
