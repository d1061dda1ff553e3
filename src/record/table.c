#include "config.h"

#include "record/table.h"

#include "text/ascii.h"

const struct table_row *table_find(const struct table *table, struct span text)
{
    size_t from = 0, to = table->count;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = span_compare(table->rows[middle].cells[0], text);
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

/* Does PATTERN stand at AT of TEXT? */
static bool stands(struct span pattern, struct span text, size_t at)
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

bool table_occurs(struct span pattern, struct span text, size_t from, size_t *at)
{
    for (size_t i = from; i < text.n && text.n - i >= pattern.n; i++)
        if (starts_word(text, i) && stands(pattern, text, i)) {
            *at = i;
            return true;
        }
    return false;
}
