/*
 * faults: shared by the tests of validate: texts, and the fault that each must give.
 */
#ifndef WHORL_TESTS_FAULTS_H
#define WHORL_TESTS_FAULTS_H

#include <stdint.h>

#include "json/outline.h"
#include "json/validate.h"
#include "record.h"
#include "unit.h"

#define BYTES(literal) span_of(literal, sizeof(literal) - 1)

/* Of the last valid text. */
static struct json_counts counts;

/* TEXT must give FAULT also with an outline of exactly the size that it may need. */
static void check_outline(struct span text, struct limits limits, struct fault fault)
{
    size_t most = text.n > limits.length ? 0 : validate_nodes(text.n, &limits);
    struct outline outline = {.text = malloc(text.n),
                              .nodes = malloc(most * sizeof *outline.nodes)};
    struct json_counts counted = counts;

    if ((!outline.text && text.n) || (!outline.nodes && most))
        abort();
    struct fault found = validate_outline(text, &limits, &counted, &outline);
    CHECK(found.status == fault.status);
    CHECK(found.status == STATUS_OK || found.offset == fault.offset);
    CHECK(counted.values == counts.values && counted.names == counts.names);
    CHECK(found.status != STATUS_OK || outline.n <= text.n);
    free(outline.text);
    free(outline.nodes);
}

/* Validate a copy of TEXT of exactly its size. */
static struct fault run(struct span text, struct limits limits)
{
    struct span copy = record_copy(text);
    struct fault fault = validate(copy, &limits, &counts);

    check_outline(copy, limits, fault);
    free((void *)(uintptr_t)copy.p);
    return fault;
}

/* Validating TEXT must give STATUS at OFFSET; STATUS_OK has no offset. */
static void check(struct span text, struct limits limits, enum status status, size_t offset)
{
    struct fault fault = run(text, limits);

    if (fault.status == status && (status == STATUS_OK || fault.offset == offset))
        return;
    unit_bad = true;
    printf("# %.*s:\n#   got      %d at %zu\n#   expected %d at %zu\n",
           text.n < 80 ? (int)text.n : 80, (const char *)text.p, fault.status, fault.offset,
           status, offset);
}

/* A text without NUL, for the default limits. */
struct row {
    const char *text;
    enum status status;
    size_t offset;
};

__attribute__((unused)) static void check_rows(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check(span_text(rows[i].text), LIMITS_DEFAULT, rows[i].status, rows[i].offset);
}

#define CHECK_ROWS(rows) check_rows(rows, sizeof(rows) / sizeof(rows)[0])

#endif
