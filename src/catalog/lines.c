#include "config.h"

#include "catalog/lines.h"

#include "base/fault.h"
#include "text/utf8.h"

/* What is wrong with TEXT as one line, which begins at byte START of the catalog. */
static struct fault check_line(struct span text, size_t start)
{
    if (start == 0 && span_begins(text, span_text("\xEF\xBB\xBF")))
        return fault_invalid(0, "a byte order mark: expected text in UTF-8 without it");
    for (size_t i = 0; i < text.n;) {
        size_t length = utf8_sequence(span_cut(text, i, text.n));
        if (!length)
            return fault_invalid(start + i, "invalid UTF-8: expected text in UTF-8");
        if (text.p[i] == '\r')
            return fault_invalid(start + i, "a carriage return: expected lines that end with LF "
                                            "alone; try tr -d '\\r'");
        if ((text.p[i] < 0x20 && text.p[i] != '\t') || text.p[i] == 0x7F)
            return fault_invalid(
                start + i, "control byte: expected text, tabs, and lines ended by a single LF");
        i += length;
    }
    return FAULT_NONE;
}

/* Cut TEXT at its tabs into the cells of LINE. False if there are too many. */
static bool cut_cells(struct span text, struct line *line)
{
    size_t from = 0;

    line->count = 0;
    for (size_t i = 0; i <= text.n; i++) {
        if (i < text.n && text.p[i] != '\t')
            continue;
        if (line->count == LINE_CELLS)
            return false;
        line->cells[line->count++] =
            (struct cell){span_cut(text, from, i), line->offset + from};
        from = i + 1;
    }
    return true;
}

struct fault lines_next(struct lines *lines, struct line *line)
{
    line->count = 0;
    while (lines->at < lines->text.n) {
        struct span rest = span_cut(lines->text, lines->at, lines->text.n);
        const unsigned char *end = memchr(rest.p, '\n', rest.n);
        struct span text = span_of(rest.p, end ? (size_t)(end - rest.p) : rest.n);
        struct fault fault = check_line(text, lines->at);

        line->offset = lines->at;
        line->number = ++lines->number;
        lines->at += text.n + (end != NULL);
        if (fault.status != STATUS_OK)
            return fault;
        if (text.n == 0 || text.p[0] == '#')
            continue;
        if (!cut_cells(text, line))
            return fault_invalid(line->offset,
                                 "too many cells: expected at most 64, separated by tabs");
        return FAULT_NONE;
    }
    return FAULT_NONE;
}
