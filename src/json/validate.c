#include "config.h"

#include "json/validate.h"

#include <stdint.h>

#include "base/ascii.h"
#include "json/node.h"
#include "json/outline.h"
#include "json/value.h"
#include "text/number.h"
#include "text/plain.h"
#include "text/utf8.h"

/* 10^308 is in range: only a number with more digits than this before its '.', the exponent
 * counted in, can be out of range. */
#define SAFE_DIGITS 308

/* Exponents are counted up to here; a number on which the rest could tell goes through
 * number_parse(). */
#define EXPONENT_MAX 1000000

/* What a byte can begin where a value is due. */
enum class { OTHER, SPACE, QUOTE, BRACKET, NUMBER, WORD };

static const unsigned char classes[256] = {
    ['\t'] = SPACE,       ['\n'] = SPACE,       ['\r'] = SPACE,  [' '] = SPACE,
    ['"'] = QUOTE,        ['{'] = BRACKET,      ['['] = BRACKET, ['-'] = NUMBER,
    ['+'] = NUMBER,       ['.'] = NUMBER,       ['_'] = WORD,    ['0' ... '9'] = NUMBER,
    ['A' ... 'Z'] = WORD, ['a' ... 'z'] = WORD,
};

/* The second byte of an escape of two bytes. */
static const bool escapes[256] = {
    ['"'] = true, ['\\'] = true, ['/'] = true, ['b'] = true,
    ['f'] = true, ['n'] = true,  ['r'] = true, ['t'] = true,
};

static const bool hex_digits[256] = {
    ['0' ... '9'] = true,
    ['A' ... 'F'] = true,
    ['a' ... 'f'] = true,
};

/* A text being checked. The functions below go from a place in it to the place after what
 * they have read; null says that `fault` is set. */
struct check {
    const unsigned char *start, *end;
    size_t values_most, depth_most; /* the limits */
    size_t values, names, unpaired;
    struct fault fault;
    unsigned char closer[VALUE_DEPTH]; /* '}' or ']' of all that is open, */
    uint32_t open[VALUE_DEPTH];        /* and its node in the outline */
};

/* What a value needs of its function's own: how much is open, and the outline. */
struct trail {
    size_t depth; /* of check.closer */
    struct outline_pen pen;
};
#define INLINED OUTLINE_INLINED

static __attribute__((cold, noinline)) const unsigned char *
fail_at(struct check *c, enum status status, const unsigned char *at)
{
    if (at == c->end)
        status = STATUS_END;
    else if (*at >= 0x80 && !utf8_sequence(span_of(at, (size_t)(c->end - at))))
        status = STATUS_UTF8;
    c->fault = fault_at(status, (size_t)(at - c->start));
    return NULL;
}

/* Something is wrong right after a value: STATUS, unless it looks like more of a word or
 * number. Only those end in a letter or digit. */
static __attribute__((cold, noinline)) const unsigned char *
fail_after_value(struct check *c, enum status status, const unsigned char *at)
{
    if (at < c->end && classes[*at] >= NUMBER && classes[at[-1]] >= NUMBER)
        status = classes[at[-1]] == NUMBER ? STATUS_NUMBER : STATUS_WORD;
    return fail_at(c, status, at);
}

static inline const unsigned char *pass_space(const struct check *c, const unsigned char *p)
{
    while (p < c->end && classes[*p] == SPACE)
        p++;
    return p;
}

static inline const unsigned char *pass_digits(const struct check *c, const unsigned char *p)
{
    while (p < c->end && ascii_is_digit(*p))
        p++;
    return p;
}

/* P is the last digit of a surrogate's escape: pass the other half, if it follows. */
static const unsigned char *pass_other_half(struct check *c, const unsigned char *p)
{
    bool high = (p[-2] | 0x20) <= 'b';

    if (high && c->end - p > 6 && p[1] == '\\' && p[2] == 'u' && (p[3] | 0x20) == 'd' &&
        (p[4] | 0x20) >= 'c' && hex_digits[p[4]] && hex_digits[p[5]] && hex_digits[p[6]])
        return p + 6;
    c->unpaired++;
    return p;
}

