/*
 * fault: how a module reports that something failed.
 *
 * A function reports failure in one of three ways. Which one follows from what can fail in it:
 *
 *   only memory     It returns null, false or SPAN_FAILED, and has changed nothing. The caller
 *                   that must report it uses fault_memory(), or quota_fault() if the memory is
 *                   counted.
 *   only a system call   It returns an int: 0, or the errno, which has its usual meaning and no
 *                   other: ENOMEM if malloc() has failed on the way, but no quota. The caller
 *                   that must report it uses fault_system().
 *   anything else   It returns a struct fault: FAULT_NONE, or what is wrong and where.
 *
 * No module has a type of its own for failures, uses an errno for what the system has not
 * reported, or formats a place into a text. A fault knows a byte offset in what was read. The
 * caller that knows the file puts the message together: in cmd/, which alone prints.
 *
 * A fault is a value and owns nothing: its text is constant, or in an arena of the caller.
 */
#ifndef WHORL_BASE_FAULT_H
#define WHORL_BASE_FAULT_H

#include <stddef.h>

#include "base/span.h"
#include "base/status.h"

struct arena;

struct fault {
    enum status status;
    size_t offset;    /* of the first wrong byte in what was read, 0-based; else 0 */
    const char *text; /* what is wrong and what was expected; null: status_text(status) */
};

/* No fault. */
#define FAULT_NONE ((struct fault){.status = STATUS_OK})

/* STATUS at OFFSET, which its own text describes. */
static inline struct fault fault_at(enum status status, size_t offset)
{
    return (struct fault){.status = status, .offset = offset};
}

/* The system has no more memory. */
static inline struct fault fault_memory(void)
{
    return fault_at(STATUS_NO_MEMORY, 0);
}

/* What was read is against the rules at OFFSET: TEXT, constant, describes it. */
static inline struct fault fault_invalid(size_t offset, const char *text)
{
    return (struct fault){.status = STATUS_INVALID, .offset = offset, .text = text};
}

/* As fault_invalid(), and the reader cannot go on. */
static inline struct fault fault_unreadable(size_t offset, const char *text)
{
    return (struct fault){.status = STATUS_UNREADABLE, .offset = offset, .text = text};
}

/* As fault_invalid(), with a text made by FORMAT as by printf(), in ARENA, cut to at most
 * FAULT_TEXT_MAX bytes. STATUS_NO_MEMORY if it has no room. */
#define FAULT_TEXT_MAX 255
struct fault fault_format(struct arena *arena, size_t offset, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The system has refused with ERROR, an errno. 0 is FAULT_NONE, ENOMEM STATUS_NO_MEMORY. */
struct fault fault_system(int error);

/* Must the reading of a file end because of FAULT? Else only a part of the file is wrong. */
static inline bool fault_is_final(struct fault fault)
{
    return fault.status == STATUS_NO_MEMORY || fault.status > STATUS_INVALID;
}

/* The text of FAULT, never null. */
static inline const char *fault_text(struct fault fault)
{
    return fault.text ? fault.text : status_text(fault.status);
}

/* A place in a text as users count: from 1. */
struct fault_place {
    size_t line, column; /* column in bytes */
};

/* The place of the byte at OFFSET of TEXT, at most its length. Lines end with LF. */
struct fault_place fault_place(struct span text, size_t offset);

#endif
