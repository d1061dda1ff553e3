/*
 * The cost of reading a catalog: four times the text, of any kind, takes at most about four times
 * the comparisons of bytes. Comparisons are counted, by --wrap.
 */
#include "config.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "catalog/catalog.h"
#include "catalog/compile.h"
#include "steps/normalize_compile.h"
#include "comparisons.h"
#include "unit.h"

#define TIMES 4

__attribute__((format(printf, 2, 3))) static void put(struct buf *out, const char *format, ...)
{
    char text[200];
    va_list values;

    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    buf_puts(out, text);
}

/* Append N times FORMAT with the number of each, all of six digits. */
#define PUT_EACH(out, n, format)                                                               \
    for (unsigned i_ = 0; i_ < (n); i_++)                                                      \
    put(out, format, i_ + 100000)

#define ROW "a\t/a\tg\tdevice\n"

static void put_rows(struct buf *out, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        put(out, "s%06u\t/s%06u\tg\tdevice\n", i, i);
}

static void put_groups(struct buf *out, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        put(out, "s%06u\t/s%06u\tg%06u\tdevice\t\tfact\n", i, i, i);
}

static void put_further_pointers(struct buf *out, unsigned n)
{
    buf_puts(out, ROW);
    PUT_EACH(out, n, "\t/ip/%u\n");
}

/* A row whose step is BEGIN, N times EACH with the number of each, and END. */
#define PUT_ARGUMENTS(name, begin, each, end)                                                  \
    static void name(struct buf *out, unsigned n)                                              \
    {                                                                                          \
        buf_puts(out, "a\t/a\tg\tdevice\t" begin);                                             \
        PUT_EACH(out, n, each);                                                                \
        buf_puts(out, end "\n");                                                               \
    }
PUT_ARGUMENTS(put_pick_of_words, "pick(0", ",n%u", ")")
PUT_ARGUMENTS(put_pick_of_strings, "pick(0", ",\"n%u\"", ")")
PUT_ARGUMENTS(put_enum, "enum(0", ",[\"n%u\",{\"a\":1}]", ")")
PUT_ARGUMENTS(put_object, "undefined-if({\"n\":0", ",\"n%u\":1", "})")

static void put_steps(struct buf *out, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        put(out, "s%06u\t/s%06u\tg\tdevice\tua-family ua-os ua-mobile ua-engine timezone\n", i,
            i);
}

static void put_excludes(struct buf *out, unsigned n)
{
    for (unsigned i = 0; i < CATALOG_EXCLUDES; i++)
        put(out, "@exclude\ts%u\twhen\t/s%06u\t%u\n", i, i, i);
    for (unsigned i = 0; i < n; i++) {
        if (i % 50 == 0)
            buf_puts(out, i ? "\n@keep\ts" : "@keep\ts");
        put(out, "\ts%06u", i);
    }
    buf_puts(out, "\n");
    put_rows(out, n);
}

static void put_carries(struct buf *out, unsigned n)
{
    PUT_EACH(out, n, "@carry\tc%u\t/c\n");
    buf_puts(out, ROW);
}

static void put_roots(struct buf *out, unsigned n)
{
    PUT_EACH(out, n, "@root\t/c/%u\n");
    buf_puts(out, ROW);
}

/* The comparisons needed to read the catalog that PUT makes for N. */
static size_t cost(void (*put_lines)(struct buf *out, unsigned n), unsigned n)
{
    struct buf text = BUF_EMPTY;
    struct arena arena = ARENA_EMPTY;
    struct catalog catalog;

    buf_puts(&text, "@catalog\ttest\t1\n");
    put_lines(&text, n);
    comparisons = 0;
    struct fault fault = compile_catalog(&catalog, buf_span(&text), &arena);
    size_t made = comparisons;
    CHECK(fault.status == STATUS_OK);
    if (fault.status != STATUS_OK)
        printf("# %u: byte %zu: %s\n", n, fault.offset, fault_text(fault));
    arena_free(&arena);
    buf_free(&text);
    return made;
}

UNIT_TEST(reading_a_catalog_takes_n_log_n_comparisons)
{
    static const struct {
        const char *name;
        void (*put_lines)(struct buf *out, unsigned n);
        unsigned most;
    } kinds[] = {
        {"rows", put_rows, 16000},
        {"groups and facts", put_groups, 16000},
        {"further pointers, private-looking", put_further_pointers, 16000},
        {"words to pick", put_pick_of_words, NORMALIZE_ARGUMENTS - 1},
        {"strings to pick", put_pick_of_strings, NORMALIZE_ARGUMENTS - 1},
        {"values of enum", put_enum, NORMALIZE_ARGUMENTS - 1},
        {"an object", put_object, 16000},
        {"steps", put_steps, 16000},
        {"prefixes of excludes", put_excludes, 16000},
        {"carried members", put_carries, CATALOG_CARRIES},
        {"roots", put_roots, CATALOG_ROOTS},
    };

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t little = cost(kinds[i].put_lines, kinds[i].most / TIMES);
        size_t much = cost(kinds[i].put_lines, kinds[i].most);
        printf("# %s: %zu, %zu\n", kinds[i].name, little, much);
        CHECK(much <= little * TIMES * 3 / 2 + 1000);
    }
}

int main(void)
{
    return unit_run();
}
