/*
 * The steps that work on strings as text.
 *
 * percent: percent-decoding (RFC 3986 section 2.1): '%' and two hex digits are the byte of that
 * value, from left to right, once. Any other '%' stays. If the bytes that result are not UTF-8, the
 * whole string stays as it is: a string with half of its escapes decoded would mean neither.
 *
 * split(TEXT): the parts between the places where TEXT is found, from left to right, none
 * overlapping another. A string with more than SPLIT_PARTS - 1 of them stays as it is.
 */
#include "config.h"

#include "steps/steps.h"

#include "base/ascii.h"
#include "text/unicode.h"
#include "text/utf8.h"

#define SPLIT_PARTS 65536

/* Set SIGNAL to the text S. False if S is SPAN_FAILED. */
static bool become_text(struct signal *signal, struct span s)
{
    if (span_failed(s))
        return false;
    signal->value.text = s;
    return true;
}

static bool apply_nfc(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)call;
    return become_text(signal, unicode_normalize(UNICODE_NFC, signal->value.text, arena));
}

static bool apply_nfkc(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)call;
    return become_text(signal, unicode_normalize(UNICODE_NFKC, signal->value.text, arena));
}

static bool apply_trim(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)call;
    (void)arena;
    return become_text(signal, unicode_trim(signal->value.text));
}

static bool apply_squeeze(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)call;
    return become_text(signal, unicode_squeeze(signal->value.text, arena));
}

static bool apply_lower(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)call;
    return become_text(signal, unicode_lower(signal->value.text, arena));
}

static bool apply_fold(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)call;
    return become_text(signal, unicode_fold(signal->value.text, arena));
}

static bool apply_digits(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)call;
    return become_text(signal, unicode_digits(signal->value.text, arena));
}

static bool apply_strip_control(const struct call *call, struct signal *signal,
                                struct arena *arena)
{
    (void)call;
    return become_text(signal, unicode_strip_control(signal->value.text, arena));
}

/* The value of the escape that REST begins with, 0 to 255; -1 if it begins with none. */
static int read_percent(struct span rest)
{
    if (rest.n < 3 || rest.p[0] != '%')
        return -1;
    int high = ascii_hex(ascii_lower(rest.p[1])), low = ascii_hex(ascii_lower(rest.p[2]));
    return high < 0 || low < 0 ? -1 : high << 4 | low;
}

static bool is_utf8(struct span s)
{
    while (s.n) {
        size_t n = utf8_sequence(s);
        if (!n)
            return false;
        s = span_cut(s, n, s.n);
    }
    return true;
}

static bool apply_percent(const struct call *call, struct signal *signal, struct arena *arena)
{
    struct span text = signal->value.text;
    struct arena_mark mark = arena_mark(arena);
    size_t n = 0;

    (void)call;
    if (!text.n || !memchr(text.p, '%', text.n))
        return true;
    unsigned char *decoded = arena_take(arena, text.n);
    if (!decoded)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        int byte = read_percent(span_cut(text, i, text.n));
        decoded[n++] = byte < 0 ? text.p[i] : (unsigned char)byte;
        i += byte < 0 ? 0 : 2;
    }
    if (!is_utf8(span_of(decoded, n))) {
        arena_back(arena, mark);
        return true;
    }
    arena_trim(arena, decoded, n);
    return become_text(signal, span_of(decoded, n));
}

/* What split() looks for: the text of a string in quotes; of a word or number, as it is written. */
static struct span split_text(const struct call *call)
{
    const struct argument *argument = &call->arguments[0];

    return argument->value.type == VALUE_STRING ? argument->value.text : argument->text;
}

static struct fault prepare_split(struct call *call, size_t end, struct arena *arena)
{
    (void)arena;
    if (call->count == 1 && call->arguments[0].value.type != VALUE_ARRAY &&
        call->arguments[0].value.type != VALUE_OBJECT && split_text(call).n)
        return FAULT_NONE;
    return call_fault(call, end, call->count > 1 ? 1 : 0, "expected one text, not empty");
}

