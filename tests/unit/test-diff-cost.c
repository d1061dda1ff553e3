/*
 * The cost of a comparison: four times the input takes at most about four times the work,
 * whatever the input has many of. The work is the number of comparisons of bytes and of hashes,
 * and of bytes set, copied and hashed.
 */
#include "config.h"

#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/fault.h"
#include "catalog/catalog.h"
#include "catalog/compile.h"
#include "comparison.h"
#include "comparisons.h"

void *__real_memset(void *p, int c, size_t n);
void *__real_memcpy(void *to, const void *from, size_t n);
void *__wrap_memset(void *p, int c, size_t n);
void *__wrap_memcpy(void *to, const void *from, size_t n);

static uint64_t bytes;

void *__wrap_memset(void *p, int c, size_t n)
{
    bytes += n;
    return __real_memset(p, c, n);
}

void *__wrap_memcpy(void *to, const void *from, size_t n)
{
    bytes += n;
    return __real_memcpy(to, from, n);
}

#define LEAST 2000
#define TIMES 4

static struct {
    struct catalog catalog;
    struct buf text; /* its */
    struct arena arena;
    struct comparison c;
    char directory[64];
} shared;

__attribute__((format(printf, 2, 3))) static void put(struct buf *out, const char *format, ...)
{
    char text[300];
    va_list values;

    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    buf_puts(out, text);
}

/* A catalog with N signals, all of them facts. */
static void make_catalog(unsigned n)
{
    struct buf *text = &shared.text;

    buf_clear(text);
    buf_puts(text, "@catalog\tc\t1\n");
    for (unsigned i = 0; i < n; i++)
        put(text, "s%06u\t/s%06u\tg%u\texact\t\tfact\n", i, i, i % 50);
    arena_free(&shared.arena);
    CHECK(compile_catalog(&shared.catalog, buf_span(text), &shared.arena).status ==
          STATUS_OK);
    shared.c = (struct comparison){.catalog = &shared.catalog,
                                   .reveal = true,
                                   .memory = (size_t)1 << 30,
                                   .directory = shared.directory};
}

/* A line of N members "s000000":VALUE, of OBJECT, in another order if TURNED. */
static void put_line(struct buf *out, unsigned id, const char *label, const char *object,
                     unsigned n, bool turned, const char *value)
{
    put(out, "{\"id\":%u,\"catalog\":\"%s\",\"%s\":{", id, label, object);
    for (unsigned i = 0; i < n; i++)
        put(out, "%s\"s%06u\":%s", i ? "," : "", turned ? n - 1 - i : i, value);
    buf_puts(out, "}}\n");
}

#define HASH_A "\"000000000000000a\""
#define HASH_B "\"000000000000000b\""

/* The lines of SIDE of an input of size N. */
typedef void case_maker(struct buf *out, unsigned n, int side);

static void new_signals(struct buf *out, unsigned n, int side)
{
    for (unsigned i = 0; i < n; i++)
        put(out, "{\"id\":%u,\"catalog\":\"x-1:0\",\"signals\":{\"s%u\":%s}}\n", i, i,
            side && i % 3 == 0 ? HASH_B : HASH_A);
}

static void new_values(struct buf *out, unsigned n, int side)
{
    for (unsigned i = 0; i < n; i++)
        put(out, "{\"id\":%u,\"catalog\":\"x-1:0\",\"values\":{\"s%u\":1,\"t%u\":%d}}\n", i, i,
            (n - i) * 3, side);
}

static void new_facts(struct buf *out, unsigned n, int side)
{
    for (unsigned i = 0; i < n; i++)
        put(out, "{\"id\":%u,\"catalog\":\"x-1:0\",\"facts\":{\"%c%u\":1}}\n", i, "st"[side],
            i);
}

/* New names on one side only; the other has no signals, or other kinds of lines. */
static void new_on_one_side(struct buf *out, unsigned n, int side)
{
    for (unsigned i = 0; i < n; i++)
        put(out, "{\"id\":%u,\"catalog\":\"x-1:0\",\"groups\":{\"g\":null}%s%u%s}\n", i,
            side ? ",\"values\":{\"s" : ",\"carry\":{\"s", i, "\":1}");
}

