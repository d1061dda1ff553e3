#include "config.h"

#include "survey/guess.h"

#include <stdbool.h>

#include "base/ascii.h"
#include "survey/fields.h"

/* Cut what is before the first C off *TEXT, and C; all of it if it has no C. */
static struct span take_before(struct span *text, unsigned char c)
{
    const unsigned char *at = text->n ? memchr(text->p, c, text->n) : NULL;
    size_t n = at ? (size_t)(at - text->p) : text->n;
    struct span part = span_cut(*text, 0, n);

    *text = span_cut(*text, at ? n + 1 : n, text->n);
    return part;
}

static struct span without_blanks(struct span text)
{
    while (text.n && text.p[0] == ' ')
        text = span_cut(text, 1, text.n);
    return text;
}

/* Is PART of LEAST to MOST letters, or of letters and digits if DIGITS? */
static bool is_subtag(struct span part, size_t least, size_t most, bool digits)
{
    for (size_t i = 0; i < part.n; i++)
        if (!ascii_is_letter(part.p[i]) && !(digits && ascii_is_digit(part.p[i])))
            return false;
    return part.n >= least && part.n <= most;
}

/* Is TEXT a language tag, such as de or zh-Hant-TW (BCP 47, without extensions)? */
static bool is_language(struct span text)
{
    struct span part = take_before(&text, '-');

    if (!is_subtag(part, 2, 3, false))
        return false;
    while (text.n)
        if (!is_subtag(take_before(&text, '-'), 2, 8, true))
            return false;
    return true;
}

/* Is it, with a region? Two or three letters alone may be anything. */
static bool is_regional(struct span text)
{
    return is_language(text) && memchr(text.p, '-', text.n);
}

/* Is TEXT the value of a header Accept-Language with several languages? */
static bool is_accepted(struct span text)
{
    bool several = text.n && memchr(text.p, ',', text.n);

    while (text.n) {
        struct span item = without_blanks(take_before(&text, ','));
        struct span tag = take_before(&item, ';');
        if (!is_language(tag) && !span_equal(tag, span_text("*")))
            return false;
        if (item.n && !span_begins(without_blanks(item), span_text("q=")))
            return false;
    }
    return several;
}

/* Is it the name of a time zone, Area/Place, or UTC? */
static bool is_zone(struct span text)
{
    static const char *const areas[] = {"Africa", "America",  "Antarctica", "Arctic",
                                        "Asia",   "Atlantic", "Australia",  "Etc",
                                        "Europe", "Indian",   "Pacific"};
    struct span area = take_before(&text, '/');

    if (!text.n)
        return span_equal(area, span_text("UTC"));
    for (size_t i = 0; i < sizeof areas / sizeof *areas; i++)
        if (span_equal(area, span_text(areas[i])))
            return true;
    return false;
}

static bool is_data_url(struct span text)
{
    return span_begins(text, span_text("data:"));
}

/* Is TEXT, an array as JSON, one of languages with a region among them? A text that is cut may
 * be. */
static bool is_list(struct span text)
{
    bool regional = false;

    if (!text.n || text.p[0] != '[')
        return false;
    text = span_cut(text, 1, text.n);
    while (text.n > 2) {
        struct span item = without_blanks(take_before(&text, ','));
        if (item.n < 3 || item.p[0] != '"')
            return false;
        item = span_cut(item, 1, item.n);
        struct span tag = take_before(&item, '"');
        if (!is_language(tag))
            return false;
        regional |= is_regional(tag);
    }
    return regional;
}

static const struct guess_row {
    bool array; /* what it takes: an array, else a string */
    bool (*fits)(struct span text);
    struct guess guess;
} guess_table[] = {
    {false, is_data_url, {"data-url", "what an encoder adds to the same image"}},
    {false, is_zone, {"timezone", "other names of the same zone"}},
    {false, is_accepted, {"accept-language", "the spelling of weights and of tags"}},
    {false, is_regional, {"language", "the spelling of tags, such as de_de and de-DE"}},
    {true, is_list, {"languages", "the spelling of tags"}},
};

/* Do nine tenths of the examples of FIELD fit ROW? */
static bool do_fit(const struct field *field, const struct guess_row *row)
{
    unsigned all = 0, fitting = 0;

    for (unsigned i = 0; i < FIELD_EXAMPLES; i++) {
        struct span text = field->examples[i];
        if (!text.n || text.p[0] == 'n' || text.p[0] == '{')
            continue;
        all++;
        if (!row->array && text.n >= 2 && text.p[0] == '"')
            fitting += row->fits(span_cut(text, 1, text.n - (text.p[text.n - 1] == '"')));
        else if (row->array)
            fitting += row->fits(text);
    }
    return all && 10 * fitting >= 9 * all;
}

struct guess guess_step(const struct field *field)
{
    for (size_t i = 0; i < sizeof guess_table / sizeof *guess_table; i++)
        if (do_fit(field, &guess_table[i]))
            return guess_table[i].guess;
    return (struct guess){NULL, NULL};
}
