/*
 * match_lines: the output lines of --match, whorl-match(1), "Output".
 *
 * A record whose id occurs twice gets no decision, which is known only once all records have been
 * read. So the lines are held in a file until then.
 */
#ifndef WHORL_MATCH_LINES_H
#define WHORL_MATCH_LINES_H

#include "match/decide.h"

struct report_out;
struct spill;

/* Where a line is, and whose it is. */
struct match_line {
    unsigned char key[ROW_KEY];
    uint32_t n, id_n; /* bytes of the line, and of its part before the decision */
    bool decided;
};

struct match_lines {
    bool ndjson;
    struct spill *spill;
    struct match_line *items;
    uint32_t count, room;
    size_t memory; /* bytes that items may take */
    uint64_t without_id, repeated; /* records that are not decided */
};

/* Begin, with a file in DIRECTORY. 0, or errno; match_lines_free() must follow in either case. */
int match_lines_open(struct match_lines *lines, bool ndjson, const char *directory)
    __attribute__((warn_unused_result));
void match_lines_free(struct match_lines *lines);

/* Append to OUT the line of the record with DECISION, the last one of JUDGE, about the record with
 * ID; of one that has no id if that is empty. The bytes of its part before the decision. */
uint32_t match_lines_put(const struct match_lines *lines, struct buf *out,
                         struct match_judge *judge, struct span id,
                         const struct match_decision *decision);

/* Add LINE, which match_lines_put() has made of the record with KEY: its first ID_N bytes come before
 * the decision. DECIDED is false if the record has no decision. */
struct fault match_lines_add(struct match_lines *lines, const unsigned char key[ROW_KEY],
                             struct span line, uint32_t id_n, bool decided)
    __attribute__((warn_unused_result));

/* Find the ids that occur twice, and mark their lines. False when memory is out. */
bool match_lines_finish(struct match_lines *lines) __attribute__((warn_unused_result));

/* Write all lines. 0, or errno of the file that holds them; the sink of OUT remembers its own. */
int match_lines_write(struct match_lines *lines, const struct report_out *out)
    __attribute__((warn_unused_result));

/* Append THOUSANDTHS as a decimal number with three decimals. */
void match_put_thousandths(struct buf *out, int32_t thousandths);

#endif
