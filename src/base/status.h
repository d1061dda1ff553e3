/*
 * status: what can be wrong, each with its name and its text. How a module reports it: fault.h.
 */
#ifndef WHORL_BASE_STATUS_H
#define WHORL_BASE_STATUS_H

enum status {
    STATUS_OK,
    STATUS_NO_MEMORY, /* the system has no more memory */

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

    /* Not of a record; the fault has a text of its own. */
    STATUS_INVALID,    /* against the rules of what was read: what follows can be read */
    STATUS_UNREADABLE, /* as STATUS_INVALID, but nothing after it can be read */
    STATUS_QUOTA,      /* a limit on memory that the user has set is reached (quota.h) */
    STATUS_SYSTEM,     /* the system has refused: the text is that of errno */
};
#define STATUSES (STATUS_SIGNALS + 1) /* those that a record can have come first */

/* What is wrong, and what was expected or what to do, in English, one line without its end;
 * constant. "out of memory" is spelled nowhere else. */
const char *status_text(enum status status);

/* The name of STATUS, of a record, one word of a-z and '-', by which --stats counts it;
 * constant. */
const char *status_name(enum status status);

#endif
