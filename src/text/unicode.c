#include "config.h"

#include "text/unicode.h"

#include "base/arena.h"
#include "base/sort.h"
#include "text/unicode_data.h"
#include "text/utf8.h"

#define NOTHING UNICODE_DATA_NONE

/*
 * Normal forms.
 *
 * Text is cut into segments: a starter (class 0), which may be missing, and the marks after it. A
 * segment's marks are ordered, and combined with the starter if the form composes. A segment that
 * then has no marks may combine with the next starter. A code point unassigned in 15.0 ends the
 * segment and belongs to none.
 */
struct form {
    int mapping; /* UNICODE_DATA_... */
    bool compose;
};

static const struct form forms[] = {
    [UNICODE_NFC] = {0, true},
    [UNICODE_NFD] = {0, false},
    [UNICODE_NFKC] = {UNICODE_DATA_COMPAT, true},
    [UNICODE_NFKD] = {UNICODE_DATA_COMPAT, false},
};
static const struct form fold = {UNICODE_DATA_FOLD, true};

static bool is_inert(enum unicode_form form, struct span s)
{
    while (s.n) {
        s = span_cut(s, utf8_ascii(s), s.n);
        if (s.n && !unicode_data_inert(form, utf8_take(&s)))
            return false;
    }
    return true;
}

/* Write what C becomes, before ordering, at PIECES. Returns the number of code points; 0 if C is
 * copied. */
static size_t decompose(const struct form *form, uint32_t c, uint32_t *pieces)
{
    return unicode_data_assigned(c) ? unicode_data_decompose(form->mapping, c, pieces) : 0;
}

/* What the conversion of a text needs. */
struct need {
    size_t bytes; /* of the result, at most: composing never makes text longer */
    size_t marks; /* in one segment, at most */
    bool change;  /* can the result differ from the text? */
};

static struct need measure_form(const struct form *form, struct span s)
{
    struct need need = {0, 0, form->compose};
    uint32_t pieces[UNICODE_DATA_PIECES];
    unsigned last = 0; /* class of the code point before */

    for (size_t marks = 0; s.n;) {
        uint32_t c = utf8_take(&s);
        size_t n = decompose(form, c, pieces);
        if (n == 0) {
            need.bytes += utf8_length(c);
            marks = 0;
            last = 0;
        }
        need.change |= n > 1 || (n == 1 && pieces[0] != c);
        for (size_t i = 0; i < n; i++) {
            unsigned class = unicode_data_class(pieces[i]);
            need.bytes += utf8_length(pieces[i]);
            need.change |= class != 0 && class < last;
            marks = class ? marks + 1 : 0;
            if (marks > need.marks)
                need.marks = marks;
            last = class;
        }
    }
    return need;
}

/* A mark is one number, class then code point, so that runs take little memory. */
#define MARK(class, c) ((uint32_t)(class) << 24 | (uint32_t)(c))
#define MARK_CLASS(m)  ((m) >> 24)
#define MARK_CODE(m)   ((m)&0xFFFFFF)

struct segment {
    bool compose;
    uint32_t starter; /* or NOTHING */
    uint32_t *marks;
    size_t count;
    uint32_t *spare;    /* as much room again, for sorting */
    unsigned char *out; /* where the next finished text goes */
};

static int order_by_class(const void *a, const void *b, void *unused)
{
    uint32_t left = MARK_CLASS(*(const uint32_t *)a), right = MARK_CLASS(*(const uint32_t *)b);

    (void)unused;
    return (left > right) - (left < right);
}

/* Order the marks (D108, D109), and combine those that can with the starter (D117). */
static void segment_settle(struct segment *g)
{
    if (g->count > 1)
        sort_array(g->marks, g->count, sizeof *g->marks, order_by_class, NULL, g->spare);
    if (!g->compose || g->starter == NOTHING)
        return;

    size_t kept = 0;
    uint32_t last = 0; /* class of the last mark kept: it blocks others of its class */
    for (size_t i = 0; i < g->count; i++) {
        uint32_t mark = g->marks[i], class = MARK_CLASS(mark);
        uint32_t joined =
            class == last ? NOTHING : unicode_data_compose(g->starter, MARK_CODE(mark));
        if (joined != NOTHING) {
            g->starter = joined;
        } else {
            last = class;
            g->marks[kept++] = mark;
        }
    }
    g->count = kept;
}

/* Finish the segment and begin one with the starter C, or with NOTHING. */
static void segment_next(struct segment *g, uint32_t c)
{
    segment_settle(g);
    if (g->compose && g->count == 0 && g->starter != NOTHING && c != NOTHING) {
        uint32_t joined = unicode_data_compose(g->starter, c);
        if (joined != NOTHING) {
            g->starter = joined;
            return;
        }
    }
    if (g->starter != NOTHING)
        g->out += utf8_put(g->out, g->starter);
    for (size_t i = 0; i < g->count; i++)
        g->out += utf8_put(g->out, MARK_CODE(g->marks[i]));
    g->count = 0;
    g->starter = c;
}

