/*
 * The steps for languages and time zones.
 *
 * language: the text up to the first ';', without spaces and tabs at both ends, must be a language
 * range of RFC 4647 section 2.1, with '_' allowed instead of '-':
 *
 *     1*8letter *( "-" 1*8( letter / digit ) )  or  "*"
 *
 * Letters become lower case, except in a further subtag with no subtag of one character before it:
 * two letters become upper case, and of four the first (RFC 5646 section 2.1.1). '_' becomes '-'.
 * The first subtag is then looked up in data/language.tsv. Weights are removed because Firefox
 * keeps one in navigator.languages ("en-US;q=0.7"). Nothing else is removed: en, en-US and en-GB
 * differ for a reason.
 *
 * languages: an array: language on each string, then without elements equal to an earlier one. The
 * order is kept: it is the user's.
 *
 * accept-language: a list of RFC 9110 section 5.6.1, elements between commas, empty ones ignored,
 * with 1 to STEPS_ITEMS elements that language takes. The result is the array of language's
 * results, without those equal to an earlier one. The order says what the weights say, and some
 * browsers draw their weights at random.
 *
 * timezone: a name in data/timezone.tsv becomes the name beside it.
 */
#include "config.h"

#include "steps/steps.h"

#include "base/ascii.h"
#include "base/buf.h"
#include "base/sort.h"
#include "steps/table.h"

#define SUBTAG_MAX 8 /* letters; no code in data/language.tsv is longer */

static bool ends_subtag(struct span s, size_t at)
{
    return at == s.n || s.p[at] == '-' || s.p[at] == '_';
}

/* Is S a language range? */
static bool is_language_range(struct span s)
{
    bool first = true;

    if (span_equal(s, span_text("*")))
        return true;
    for (size_t at = 0, length = 0; at <= s.n; at++) {
        if (!ends_subtag(s, at)) {
            if (!(first ? ascii_is_letter(s.p[at]) : ascii_is_alnum(s.p[at])))
                return false;
            length++;
            continue;
        }
        if (length == 0 || length > SUBTAG_MAX)
            return false;
        length = 0;
        first = false;
    }
    return true;
}

/* Append the first subtag of a range, or the code that has replaced it. */
static void put_language_code(struct buf *out, struct span subtag)
{
    unsigned char lower[SUBTAG_MAX];

    for (size_t i = 0; i < subtag.n; i++)
        lower[i] = ascii_lower(subtag.p[i]);
    subtag.p = lower;
    const struct table_row *row = table_find(&table_language, subtag);
    buf_put(out, row ? table_cell(&table_language, row, 1) : subtag);
}

/* Append a further subtag. NAMED: its length may make it a script or a region. */
static void put_subtag(struct buf *out, struct span subtag, bool named)
{
    size_t upper = !named ? 0 : subtag.n == 2 ? 2 : subtag.n == 4 ? 1 : 0;

    for (size_t i = 0; i < subtag.n; i++)
        buf_putc(out, i < upper ? ascii_upper(subtag.p[i]) : ascii_lower(subtag.p[i]));
}

/* Append the language range S. */
static void put_language_range(struct buf *out, struct span s)
{
    bool named = true;

    for (size_t from = 0, to; from < s.n; from = to + 1) {
        for (to = from; !ends_subtag(s, to);)
            to++;
        struct span subtag = span_cut(s, from, to);
        if (from) {
            buf_putc(out, '-');
            put_subtag(out, subtag, named);
        } else {
            put_language_code(out, subtag);
        }
        named = named && subtag.n > 1;
    }
}

/* Set *TEXT to the result of the step language; *TAKEN is false if it is no language range. False
 * when memory is out. */
static bool normalize_language(struct span *text, bool *taken, struct arena *arena)
{
    const unsigned char *weight = text->n ? memchr(text->p, ';', text->n) : NULL;
    struct span s = *text;

    if (weight)
        s.n = (size_t)(weight - s.p);
    s = ascii_trim(s, " \t");
    *taken = is_language_range(s);
    if (!*taken)
        return true;
    size_t size = s.n + SUBTAG_MAX;
    struct buf out = buf_within(arena_take(arena, size), size);
    if (!out.p)
        return false;
    put_language_range(&out, s);
    arena_trim(arena, out.p, out.n);
    *text = buf_span(&out);
    return true;
}

static bool apply_language(const struct call *call, struct signal *signal, struct arena *arena)
{
    bool taken;

    (void)call;
    return normalize_language(&signal->value.text, &taken, arena);
}

