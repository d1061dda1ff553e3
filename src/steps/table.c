#include "config.h"

#include "steps/table.h"

#include "base/ascii.h"

const struct table_row *table_find(const struct table *table, struct span text)
{
    size_t from = 0, to = table->count;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = span_compare(table_cell(table, &table->rows[middle], 0), text);
        if (order == 0)
            return &table->rows[middle];
        if (order < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return NULL;
}

/* Does a word start at AT of TEXT? */
static bool starts_word(struct span text, size_t at)
{
    return at == 0 || !ascii_is_alnum(text.p[at - 1]);
}

/* Does PATTERN occur at AT of TEXT? */
static bool matches_at(struct span pattern, struct span text, size_t at)
{
    unsigned char last = pattern.p[pattern.n - 1];

    for (size_t i = 0; i < pattern.n; i++) {
        unsigned char c = text.p[at + i];
        if (pattern.p[i] == '#' ? !ascii_is_digit(c) : c != pattern.p[i])
            return false;
    }
    at += pattern.n;
    return !((last == '#' || ascii_is_digit(last)) && at < text.n &&
             ascii_is_digit(text.p[at]));
}

/* The first place in TEXT from FROM to LAST that has the byte FIRST; if FIRST is '#', FROM. A place
 * beyond LAST if no place has it. */
static size_t next_place(struct span text, size_t from, size_t last, unsigned char first)
{
    const unsigned char *at;

    if (first == '#' || from > last)
        return from;
    at = memchr(text.p + from, first, last - from + 1);
    return at ? (size_t)(at - text.p) : last + 1;
}

bool table_occurs(struct span pattern, struct span text, size_t from, size_t *at)
{
    if (text.n < pattern.n)
        return false;

    size_t last = text.n - pattern.n;
    while ((from = next_place(text, from, last, pattern.p[0])) <= last) {
        if (starts_word(text, from) && matches_at(pattern, text, from)) {
            *at = from;
            return true;
        }
        from++;
    }
    return false;
}
