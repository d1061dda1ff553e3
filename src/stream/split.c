#include "config.h"

#include "stream/split.h"

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
    split->resting = split->ended = false;
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
    line->raw = span_of(split->bytes + split->start, n);
    line->number = ++split->lines;
    line->skipped = 0;
    if (line->number == 1 && span_begins(line->raw, span_text("\xEF\xBB\xBF")))
        line->skipped = 3;
    size_t end = n - has_lf;
    if (end > line->skipped && line->raw.p[end - 1] == '\r')
        end--;
    line->text = span_cut(line->raw, line->skipped, end);
    split->start += n;
    split->scanned = 0;
}

/* Make *LINE of the next N bytes, which go on with a long line. */
static void take_rest(struct split *split, size_t n, bool has_lf, struct split_line *line)
{
    line->raw = span_of(split->bytes + split->start, n);
    line->text = span_of(NULL, 0);
    line->number = split->lines;
    split->start += n;
    split->resting = !has_lf;
}

enum split_event split_next(struct split *split, struct split_line *line)
{
    while (split->start < split->end) {
        const unsigned char *from = split->bytes + split->start;
        size_t have = split->end - split->start;
        const unsigned char *lf = memchr(from + split->scanned, '\n', have - split->scanned);
        size_t n = lf ? (size_t)(lf - from) + 1 : have;

        if (split->resting) {
            take_rest(split, n, lf, line);
            return SPLIT_REST;
        }
        if (!lf && !split->ended && have < split->limit + MARGIN) {
            split->scanned = have;
            return SPLIT_HUNGRY;
        }
        take(split, n, lf, line);
        if (line->text.n > split->limit) {
            split->resting = !lf;
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

const char *split_fill(struct split *split, struct decompress *decompress,
                       struct source *source)
{
    const char *what = NULL;

    if (!make_room(split))
        return "out of memory";
    ssize_t got = decompress_read(decompress, source, split->bytes + split->end,
                                  split->size - split->end, &what);
    if (got < 0)
        return what;
    split->end += (size_t)got;
    split->ended = got == 0;
    return NULL;
}
