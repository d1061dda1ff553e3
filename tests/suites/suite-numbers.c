/*
 * Published vectors for numbers: suite-numbers DIR, where DIR/numbers has the files named
 * below. Lines that begin with '#' are comments, columns are separated by tabs.
 */
#include "config.h"

#include <inttypes.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "text/jcs.h"
#include "text/number.h"
#include "unit.h"

#define COLUMNS 3

static const char *directory;

struct line {
    struct span cells[COLUMNS];
    size_t count;
};

/* What is wrong with LINE; null for nothing. */
typedef const char *line_check(const struct line *line);

static void split(struct line *line, struct span s)
{
    size_t from = 0;

    line->count = 0;
    for (size_t i = 0; i <= s.n; i++)
        if (i == s.n || s.p[i] == '\t') {
            if (line->count < COLUMNS)
                line->cells[line->count] = span_cut(s, from, i);
            line->count++;
            from = i + 1;
        }
}

/* CHECK each line of FILE. There must be COUNT of COLUMNS columns, or a suite that is cut off
 * or not found would pass. */
static void each_line(const char *file, size_t columns, size_t count, line_check *check)
{
    char path[4096], *text = NULL;
    size_t size = 0, lines = 0, seen = 0, wrong = 0;
    ssize_t n;

    snprintf(path, sizeof path, "%s/numbers/%s", directory, file);
    FILE *f = fopen(path, "r");
    if (!f)
        printf("# %s cannot be read\n", path);
    while (f && (n = getline(&text, &size, f)) > 0) {
        struct span s = span_of(text, (size_t)n - (text[n - 1] == '\n'));
        lines++;
        if (s.n == 0 || s.p[0] == '#')
            continue;
        struct line line;
        split(&line, s);
        const char *fault = line.count == columns ? check(&line) : "wrong number of columns";
        if (fault && wrong++ < 10)
            printf("# %s:%zu: %s\n", path, lines, fault);
        seen++;
    }
    if (f)
        fclose(f);
    free(text);
    printf("# %s: %zu vectors\n", file, seen);
    CHECK(wrong == 0);
    CHECK(seen == count);
}

/* The double whose bits S has as 16 hex digits. */
static double double_of(struct span s)
{
    char text[17] = {0};
    double x;

    memcpy(text, s.p, s.n < 16 ? s.n : 16);
    uint64_t bits = strtoull(text, NULL, 16);
    memcpy(&x, &bits, sizeof x);
    return x;
}

static bool prints_as(double x, struct span text)
{
    unsigned char out[NUMBER_TEXT_MAX];

    return span_equal(span_of(out, jcs_number(out, x)), text);
}

/* S parsed from memory of exactly its size, so that sanitizers see a read beyond it. */
static bool parses(struct span s, double *x)
{
    unsigned char *p = malloc(s.n + !s.n);

    if (!p)
        abort();
    memcpy(p, s.p, s.n);
    struct span copy = span_of(p, s.n);
    bool good = number_is_json(copy);
    if (good)
        *x = number_parse(copy);
    free(p);
    return good;
}

/* Literal, bits, text or OVERFLOW. */
static const char *check_literal(const struct line *line)
{
    double x, expected = double_of(line->cells[1]);
    bool overflow = span_equal(line->cells[2], span_text("OVERFLOW"));

    if (!parses(line->cells[0], &x))
        return "refused";
    if (overflow)
        return isinf(x) && (x < 0) == (line->cells[0].p[0] == '-') ? NULL : "no infinity";
    if (signbit(x) && x == 0)
        return "negative zero";
    if (x != expected)
        return "another double";
    return prints_as(x, line->cells[2]) ? NULL : "another text";
}

/* Bits, another decimal, text. */
static const char *check_text(const struct line *line)
{
    double x = double_of(line->cells[0]), parsed;

    if (!prints_as(x, line->cells[2]))
        return "another text";
    if (!parses(line->cells[1], &parsed) || parsed != x)
        return "the other decimal is another double";
    return parses(line->cells[2], &parsed) && parsed == x ? NULL : "does not read back";
}

static const char *check_refused(const struct line *line)
{
    double x;

    return parses(line->cells[0], &x) ? "accepted" : NULL;
}

UNIT_TEST(literals_read_and_print)
{
    each_line("json_number_canonical.tsv", 3, 16787, check_literal);
}

UNIT_TEST(powers_of_two_and_ten_and_their_neighbours)
{
    each_line("pow2_pow10_neighbours.tsv", 3, 6925, check_text);
}

UNIT_TEST(vectors_of_ryu)
{
    each_line("ryu_d2s.tsv", 3, 129, check_text);
}

UNIT_TEST(what_is_no_json_number)
{
    each_line("not_json_numbers.txt", 1, 81, check_refused);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: suite-numbers DIR\n");
        return 2;
    }
    directory = argv[1];
    return unit_run();
}
