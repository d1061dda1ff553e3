/*
 * The steps that read a user agent.
 *
 * ua-family, ua-os, ua-engine: the name in the row of data/ua.tsv that matches for the kinds
 * browser, os and engine. ua-mobile: true or false, likewise. ua-major, ua-os-major: the version
 * that the rows of browser and os find, a whole number of 1 to 15 digits; undefined if the text has
 * no such number. The file says how rows match. Text that no row matches, and text of more than
 * STEPS_BYTES bytes, passes unchanged.
 *
 * ua: each version becomes "*". A version begins with a digit and goes on with digits, ASCII
 * letters, '.' and '_'; it directly follows one of
 *
 *     "/"  "rv:"  "NT "  "OS "  "OS X "  "Android "  "Phone "  "MSIE "  "Tizen "
 *
 * Other digits are kept, such as those of a device's model: they do not change.
 */
#include "config.h"

#include "steps/steps.h"

#include "base/ascii.h"
#include "base/buf.h"
#include "base/span.h"
#include "steps/table.h"

#define DIGITS_MAX 15 /* of a version's number: exact as a double */

/* The columns of data/ua.tsv. */
enum { KIND, TOKEN, NAME, NUMBER };

/* The row for KIND that matches the user agent TEXT; null if no row does. */
static const struct table_row *find_ua_row(const char *kind, struct span text)
{
    const struct table *t = &table_ua;
    size_t at;

    if (text.n > STEPS_BYTES)
        return NULL;
    for (size_t i = 0; i < t->count; i++)
        if (span_equal(table_cell(t, &t->rows[i], KIND), span_text(kind)) &&
            table_occurs(table_cell(t, &t->rows[i], TOKEN), text, 0, &at))
            return &t->rows[i];
    return NULL;
}

/* Set SIGNAL to the name in its row for KIND, if there is one. */
static bool become_ua_name(struct signal *signal, const char *kind)
{
    const struct table_row *row = find_ua_row(kind, signal->value.text);

    if (row)
        signal->value.text = table_cell(&table_ua, row, NAME);
    return true;
}

/* Read the number in TEXT at FROM, or after one space there. False if no number is there. */
static bool read_version_at(struct span text, size_t from, double *number)
{
    size_t digits = 0;

    if (from < text.n && text.p[from] == ' ')
        from++;
    *number = 0;
    for (; from < text.n && ascii_is_digit(text.p[from]); from++, digits++)
        if (digits < DIGITS_MAX)
            *number = *number * 10 + (text.p[from] - '0');
    return digits && digits <= DIGITS_MAX;
}

/* Set SIGNAL to the version that its row for KIND finds, if there is a row. */
static bool become_ua_major(struct signal *signal, const char *kind)
{
    struct span text = signal->value.text;
    const struct table_row *row = find_ua_row(kind, text);
    double number;

    if (!row)
        return true;
    struct span token = table_cell(&table_ua, row, NUMBER);
    for (size_t from = 0, at; token.n && table_occurs(token, text, from, &at); from = at + 1)
        if (read_version_at(text, at + token.n, &number)) {
            signal->value = value_number(number);
            return true;
        }
    signal->state = SIGNAL_UNDEFINED;
    return true;
}

static bool apply_ua_family(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)call;
    (void)arena;
    return become_ua_name(signal, "browser");
}

static bool apply_ua_major(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)call;
    (void)arena;
    return become_ua_major(signal, "browser");
}

static bool apply_ua_os(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)call;
    (void)arena;
    return become_ua_name(signal, "os");
}

static bool apply_ua_os_major(const struct call *call, struct signal *signal,
                              struct arena *arena)
{
    (void)call;
    (void)arena;
    return become_ua_major(signal, "os");
}

static bool apply_ua_engine(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)call;
    (void)arena;
    return become_ua_name(signal, "engine");
}

static bool apply_ua_mobile(const struct call *call, struct signal *signal, struct arena *arena)
{
    const struct table_row *row = find_ua_row("mobile", signal->value.text);

    (void)call;
    (void)arena;
    if (row)
        signal->value =
            value_bool(span_equal(table_cell(&table_ua, row, NAME), span_text("true")));
    return true;
}

