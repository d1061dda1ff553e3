#include "config.h"

#include "stream/split.h"

void split_init(struct split *split, const struct block *block, size_t limit)
{
    *split = (struct split){.left = span_of(block->bytes, block->n),
                            .limit = limit,
                            .first = block->first,
                            .inside = block->inside};
}

static bool is_blank(struct span text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] != ' ' && text.p[i] != '\t' && text.p[i] != '\r')
            return false;
    return true;
}

/* Make *LINE of the next N bytes, the last of them an LF if HAS_LF. */
static void take(struct split *split, size_t n, bool has_lf, struct split_line *line)
{
    line->raw = span_cut(split->left, 0, n);
    line->number = ++split->lines;
    line->skipped = 0;
    if (split->first && line->number == 1 && span_begins(line->raw, span_text("\xEF\xBB\xBF")))
        line->skipped = 3;
    size_t end = n - has_lf;
    if (end > line->skipped && line->raw.p[end - 1] == '\r')
        end--;
    line->text = span_cut(line->raw, line->skipped, end);
}

enum split_event split_next(struct split *split, struct split_line *line)
{
    while (split->left.n) {
        const unsigned char *lf = memchr(split->left.p, '\n', split->left.n);
        size_t n = lf ? (size_t)(lf - split->left.p) + 1 : split->left.n;

        if (split->inside)
            *line = (struct split_line){.raw = span_cut(split->left, 0, n)};
        else
            take(split, n, lf, line);
        split->left = span_cut(split->left, n, split->left.n);
        if (split->inside) {
            split->inside = false;
            return SPLIT_REST;
        }
        if (line->text.n > split->limit)
            return SPLIT_LONG;
        if (!is_blank(line->text))
            return SPLIT_LINE;
    }
    return SPLIT_END;
}