static const unsigned char *pass_escape(struct check *c, const unsigned char *p)
{
    const unsigned char *backslash = p++;

    if (p < c->end && *p == 'u') {
        for (int i = 0; i < 4; i++)
            if (++p == c->end || !hex_digits[*p])
                return fail_at(c, STATUS_ESCAPE, p == c->end ? p : backslash);
        if ((p[-3] | 0x20) == 'd' && p[-2] >= '8')
            p = pass_other_half(c, p);
    } else if (p == c->end || !escapes[*p]) {
        return fail_at(c, STATUS_ESCAPE, p == c->end ? p : backslash);
    }
    return p + 1;
}

/* What a string may hold besides plain bytes and its end. */
static __attribute__((noinline)) const unsigned char *pass_special(struct check *c,
                                                                   const unsigned char *p)
{
    if (p == c->end)
        return fail_at(c, STATUS_END, p);
    if (*p == '\\')
        return pass_escape(c, p);
    if (*p < 0x20)
        return fail_at(c, STATUS_CONTROL, p);

    size_t n = utf8_sequence(span_of(p, (size_t)(c->end - p)));
    return n ? p + n : fail_at(c, STATUS_UTF8, p);
}

INLINED const unsigned char *pass_string(struct check *c, struct trail *trail,
                                         const unsigned char *p)
{
    const unsigned char *start = ++p;
    bool escaped = false;

    p = plain_ascii_end(p, c->end);
    while (p == c->end || *p != '"') {
        escaped |= p < c->end && *p == '\\';
        p = pass_special(c, p);
        if (!p)
            return NULL;
        p = plain_ascii_end(p, c->end);
    }
    outline_scalar(&trail->pen, JSON_STRING, escaped, start, p);
    return p + 1;
}

/* The number from START to P is well formed, if it ends here, and not small at first sight. */
static const unsigned char *check_range(struct check *c, const unsigned char *start,
                                        const unsigned char *p)
{
    double x = number_parse(span_of(start, (size_t)(p - start)));

    if (!__builtin_isinf(x))
        return p;
    if (p < c->end && classes[*p] >= NUMBER)
        return fail_at(c, STATUS_NUMBER, p);
    return fail_at(c, STATUS_RANGE, start);
}

/* P is at the exponent's 'e' of the number from START, which has WHOLE digits before '.'. */
static const unsigned char *pass_exponent(struct check *c, const unsigned char *start,
                                          const unsigned char *p, int64_t whole)
{
    bool minus = false;
    int64_t value = 0;

    if (++p < c->end && (*p == '+' || *p == '-'))
        minus = *p++ == '-';

    const unsigned char *digits = p;
    for (; p < c->end && ascii_is_digit(*p); p++)
        if (value < EXPONENT_MAX)
            value = value * 10 + (*p - '0');
    if (p == digits)
        return fail_at(c, STATUS_NUMBER, p);
    return whole + (minus ? -value : value) > SAFE_DIGITS ? check_range(c, start, p) : p;
}

INLINED const unsigned char *pass_number(struct check *c, const unsigned char *p)
{
    const unsigned char *start = p;

    p += *p == '-';
    const unsigned char *digits = p;
    p = p < c->end && *p == '0' ? p + 1 : pass_digits(c, p);
    if (p == digits)
        return fail_at(c, STATUS_NUMBER, p);

    ptrdiff_t whole = p - digits;
    if (p < c->end && *p == '.') {
        digits = ++p;
        p = pass_digits(c, p);
        if (p == digits)
            return fail_at(c, STATUS_NUMBER, p);
    }
    if (p < c->end && (*p | 0x20) == 'e')
        return pass_exponent(c, start, p, whole);
    return whole > SAFE_DIGITS ? check_range(c, start, p) : p;
}

