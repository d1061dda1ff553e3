#include "config.h"

#include "match/lines.h"

#include <errno.h>
#include <stdlib.h>

#include "base/sort.h"
#include "format/report_out.h"
#include "format/tsv_text.h"
#include "stream/spill.h"
#include "text/jcs.h"

#define LINES_FIRST 64
#define PARTITION   0

/* The members after the id, in their order. */
static const char *const columns[] = {"decision", "known", "runner_up", "by",
                                      "score",    "margin", "share"};

int match_lines_open(struct match_lines *lines, bool ndjson, const char *directory)
{
    *lines = (struct match_lines){.ndjson = ndjson};
    return spill_open(&lines->spill, directory);
}

void match_lines_free(struct match_lines *lines)
{
    if (lines->spill)
        spill_free(lines->spill);
    free(lines->items);
}

void match_put_thousandths(struct buf *out, int32_t thousandths)
{
    uint32_t size = thousandths < 0 ? 0 - (uint32_t)thousandths : (uint32_t)thousandths;
    unsigned char decimals[4] = {'.', (unsigned char)('0' + size / 100 % 10),
                                 (unsigned char)('0' + size / 10 % 10),
                                 (unsigned char)('0' + size % 10)};

    buf_puts(out, thousandths < 0 ? "-" : "");
    buf_put_uint(out, size / 1000);
    buf_put(out, span_of(decimals, sizeof decimals));
}

/* Begin the cell of COLUMN. */
static void begin_column(const struct match_lines *lines, struct buf *out, int column)
{
    if (!lines->ndjson) {
        buf_putc(out, '\t');
        return;
    }
    buf_puts(out, ",\"");
    buf_puts(out, columns[column]);
    buf_puts(out, "\":");
}

/* The cell of a JSON text; null if it is empty. */
static void put_json_column(const struct match_lines *lines, struct buf *out, int column,
                          struct span json)
{
    begin_column(lines, out, column);
    if (lines->ndjson && !json.n)
        buf_puts(out, "null");
    else if (lines->ndjson)
        buf_put(out, json);
    else if (!json.n)
        buf_puts(out, TSV_NULL);
    else
        tsv_put_json(out, json);
}

/* The cell of a text; null if it is empty. */
static void put_text_column(const struct match_lines *lines, struct buf *out, int column,
                          struct span text)
{
    if (!text.n) {
        put_json_column(lines, out, column, text);
        return;
    }
    begin_column(lines, out, column);
    if (lines->ndjson)
        jcs_put_string(out, text);
    else
        tsv_put_text(out, text);
}

/* The cell of a number of thousandths; null if it is not THERE. */
static void put_bits_column(const struct match_lines *lines, struct buf *out, int column, bool there,
                          int32_t thousandths)
{
    if (!there) {
        put_json_column(lines, out, column, span_of(NULL, 0));
        return;
    }
    begin_column(lines, out, column);
    match_put_thousandths(out, thousandths);
}

static void put_id_column(const struct match_lines *lines, struct buf *out, struct span id)
{
    if (lines->ndjson) {
        buf_puts(out, "{\"id\":");
        id.n ? buf_put(out, id) : buf_puts(out, "null");
    } else {
        id.n ? tsv_put_json(out, id) : buf_puts(out, TSV_NULL);
    }
}

/* The id of record number RECORD of KNOWN, unless it is MATCH_NO_RECORD. */
static struct span record_id(const struct match_known *known, uint32_t record)
{
    return record == MATCH_NO_RECORD ? span_of(NULL, 0)
                                     : match_known_id(known, &known->records[record]);
}

/* All cells after the id of a line with DECISION, and its end. */
static void put_decision(const struct match_lines *lines, struct buf *out,
                         const struct match_known *known, const struct match_decision *decision,
                         struct span reason)
{
    bool shown = decision->kind == MATCH_MATCH || decision->kind == MATCH_AMBIGUOUS;
    bool best = decision->best != MATCH_NO_RECORD, other = decision->runner_up != MATCH_NO_RECORD;

    put_text_column(lines, out, 0, span_text(match_kind_name(decision->kind)));
    put_json_column(lines, out, 1, record_id(known, shown ? decision->best : MATCH_NO_RECORD));
    put_json_column(lines, out, 2, record_id(known, shown ? decision->runner_up : MATCH_NO_RECORD));
    put_text_column(lines, out, 3, reason);
    put_bits_column(lines, out, 4, best, decision->score);
    put_bits_column(lines, out, 5, other, decision->margin);
    begin_column(lines, out, 6);
    buf_put_uint(out, decision->share);
    buf_puts(out, lines->ndjson ? "}\n" : "\n");
}

