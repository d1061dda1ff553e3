/*
 * cache-rows: a known record, another one, and the result that it must have.
 */
#ifndef WHORL_TESTS_CACHE_ROWS_H
#define WHORL_TESTS_CACHE_ROWS_H

#include "cache-pair.h"
#include "unit.h"

#define BYTES(literal) span_of(literal, sizeof(literal) - 1)

enum row_how {
    CACHED,   /* read by comparison, with another outcome than the known record */
    ALIKE,    /* read by comparison, with the outcome of the known record */
    IN_FULL,  /* handed over, and accepted, with another outcome than the known record */
    AS_KNOWN, /* handed over, and accepted, with the outcome of the known record */
    REJECTED, /* with the status that follows */
};

struct row {
    const char *known, *record;
    enum row_how how;
    enum status status;
};

static struct buf row_known; /* the outcome of the known record: all outputs */

static inline void row_outputs(const struct pair *p, struct buf *all)
{
    const struct pair_side *side = &p->full;

    buf_clear(all);
    for (int i = 0; i <= PAIR_TARGETS; i++)
        if (side->outs[i].n)
            buf_put(all, buf_span(&side->outs[i]));
}

/* Let P learn RECORD: the second time it is cached. */
static inline void row_learn(struct pair *p, struct span record)
{
    for (int i = 0; i < 2; i++) {
        pair_run(p, record);
        CHECK(p->same && p->fault.status == STATUS_OK);
    }
    CHECK(p->fast);
    row_outputs(p, &row_known);
}

/* Check the outcome of the last record against HOW and STATUS. */
static inline void row_judge(struct pair *p, enum row_how how, enum status status)
{
    static struct buf now;

    row_outputs(p, &now);
    bool alike = span_equal(buf_span(&now), buf_span(&row_known));
    CHECK(p->same);
    CHECK(p->fault.status == (how == REJECTED ? status : STATUS_OK));
    CHECK(p->fast == (how == CACHED || how == ALIKE));
    if (how != REJECTED)
        CHECK(alike == (how == ALIKE || how == AS_KNOWN));
}

static inline void row_check_bytes(const struct pair_rules *rules, struct span known,
                                   struct span record, enum row_how how, enum status status)
{
    struct pair p;

    pair_begin(&p, rules);
    row_learn(&p, known);
    pair_run(&p, record);
    row_judge(&p, how, status);
    /* It leaves nothing behind that changes the known record's outcome. */
    pair_run(&p, known);
    CHECK(p.same && p.fault.status == STATUS_OK);
    pair_run(&p, record);
    CHECK(p.same);
    pair_end(&p);
}

static inline void row_check(const struct pair_rules *rules, const struct row *row)
{
    bool before = unit_bad;

    unit_bad = false;
    row_check_bytes(rules, span_text(row->known), span_text(row->record), row->how,
                    row->status);
    if (unit_bad)
        printf("# known  %s\n# record %s\n", row->known, row->record);
    unit_bad |= before;
}

/* Put RECORD through P: is it cached? */
static inline bool row_cached(struct pair *p, const char *record)
{
    pair_run(p, span_text(record));
    CHECK(p->same);
    return p->fast;
}

/* {"a":1,BEFORE,"b":2,AFTER} with COUNT members n0, n1 ... from FIRST on for BEFORE or AFTER.
 */
static inline void row_add(struct buf *record, unsigned first, unsigned count, bool before)
{
    char text[32];

    buf_clear(record);
    buf_puts(record, before ? "{\"a\":1" : "{\"a\":1,\"b\":2");
    for (unsigned i = first; i < first + count; i++) {
        snprintf(text, sizeof text, ",\"n%u\":0", i);
        buf_puts(record, text);
    }
    buf_puts(record, before ? ",\"b\":2}" : "}");
}

static inline void rows_check(const struct pair_rules *rules, const struct row *rows,
                              size_t count)
{
    for (size_t i = 0; i < count; i++)
        row_check(rules, &rows[i]);
}

#define CHECK_ROWS(rules, rows) rows_check(rules, rows, sizeof(rows) / sizeof(rows)[0])

#endif