static __attribute__((cold, noinline)) const unsigned char *fail_at_word(struct check *c,
                                                                         const unsigned char *p)
{
    const char *word = *p == 't' ? "true" : *p == 'f' ? "false" : *p == 'n' ? "null" : "";

    for (; p < c->end && *p == (unsigned char)*word; p++)
        word++;
    return fail_at(c, STATUS_WORD, p);
}

static inline const unsigned char *pass_word(struct check *c, const unsigned char *p)
{
    ptrdiff_t n = c->end - p;

    if (n >= 4 && (memcmp(p, "true", 4) == 0 || memcmp(p, "null", 4) == 0))
        return p + 4;
    if (n >= 5 && memcmp(p, "false", 5) == 0)
        return p + 5;
    return fail_at_word(c, p);
}

/* A member's name and its ':'. */
INLINED const unsigned char *pass_name(struct check *c, struct trail *trail,
                                       const unsigned char *p)
{
    p = pass_space(c, p);
    if (p == c->end || *p != '"')
        return fail_at(c, STATUS_NAME, p);
    c->names++;
    p = pass_string(c, trail, p);
    if (!p)
        return NULL;
    p = pass_space(c, p);
    if (p == c->end || *p != ':')
        return fail_at(c, STATUS_COLON, p);
    outline_byte(&trail->pen, ':');
    return p + 1;
}

/* P is at the bracket that closes what was opened last. */
INLINED const unsigned char *pass_closing(struct check *c, struct trail *trail,
                                          const unsigned char *p)
{
    outline_close(&trail->pen, p, c->open[--trail->depth]);
    return p + 1;
}

/* P is at the bracket that opens an array or object: to where its first value is DUE, or, if it
 * is empty, after it. */
INLINED const unsigned char *pass_opening(struct check *c, struct trail *trail,
                                          const unsigned char *p, bool *due)
{
    unsigned char closer = *p == '{' ? '}' : ']';

    if (trail->depth == c->depth_most)
        return fail_at(c, STATUS_DEPTH, p);
    c->open[trail->depth] = outline_open(&trail->pen, p);
    c->closer[trail->depth++] = closer;
    p = pass_space(c, p + 1);
    *due = p == c->end || *p != closer;
    if (!*due)
        return pass_closing(c, trail, p);
    return closer == '}' ? pass_name(c, trail, p) : p;
}

/* From the end of a value to where the next one is due; if nothing is open, to the end of
 * all. */
INLINED const unsigned char *pass_to_next_value(struct check *c, struct trail *trail,
                                                const unsigned char *p)
{
    while (trail->depth) {
        unsigned char closer = c->closer[trail->depth - 1];
        p = pass_space(c, p);
        if (p < c->end && *p == ',') {
            outline_byte(&trail->pen, ',');
            return closer == '}' ? pass_name(c, trail, p + 1) : p + 1;
        }
        if (p == c->end || *p != closer)
            return fail_after_value(c, closer == '}' ? STATUS_MEMBER_END : STATUS_ELEMENT_END,
                                    p);
        p = pass_closing(c, trail, p);
    }
    return p;
}

/* One value with all that is in it. */
INLINED const unsigned char *pass_value(struct check *c, struct trail *trail,
                                        const unsigned char *p)
{
    do {
        p = pass_space(c, p);
        if (p == c->end || classes[*p] == OTHER)
            return fail_at(c, STATUS_VALUE, p);
        if (c->values++ == c->values_most)
            return fail_at(c, STATUS_VALUES, p);

        bool due = false;
        const unsigned char *start = p;
        switch ((enum class)classes[*p]) {
        case QUOTE:
            p = pass_string(c, trail, p);
            break;
        case NUMBER:
            if ((p = pass_number(c, p)))
                outline_scalar(&trail->pen, JSON_NUMBER, false, start, p);
            break;
        case WORD:
            if ((p = pass_word(c, p)))
                outline_scalar(&trail->pen, JSON_WORD, false, start, p);
            break;
        default:
            p = pass_opening(c, trail, p, &due);
            break;
        }
        if (p && !due)
            p = pass_to_next_value(c, trail, p);
    } while (p && trail->depth);
    return p;
}