static int by_language(const void *a, const void *b, void *items)
{
    const struct value *values = items;

    return value_compare(&values[*(const size_t *)a], &values[*(const size_t *)b]);
}

/* Set SIGNAL to the array of the COUNT ITEMS without those equal to an earlier one. Sorting the
 * items' places puts equal ones side by side, so that no pairs need be compared. */
static bool become_languages(struct signal *signal, struct value *items, size_t count,
                             struct arena *arena)
{
    struct arena_mark mark = arena_mark(arena);
    size_t *order = arena_take_array(arena, count, sizeof *order);
    size_t *scratch = arena_take_array(arena, count, sizeof *scratch);
    bool *repeats = arena_take_array(arena, count, sizeof *repeats);
    size_t kept = 0;

    if (!order || !scratch || !repeats)
        return false;
    for (size_t i = 0; i < count; i++)
        order[i] = i;
    sort_array(order, count, sizeof *order, by_language, items, scratch);
    for (size_t i = 0; i < count; i++)
        repeats[order[i]] = i && value_equal(&items[order[i - 1]], &items[order[i]]);
    for (size_t i = 0; i < count; i++)
        if (!repeats[i])
            items[kept++] = items[i];
    arena_back(arena, mark);
    signal->value = value_array(items, kept);
    return true;
}

static bool apply_languages(const struct call *call, struct signal *signal, struct arena *arena)
{
    const struct array *array = &signal->value.array;
    struct value *items = arena_take_array(arena, array->count, sizeof *items);
    bool taken;

    (void)call;
    if (!items)
        return false;
    for (size_t i = 0; i < array->count; i++) {
        items[i] = array->items[i];
        if (items[i].type == VALUE_STRING && !normalize_language(&items[i].text, &taken, arena))
            return false;
    }
    return become_languages(signal, items, array->count, arena);
}

static bool apply_accept_language(const struct call *call, struct signal *signal,
                                  struct arena *arena)
{
    struct span text = signal->value.text;
    size_t most = 1, count = 0;

    (void)call;
    for (size_t i = 0; i < text.n; i++)
        most += text.p[i] == ',';
    if (most > STEPS_ITEMS)
        return true;
    struct arena_mark mark = arena_mark(arena);
    struct value *items = arena_take_array(arena, most, sizeof *items);
    if (!items)
        return false;
    for (size_t from = 0, to; from <= text.n; from = to + 1) {
        bool taken;
        for (to = from; to < text.n && text.p[to] != ',';)
            to++;
        struct span element = ascii_trim(span_cut(text, from, to), " \t");
        if (!element.n)
            continue;
        if (!normalize_language(&element, &taken, arena))
            return false;
        if (!taken) {
            arena_back(arena, mark);
            return true;
        }
        items[count++] = value_text(element);
    }
    return !count || become_languages(signal, items, count, arena);
}

static bool apply_timezone(const struct call *call, struct signal *signal, struct arena *arena)
{
    const struct table_row *row = table_find(&table_timezone, signal->value.text);

    (void)call;
    (void)arena;
    if (row)
        signal->value.text = table_cell(&table_timezone, row, 1);
    return true;
}

/* clang-format off */
const struct step locale_steps[] = {
    {.name = "language", .arguments = "", .takes = TAKES_STRING,
     .meaning = "a language range: case of RFC 5646, present code, no weight",
     .example = "language", .input = "\"zh-hant-tw;q=0.7\"", .output = "\"zh-Hant-TW\"",
     .table = &table_language, .apply = apply_language},
    {.name = "languages", .arguments = "", .takes = TAKES_ARRAY,
     .meaning = "language on each string in it, each once, in their order",
     .example = "languages", .input = "[\"de\",\"en-US;q=0.7\",\"EN\",\"de\"]",
     .output = "[\"de\",\"en-US\",\"en\"]",
     .table = &table_language, .apply = apply_languages},
    {.name = "accept-language", .arguments = "", .takes = TAKES_STRING,
     .meaning = "the ranges of an Accept-Language field, as languages has them",
     .example = "accept-language", .input = "\"de, en-us;q=0.9,en;q=0.8\"",
     .output = "[\"de\",\"en-US\",\"en\"]",
     .table = &table_language, .apply = apply_accept_language},
    {.name = "timezone", .arguments = "", .takes = TAKES_STRING,
     .meaning = "an alias of a time zone by its name in the table of time zones",
     .example = "timezone", .input = "\"Asia/Calcutta\"", .output = "\"Asia/Kolkata\"",
     .table = &table_timezone, .apply = apply_timezone},
};
/* clang-format on */
const size_t locale_step_count = sizeof locale_steps / sizeof *locale_steps;
