/*
 * steps: shared by the tests of steps.
 *
 *     CHECK_ROWS({"trim", "\" a\"", "\"a\""}, ...);
 *     int main(void) { return steps_main(); }
 */
#ifndef WHORL_TESTS_STEPS_H
#define WHORL_TESTS_STEPS_H

#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "json/value_read.h"
#include "steps/normalize.h"
#include "steps/normalize_compile.h"
#include "steps/step.h"
#include "record.h"
#include "unit.h"

static struct arena steps_arena;
static struct buf steps_result;

/* The result of the pipeline STEPS over the value JSON, as in struct step's `output`, or a
 * fault as "@OFFSET PHRASE". Both texts are read from memory of exactly their size. */
static struct span steps_run_spans(struct span steps, struct span json)
{
    struct span text = record_copy(steps), input = record_copy(json);
    struct normalizer pipeline;
    struct signal signal = {SIGNAL_VALUE, {.value = value_null()}};

    arena_reset(&steps_arena);
    buf_clear(&steps_result);
    struct fault fault =
        normalize_compile(&pipeline, text, &(uint32_t){NORMALIZE_ITEMS}, &steps_arena);
    if (fault.status != STATUS_OK) {
        buf_putc(&steps_result, '@');
        buf_put_uint(&steps_result, fault.offset);
        buf_putc(&steps_result, ' ');
        buf_puts(&steps_result, fault_text(fault));
    } else {
        CHECK(value_read(&signal.value, input, &steps_arena).status == STATUS_OK);
        CHECK(normalize_apply(&pipeline, &signal, &steps_arena));
        if (signal.state == SIGNAL_VALUE)
            value_put_jcs(&steps_result, &signal.value);
        else if (signal.state == SIGNAL_EXCLUDED)
            buf_putc(&steps_result, '-');
        else
            signal_put(&steps_result, &signal);
    }
    free((void *)(uintptr_t)text.p);
    free((void *)(uintptr_t)input.p);
    return buf_span(&steps_result);
}

static struct span steps_run(const char *steps, const char *json)
{
    return steps_run_spans(span_text(steps), span_text(json));
}

struct steps_row {
    const char *steps, *input, *output;
};

static void steps_check(const struct steps_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool bad = unit_bad;
        unit_bad = false;
        CHECK_TEXT(steps_run(rows[i].steps, rows[i].input), rows[i].output);
        if (unit_bad)
            printf("# by %s over %s\n", rows[i].steps, rows[i].input);
        unit_bad |= bad;
    }
}

#define CHECK_ROWS(...)                                                                        \
    do {                                                                                       \
        static const struct steps_row rows[] = {__VA_ARGS__};                                  \
        steps_check(rows, sizeof rows / sizeof *rows);                                         \
    } while (0)

/* The main() of a test of steps. */
static int steps_main(void)
{
    int status = unit_run();

    arena_free(&steps_arena);
    buf_free(&steps_result);
    return status;
}

#endif