/* The same without an outline and with one: two functions, neither of which asks. */
static __attribute__((noinline)) const unsigned char *pass_plain_value(struct check *c,
                                                                       const unsigned char *p)
{
    struct trail trail = {.pen.wanted = false};

    return pass_value(c, &trail, p);
}

static __attribute__((noinline)) const unsigned char *
pass_outlined_value(struct check *c, const unsigned char *p, struct outline *outline)
{
    struct trail trail = {.pen = {true, c->start, outline->text, outline->nodes, 0}};

    p = pass_value(c, &trail, p);
    outline->n = (size_t)(trail.pen.at - outline->text);
    return p;
}

static void begin_check(struct check *c, struct span text, size_t values, size_t depth)
{
    c->start = text.p;
    c->end = text.p + text.n;
    c->values_most = values;
    c->depth_most = depth;
    c->values = c->names = c->unpaired = 0;
}

size_t validate_nodes(size_t length, const struct limits *limits)
{
    /* A byte each; and, but for what is still open at a fault, one after it. */
    size_t most = length < VALUE_DEPTH ? length : (length + VALUE_DEPTH) / 2;

    return limits->values < most / 2 ? 2 * limits->values : most;
}

struct fault validate(struct span text, const struct limits *limits, struct json_counts *counts)
{
    return validate_outline(text, limits, counts, NULL);
}

struct fault validate_outline(struct span text, const struct limits *limits,
                              struct json_counts *counts, struct outline *outline)
{
    size_t length = limits->length < LIMITS_LENGTH_MAX ? limits->length : LIMITS_LENGTH_MAX;
    struct check c;

    if (text.n > length)
        return fault_at(STATUS_LENGTH, length);
    if (!text.n)
        return fault_at(STATUS_END, 0); /* and there may be no pointer to count from */
    begin_check(&c, text, limits->values,
                limits->depth < VALUE_DEPTH ? limits->depth : VALUE_DEPTH);

    const unsigned char *p =
        outline ? pass_outlined_value(&c, text.p, outline) : pass_plain_value(&c, text.p);
    if (p && (p = pass_space(&c, p)) < c.end)
        p = fail_after_value(&c, STATUS_TRAILING, p);
    if (!p)
        return c.fault;
    *counts = (struct json_counts){c.values, c.names, c.unpaired};
    return FAULT_NONE;
}

/* As pass_plain_value(), but of a value that begins at P, which is often no array or object. */
static inline const unsigned char *pass_one_value(struct check *c, const unsigned char *p)
{
    struct trail trail = {.pen.wanted = false};
    enum class class = (enum class)classes[*p];

    if (class == BRACKET || c->values == c->values_most)
        return pass_plain_value(c, p);
    c->values++;
    return class == QUOTE    ? pass_string(c, &trail, p)
           : class == NUMBER ? pass_number(c, p)
                             : pass_word(c, p);
}

size_t validate_value(struct span text, size_t depth, const struct limits *limits,
                      struct json_counts *counts)
{
    size_t most = limits->depth < VALUE_DEPTH ? limits->depth : VALUE_DEPTH;
    struct check c;

    if (!text.n || classes[*text.p] <= SPACE || depth > most)
        return 0;
    begin_check(&c, text, limits->values, most - depth);

    const unsigned char *p = pass_one_value(&c, text.p);
    if (!p)
        return 0;
    *counts = (struct json_counts){c.values, c.names, c.unpaired};
    return (size_t)(p - text.p);
}

bool validate_unpaired(struct span text)
{
    const unsigned char *p = text.p;
    struct check c;

    begin_check(&c, text, 0, 0);
    while ((p = memchr(p, '\\', (size_t)(c.end - p))) && !c.unpaired)
        p = pass_escape(&c, p);
    return c.unpaired;
}
