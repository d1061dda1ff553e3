/*
 * draft: a catalog while it is compiled, and how its lines are refused. Private to the stages of
 * the compiler.
 */
#ifndef WHORL_CATALOG_DRAFT_H
#define WHORL_CATALOG_DRAFT_H

#include "base/fault.h"
#include "catalog/catalog.h"
#include "catalog/lines.h"
#include "steps/step.h"
#include "text/names.h"

struct compile_include;

/* A group with the tier of its rows, volatile ones aside. */
struct draft_group {
    struct span name;
    enum tier tier; /* TIER_VOLATILE until a row of another tier comes */
    size_t line;    /* of the row that set the tier; 0 in the included catalog */
};

/* A prefix that @exclude covers, or that a @keep line of it takes back. */
struct draft_prefix {
    struct span prefix;
    uint32_t exclude; /* in excludes */
    bool keep;
};

#define DRAFT_DIRECTIVES 16 /* kinds of them */

/* A line @sketch. */
struct draft_sketch {
    struct cell group; /* its name */
    uint32_t bits;
};

/* What a line that begins with a tab belongs to. */
enum draft_owner {
    DRAFT_OWNER_NONE,
    DRAFT_OWNER_ROW,
    DRAFT_OWNER_ID,
    DRAFT_OWNER_CARRY,
    DRAFT_OWNER_LEFT, /* a directive of the included catalog that is not taken */
};

/* A directive in its canonical spelling, for the digest. */
struct draft_directive {
    struct span text;  /* cells joined by tabs */
    struct span order; /* what it is sorted by: its name, or "@exclude" for a @keep */
};

struct draft {
    struct catalog *catalog;
    struct span text; /* of the catalog */
    struct arena *arena;
    const struct compile_include *include; /* what it may include; or null */
    struct fault fault; /* once a stage has returned false; its offset is in `text` */

    struct buf texts; /* what the extents of rows point into */

    /* Arrays of the named structs, growing. */
    struct buf rows;        /* struct catalog_row */
    struct buf row_offsets; /* size_t: where each row begins in `text` */
    struct buf pointers;    /* struct pointer: of rows, */
    struct buf excluding;   /* and one of each exclude */
    struct buf groups;      /* struct draft_group */
    struct buf roots;       /* struct pointer */
    struct buf excludes;    /* struct catalog_exclude */
    struct buf prefixes;    /* struct draft_prefix */
    struct buf id_pointers; /* struct pointer: of @id, */
    struct buf carrying;    /* and of each carry, in their order */
    struct buf carries;     /* struct catalog_carry; of `pointers` only the count is set */
    struct buf reshapes;    /* struct catalog_reshape, */
    struct buf reshaping;   /* and struct pointer: one of each */
    struct buf sketches;    /* struct draft_sketch */
    struct buf directives;  /* struct draft_directive */
    struct buf pipelines;   /* struct normalizer */
    struct buf warnings;    /* struct catalog_warning */

    struct names group_names; /* of `groups`, with the same numbers; */
    struct names carry_names; /* of `carries`; */
    struct names spellings;   /* and of `pipelines`, as the file has them */

    uint32_t lines[DRAFT_DIRECTIVES]; /* of each directive so far */
    uint32_t tokens;                  /* of all pointers so far */
    uint32_t further;                 /* pointers of @id and @carry so far */
    uint32_t sketch_bits;           /* of all @sketch so far */
    uint32_t items; /* steps and values in their arguments that are still allowed */

    uint32_t ids;      /* @ids; CATALOG_ROWS without it */
    uint8_t minimums;  /* bit i: @min for identity i has occurred */
    bool keep_allowed; /* the line before was @exclude or @keep */
    enum draft_owner owner;
    bool included;    /* the line is one of the included catalog */
    uint32_t own_row; /* the first row that is not of the included catalog */
};

/* Begin *DRAFT of TEXT, all of whose results will be in *CATALOG, ARENA and draft->fault. */
void draft_init(struct draft *draft, struct catalog *catalog, struct span text,
                struct arena *arena);

/* Free what only the draft needs. */
void draft_free(struct draft *draft);

/* Refuse the catalog for FAULT. False. */
bool draft_fail(struct draft *draft, struct fault fault);

/* Refuse it at CELL of LINE: "WHAT", then "'TEXT'" unless that is null; both are copied.
 * False. */
bool draft_refuse(struct draft *draft, const struct line *line, size_t cell, const char *what,
                  struct span text);

/* Refuse it at byte OFFSET of the cell: WHAT, constant. False. */
bool draft_refuse_at(struct draft *draft, const struct line *line, size_t cell, size_t offset,
                     const char *what);

/* The name of ROW, until the next one is read. */
static inline struct span draft_row_name(const struct draft *draft,
                                         const struct catalog_row *row)
{
    return span_at(draft->texts.p, row->name);
}

/* Refuse at the cell: "WHAT: expected at most MOST". Returns false. */
bool draft_refuse_number(struct draft *draft, const struct line *line, size_t cell,
                         const char *what, uint32_t most);

/* Read the cell as a decimal number from LEAST to MOST, or refuse it. */
bool draft_number(struct draft *draft, const struct line *line, size_t cell, uint64_t least,
                  uint64_t most, uint64_t *number);

/* Refuse because memory is out. Returns false. */
bool draft_no_memory(struct draft *draft);

/* Is the cell a name: not empty, without = ! ?, not beginning with # or @? Else refuse. */
bool draft_name(struct draft *draft, const struct line *line, size_t cell, const char *what);

/* Read the cell as a pointer into *POINTER, or refuse. */
bool draft_pointer(struct draft *draft, const struct line *line, size_t cell,
                   struct pointer *pointer);

/* The same, and add it to POINTERS, which is the draft's `pointers` or `excluding`. */
bool draft_add_pointer(struct draft *draft, struct buf *pointers, const struct line *line,
                       size_t cell, struct pointer *pointer);

/* Read u64, i64 or f64. False for any other text. */
bool draft_plain(struct span text, enum plain *type);

/* The elements of BUF as an array of TYPE, and their number. */
#define DRAFT_ITEMS(type, buf) ((type *)(void *)(buf).p)
#define DRAFT_COUNT(type, buf) ((uint32_t)((buf).n / sizeof(type)))

/* Append *ITEM to the array in BUF. */
#define DRAFT_PUSH(buf, item) buf_put(&(buf), span_of((item), sizeof *(item)))

#endif