/* Does TEXT up to AT end with what a version follows? */
static bool introduces_version(struct span text, size_t at)
{
    static const char *const leads[] = {"/",        "rv:",    "NT ",   "OS ",   "OS X ",
                                        "Android ", "Phone ", "MSIE ", "Tizen "};

    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
        struct span lead = span_text(leads[i]);
        if (at >= lead.n && span_equal(span_cut(text, at - lead.n, at), lead))
            return true;
    }
    return false;
}

static bool apply_ua(const struct call *call, struct signal *signal, struct arena *arena)
{
    struct span text = signal->value.text;
    struct buf out = buf_within(arena_take(arena, text.n), text.n);

    (void)call;
    if (!out.p)
        return false;
    for (size_t at = 0; at < text.n;) {
        if (!ascii_is_digit(text.p[at]) || !introduces_version(text, at)) {
            buf_putc(&out, text.p[at++]);
            continue;
        }
        buf_putc(&out, '*');
        while (at < text.n &&
               (ascii_is_alnum(text.p[at]) || text.p[at] == '.' || text.p[at] == '_'))
            at++;
    }
    signal->value.text = buf_span(&out);
    return true;
}

/* clang-format off */
const struct step ua_steps[] = {
    {.name = "ua", .arguments = "", .takes = TAKES_STRING,
     .meaning = "a user agent with * for each version, of browser, system and the rest",
     .example = "ua",
     .input = "\"Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0\"",
     .output = "\"Mozilla/* (X11; Linux x86_64; rv:*) Gecko/* Firefox/*\"",
     .apply = apply_ua},
    {.name = "ua-family", .arguments = "", .takes = TAKES_STRING,
     .meaning = "the browser of a user agent, by the table of user agents",
     .example = "ua-family",
     .input = "\"Mozilla/5.0 (Linux; Android 10; K) Chrome/147.0.0.0 Mobile Safari/537.36\"",
     .output = "\"Chrome\"", .table = &table_ua, .apply = apply_ua_family},
    {.name = "ua-major", .arguments = "", .takes = TAKES_STRING,
     .meaning = "the major version of the browser of a user agent; undefined if it has none",
     .example = "ua-major",
     .input = "\"Mozilla/5.0 (Linux; Android 10; K) Chrome/147.0.0.0 Mobile Safari/537.36\"",
     .output = "147", .table = &table_ua, .apply = apply_ua_major},
    {.name = "ua-os", .arguments = "", .takes = TAKES_STRING,
     .meaning = "the system of a user agent, by the table of user agents",
     .example = "ua-os",
     .input = "\"Mozilla/5.0 (Linux; Android 10; K) Chrome/147.0.0.0 Mobile Safari/537.36\"",
     .output = "\"Android\"", .table = &table_ua, .apply = apply_ua_os},
    {.name = "ua-os-major", .arguments = "", .takes = TAKES_STRING,
     .meaning = "the major version of the system of a user agent; undefined if it has none",
     .example = "ua-os-major",
     .input = "\"Mozilla/5.0 (Linux; Android 10; K) Chrome/147.0.0.0 Mobile Safari/537.36\"",
     .output = "10", .table = &table_ua, .apply = apply_ua_os_major},
    {.name = "ua-engine", .arguments = "", .takes = TAKES_STRING,
     .meaning = "the engine of a user agent, by the table of user agents",
     .example = "ua-engine",
     .input = "\"Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0\"",
     .output = "\"Gecko\"", .table = &table_ua, .apply = apply_ua_engine},
    {.name = "ua-mobile", .arguments = "", .takes = TAKES_STRING,
     .meaning = "whether a user agent says that it is mobile, by the table of user agents",
     .example = "ua-mobile",
     .input = "\"Mozilla/5.0 (Linux; Android 10; K) Chrome/147.0.0.0 Mobile Safari/537.36\"",
     .output = "true", .table = &table_ua, .apply = apply_ua_mobile},
};
/* clang-format on */
const size_t ua_step_count = sizeof ua_steps / sizeof *ua_steps;