static void values_that_differ(struct buf *out, unsigned n, int side)
{
    put_line(out, 1, "x-1:0", "values", n, false, side ? "1" : "2");
}

static void values_in_another_order(struct buf *out, unsigned n, int side)
{
    put_line(out, 1, "x-1:0", "values", n, side, side ? "1" : "2");
}

static void hashes_in_another_order(struct buf *out, unsigned n, int side)
{
    put_line(out, 1, "x-1:0", "signals", n, side, side ? HASH_A : HASH_B);
}

static void values_and_states(struct buf *out, unsigned n, int side)
{
    put(out, "{\"id\":1,\"catalog\":\"x-1:0\",\"values\":{");
    for (unsigned i = 0; i < n; i += 2)
        put(out, "%s\"s%06u\":%d", i ? "," : "", i, side);
    put(out, "},\"states\":{");
    for (unsigned i = 1; i < n; i += 2)
        put(out, "%s\"s%06u\":\"!%c\"", i > 1 ? "," : "", i, "AB"[side]);
    put(out, "}}\n");
}

static void put_label(struct buf *out)
{
    buf_clear(out);
    catalog_put_label(out, &shared.catalog);
    buf_putc(out, '\0');
}

static void known(struct buf *out, unsigned n, int side, const char *object)
{
    struct buf label = BUF_EMPTY;

    put_label(&label);
    put_line(out, 1, (const char *)label.p, object, n, false, side ? "1" : "2");
    buf_free(&label);
}

static void known_values(struct buf *out, unsigned n, int side)
{
    known(out, n, side, "values");
}

static void known_facts(struct buf *out, unsigned n, int side)
{
    known(out, n, side, "facts");
}

/* Lines with one signal each, of a catalog with N signals. */
static void known_signals_one_by_one(struct buf *out, unsigned n, int side)
{
    struct buf label = BUF_EMPTY;

    put_label(&label);
    for (unsigned i = 0; i < n; i++)
        put(out, "{\"id\":%u,\"catalog\":\"%s\",\"signals\":{\"s%06u\":%s}}\n", i,
            (const char *)label.p, i, side && i % 3 == 0 ? HASH_B : HASH_A);
    buf_free(&label);
}

/* Lines of 250 schemas, which differ in the last of N groups. */
static void kinds_by_the_last_group(struct buf *out, unsigned n, int side)
{
    (void)side;
    for (unsigned i = 0; i < 250; i++) {
        put(out, "{\"id\":%u,\"catalog\":\"x-1:0\",\"groups\":{", i);
        for (unsigned k = 0; k < n / 100; k++)
            put(out, "\"g%06u\":%s,", k, HASH_A);
        put(out, "\"last%u\":%s}}\n", i, HASH_A);
    }
}

static void groups_that_differ(struct buf *out, unsigned n, int side)
{
    put_line(out, 1, "x-1:0", "groups", n, side, side ? HASH_A : HASH_B);
}

/* Each id N times, on one side. */
static void ids_that_repeat(struct buf *out, unsigned n, int side)
{
    for (unsigned i = 0; i < n; i++)
        put(out, "{\"id\":%u,\"catalog\":\"x-1:0\",\"ids\":{\"exact\":null}}\n",
            side ? i : i % 50);
}

/* The cost of comparing the inputs of size N that MAKE makes. */
static uint64_t cost(case_maker *make, unsigned n)
{
    char old[80], new[80];
    const char *const paths[] = {old, new};
    struct buf out = BUF_EMPTY;

    for (int side = 0; side < 2; side++) {
        snprintf(side ? new : old, sizeof old, "%s/%d", shared.directory, side);
        buf_clear(&out);
        make(&out, n, side);
        comparison_write(paths[side], buf_span(&out));
    }
    buf_clear(&out);
    comparisons = 0;
    bytes = 0;
    bool compared = comparison_run(&shared.c, paths, 2, &out);
    CHECK(compared);
    if (!compared)
        printf("# %s\n", shared.c.what);
    uint64_t all = comparisons + shared.c.looked_at + bytes / 8;
    for (int side = 0; side < 2; side++)
        unlink(paths[side]);
    buf_free(&out);
    return all;
}

