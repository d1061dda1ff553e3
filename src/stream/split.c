#include "config.h"

#include "stream/split.h"

void split_init(struct split *split, const struct block *block, size_t limit)
{
    *split = (struct split){.left = span_of(block->bytes, block->n),
                            .limit = limit,
                            .first = block->first,
                            .inside = block->inside};
}

size_t split_blanks(struct span text)
{
    size_t n = 0;

    while (n < text.n && (text.p[n] == ' ' || text.p[n] == '\t' || text.p[n] == '\r'))
        n++;
    return n;
}

void split_cut(struct split_line *line, struct span raw, bool first)
{
    bool marked = first && span_begins(raw, span_text("\xEF\xBB\xBF"));
    size_t skipped = marked ? 3 : 0, end = raw.n;

    if (end && raw.p[end - 1] == '\n')
        end--;
    if (end > skipped && raw.p[end - 1] == '\r')
        end--;
    *line = (struct split_line){
        .text = span_cut(raw, skipped, end), .raw = raw, .skipped = skipped};
}

uint64_t split_count(const struct block *block)
{
    struct span left = span_of(block->bytes, block->n);
    uint64_t pieces = 0;

    for (; left.n; pieces++) {
        const unsigned char *lf = memchr(left.p, '\n', left.n);
        left = span_cut(left, lf ? (size_t)(lf - left.p) + 1 : left.n, left.n);
    }
    return pieces - (pieces && block->inside);
}

enum split_event split_next(struct split *split, struct split_line *line)
{
    while (split->left.n) {
        const unsigned char *lf = memchr(split->left.p, '\n', split->left.n);
        size_t n = lf ? (size_t)(lf - split->left.p) + 1 : split->left.n;

        struct span raw = span_cut(split->left, 0, n);
        split->left = span_cut(split->left, n, split->left.n);
        if (split->inside) {
            *line = (struct split_line){.raw = raw};
            split->inside = false;
            return SPLIT_REST;
        }
        split_cut(line, raw, split->first && !split->lines);
        line->number = ++split->lines;
        if (line->text.n > split->limit)
            return SPLIT_LONG;
        if (split_blanks(line->text) < line->text.n)
            return SPLIT_LINE;
    }
    return SPLIT_END;
}
