/*
 * cache-mutate: changes records where the cache might be misled: at the boundaries of members.
 */
#ifndef WHORL_TESTS_CACHE_MUTATE_H
#define WHORL_TESTS_CACHE_MUTATE_H

#include <stdio.h>

#include "cache-mutant.h"

static const char *const mutant_names[] = {
    "a",   "b",     "c",        "o",       "x",       "y",       "list",
    "v",   "value", "error",    "message", "name",    "p",       "q",
    "r",   "deep",  "z",        "c1",      "c2",      "in",      "vid",
    "id",  "ts",    "meta",     "u",       "k",       "0",       "1",
    "new", "",      "\xC3\xA9", "\\u0061", "\\ud800", "\\ud801", "\xEF\xBF\xBD",
    "a/b", "w0",    "w1",       "w2",
};
static const char *const mutant_scalars[] = {
    "0",           "1",
    "12",          "123",
    "-1",          "-0",
    "1.5",         "1e5",
    "1e999",       "18446744073709551615",
    "0.1",         "true",
    "false",       "null",
    "\"\"",        "\"a\"",
    "\"b\"",       "\"ab\"",
    "\"\\u0061\"", "\"\xC3\xA9\"",
    "\"\\ud800\"", "\"TypeError: x\"",
    "\"yes\"",     "\"0\"",
    "1",           "2",
    "3",           "\"long long text\"",
    "\"{\\\"x\\\":1}\"",
    "\"{\\\"x\\\":1,\\\"a\\\":[]\"",
    "\" [ {\\\"k\\\":\\\"a\\\",\\\"v\\\":2} ]\\n\"",
    "\"{\\\"error\\\":\\\"E\\\"}\"",
    "\"[[[[[1]]]]]\"",
};
static const char *const mutant_structures[] = {
    "{}",
    "[]",
    "[1]",
    "[1,2]",
    "[{\"k\":1}]",
    "[{\"k\":1,\"k\":2}]",
    "{\"x\":1}",
    "[[]]",
    "{\"error\":\"TypeError: y\"}",
    "{\"error\":{\"name\":\"E1\"},\"message\":\"m\"}",
    "{ }",
    "{\"value\":1}",
    "{\"x\":{\"y\":{\"z\":1}}}",
    "[1,{\"k\":[2]}]",
    "{\"x\":1,\"y\":2}",
    "{\"y\":2,\"x\":1}",
    "{\"z\":\"\\ud800\"}",
    "[\"\\u0061\"]",
    "{\"x\":1,\"\\u0078\":2}",
    "[{\"k\":\"a\",\"v\":1}]",
    "[{\"k\":\"a\",\"v\":1},{\"v\":{\"error\":\"E\"},\"k\":\"\\u0041\"},7,{\"k\":\"b\"}]",
    "[{\"k\":\"error\",\"v\":\"TypeError\"}]",
    "[{\"k\":\"j\",\"v\":\"{\\\"x\\\":[]}\"},{\"k\":\"\\ud800\",\"v\":1}]",
    "\"{\\\"x\\\":{\\\"a\\\":1,\\\"a\\\":2}}\"",
    "\"{\\\"x\\\":5,\\\"l\\\":[{\\\"name\\\":\\\"a\\\",\\\"value\\\":3}]}\"",
};
static const char *const mutant_spaces[] = {" ", "\t", "\r", "  ", " \t ", "\n"};
static const char *const mutant_rubbish[] = {
    "}",
    "{",
    "]",
    "[",
    ",",
    "\"",
    ":",
    "x",
    "0",
    "-",
    "\\",
    "\xFF",
    "\xC3",
    "\x01",
    "\xE2\x82",
    "null",
    ".",
    "e",
    "\xEF\xBB\xBF",
    "//",
    "'",
    "\x7F",
};

/* What each of these does to the member I; J is another, maybe the same. */
typedef void mutate(struct mutant *m, struct chooser *c, uint32_t i, uint32_t j);

static inline void mutate_scalar(struct mutant *m, struct chooser *c, uint32_t i, uint32_t j)
{
    (void)j;
    mutant_replace(m, m->members[i].value, m->members[i].value_end,
                   span_text(CHOOSE(c, mutant_scalars)));
}

/* A new value of the most common kind. */
static inline void mutate_fresh(struct mutant *m, struct chooser *c, uint32_t i, uint32_t j)
{
    static const char *const forms[][2] = {{"", ""},    {"\"", "\""}, {"-", ""},
                                           {"", ".25"}, {"[", "]"},   {"\"x", " y\""}};
    const char *const *form = CHOOSE(c, forms);
    char text[32];

    (void)j;
    if (m->members[i].type == JSON_OBJECT)
        return;
    snprintf(text, sizeof text, "%s%u%s", form[0], choose(c, 100) * choose(c, 100), form[1]);
    mutant_replace(m, m->members[i].value, m->members[i].value_end, span_text(text));
}