/* The offset at which WHAT, not empty, is first found in S; s.n if it is not. */
static size_t find_text(struct span s, struct span what)
{
    for (size_t i = 0; what.n <= s.n && i <= s.n - what.n; i++) {
        const unsigned char *first = memchr(s.p + i, what.p[0], s.n - what.n - i + 1);
        if (!first)
            break;
        i = (size_t)(first - s.p);
        if (memcmp(first, what.p, what.n) == 0)
            return i;
    }
    return s.n;
}

static bool apply_split(const struct call *call, struct signal *signal, struct arena *arena)
{
    struct span what = split_text(call), rest = signal->value.text;
    size_t parts = 1, i = 0;

    for (size_t at; (at = find_text(rest, what)) < rest.n; parts++)
        rest = span_cut(rest, at + what.n, rest.n);
    if (parts > SPLIT_PARTS)
        return true;
    struct value *items = arena_take_array(arena, parts, sizeof *items);
    if (!items)
        return false;
    rest = signal->value.text;
    for (; i + 1 < parts; i++) {
        size_t at = find_text(rest, what);
        items[i] = value_text(span_cut(rest, 0, at));
        rest = span_cut(rest, at + what.n, rest.n);
    }
    items[i] = value_text(rest);
    signal->value = value_array(items, parts);
    return true;
}

/* clang-format off */
const struct step text_steps[] = {
    {.name = "nfc", .arguments = "", .takes = TAKES_STRING,
     .meaning = "normalization form C of Unicode 15.0 (UAX #15)",
     .example = "nfc", .input = "\"A\\u030a\"", .output = "\"\u00c5\"",
     .apply = apply_nfc},
    {.name = "nfkc", .arguments = "", .takes = TAKES_STRING,
     .meaning = "normalization form KC of Unicode 15.0 (UAX #15)",
     .example = "nfkc", .input = "\"\\ufb01 \\u2460\"", .output = "\"fi 1\"",
     .apply = apply_nfkc},
    {.name = "trim", .arguments = "", .takes = TAKES_STRING,
     .meaning = "no white space at both ends",
     .example = "trim", .input = "\"\\u00a0 Linux x86_64\\n\"", .output = "\"Linux x86_64\"",
     .apply = apply_trim},
    {.name = "squeeze", .arguments = "", .takes = TAKES_STRING,
     .meaning = "each run of white space as one U+0020",
     .example = "squeeze", .input = "\"9:00\\u202f \\tPM\"", .output = "\"9:00 PM\"",
     .apply = apply_squeeze},
    {.name = "lower", .arguments = "", .takes = TAKES_STRING,
     .meaning = "the simple lower-case mapping, code point by code point",
     .example = "lower", .input = "\"WIN32\"", .output = "\"win32\"",
     .apply = apply_lower},
    {.name = "fold", .arguments = "", .takes = TAKES_STRING,
     .meaning = "form D, full case folding (statuses C and F), form C",
     .example = "fold", .input = "\"Stra\\u00dfe\"", .output = "\"strasse\"",
     .apply = apply_fold},
    {.name = "digits", .arguments = "", .takes = TAKES_STRING,
     .meaning = "each decimal digit (category Nd) as its ASCII digit",
     .example = "digits", .input = "\"\\u0662\\u0660\\u0662\\u0665\"", .output = "\"2025\"",
     .apply = apply_digits},
    {.name = "strip-control", .arguments = "", .takes = TAKES_STRING,
     .meaning = "no code points of the categories Cc and Cf, no U+2028, no U+2029",
     .example = "strip-control", .input = "\"\\u202aMali\\u202c-G78\\u0000\"",
     .output = "\"Mali-G78\"", .apply = apply_strip_control},
    {.name = "percent", .arguments = "", .takes = TAKES_STRING,
     .meaning = "percent-decoded, if that gives UTF-8; other percent signs stay",
     .example = "percent", .input = "\"gr%C3%BCn 100%\"", .output = "\"gr\u00fcn 100%\"",
     .apply = apply_percent},
    {.name = "split", .arguments = "(TEXT)", .takes = TAKES_STRING,
     .meaning = "the array of the parts between the places where TEXT is found",
     .example = "split(\", \")", .input = "\"de, en-US, \"", .output = "[\"de\",\"en-US\",\"\"]",
     .prepare = prepare_split, .apply = apply_split},
};
/* clang-format on */
const size_t text_step_count = sizeof text_steps / sizeof *text_steps;
