/*
 * status: what can be wrong with a record, and where.
 *
 * The layers below cmd/ report a fault of the data as a status and a byte offset;
 * only cmd/ knows file and line and puts the message together.
 */
#ifndef WHORL_BASE_STATUS_H
#define WHORL_BASE_STATUS_H

#include <stddef.h>

enum status {
    STATUS_OK,
    STATUS_NO_MEMORY, /* the only one that is not the record's fault */

    /* Grammar: RFC 8259. */
    STATUS_END,         /* the record ends inside a value */
    STATUS_VALUE,       /* no value where one is due */
    STATUS_NAME,        /* no member name where one is due */
    STATUS_COLON,       /* no ':' after a member name */
    STATUS_MEMBER_END,  /* neither ',' nor '}' after a member */
    STATUS_ELEMENT_END, /* neither ',' nor ']' after an element */
    STATUS_WORD,        /* looks like true, false or null, but is not */
    STATUS_NUMBER,      /* not a number by section 6 */
    STATUS_ESCAPE,      /* unknown escape, or \u without four hex digits */
    STATUS_CONTROL,     /* a byte below 0x20 in a string */
    STATUS_UTF8,        /* not well-formed UTF-8 (Unicode table 3-7) */
    STATUS_TRAILING,    /* something follows the record's value */

    /* What whorl asks beyond the grammar. */
    STATUS_RANGE,     /* a number that rounds to infinity */
    STATUS_DUPLICATE, /* a name that its object already has */
    STATUS_DEPTH,     /* nested deeper than the limit */
    STATUS_LENGTH,    /* longer than the limit */
    STATUS_VALUES,    /* more values than the limit */
    STATUS_OBJECT,    /* the record is not an object */
    STATUS_ID,        /* the id is neither string, number nor null */
    STATUS_SIGNALS,   /* no signal of any catalog is in the record */
};
#define STATUSES (STATUS_SIGNALS + 1)

/* A status and the offset of the first wrong byte in the record, 0-based. The
 * offset means nothing while the status is STATUS_OK or STATUS_NO_MEMORY. */
struct fault {
    enum status status;
    size_t offset;
};

/* No fault. */
#define FAULT_NONE ((struct fault){STATUS_OK, 0})

/* What is wrong, and what was expected or can be done, in English, one line without
 * its end; constant. */
const char *status_text(enum status status);

/* Its name, one word of a-z and '-', as statistics count it; constant. */
const char *status_name(enum status status);

#endif
