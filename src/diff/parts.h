/*
 * diff_parts: what is compared, one part for each identity, group and signal by its name, and
 * how often each was found to differ.
 */
#ifndef WHORL_DIFF_PARTS_H
#define WHORL_DIFF_PARTS_H

#include "diff/ids.h"
#include "diff/rules.h"
#include "text/names.h"

#define DIFF_TEXT_MOST ((size_t)8193) /* "=" and a value, that is kept to be shown */

/* A record in which a part differs. */
struct diff_example {
    unsigned char key[DIFF_KEY];
    struct diff_id_text *id;
    struct span label; /* of the catalog: of records of one id that with the first is shown */
    /* Before and after: the hash, most significant byte first, zeros for none; and the
     * canonical text behind the name, "=8", empty if it is not there, not to be shown, or too
     * long; owned. */
    unsigned char hashes[2][16];
    struct span texts[2];
};

struct diff_part {
    enum diff_kind kind;
    struct span name;
    bool ignored;  /* not counted */
    bool has[2];   /* old and new: a catalog of that side has it, */
    bool compared; /* rows of both were */
    uint64_t changed, appeared, vanished;
    uint64_t records; /* a sum over the records in which it differs, and how: parts that differ
                         in the same records in the same way have the same */
    uint32_t number;              /* of an identity: how many there were before it */
    uint32_t example_count;
    struct diff_example *examples; /* DIFF_IDS; null as long as there are none */
};

struct diff_parts {
    struct names names; /* each with its kind in front; their numbers are those of the parts */
    struct diff_part *items;
    uint32_t room;
    uint32_t identities; /* how many of them are */
    const struct diff_rules *ignore;
    struct quota *quota;
};

/* Begin with no part; those that a rule of IGNORE names are ignored. All memory is counted
 * against QUOTA, which may be null. */
void diff_parts_init(struct diff_parts *parts, const struct diff_rules *ignore, uint64_t seed,
                     struct quota *quota);
void diff_parts_free(struct diff_parts *parts);

/* Begin anew, with no part. */
void diff_parts_clear(struct diff_parts *parts);

/* The number of the part NAME of KIND, a new one if there is none. NAMES_NONE when memory is
 * out. */
uint32_t diff_parts_add(struct diff_parts *parts, enum diff_kind kind, struct span name)
    __attribute__((warn_unused_result));

/* Count what is BEFORE and AFTER of PART, of SIZE bytes each, in the record number SERIAL,
 * whose row after is ROW. True if there is still room for it among the examples: then
 * diff_parts_example() is to follow. */
bool diff_parts_count(struct diff_part *part, const void *before, const void *after,
                      size_t size, uint64_t serial, const struct row *row);

/* Keep the record, which is EXAMPLE, whose ROW after it is; a user more of its id, and copies of
 * its texts. False when memory is out. */
bool diff_parts_example(struct diff_parts *parts, struct diff_part *part,
                        const struct diff_example *example, const struct row *row)
    __attribute__((warn_unused_result));

/* In how many records it differs. */
static inline uint64_t diff_parts_differing(const struct diff_part *part)
{
    return part->changed + part->appeared + part->vanished;
}

#endif