/* Write S in FORM to the output of G. */
static void write_form(const struct form *form, struct span s, struct segment *g)
{
    uint32_t pieces[UNICODE_DATA_PIECES];

    while (s.n) {
        uint32_t c = utf8_take(&s);
        size_t n = decompose(form, c, pieces);
        if (n == 0) {
            segment_next(g, NOTHING);
            g->out += utf8_put(g->out, c);
        }
        for (size_t i = 0; i < n; i++) {
            unsigned class = unicode_data_class(pieces[i]);
            if (class)
                g->marks[g->count++] = MARK(class, pieces[i]);
            else
                segment_next(g, pieces[i]);
        }
    }
    segment_next(g, NOTHING);
}

static struct span convert_to_form(const struct form *form, struct span s, struct arena *arena)
{
    struct need need = measure_form(form, s);
    if (!need.change)
        return s;

    struct arena_mark before = arena_mark(arena);
    unsigned char *text = arena_take(arena, need.bytes);
    if (!text)
        return SPAN_FAILED;
    struct arena_mark after = arena_mark(arena);
    uint32_t *marks = arena_take_array(arena, need.marks, 2 * sizeof *marks);
    if (!marks) {
        arena_back(arena, before);
        return SPAN_FAILED;
    }

    struct segment g = {form->compose, NOTHING, marks, 0, marks + need.marks, text};
    write_form(form, s, &g);
    arena_back(arena, after);

    struct span result = span_of(text, (size_t)(g.out - text));
    if (span_equal(result, s)) {
        arena_back(arena, before);
        return s;
    }
    arena_trim(arena, text, result.n);
    return result;
}

struct span unicode_normalize(enum unicode_form form, struct span s, struct arena *arena)
{
    return is_inert(form, s) ? s : convert_to_form(&forms[form], s, arena);
}

/* The NFD comes first, because folding makes U+0345, a mark, a letter: the marks beside it
 * must be in order before that (D145). */
struct span unicode_fold(struct span s, struct arena *arena)
{
    if (utf8_is_ascii(s))
        return unicode_lower(s, arena);

    struct arena_mark before = arena_mark(arena);
    struct span decomposed = unicode_normalize(UNICODE_NFD, s, arena);
    if (span_failed(decomposed))
        return decomposed;
    struct span result = convert_to_form(&fold, decomposed, arena);
    if (span_equal(result, s)) {
        arena_back(arena, before);
        return s;
    }
    return result;
}

/* Classes and mappings of single code points. */

/* S with each code point replaced by its result of TO, or removed if that is NOTHING. */
static struct span map_code_points(struct span s, uint32_t (*to)(uint32_t), struct arena *arena)
{
    size_t bytes = 0;
    bool change = false;
    for (struct span at = s; at.n;) {
        uint32_t c = utf8_take(&at), mapped = to(c);
        change |= mapped != c;
        bytes += mapped == NOTHING ? 0 : utf8_length(mapped);
    }
    if (!change)
        return s;

    unsigned char *text = arena_take(arena, bytes), *out = text;
    if (!text)
        return SPAN_FAILED;
    for (struct span at = s; at.n;) {
        uint32_t mapped = to(utf8_take(&at));
        if (mapped != NOTHING)
            out += utf8_put(out, mapped);
    }
    return span_of(text, bytes);
}

static uint32_t without_control(uint32_t c)
{
    return unicode_data_control(c) ? NOTHING : c;
}

struct span unicode_lower(struct span s, struct arena *arena)
{
    return map_code_points(s, unicode_data_lower, arena);
}

struct span unicode_digits(struct span s, struct arena *arena)
{
    return utf8_is_ascii(s) ? s : map_code_points(s, unicode_data_digit, arena);
}

struct span unicode_strip_control(struct span s, struct arena *arena)
{
    return map_code_points(s, without_control, arena);
}

bool unicode_is_space(uint32_t c)
{
    static const struct {
        uint32_t first, last;
    } spaces[] = {
        {0x0009, 0x000D}, {0x0020, 0x0020}, {0x0085, 0x0085}, {0x00A0, 0x00A0},
        {0x1680, 0x1680}, {0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F},
        {0x205F, 0x205F}, {0x3000, 0x3000},
    };

    for (size_t i = 0; i < sizeof spaces / sizeof *spaces && c >= spaces[i].first; i++)
        if (c <= spaces[i].last)
            return true;
    return false;
}

struct span unicode_trim(struct span s)
{
    while (s.n) {
        struct span rest = s;
        if (!unicode_is_space(utf8_take(&rest)))
            break;
        s = rest;
    }
    while (s.n) {
        size_t at = s.n - 1;
        while (at > 0 && (s.p[at] & 0xC0) == 0x80)
            at--;
        struct span last = span_cut(s, at, s.n);
        if (!unicode_is_space(utf8_take(&last)))
            break;
        s.n = at;
    }
    return s;
}

struct span unicode_squeeze(struct span s, struct arena *arena)
{
    bool change = false, before = false, space; /* is this one a space, and was the one before? */
    for (struct span at = s; at.n; before = space) {
        uint32_t c = utf8_take(&at);
        space = unicode_is_space(c);
        change |= space && (before || c != ' ');
    }
    if (!change)
        return s;

    unsigned char *text = arena_take(arena, s.n), *out = text;
    if (!text)
        return SPAN_FAILED;
    before = false;
    for (struct span at = s; at.n; before = space) {
        uint32_t c = utf8_take(&at);
        space = unicode_is_space(c);
        if (!space)
            out += utf8_put(out, c);
        else if (!before)
            *out++ = ' ';
    }
    arena_trim(arena, text, (size_t)(out - text));
    return span_of(text, (size_t)(out - text));
}
