/*
 * The steps for client hints: brands, platforms, versions.
 *
 * brands: the names of the brands, without versions, sorted by bytes, each once, without GREASE
 * brands, and without "Chromium" if there is another. A GREASE brand is one that says nothing: its
 * name is "notabrand" after ASCII characters other than letters and digits are removed and letters
 * become lower case: "Not.A/Brand", "Not_A Brand", "(Not(A:Brand". Its spelling, version and place
 * change with each release. The step takes
 *
 * - an array of strings, and of objects with a string as member `brand`;
 * - the header field Sec-CH-UA, a list of strings (RFC 9651 section 3.1) of at most
 *   STEPS_ITEMS members, at least one, whose parameters are skipped:
 *
 *       member *( OWS "," OWS member )          member = string *( ";" *" " key [ "=" value ] )
 *       key = 1*( "a" to "z" / digit / "_" / "-" / "." / "*" )
 *       value = string / 1*( "!" to "~" without '"' "," ";" )
 *
 * platform: the first row of data/platform.tsv that the text begins with.
 *
 * version(n): text that begins with a digit and consists of digits, ASCII letters, '.', '_',
 * '+' and '-', up to its n-th '.'.
 */
#include "config.h"

#include "steps/steps.h"

#include "base/ascii.h"
#include "base/buf.h"
#include "base/sort.h"
#include "steps/table.h"

/* A list while it is read. */
struct brand_reader {
    struct span text;
    size_t at;
};

/* The next byte; 0 at the end. */
static unsigned char peek_brand(const struct brand_reader *r)
{
    return r->at < r->text.n ? r->text.p[r->at] : 0;
}

static void skip_set(struct brand_reader *r, const char *set)
{
    while (peek_brand(r) && strchr(set, peek_brand(r)))
        r->at++;
}

/* Read the next string into *STRING, in ARENA; if ARENA is null, only skip it. False if there is no
 * string, or when memory is out; only the latter sets *FAILED. */
static bool read_brand_string(struct brand_reader *r, struct span *string, struct arena *arena,
                              bool *failed)
{
    size_t size = r->text.n - r->at;
    struct buf out = buf_within(NULL, size);

    if (peek_brand(r) != '"')
        return false;
    if (arena && !(out.p = arena_take(arena, size))) {
        *failed = true;
        return false;
    }
    for (r->at++; peek_brand(r) != '"'; r->at++) {
        unsigned char c = peek_brand(r);
        if (c < ' ' || c > '~')
            return false;
        if (c == '\\') {
            r->at++;
            c = peek_brand(r);
            if (c != '"' && c != '\\')
                return false;
        }
        if (arena)
            buf_putc(&out, c);
    }
    r->at++;
    if (arena) {
        arena_trim(arena, out.p, out.n);
        *string = buf_span(&out);
    }
    return true;
}

static bool is_parameter_key(unsigned char c)
{
    return ascii_is_lower(c) || ascii_is_digit(c) || (c && strchr("_-.*", c));
}

static bool is_parameter_value(unsigned char c)
{
    return c > ' ' && c <= '~' && !strchr("\",;", c);
}

/* Skip the parameters. False if they are malformed. */
static bool skip_parameters(struct brand_reader *r)
{
    bool failed;

    while (peek_brand(r) == ';') {
        size_t from;
        r->at++;
        skip_set(r, " ");
        for (from = r->at; is_parameter_key(peek_brand(r));)
            r->at++;
        if (r->at == from)
            return false;
        if (peek_brand(r) != '=')
            continue;
        r->at++;
        if (peek_brand(r) == '"') {
            if (!read_brand_string(r, NULL, NULL, &failed))
                return false;
            continue;
        }
        for (from = r->at; is_parameter_value(peek_brand(r));)
            r->at++;
        if (r->at == from)
            return false;
    }
    return true;
}

/* Read the names of the list TEXT into *NAMES, in ARENA, and their number into *COUNT: 0 if TEXT is
 * not such a list. False when memory is out. */
static bool brands_in_text(struct span text, struct value **names, size_t *count,
                           struct arena *arena)
{
    struct brand_reader r = {text, 0};
    size_t most = 1, read = 0;
    bool failed = false;

    *count = 0;
    for (size_t i = 0; i < text.n; i++)
        most += text.p[i] == ',';
    if (most > STEPS_ITEMS)
        return true;
    *names = arena_take_array(arena, most, sizeof **names);
    if (!*names)
        return false;
    for (;;) {
        struct span name;
        if (!read_brand_string(&r, &name, arena, &failed))
            return !failed;
        (*names)[read++] = value_text(name);
        if (!skip_parameters(&r))
            return true;
        if (r.at == text.n)
            break;
        skip_set(&r, " \t");
        if (peek_brand(&r) != ',')
            return true;
        r.at++;
        skip_set(&r, " \t");
    }
    *count = read;
    return true;
}

