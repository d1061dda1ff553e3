/*
 * The steps that read the name of WebGL's renderer.
 *
 * renderer: the model, without what wraps it, so that Chrome and Firefox of any age and on any
 * system agree as far as their texts do. In this order:
 *
 * 1. At most three times, the first of these that the text has is removed:
 *    - "ANGLE (" at its beginning: what follows up to the matching ')', or up to the end, has
 *      parts, separated by commas outside of parentheses. Of one or two parts the last is kept, of
 *      more the last but one: maker, model, driver.
 *    - "Vulkan ", digits and dots, " (" or "D3D12 (" at its beginning: what follows up to the
 *      matching ')', or up to the end, is kept.
 * 2. The text before the first comma or semicolon outside of parentheses is kept, without white
 *    space (U+0020 and U+0009) at both ends.
 * 3. At the beginning these are removed, each once, in this order:
 *    "ANGLE Metal Renderer: "  "Gallium 0.4 on "  "Mesa DRI "  "Mesa ".
 * 4. The rest is words, separated by white space and by parentheses with their content, up to the
 *    end if not closed; a ')' alone separates too. The words end before the first one that begins
 *    with "Direct3D", or is "OpenGL". A word is cut before "/PCI", "/AGP", "/SSE2" or
 *    "/integrated", and is then the last. A word equal to the one before it is left out.
 * 5. The result is the words, separated by one space. Without words, the text passes unchanged.
 *
 * The device id in parentheses, which newer versions of Chrome add, is removed with them.
 * gpu-class: the result of renderer is looked up in data/gpu.tsv, as that file says; if nothing is
 * found, the text passes unchanged. Text of more than STEPS_BYTES bytes passes both unchanged.
 */
#include "config.h"

#include "steps/steps.h"

#include "base/ascii.h"
#include "base/buf.h"
#include "steps/table.h"

#define WRAPPINGS 3 /* Samsung wraps ANGLE in ANGLE, and inside may be Vulkan */

static const char gpu_space[] = " \t";

/* Cut PREFIX off *S. False if *S does not begin with it. */
static bool take_prefix(struct span *s, const char *prefix)
{
    struct span p = span_text(prefix);

    if (!span_begins(*s, p))
        return false;
    *s = span_cut(*s, p.n, s->n);
    return true;
}

/* S up to the ')' that closes a '(' just before S; all of S without one. */
static struct span up_to_closing(struct span s)
{
    size_t depth = 1, at = 0;

    for (; at < s.n; at++) {
        depth += s.p[at] == '(';
        depth -= s.p[at] == ')';
        if (depth == 0)
            break;
    }
    return span_cut(s, 0, at);
}

/* Take the next part of *S, up to one of ENDS outside of parentheses or to the end. *S becomes what
 * follows that byte; *LAST says whether the part went to the end. */
static struct span take_part(struct span *s, const char *ends, bool *last)
{
    size_t depth = 0, at = 0;

    for (; at < s->n && (depth || !memchr(ends, s->p[at], strlen(ends))); at++) {
        depth += s->p[at] == '(';
        depth -= s->p[at] == ')' && depth;
    }
    struct span part = span_cut(*s, 0, at);
    *last = at == s->n;
    *s = span_cut(*s, *last ? at : at + 1, s->n);
    return part;
}

/* The part of S that is the model. */
static struct span model_part(struct span s)
{
    struct span part = s, before = s;
    size_t count = 0;

    for (bool last = false; !last; count++) {
        before = part;
        part = take_part(&s, ",", &last);
    }
    return count > 2 ? before : part;
}

/* Remove one wrapping from *S. False if it has none. */
static bool take_wrapping(struct span *s)
{
    struct span rest = *s;

    if (take_prefix(&rest, "ANGLE (")) {
        *s = ascii_trim(model_part(up_to_closing(rest)), gpu_space);
        return true;
    }
    if (take_prefix(&rest, "Vulkan "))
        while (rest.n && (ascii_is_digit(rest.p[0]) || rest.p[0] == '.'))
            rest = span_cut(rest, 1, rest.n);
    else if (!take_prefix(&rest, "D3D12"))
        return false;
    if (!take_prefix(&rest, " ("))
        return false;
    *s = ascii_trim(up_to_closing(rest), gpu_space);
    return true;
}

/* Take the next word of *S, empty at the end; *S becomes what follows it. */
static struct span take_model_word(struct span *s)
{
    size_t depth = 0, from = 0, to;

    for (; from < s->n; from++) {
        unsigned char c = s->p[from];
        if (!depth && c != ' ' && c != '\t' && c != '(' && c != ')')
            break;
        depth += c == '(';
        depth -= c == ')' && depth;
    }
    for (to = from; to < s->n && !memchr(" \t()", s->p[to], 4);)
        to++;
    struct span word = span_cut(*s, from, to);
    *s = span_cut(*s, to, s->n);
    return word;
}