static inline void mutate_structure(struct mutant *m, struct chooser *c, uint32_t i, uint32_t j)
{
    (void)j;
    mutant_replace(m, m->members[i].value, m->members[i].value_end,
                   span_text(CHOOSE(c, mutant_structures)));
}

/* A number that begins or ends like another; any byte inside a value. */
static inline void mutate_lengthen(struct mutant *m, struct chooser *c, uint32_t i, uint32_t j)
{
    static const char *const more[] = {"0", "3", ".5", "e5",   ".",
                                       "-", "e", "00", "e999", "E+1"};
    const struct mutant_member *at = &m->members[i];
    bool text = at->type == JSON_STRING, front = choose(c, 4) == 0;

    (void)j;
    if (at->type != JSON_NUMBER && !text)
        return;
    mutant_insert(m, front ? at->value + text : at->value_end - text, CHOOSE(c, more));
}

static inline void mutate_shorten(struct mutant *m, struct chooser *c, uint32_t i, uint32_t j)
{
    const struct mutant_member *at = &m->members[i];
    uint32_t n = at->value_end - at->value, cut = 1 + choose(c, 3);

    (void)j;
    if (at->type == JSON_NUMBER && cut < n)
        mutant_replace(m, at->value_end - cut, at->value_end, span_of(NULL, 0));
    else if (at->type == JSON_STRING && cut + 2 <= n)
        mutant_replace(m, at->value + 1, at->value + 1 + cut, span_of(NULL, 0));
}

static inline void mutate_delete(struct mutant *m, struct chooser *c, uint32_t i, uint32_t j)
{
    const struct mutant_member *at = &m->members[i];

    (void)c;
    (void)j;
    if (at->last && !at->first)
        mutant_replace(m, at->behind, at->value_end, span_of(NULL, 0));
    else
        mutant_replace(m, at->name, at->next, span_of(NULL, 0));
}

/* Put TEXT, a member, before or after the member I. */
static inline void mutant_add(struct mutant *m, uint32_t i, bool before, struct span text)
{
    struct buf with = BUF_EMPTY;

    if (!before)
        buf_putc(&with, ',');
    buf_put(&with, text);
    if (before)
        buf_putc(&with, ',');
    size_t at = before ? m->members[i].name : m->members[i].value_end;
    mutant_replace(m, at, at, buf_span(&with));
    buf_free(&with);
}

/* A copy of J beside I: in another object, or twice in the same. */
static inline void mutate_copy(struct mutant *m, struct chooser *c, uint32_t i, uint32_t j)
{
    if (m->members[i].object == m->members[j].object && choose(c, 3))
        return;
    mutant_add(m, i, choose(c, 2),
               span_cut(buf_span(&m->text), m->members[j].name, m->members[j].value_end));
}

static inline void mutate_add(struct mutant *m, struct chooser *c, uint32_t i, uint32_t j)
{
    struct buf text = BUF_EMPTY;

    (void)j;
    buf_putc(&text, '"');
    buf_puts(&text, CHOOSE(c, mutant_names));
    buf_puts(&text, "\":");
    buf_puts(&text, choose(c, 3) ? CHOOSE(c, mutant_scalars) : CHOOSE(c, mutant_structures));
    mutant_add(m, i, choose(c, 2), buf_span(&text));
    buf_free(&text);
}

static inline void mutate_rename(struct mutant *m, struct chooser *c, uint32_t i, uint32_t j)
{
    (void)j;
    mutant_replace(m, m->members[i].name + 1, m->members[i].name_end - 1,
                   span_text(CHOOSE(c, mutant_names)));
}

/* Two members, or only their values or names. */
static inline void mutate_swap(struct mutant *m, struct chooser *c, uint32_t i, uint32_t j)
{
    const struct mutant_member *a = &m->members[i < j ? i : j], *b = &m->members[i < j ? j : i];

    switch (choose(c, 6)) {
    case 0:
        mutant_swap(m, a->value, a->value_end, b->value, b->value_end);
        break;
    case 1:
        mutant_swap(m, a->name, a->name_end, b->name, b->name_end);
        break;
    default:
        mutant_swap(m, a->name, a->value_end, b->name, b->value_end);
    }
}

/* Spell a letter of the name as an escape. */
static inline void mutate_escape(struct mutant *m, struct chooser *c, uint32_t i, uint32_t j)
{
    const struct mutant_member *at = &m->members[i];
    uint32_t n = at->name_end - at->name - 2;
    char text[8];

    (void)j;
    if (!n)
        return;
    uint32_t letter = at->name + 1 + choose(c, n);
    if (m->text.p[letter] >= 0x80 || m->text.p[letter] == '\\')
        return;
    snprintf(text, sizeof text, "\\u%04x", m->text.p[letter]);
    mutant_replace(m, letter, letter + 1, span_text(text));
}