/* Like brands_in_text(), for an array; an empty array has no names. */
static bool brands_in_array(const struct array *array, struct value **names, bool *right,
                            struct arena *arena)
{
    *names = arena_take_array(arena, array->count, sizeof **names);
    *right = true;
    for (size_t i = 0; *names && i < array->count; i++) {
        const struct value *v = &array->items[i];
        if (v->type == VALUE_OBJECT)
            v = value_member(v, span_text("brand"));
        if (!v || v->type != VALUE_STRING) {
            *right = false;
            break;
        }
        (*names)[i] = *v;
    }
    return *names;
}

/* Is NAME a GREASE brand? */
static bool is_grease_brand(struct span name)
{
    static const char letters[] = "notabrand";
    size_t matched = 0;

    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = name.p[i];
        if (c < 0x80 && !ascii_is_alnum(c))
            continue;
        if (matched == sizeof letters - 1 || ascii_lower(c) != letters[matched++])
            return false;
    }
    return matched == sizeof letters - 1;
}

static int by_brand(const void *a, const void *b, void *context)
{
    (void)context;
    return value_compare(a, b);
}

/* Set SIGNAL to the array of the brands among the COUNT NAMES. */
static bool become_brands(struct signal *signal, struct value *names, size_t count,
                          struct arena *arena)
{
    struct arena_mark mark = arena_mark(arena);
    struct value *scratch = arena_take_array(arena, count, sizeof *scratch);
    size_t real = 0, kept = 0;

    if (!scratch)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!is_grease_brand(names[i].text))
            names[real++] = names[i];
    sort_array(names, real, sizeof *names, by_brand, NULL, scratch);
    arena_back(arena, mark);
    bool others = real && !value_equal(&names[0], &names[real - 1]);
    for (size_t i = 0; i < real; i++) {
        bool repeats = kept && value_equal(&names[kept - 1], &names[i]);
        if (!repeats && !(others && span_equal(names[i].text, span_text("Chromium"))))
            names[kept++] = names[i];
    }
    signal->value = value_array(names, kept);
    return true;
}

static bool apply_brands(const struct call *call, struct signal *signal, struct arena *arena)
{
    const struct value *v = &signal->value;
    struct arena_mark mark = arena_mark(arena);
    struct value *names;
    size_t count;
    bool right;

    (void)call;
    if (v->type == VALUE_ARRAY) {
        count = v->array.count;
        if (!brands_in_array(&v->array, &names, &right, arena))
            return false;
    } else {
        if (!brands_in_text(v->text, &names, &count, arena))
            return false;
        right = count > 0;
    }
    if (right)
        return become_brands(signal, names, count, arena);
    arena_back(arena, mark);
    return true;
}

static bool apply_platform(const struct call *call, struct signal *signal, struct arena *arena)
{
    const struct table *t = &table_platform;

    (void)call;
    (void)arena;
    for (size_t i = 0; i < t->count; i++)
        if (span_begins(signal->value.text, table_cell(t, &t->rows[i], 0))) {
            signal->value.text = table_cell(t, &t->rows[i], 1);
            break;
        }
    return true;
}

static struct fault prepare_version(struct call *call, size_t end, struct arena *arena)
{
    (void)arena;
    return call_check_whole(call, end, 1, 9, "expected one whole number from 1 to 9");
}

static bool apply_version(const struct call *call, struct signal *signal, struct arena *arena)
{
    struct span text = signal->value.text;
    size_t end = text.n;
    int dots = 0;

    (void)arena;
    if (!text.n || !ascii_is_digit(text.p[0]))
        return true;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = text.p[i];
        if (c == '.' && ++dots == call_whole(call, 0))
            end = i;
        else if (!ascii_is_alnum(c) && (!c || !strchr("._+-", c)))
            return true;
    }
    signal->value.text = span_cut(text, 0, end);
    return true;
}

/* clang-format off */
const struct step hints_steps[] = {
    {.name = "version", .arguments = "(n)", .takes = TAKES_STRING,
     .meaning = "a version up to its n-th (1 to 9) dot",
     .example = "version(1)", .input = "\"147.0.7727.56\"", .output = "\"147\"",
     .prepare = prepare_version, .apply = apply_version},
    {.name = "brands", .arguments = "", .takes = TAKES_STRING | TAKES_ARRAY,
     .meaning = "client hints' brands, sorted, without versions, GREASE, and needless Chromium",
     .example = "brands",
     .input = "\"\\\"Google Chrome\\\";v=\\\"147\\\", \\\"Not.A/Brand\\\";v=\\\"8\\\", "
              "\\\"Chromium\\\";v=\\\"147\\\"\"",
     .output = "[\"Google Chrome\"]", .apply = apply_brands},
    {.name = "platform", .arguments = "", .takes = TAKES_STRING,
     .meaning = "a platform's family, by the table of platforms",
     .example = "platform", .input = "\"MacIntel\"", .output = "\"apple\"",
     .table = &table_platform, .apply = apply_platform},
};
/* clang-format on */
const size_t hints_step_count = sizeof hints_steps / sizeof *hints_steps;
