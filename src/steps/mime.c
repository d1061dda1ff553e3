/*
 * The step for MIME types.
 *
 * mime: the text parsed and serialized by the WHATWG's MIME Sniffing Standard (sections 4.4 and
 * 4.5), with parameters sorted by name. Type, subtype and names of parameters are in lower case;
 * values are unchanged, in quotes only where they must be; of parameters with one name the first is
 * kept; there is no white space around any part. Text that the standard does not take for a MIME
 * type, or that has more than STEPS_ITEMS ';', passes unchanged.
 */
#include "config.h"

#include "steps/steps.h"

#include "base/ascii.h"
#include "base/buf.h"
#include "base/sort.h"
#include "text/utf8.h"

static const char http_space[] = "\t\n\r ";

struct mime_parameter {
    struct span name; /* in lower case */
    struct span value;
};

/* Has S only HTTP token code points, at least one? */
static bool is_http_token(struct span s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!ascii_is_alnum(s.p[i]) && (!s.p[i] || !strchr("!#$%&'*+-.^_`|~", s.p[i])))
            return false;
    return s.n;
}

/* Has S only HTTP quoted-string token code points: U+0009, 0020-007E, 0080-00FF? */
static bool is_http_quotable(struct span s)
{
    while (s.n) {
        uint32_t c = utf8_take(&s);
        if (c != '\t' && (c < 0x20 || c == 0x7F || c > 0xFF))
            return false;
    }
    return true;
}

/* The bytes of S from AT up to the first of SET, or to the end. */
static struct span up_to_set(struct span s, size_t at, const char *set)
{
    size_t end = at;

    while (end < s.n && (!s.p[end] || !strchr(set, s.p[end])))
        end++;
    return span_cut(s, at, end);
}

/* S in lower case, in ARENA. */
static struct span lower_copy(struct span s, struct arena *arena)
{
    unsigned char *out = arena_take(arena, s.n);

    if (!out)
        return SPAN_FAILED;
    for (size_t i = 0; i < s.n; i++)
        out[i] = ascii_lower(s.p[i]);
    return span_of(out, s.n);
}

/* Read the quoted string whose '"' is at *AT of S, in ARENA; *AT moves past it. A string without an
 * end is read too, as the standard says. */
static struct span read_quoted(struct span s, size_t *at, struct arena *arena)
{
    struct buf out = buf_within(arena_take(arena, s.n - *at), s.n - *at);

    if (!out.p)
        return SPAN_FAILED;
    for (++*at; *at < s.n && s.p[*at] != '"'; ++*at) {
        if (s.p[*at] == '\\' && *at + 1 < s.n)
            ++*at;
        buf_putc(&out, s.p[*at]);
    }
    *at += *at < s.n;
    arena_trim(arena, out.p, out.n);
    return buf_span(&out);
}

/* Read the parameter at *AT of S, after a ';'; *AT moves to the next ';' or the end. *KEPT is false
 * if the standard ignores it. False when memory is out. */
static bool read_mime_parameter(struct span s, size_t *at, struct mime_parameter *p, bool *kept,
                                struct arena *arena)
{
    *kept = false;
    while (*at < s.n && memchr(http_space, s.p[*at], sizeof http_space - 1))
        ++*at;
    struct span name = up_to_set(s, *at, ";=");
    *at += name.n;
    if (*at == s.n || s.p[*at] == ';')
        return true;
    ++*at;
    if (*at == s.n)
        return true;
    if (s.p[*at] == '"') {
        p->value = read_quoted(s, at, arena);
        if (span_failed(p->value))
            return false;
        *at += up_to_set(s, *at, ";").n;
    } else {
        struct span value = up_to_set(s, *at, ";");
        *at += value.n;
        while (value.n && memchr(http_space, value.p[value.n - 1], sizeof http_space - 1))
            value.n--;
        p->value = value;
        if (!value.n)
            return true;
    }
    *kept = is_http_token(name) && is_http_quotable(p->value);
    p->name = *kept ? lower_copy(name, arena) : name;
    return !span_failed(p->name);
}

static void put_mime_parameter(struct buf *out, const struct mime_parameter *p)
{
    buf_putc(out, ';');
    buf_put(out, p->name);
    buf_putc(out, '=');
    if (is_http_token(p->value)) {
        buf_put(out, p->value);
        return;
    }
    buf_putc(out, '"');
    for (size_t i = 0; i < p->value.n; i++) {
        if (p->value.p[i] == '"' || p->value.p[i] == '\\')
            buf_putc(out, '\\');
        buf_putc(out, p->value.p[i]);
    }
    buf_putc(out, '"');
}

static int by_parameter_name(const void *a, const void *b, void *context)
{
    (void)context;
    return span_compare(((const struct mime_parameter *)a)->name,
                        ((const struct mime_parameter *)b)->name);
}

/* Append the parameters of S, which begin at AT: at most ITEMS. False when memory is out. */
static bool put_mime_parameters(struct buf *out, struct span s, size_t at, size_t items,
                                struct arena *arena)
{
    struct mime_parameter *parameters = arena_take_array(arena, items, sizeof *parameters);
    struct mime_parameter *scratch = arena_take_array(arena, items, sizeof *scratch);
    size_t count = 0;
    bool kept;

    if (!parameters || !scratch)
        return false;
    while (at < s.n) {
        at++;
        if (!read_mime_parameter(s, &at, &parameters[count], &kept, arena))
            return false;
        count += kept;
    }
    sort_array(parameters, count, sizeof *parameters, by_parameter_name, NULL, scratch);
    for (size_t i = 0; i < count; i++)
        if (!i || !span_equal(parameters[i - 1].name, parameters[i].name))
            put_mime_parameter(out, &parameters[i]);
    return true;
}

static bool apply_mime(const struct call *call, struct signal *signal, struct arena *arena)
{
    struct span s = ascii_trim(signal->value.text, http_space);
    struct span type = up_to_set(s, 0, "/");
    size_t items = 0;

    (void)call;
    if (!is_http_token(type) || type.n == s.n)
        return true;
    struct span subtype = up_to_set(s, type.n + 1, ";");
    size_t end = type.n + 1 + subtype.n;
    while (subtype.n && memchr(http_space, subtype.p[subtype.n - 1], sizeof http_space - 1))
        subtype.n--;
    if (!is_http_token(subtype))
        return true;
    for (size_t i = 0; i < s.n; i++)
        items += s.p[i] == ';';
    if (items > STEPS_ITEMS)
        return true;
    /* At worst each byte of a value is escaped, and each value has quotes. */
    size_t size = 2 * s.n + 2 * items;
    struct buf out = buf_within(arena_take(arena, size), size);
    if (!out.p)
        return false;
    for (size_t i = 0; i < type.n + 1 + subtype.n; i++)
        buf_putc(&out, ascii_lower(s.p[i]));
    struct arena_mark mark = arena_mark(arena);
    if (!put_mime_parameters(&out, s, end, items, arena))
        return false;
    arena_back(arena, mark);
    signal->value.text = buf_span(&out);
    return true;
}

/* clang-format off */
const struct step mime_steps[] = {
    {.name = "mime", .arguments = "", .takes = TAKES_STRING,
     .meaning = "a MIME type as the MIME Sniffing Standard serializes it, parameters sorted",
     .example = "mime", .input = "\"Video/MP4; Codecs=\\\"avc1.42E01E\\\"\"",
     .output = "\"video/mp4;codecs=avc1.42E01E\"", .apply = apply_mime},
};
/* clang-format on */
const size_t mime_step_count = sizeof mime_steps / sizeof *mime_steps;
