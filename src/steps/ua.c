#include "config.h"

#include "steps/ua.h"

#include "base/ascii.h"
#include "steps/table.h"

#define DIGITS_MAX 15 /* of a version's number: exact as a double */

/* The columns of data/ua.tsv. */
enum { KIND, TOKEN, NAME, NUMBER };

/* The row for KIND that the user agent TEXT takes; null if there is none. */
static const struct table_row *find(const char *kind, struct span text)
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

/* Give SIGNAL the name in its row for KIND, if there is one. */
static bool become_name(struct signal *signal, const char *kind)
{
    const struct table_row *row = find(kind, signal->value.text);

    if (row)
        signal->value.text = table_cell(&table_ua, row, NAME);
    return true;
}

/* Read the number that TEXT has at FROM or behind one space there; false if it has none. */
static bool number_at(struct span text, size_t from, double *number)
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

/* Give SIGNAL the version that its row for KIND finds, if there is a row. */
static bool become_major(struct signal *signal, const char *kind)
{
    struct span text = signal->value.text;
    const struct table_row *row = find(kind, text);
    double number;

    if (!row)
        return true;
    struct span token = table_cell(&table_ua, row, NUMBER);
    for (size_t from = 0, at; token.n && table_occurs(token, text, from, &at); from = at + 1)
        if (number_at(text, at + token.n, &number)) {
            signal->value = value_number(number);
            return true;
        }
    signal->state = SIGNAL_UNDEFINED;
    return true;
}

bool steps_ua_family(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)call;
    (void)arena;
    return become_name(signal, "browser");
}

bool steps_ua_major(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)call;
    (void)arena;
    return become_major(signal, "browser");
}

bool steps_ua_os(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)call;
    (void)arena;
    return become_name(signal, "os");
}

bool steps_ua_os_major(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)call;
    (void)arena;
    return become_major(signal, "os");
}

bool steps_ua_engine(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)call;
    (void)arena;
    return become_name(signal, "engine");
}

bool steps_ua_mobile(const struct call *call, struct signal *signal, struct arena *arena)
{
    const struct table_row *row = find("mobile", signal->value.text);

    (void)call;
    (void)arena;
    if (row)
        signal->value =
            value_bool(span_equal(table_cell(&table_ua, row, NAME), span_text("true")));
    return true;
}

/* Does TEXT up to AT end with what a version stands behind? */
static bool introduces(struct span text, size_t at)
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

bool steps_ua_mask(const struct call *call, struct signal *signal, struct arena *arena)
{
    struct span text = signal->value.text;
    struct buf out = buf_within(arena_take(arena, text.n), text.n);

    (void)call;
    if (!out.p)
        return false;
    for (size_t at = 0; at < text.n;) {
        if (!ascii_is_digit(text.p[at]) || !introduces(text, at)) {
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