/* Where the bus at the end of WORD begins; WORD.n if it names none. */
static size_t find_bus(struct span word)
{
    static const char *const buses[] = {"/PCI", "/AGP", "/SSE2", "/integrated"};

    for (size_t at = 0; at < word.n; at++)
        for (size_t i = 0; word.p[at] == '/' && i < sizeof buses / sizeof *buses; i++)
            if (span_begins(span_cut(word, at, word.n), span_text(buses[i])))
                return at;
    return word.n;
}

/* Append the words of S that name the model. */
static void put_model_words(struct buf *out, struct span s)
{
    struct span before = span_of(NULL, 0);

    for (;;) {
        struct span word = take_model_word(&s);
        if (!word.n || span_begins(word, span_text("Direct3D")) ||
            span_equal(word, span_text("OpenGL")))
            return;
        size_t end = find_bus(word);
        bool ends = end < word.n;
        word.n = end;
        if (word.n && !span_equal(word, before)) {
            if (out->n)
                buf_putc(out, ' ');
            buf_put(out, word);
        }
        if (ends)
            return;
        before = word;
    }
}

/* The result of the step renderer for S, in ARENA; S itself if it has no words. */
static struct span model_of(struct span s, struct arena *arena)
{
    struct buf out = buf_within(arena_take(arena, s.n), s.n);
    struct span rest = s;
    bool last;

    if (!out.p)
        return SPAN_FAILED;
    for (int left = WRAPPINGS; left && take_wrapping(&rest); left--)
        continue;
    rest = ascii_trim(take_part(&rest, ",;", &last), gpu_space);
    take_prefix(&rest, "ANGLE Metal Renderer: ");
    take_prefix(&rest, "Gallium 0.4 on ");
    take_prefix(&rest, "Mesa DRI ");
    take_prefix(&rest, "Mesa ");
    put_model_words(&out, rest);
    return out.n ? buf_span(&out) : s;
}

static bool apply_renderer(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)call;
    if (signal->value.text.n > STEPS_BYTES)
        return true;
    struct span model = model_of(signal->value.text, arena);
    if (span_failed(model))
        return false;
    signal->value.text = model;
    return true;
}

/* The series of ROW with the digits that its name has at AT of MODEL, in ARENA. */
static struct span series_of(const struct table_row *row, struct span model, size_t at,
                             struct arena *arena)
{
    struct span name = table_cell(&table_gpu, row, 0), series = table_cell(&table_gpu, row, 1);
    unsigned char *out = arena_take(arena, series.n);
    size_t digit = 0;

    if (!out)
        return SPAN_FAILED;
    for (size_t i = 0; i < series.n; i++) {
        out[i] = series.p[i];
        if (series.p[i] != '#')
            continue;
        while (digit < name.n && name.p[digit] != '#')
            digit++;
        if (digit < name.n)
            out[i] = model.p[at + digit++];
    }
    return span_of(out, series.n);
}

static bool apply_gpu_class(const struct call *call, struct signal *signal, struct arena *arena)
{
    const struct table *t = &table_gpu;
    struct arena_mark mark = arena_mark(arena);
    size_t at;

    (void)call;
    if (signal->value.text.n > STEPS_BYTES)
        return true;
    struct span model = model_of(signal->value.text, arena);
    if (span_failed(model))
        return false;
    for (size_t i = 0; i < t->count; i++)
        if (table_occurs(table_cell(t, &t->rows[i], 0), model, 0, &at)) {
            signal->value.text = series_of(&t->rows[i], model, at, arena);
            return !span_failed(signal->value.text);
        }
    arena_back(arena, mark);
    return true;
}

/* clang-format off */
const struct step gpu_steps[] = {
    {.name = "renderer", .arguments = "", .takes = TAKES_STRING,
     .meaning = "the model in what WebGL calls its renderer",
     .example = "renderer",
     .input = "\"ANGLE (Intel, Intel(R) UHD Graphics 620 (0x00005917) Direct3D11 "
              "vs_5_0 ps_5_0, D3D11)\"",
     .output = "\"Intel UHD Graphics 620\"", .apply = apply_renderer},
    {.name = "gpu-class", .arguments = "", .takes = TAKES_STRING,
     .meaning = "the series of that model, by the table of graphics processors",
     .example = "gpu-class",
     .input = "\"ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 (0x00002504) Direct3D11 "
              "vs_5_0 ps_5_0, D3D11)\"",
     .output = "\"GeForce RTX 3000\"", .table = &table_gpu, .apply = apply_gpu_class},
};
/* clang-format on */
const size_t gpu_step_count = sizeof gpu_steps / sizeof *gpu_steps;