/* The same without a decision. */
static void put_none(const struct match_lines *lines, struct buf *out)
{
    const struct match_decision none = {
        .kind = MATCH_NONE, .best = MATCH_NO_RECORD, .runner_up = MATCH_NO_RECORD};

    put_decision(lines, out, NULL, &none, span_of(NULL, 0));
}

uint32_t match_lines_put(const struct match_lines *lines, struct buf *out,
                         struct match_judge *judge, struct span id,
                         const struct match_decision *decision)
{
    struct buf reason = BUF_EMPTY;
    size_t from = out->n;

    put_id_column(lines, out, id);
    uint32_t id_n = (uint32_t)(out->n - from);
    if (!id.n) {
        put_none(lines, out);
        return id_n;
    }
    if (decision->kind > MATCH_NEW)
        match_put_reason(&reason, judge, decision);
    put_decision(lines, out, judge->known, decision, buf_span(&reason));
    out->failed |= reason.failed;
    buf_free(&reason);
    return id_n;
}

static bool grow_lines(struct match_lines *lines)
{
    uint32_t room = lines->room ? lines->room * 2 : LINES_FIRST;
    struct match_line *grown = realloc(lines->items, room * sizeof *grown);

    if (!grown)
        return false;
    lines->items = grown;
    lines->room = room;
    return true;
}

struct fault match_lines_add(struct match_lines *lines, const unsigned char key[ROW_KEY],
                             struct span line, uint32_t id_n, bool decided)
{
    if (lines->count == lines->room) {
        size_t grown = 3 * (size_t)lines->room * sizeof *lines->items; /* old and new at once */
        if (grown > lines->memory && lines->room)
            return fault_at(STATUS_QUOTA, 0);
        if (!grow_lines(lines))
            return fault_memory();
    }
    struct match_line *item = &lines->items[lines->count++];
    *item = (struct match_line){.n = (uint32_t)line.n, .id_n = id_n, .decided = decided};
    memcpy(item->key, key, sizeof item->key);
    lines->without_id += !decided;
    return fault_system(spill_put(lines->spill, PARTITION, line));
}

static int order_lines(const void *a, const void *b, void *context)
{
    const struct match_line *items = context;

    return memcmp(items[*(const uint32_t *)a].key, items[*(const uint32_t *)b].key, ROW_KEY);
}

bool match_lines_finish(struct match_lines *lines)
{
    uint32_t count = 0, *list = malloc(((size_t)lines->count + 1) * sizeof *list),
             *scratch = malloc(((size_t)lines->count + 1) * sizeof *scratch);
    bool enough = list && scratch;

    for (uint32_t i = 0; enough && i < lines->count; i++)
        if (lines->items[i].decided)
            list[count++] = i;
    if (enough)
        sort_array(list, count, sizeof *list, order_lines, lines->items, scratch);
    for (uint32_t from = 0, end; enough && from < count; from = end) {
        for (end = from + 1; end < count && !order_lines(&list[from], &list[end], lines->items);)
            end++;
        for (uint32_t i = from; end - from > 1 && i < end; i++) {
            lines->items[list[i]].decided = false;
            lines->repeated++;
        }
    }
    free(list);
    free(scratch);
    return enough;
}

static void write_header(const struct match_lines *lines, struct buf *out)
{
    if (lines->ndjson)
        return;
    buf_puts(out, "id");
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        buf_putc(out, '\t');
        buf_puts(out, columns[i]);
    }
    buf_putc(out, '\n');
}

int match_lines_write(struct match_lines *lines, const struct report_out *out)
{
    uint64_t at = 0;

    write_header(lines, out->buf);
    for (uint32_t i = 0; i < lines->count; i++) {
        const struct match_line *item = &lines->items[i];
        uint32_t n = item->decided ? item->n : item->id_n;
        unsigned char *room = buf_room(out->buf, n);
        int error = room ? spill_get(lines->spill, PARTITION, at, room, n) : ENOMEM;
        if (error)
            return error;
        out->buf->n += n;
        if (!item->decided)
            put_none(lines, out->buf);
        at += item->n;
        report_out_relieve(out);
    }
    return 0;
}
