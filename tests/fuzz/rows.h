/*
 * rows: the rows that a reader of output gives. Each is compared with itself and with the row
 * before it, as --diff does, and noted, so that two readings can be compared.
 */
#ifndef WHORL_TESTS_ROWS_H
#define WHORL_TESTS_ROWS_H

#include "diff/row.h"
#include "diff/tally.h"
#include "fuzz.h"

struct rows {
    struct diff_memory memory;
    struct diff_tally tally;
    struct diff_row *before;
    uint64_t count, faults;
    struct buf notes; /* all that was given, as text and bytes */
};

static inline void rows_begin(struct rows *r, bool reveal)
{
    static const struct diff_rules ignore;

    *r = (struct rows){.before = NULL};
    diff_memory_share(&r->memory, (size_t)256 << 20);
    REQUIRE(diff_tally_init(&r->tally, &ignore, reveal, &r->memory, "/tmp", 0));
}

static inline void rows_end(struct rows *r)
{
    free(r->before);
    diff_tally_free(&r->tally);
    buf_free(&r->notes);
}

static inline void rows_note(struct rows *r, const char *what, struct span bytes)
{
    buf_puts(&r->notes, what);
    buf_put_uint(&r->notes, bytes.n);
    buf_putc(&r->notes, ' ');
    buf_put(&r->notes, bytes);
    buf_putc(&r->notes, '\n');
}

static inline void rows_take(struct rows *r, const struct row *row)
{
    struct diff_row *kept = diff_row_keep(row, row->key, 0);
    REQUIRE(kept);
    struct row again = diff_row_view(kept);
    uint64_t same = r->tally.same;

    REQUIRE(diff_tally_pair(&r->tally, row, &again).status == STATUS_OK);
    REQUIRE(r->tally.same == same + 1);
    if (r->before) {
        struct row before = diff_row_view(r->before);
        REQUIRE(diff_tally_pair(&r->tally, &before, row).status == STATUS_OK);
        REQUIRE(diff_tally_pair(&r->tally, row, &before).status == STATUS_OK);
    }
    free(r->before);
    r->before = kept;
    r->count++;
    rows_note(r, "by ", row->schema->label);
    rows_note(r, row->has_id ? "id " : "no id ", row->id);
    rows_note(r, "key ", span_of(row->key, sizeof row->key));
    rows_note(r, "image ", row->image);
    rows_note(r, "texts ", row->texts);
    for (size_t i = 0; i < ROW_MEMBERS; i++) {
        REQUIRE(row->has_member[i] == (row->member_hash[i] != 0));
        REQUIRE(row->has_member[i] || !row->members[i].n);
        rows_note(r, "member ", row->members[i]);
        buf_put_uint(&r->notes, row->member_hash[i]);
        buf_putc(&r->notes, '\n');
    }
}

static inline void rows_fault(struct rows *r, const struct fault *fault)
{
    REQUIRE(fault->status != STATUS_OK);
    r->faults++;
    rows_note(r, fault_is_final(*fault) ? "final " : "fault ", span_text(fault_text(*fault)));
    buf_put_uint(&r->notes, fault->offset);
    buf_putc(&r->notes, '\n');
}

#endif
