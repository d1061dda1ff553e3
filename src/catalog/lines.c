#include "config.h"

#include "catalog/lines.h"

#include "text/utf8.h"

/* What is wrong with TEXT as one line, its offset in *AT; null if nothing is. */
static const char *check_line(struct span text, size_t *at)
{
    for (size_t i = 0; i < text.n;) {
        size_t length = utf8_sequence(span_cut(text, i, text.n));
        *at = i;
        if (!length)
            return "invalid UTF-8: expected text in UTF-8";
        if ((text.p[i] < 0x20 && text.p[i] != '\t') || text.p[i] == 0x7F)
            return "control byte: expected text, tabs, and lines ended by a single LF";
        i += length;
    }
    return NULL;
}

/* Cut TEXT at its tabs into the cells of LINE; false if there are too many. */
static bool cut_cells(struct span text, struct line *line)
{
    size_t from = 0;

    line->count = 0;
    for (size_t i = 0; i <= text.n; i++) {
        if (i < text.n && text.p[i] != '\t')
            continue;
        if (line->count == LINE_CELLS)
            return false;
        line->cells[line->count++] = (struct cell){span_cut(text, from, i), from + 1};
        from = i + 1;
    }
    return true;
}

int lines_next(struct lines *lines, struct line *line, const char **expected)
{
    while (lines->at < lines->text.n) {
        struct span rest = span_cut(lines->text, lines->at, lines->text.n);
        const unsigned char *end = memchr(rest.p, '\n', rest.n);
        struct span text = span_of(rest.p, end ? (size_t)(end - rest.p) : rest.n);
        size_t wrong = 0;

        lines->at += text.n + (end != NULL);
        line->number = ++lines->number;
        if ((*expected = check_line(text, &wrong)) != NULL) {
            line->cells[0].column = wrong + 1;
            return -1;
        }
        if (text.n == 0 || text.p[0] == '#')
            continue;
        if (!cut_cells(text, line)) {
            *expected = "too many cells: expected at most 64, separated by tabs";
            line->cells[0].column = 1;
            return -1;
        }
        return 1;
    }
    return 0;
}
