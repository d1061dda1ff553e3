/*
 * symptom: why a line is rejected, beyond its fault: a byte that an editor does not show,
 * another encoding, or another arrangement of records than one on each line. The lines around
 * it often have the same symptom.
 */
#ifndef WHORL_JSON_SYMPTOM_H
#define WHORL_JSON_SYMPTOM_H

#include "base/fault.h"

struct buf;

enum symptom {
    SYMPTOM_NONE, /* the fault says all */

    /* The wrong byte or character is one that an editor does not show: */
    SYMPTOM_NUL,
    SYMPTOM_RS,      /* what RFC 7464 begins each text with */
    SYMPTOM_BOM,     /* a byte order mark, not at the start of a file */
    SYMPTOM_CONTROL, /* another control byte */
    SYMPTOM_UNSEEN,  /* white space beyond ASCII, a format character, a curly quote */

    /* The line is: */
    SYMPTOM_UTF16,
    SYMPTOM_UTF32,
    SYMPTOM_ARRAY,  /* an array of records, or its beginning */
    SYMPTOM_COMMA,  /* a record and a comma */
    SYMPTOM_END,    /* the end of an array, maybe after a record */
    SYMPTOM_PART,   /* a line of a record over several lines */
    SYMPTOM_PREFIX, /* a record after other text, as in a log */
    SYMPTOM_MORE,   /* several records */
    SYMPTOM_STRING, /* a record in a string */
};

/* What TEXT shows, a line that was rejected for FAULT. */
enum symptom symptom_find(struct span text, struct fault fault);

/* Append what SYMPTOM, not SYMPTOM_NONE, says of TEXT and FAULT. FIRST: a file begins with it.
 * True if where in the record that is says something too. */
bool symptom_put(struct buf *out, enum symptom symptom, struct span text, struct fault fault,
                 bool first);

/* A command that makes lines that are records; constant. Null for none. */
const char *symptom_command(enum symptom symptom, struct span text, bool first);

/* Does TEXT, a rejected line that shows NEXT, go on with what the line before it shows, for
 * which nothing more need be said? */
bool symptom_goes_on(enum symptom symptom, enum symptom next, struct span text);

#endif
