/*
 * print-steps [TABLE]: the steps of normalizers as whorl-catalog(5) lists them, or the rows of
 * the table TABLE that steps read, in mdoc. This is part of the page, where
 * scripts/renew-steps-table puts it; tests/check-manual compares the two.
 *
 * print-steps -: the steps as plain lines, cells by tabs, for scripts/freeze.
 *
 * All of it comes from what the program itself reads, examples too.
 */
#include "config.h"

#include <stdio.h>

#include "steps/steps.h"
#include "steps/table.h"
#include "text/utf8.h"

/* Print TEXT so that mdoc shows it as it is; in quotes if it is to be one ARGUMENT, which is
 * never taken for a macro. */
static void put_text(struct span text, bool argument)
{
    if (argument)
        putchar('"');
    while (text.n) {
        uint32_t c = utf8_take(&text);
        if (c == '\\')
            fputs("\\e", stdout);
        else if (c == '"')
            fputs("\\(dq", stdout);
        else if (c == '-')
            fputs("\\-", stdout);
        else if (c < 0x80)
            putchar((int)c);
        else
            printf("\\[u%04X]", (unsigned)c);
    }
    if (argument)
        putchar('"');
}

/* What STEP works on, in words. */
static void put_takes(const struct step *step)
{
    static const struct {
        unsigned kinds;
        const char *words;
    } table[] = {
        {TAKES_VALUES | TAKES_STATES, "of any signal"},
        {TAKES_VALUES, "of any value"},
        {TAKES_STRING, "of a string"},
        {TAKES_NUMBER, "of a number"},
        {TAKES_ARRAY, "of an array"},
        {TAKES_OBJECT, "of an object"},
    };
    unsigned left = step->takes;

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (left && (left & table[i].kinds) == table[i].kinds) {
            printf("%s%s", left == step->takes ? " No " : ", ", table[i].words);
            left &= ~table[i].kinds;
        }
}

static void put_step(const struct step *step)
{
    fputs(".It Ic ", stdout);
    put_text(span_text(step->name), true);
    if (*step->arguments) {
        fputs(" Ns Ar ", stdout);
        put_text(span_text(step->arguments), true);
    }
    put_takes(step);
    putchar('\n');
    put_text(span_text(step->meaning), false);
    fputs(".\n.Dl \"", stdout);
    put_text(span_text(step->example), false);
    fputs(": ", stdout);
    put_text(span_text(step->input), false);
    fputs(" \\(-> ", stdout);
    put_text(span_text(step->output), false);
    fputs("\"\n", stdout);
}

static void put_steps(void)
{
    puts(".Bl -tag -width Ds");
    for (size_t i = 0; steps_at(i); i++)
        put_step(steps_at(i));
    puts(".El");
}

static void put_lines(void)
{
    for (size_t i = 0; steps_at(i); i++) {
        const struct step *s = steps_at(i);
        printf("%s\t%s\t%x\t%s\t%s\t%s\t%s\n", s->name, s->arguments, s->takes, s->meaning,
               s->example, s->input, s->output);
    }
}

/* The cells that some row of TABLE has. */
static size_t cells_of(const struct table *table)
{
    size_t cells = 0;

    for (size_t i = 0; i < table->count; i++)
        for (size_t k = cells; k < TABLE_CELLS; k++)
            if (table->rows[i].cells[k].n)
                cells = k + 1;
    return cells;
}

/* The longest cell K in TABLE. */
static struct span longest(const struct table *table, size_t k)
{
    struct span found = span_of(NULL, 0);

    for (size_t i = 0; i < table->count; i++)
        if (table->rows[i].cells[k].n > found.n)
            found = table_cell(table, &table->rows[i], k);
    return found;
}

static void put_table(const struct table *table)
{
    size_t cells = cells_of(table);

    fputs(".Bl -column -compact", stdout);
    if (cells < 4) /* else the lines are too long for a terminal of 80 columns */
        fputs(" -offset indent", stdout);
    for (size_t k = 0; k + 1 < cells; k++) {
        putchar(' ');
        put_text(longest(table, k), true);
    }
    putchar('\n');
    for (size_t i = 0; i < table->count; i++) {
        for (size_t k = 0; k < cells && (k == 0 || table->rows[i].cells[k].n); k++) {
            fputs(k ? " Ta " : ".It ", stdout);
            put_text(table_cell(table, &table->rows[i], k), true);
        }
        putchar('\n');
    }
    puts(".El");
}

int main(int argc, char **argv)
{
    size_t i = 0;

    if (argc < 2) {
        put_steps();
    } else if (strcmp(argv[1], "-") == 0) {
        put_lines();
    } else {
        while (i < table_count && strcmp(table_all[i]->name, argv[1]) != 0)
            i++;
        if (i == table_count) {
            fprintf(stderr, "print-steps: no table '%s'\n", argv[1]);
            return 2;
        }
        put_table(table_all[i]);
    }
    return ferror(stdout) || fclose(stdout) ? 1 : 0;
}