#define CASE(name)                                                                             \
    {                                                                                          \
#name, name                                                                            \
    }
static const struct {
    const char *name;
    case_maker *make;
} cases[] = {
    CASE(new_signals),
    CASE(new_values),
    CASE(new_facts),
    CASE(new_on_one_side),
    CASE(values_that_differ),
    CASE(values_in_another_order),
    CASE(hashes_in_another_order),
    CASE(values_and_states),
    CASE(known_values),
    CASE(known_facts),
    CASE(known_signals_one_by_one),
    CASE(kinds_by_the_last_group),
    CASE(groups_that_differ),
    CASE(ids_that_repeat),
};

/* Inputs four times as large cost four times as much, and a logarithm. */
static void check_cost(const char *name, case_maker *make)
{
    make_catalog(LEAST);
    uint64_t few = cost(make, LEAST);
    make_catalog(LEAST * TIMES);
    uint64_t many = cost(make, LEAST * TIMES);

    printf("# %s: %llu, %llu\n", name, (unsigned long long)few, (unsigned long long)many);
    CHECK(few > 0 && many < few * TIMES * 3 / 2);
}

UNIT_TEST(four_times_the_input_is_four_times_the_work)
{
    strcpy(shared.directory, "/tmp/whorl-test-XXXXXX");
    CHECK(mkdtemp(shared.directory));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_cost(cases[i].name, cases[i].make);
}

/* N rules for N signals that differ. */
static uint64_t rules_cost(unsigned n, const char *format)
{
    struct buf rules = BUF_EMPTY;

    make_catalog(1);
    for (unsigned i = 0; i < n; i++) {
        char name[40];
        snprintf(name, sizeof name, format, i);
        buf_puts(&rules, name);
    }
    buf_putc(&rules, '\0');
    shared.c.expect = shared.c.ignore = (const char *)rules.p;
    uint64_t all = cost(values_that_differ, n);
    shared.c.ignore = "nothing";
    all += cost(values_that_differ, n);
    buf_free(&rules);
    return all;
}

UNIT_TEST(rules_for_each_signal_are_four_times_the_work_for_four_times_as_many)
{
    static const char *const formats[] = {"s%06u,", "s%06u*,", "id:s%06u,"};

    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        uint64_t few = rules_cost(LEAST, formats[i]);
        uint64_t many = rules_cost(LEAST * TIMES, formats[i]);
        CHECK(many < few * TIMES * 3 / 2);
    }
}

/* 200 catalogs, and N pairs of --map, of which some name them. */
static void many_catalogs(struct buf *out, unsigned n, int side)
{
    (void)n;
    for (unsigned i = 0; i < 200; i++)
        put(out, "{\"id\":1,\"catalog\":\"c%u-1:0\",\"ids\":{\"exact\":null}}\n",
            i + 1000 * side);
}

UNIT_TEST(a_map_is_not_looked_through_for_each_catalog)
{
    uint64_t all[2];

    for (int k = 0; k < 2; k++) {
        unsigned n = k ? LEAST * TIMES : LEAST;
        struct catalog_pair *maps = calloc(n, sizeof *maps);
        char *names = calloc(n, 40);
        CHECK(maps && names);
        for (unsigned i = 0; maps && names && i < n; i++) {
            snprintf(names + 40 * i, 20, "c%u", n - 1 - i);
            snprintf(names + 40 * i + 20, 20, "c%u-1", n - 1 - i + 1000);
            maps[i] =
                (struct catalog_pair){span_text(names + 40 * i), span_text(names + 40 * i + 20)};
        }
        make_catalog(1);
        shared.c.maps = maps;
        shared.c.map_count = n;
        all[k] = cost(many_catalogs, n);
        free(maps);
        free(names);
    }
    CHECK(all[1] < all[0] * TIMES);
    rmdir(shared.directory);
    arena_free(&shared.arena);
    buf_free(&shared.text);
}

int main(void)
{
    return unit_run();
}