static inline void mutate_space(struct mutant *m, struct chooser *c, uint32_t i, uint32_t j)
{
    const struct mutant_member *at = &m->members[i];
    const uint32_t where[] = {at->name, at->name_end, at->value, at->value_end};

    (void)j;
    uint32_t path = CHOOSE(c, where);
    mutant_insert(m, path, CHOOSE(c, mutant_spaces));
}

/* Wrap the value in arrays and objects. */
static inline void mutate_nest(struct mutant *m, struct chooser *c, uint32_t i, uint32_t j)
{
    static const char *const opens[] = {"[", "{\"x\":", "{\"o\":", "[0,"};
    static const char *const closes[] = {"]", "}", "}", "]"};

    (void)j;
    for (uint32_t k = 1 + choose(c, 3); k; k--) {
        uint32_t form = choose(c, 4), end = m->members[i].value_end;
        mutant_insert(m, end, closes[form]);
        mutant_insert(m, m->members[i].value, opens[form]);
        m->members[i].value_end = end + (uint32_t)strlen(opens[form]) + 1;
    }
}

/* Put the members of an object in its place. */
static inline void mutate_hoist(struct mutant *m, struct chooser *c, uint32_t i, uint32_t j)
{
    const struct mutant_member *at = &m->members[i];

    (void)c;
    (void)j;
    if (at->type == JSON_OBJECT && at->value_end - at->value > 2)
        mutant_replace(m, at->name, at->value_end,
                       span_cut(buf_span(&m->text), at->value + 1, at->value_end - 1));
}

/* Make a text that is mostly not JSON any more. */
static inline void mutate_spoil(struct mutant *m, struct chooser *c, uint32_t i, uint32_t j)
{
    const struct mutant_member *at = &m->members[i];
    const uint32_t where[] = {at->name,      at->name + 1,       at->name_end,
                              at->value,     at->value + 1,      at->value_end - 1,
                              at->value_end, (uint32_t)m->text.n};

    (void)j;
    uint32_t path = CHOOSE(c, where);
    switch (choose(c, 5)) {
    case 0:
        m->text.n = path;
        break;
    case 1:
        m->text.n -= 1 + choose(c, 4);
        break;
    case 2:
        mutant_replace(m, at->value_end, at->value_end, span_of("", 1)); /* NUL */
        break;
    default:
        mutant_insert(m, path, CHOOSE(c, mutant_rubbish));
    }
}

/* Continue like OTHER from a member on, one of the same name if there is one. */
static inline void mutant_splice(struct mutant *m, struct chooser *c,
                                 const struct mutant *other)
{
    if (!m->count || !other->count)
        return;
    const struct mutant_member *at = &m->members[choose(c, m->count)], *to = NULL;
    struct span name = span_cut(buf_span(&m->text), at->name, at->name_end);

    for (uint32_t i = 0; i < other->count && !to; i++)
        if (span_equal(name, span_cut(buf_span(&other->text), other->members[i].name,
                                      other->members[i].name_end)))
            to = &other->members[i];
    if (!to)
        to = &other->members[choose(c, other->count)];
    mutant_replace(m, at->name, m->text.n,
                   span_cut(buf_span(&other->text), to->name, other->text.n));
}

/* Change the text once. */
static inline void mutant_change(struct mutant *m, struct chooser *c,
                                 const struct mutant *other)
{
    static mutate *const ways[] = {
        /* Most often the way in which most records differ. */
        mutate_fresh,    mutate_fresh,    mutate_fresh,   mutate_fresh,   mutate_fresh,
        mutate_fresh,    mutate_fresh,    mutate_fresh,   mutate_fresh,   mutate_fresh,
        mutate_scalar,   mutate_scalar,   mutate_scalar,  mutate_scalar,  mutate_scalar,
        mutate_scalar,   mutate_scalar,   mutate_scalar,  mutate_scalar,  mutate_structure,
        mutate_lengthen, mutate_lengthen, mutate_shorten, mutate_shorten, mutate_delete,
        mutate_delete,   mutate_copy,     mutate_add,     mutate_add,     mutate_rename,
        mutate_fresh,    mutate_fresh,    mutate_fresh,   mutate_fresh,   mutate_fresh,
        mutate_swap,     mutate_swap,     mutate_space,   mutate_nest,    mutate_hoist,
        mutate_spoil,    mutate_escape,   mutate_escape,  mutate_escape,  NULL,
    };

    if (!mutant_parse(m))
        return;
    mutate *way = CHOOSE(c, ways);
    uint32_t i = choose(c, m->count); /* a statement each: arguments have no order */
    if (!way)
        mutant_splice(m, c, other);
    else
        way(m, c, i, choose(c, m->count));
}

#endif
