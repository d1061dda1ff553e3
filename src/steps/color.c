/*
 * The step for CSS colours.
 *
 * color: "#rrggbbaa" in lower case, of text that is, ASCII case ignored, one of
 *
 *     "#" 3, 4, 6 or 8 hex digits          of 3 and 4, each counts twice
 *     rgb "(" v "," v "," v [ "," a ] ")"  rgb = "rgb" / "rgba"
 *     rgb "(" v v v [ "/" a ] ")"          white space between the three v
 *     "transparent"                        = #00000000
 *
 *     v, a = number / number "%"           number = 1*9digit [ "." 1*9digit ] / "." 1*9digit
 *
 * with white space (U+0009, 000A, 000C, 000D, 0020) around it, after "(", and around commas, "/"
 * and ")". v is a number up to 255, or a percentage; a is a number up to 1, or a percentage, and 1
 * if absent. A greater value counts as the greatest. Each value becomes the nearest whole number of
 * 255ths, halves rounded up, by exact arithmetic on the decimals. Names of colours pass unchanged,
 * because no browser gives them for a computed style, and so do other colour spaces.
 */
#include "config.h"

#include "steps/steps.h"

#include <stdint.h>

#include "base/ascii.h"

#define CHANNELS   4
#define DIGITS_MAX 9 /* before and after the point */

static const char css_space[] = "\t\n\f\r ";

/* A colour while it is read. */
struct color_reader {
    struct span text;
    size_t at;
};

/* The next byte, in lower case; 0 at the end. */
static unsigned char peek_lower(const struct color_reader *r)
{
    return r->at < r->text.n ? ascii_lower(r->text.p[r->at]) : 0;
}

static bool take_color_byte(struct color_reader *r, char c)
{
    if (peek_lower(r) != c)
        return false;
    r->at++;
    return true;
}

/* Skip white space. True if there was any. */
static bool skip_css_space(struct color_reader *r)
{
    size_t from = r->at;

    while (peek_lower(r) && strchr(css_space, peek_lower(r)))
        r->at++;
    return r->at > from;
}

/* Add the next digits to *NUMBER. Returns how many there are. */
static int take_channel_digits(struct color_reader *r, uint64_t *number)
{
    int count = 0;

    for (; ascii_is_digit(peek_lower(r)) && count <= DIGITS_MAX; r->at++, count++)
        *number = *number * 10 + (peek_lower(r) - '0');
    return count;
}

/* Read a number up to WHOLE, or a percentage, as *CHANNEL up to 255. False if neither comes
 * next. */
static bool take_channel(struct color_reader *r, uint64_t whole, unsigned char *channel)
{
    uint64_t number = 0, unit = 1;
    int before = take_channel_digits(r, &number), after = 0;

    if (take_color_byte(r, '.')) {
        after = take_channel_digits(r, &number);
        if (!after)
            return false;
    }
    if ((!before && !after) || before > DIGITS_MAX || after > DIGITS_MAX)
        return false;
    for (int i = 0; i < after; i++)
        unit *= 10;
    if (take_color_byte(r, '%'))
        whole = 100;
    if (number >= whole * unit)
        *channel = 255;
    else /* below 255 * 10^9 * 510, so nothing overflows */
        *channel = (unsigned char)((number * 510 + whole * unit) / (2 * whole * unit));
    return true;
}

/* Read the forms that begin with '#'. */
static bool read_hex_channels(struct color_reader *r, unsigned char *channels)
{
    size_t count = r->text.n - r->at;
    unsigned char digits[2 * CHANNELS];

    if (count != 3 && count != 4 && count != 6 && count != 8)
        return false;
    for (size_t i = 0; i < count; i++, r->at++) {
        unsigned char c = peek_lower(r);
        if (ascii_hex(c) < 0)
            return false;
        digits[i] = (unsigned char)ascii_hex(c);
    }
    for (size_t i = 0; count < 6 ? i < count : 2 * i < count; i++)
        channels[i] = (unsigned char)(count < 6 ? digits[i] * 17
                                                : digits[2 * i] << 4 | digits[2 * i + 1]);
    return true;
}

/* Read what follows "rgb(" up to the end. */
static bool read_rgb_channels(struct color_reader *r, unsigned char *channels)
{
    bool commas = false;

    for (int i = 0; i < CHANNELS; i++) {
        skip_css_space(r);
        if (!take_channel(r, i < 3 ? 255 : 1, &channels[i]))
            return false;
        bool gap = skip_css_space(r);
        if (i >= 2 && take_color_byte(r, ')'))
            return r->at == r->text.n;
        if (i == 0)
            commas = peek_lower(r) == ',';
        if (commas ? !take_color_byte(r, ',') : i < 2 ? !gap : !take_color_byte(r, '/'))
            return false;
    }
    return false;
}

static bool take_color_word(struct color_reader *r, const char *word)
{
    size_t from = r->at;

    while (*word && take_color_byte(r, *word))
        word++;
    if (*word)
        r->at = from;
    return !*word;
}

/* Read TEXT into the CHANNELS. False if it has none of the forms above. */
static bool read_color(struct span text, unsigned char *channels)
{
    struct color_reader r = {ascii_trim(text, css_space), 0};

    channels[3] = 255;
    if (take_color_byte(&r, '#'))
        return read_hex_channels(&r, channels);
    if (take_color_word(&r, "transparent")) {
        memset(channels, 0, CHANNELS);
        return r.at == r.text.n;
    }
    return (take_color_word(&r, "rgba(") || take_color_word(&r, "rgb(")) &&
           read_rgb_channels(&r, channels);
}

static bool apply_color(const struct call *call, struct signal *signal, struct arena *arena)
{
    static const char hex[] = "0123456789abcdef";
    unsigned char channels[CHANNELS];

    (void)call;
    if (!read_color(signal->value.text, channels))
        return true;
    unsigned char *out = arena_take(arena, 1 + 2 * CHANNELS);
    if (!out)
        return false;
    out[0] = '#';
    for (int i = 0; i < CHANNELS; i++) {
        out[1 + 2 * i] = (unsigned char)hex[channels[i] >> 4];
        out[2 + 2 * i] = (unsigned char)hex[channels[i] & 15];
    }
    signal->value.text = span_of(out, 1 + 2 * CHANNELS);
    return true;
}

/* clang-format off */
const struct step color_steps[] = {
    {.name = "color", .arguments = "", .takes = TAKES_STRING,
     .meaning = "a CSS color, in hex or by rgb() or rgba(), as #rrggbbaa",
     .example = "color", .input = "\"rgb(0, 120, 215)\"", .output = "\"#0078d7ff\"",
     .apply = apply_color},
};
/* clang-format on */
const size_t color_step_count = sizeof color_steps / sizeof *color_steps;
