/*
 * unit: makes a C test program write TAP.
 *
 *     UNIT_TEST(name_of_the_fault_or_rule) { CHECK(condition); CHECK_TEXT(got, "expected"); }
 *     int main(void) { return unit_run(); }
 *
 * Tests run in the order of the file. A failed CHECK reports its place, and the test continues.
 */
#ifndef WHORL_TESTS_UNIT_H
#define WHORL_TESTS_UNIT_H

#include <stdbool.h>
#include <stdio.h>

#include "base/span.h"

struct unit_test {
    const char *name;
    void (*run)(void);
    struct unit_test *next;
};

static struct unit_test *unit_first, **unit_end = &unit_first;
static bool unit_bad;

#define UNIT_TEST(id)                                                                          \
    static void id(void);                                                                      \
    static struct unit_test unit_##id = {#id, id, NULL};                                       \
    __attribute__((constructor)) static void unit_add_##id(void)                               \
    {                                                                                          \
        *unit_end = &unit_##id;                                                                \
        unit_end = &unit_##id.next;                                                            \
    }                                                                                          \
    static void id(void)

#define CHECK(condition)                                                                       \
    do {                                                                                       \
        if (!(condition)) {                                                                    \
            unit_bad = true;                                                                   \
            printf("# %s:%d: false: %s\n", __FILE__, __LINE__, #condition);                    \
        }                                                                                      \
    } while (0)

#define CHECK_TEXT(got, expected) unit_text(__FILE__, __LINE__, got, span_text(expected))
#define CHECK_SPAN(got, expected) unit_text(__FILE__, __LINE__, got, expected)

__attribute__((unused)) static void unit_text(const char *file, int line, struct span got,
                                              struct span expected)
{
    if (span_equal(got, expected))
        return;
    unit_bad = true;
    printf("# %s:%d:\n#   got      %.*s\n#   expected %.*s\n", file, line, (int)got.n,
           (const char *)got.p, (int)expected.n, (const char *)expected.p);
}

static int unit_run(void)
{
    int number = 0, failed = 0;

    for (struct unit_test *t = unit_first; t; t = t->next) {
        unit_bad = false;
        t->run();
        failed += unit_bad;
        printf("%s %d - %s\n", unit_bad ? "not ok" : "ok", ++number, t->name);
        fflush(stdout);
    }
    printf("1..%d\n", number);
    return failed > 0;
}

#endif
