/*
 * The steps that work on strings as text.
 */
#include "config.h"

#include "steps/steps.h"

#include "text/unicode.h"

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
};
/* clang-format on */
const size_t text_step_count = sizeof text_steps / sizeof *text_steps;
