#include "config.h"

#include "stream/split.h"

#include <errno.h>
#include <stdlib.h>

#define FIRST  ((size_t)1 << 19) /* grows to hold the longest record */
#define MARGIN 6 /* around a record: BOM, CR, LF, one more to see it is longer */

bool split_init(struct split *split, size_t limit)
{
    *split = (struct split){.limit = limit};
    split->size = limit + MARGIN < FIRST ? limit + MARGIN : FIRST;
    split->bytes = malloc(split->size);
    return split->bytes;
}

void split_free(struct split *split)
{
    free(split->bytes);
    split->bytes = NULL;
}

void split_reset(struct split *split)
{
    split->start = split->end = split->scanned = 0;
    split->lines = 0;
    split->skipping = split->ended = false;
}

static bool is_blank(struct span text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] != ' ' && text.p[i] != '\t' && text.p[i] != '\r')
            return false;
    return true;
}

/* Make *LINE of the N bytes at start, the LF not among them. */
static void take(struct split *split, size_t n, struct split_line *line)
{
    struct span text = span_of(split->bytes + split->start, n);

    line->number = ++split->lines;
    line->skipped = 0;
    if (line->number == 1 && span_begins(text, span_text("\xEF\xBB\xBF")))
        line->skipped = 3;
    if (n > line->skipped && text.p[n - 1] == '\r')
        n--;
    line->text = span_cut(text, line->skipped, n);
}

enum split_event split_next(struct split *split, struct split_line *line)
{
    while (split->start < split->end) {
        const unsigned char *from = split->bytes + split->start;
        size_t have = split->end - split->start;
        const unsigned char *lf = memchr(from + split->scanned, '\n', have - split->scanned);
        size_t n = lf ? (size_t)(lf - from) : have;
        bool whole = lf || split->ended;

        if (split->skipping) {
            split->start += n + (lf != NULL);
            split->skipping = !lf;
            split->scanned = 0;
            continue;
        }
        if (!whole && have < split->limit + MARGIN) {
            split->scanned = have;
            return SPLIT_HUNGRY;
        }
        take(split, n, line);
        split->scanned = 0;
        split->start += n + (lf != NULL);
        if (line->text.n > split->limit) {
            split->skipping = !lf;
            return SPLIT_LONG;
        }
        if (!is_blank(line->text))
            return SPLIT_LINE;
    }
    return split->ended ? SPLIT_END : SPLIT_HUNGRY;
}

/* Make room to read into: move what is left to the front, and grow if that is not enough. */
static bool make_room(struct split *split)
{
    size_t have = split->end - split->start, most = split->limit + MARGIN;

    if (split->start) {
        memmove(split->bytes, split->bytes + split->start, have);
        split->start = 0;
        split->end = have;
    }
    if (have < split->size / 2 || split->size == most)
        return true;
    size_t size = split->size > most / 2 ? most : split->size * 2;
    unsigned char *bytes = realloc(split->bytes, size);
    if (!bytes)
        return have < split->size;
    split->bytes = bytes;
    split->size = size;
    return true;
}

int split_fill(struct split *split, struct source *source)
{
    if (!make_room(split))
        return ENOMEM;
    ssize_t got = source_read(source, split->bytes + split->end, split->size - split->end);
    if (got < 0)
        return errno;
    split->end += (size_t)got;
    split->ended = got == 0;
    return 0;
}
