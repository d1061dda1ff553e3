/* symptom and inventory: for any bytes of a rejected line they read only within them.
 * tests/cli/symptoms.bats tests the messages. */
#include "config.h"

#include <stdlib.h>

#include "base/buf.h"
#include "json/pointer_at.h"
#include "json/symptom.h"
#include "json/validate.h"
#include "vector/inventory.h"
#include "unit.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define LINE     96

/* Pieces that make lines with a symptom. */
static const struct {
    const char *p;
    size_t n;
} pieces[] = {
#define PIECE(literal)                                                                         \
    {                                                                                          \
        literal, sizeof literal - 1                                                            \
    }
    PIECE("{\"a\":1}"), PIECE("{"),        PIECE("}"),
    PIECE("["),         PIECE("]"),        PIECE(","),
    PIECE("\"a\""),     PIECE(":"),        PIECE(" "),
    PIECE("\t"),        PIECE("\0"),       PIECE("\0\0"),
    PIECE("{\0"),       PIECE("\0{"),      PIECE("\xEF\xBB\xBF"),
    PIECE("\xFF\xFE"),  PIECE("\xFE\xFF"), PIECE("\x1E"),
    PIECE("\x1B"),      PIECE("\xC2\xA0"), PIECE("\xE2\x80"),
    PIECE("INFO"),      PIECE("2026-"),    PIECE("\"{\\\"a\\\":1}\""),
    PIECE("\\"),
};

static unsigned random_state = 1;

static size_t random_below(size_t n)
{
    random_state = random_state * 1103515245 + 12345;
    return (random_state >> 8) % n;
}

/* A line of random pieces in memory of exactly its size, which the caller frees. */
static struct span make_line(void)
{
    unsigned char text[LINE];
    size_t n = 0;

    for (size_t count = 1 + random_below(12); count > 0; count--) {
        size_t i = random_below(COUNT(pieces));
        if (n + pieces[i].n > LINE)
            break;
        memcpy(text + n, pieces[i].p, pieces[i].n);
        n += pieces[i].n;
    }
    unsigned char *line = malloc(n + !n);
    if (line)
        memcpy(line, text, n);
    return span_of(line, n);
}

UNIT_TEST(whatever_the_line_is_something_is_said_of_it)
{
    size_t seen[SYMPTOM_STRING + 1] = {0};
    struct buf out = BUF_EMPTY;

    for (size_t i = 0; i < 400000; i++) {
        struct limits limits = {64, 1 + random_below(40), 8 + random_below(LINE)};
        struct json_counts counts;
        struct span line = make_line();
        struct fault fault = line.n ? validate(line, &limits, &counts) : FAULT_NONE;
        if (fault.status == STATUS_OK)
            fault = fault_at(STATUS_OBJECT, 0);
        if (line.n) {
            enum symptom symptom = symptom_find(line, fault);
            bool first = random_below(2);
            seen[symptom]++;
            buf_clear(&out);
            if (symptom != SYMPTOM_NONE && symptom_put(&out, symptom, line, fault, first))
                CHECK(symptom < SYMPTOM_UTF16);
            CHECK(symptom == SYMPTOM_NONE || (out.n > 10 && !memchr(out.p, '\0', out.n)));
            (void)symptom_command(symptom, line, first);
            (void)symptom_goes_on(symptom, (enum symptom)random_below(COUNT(seen)), line);
        }
        free((void *)(uintptr_t)line.p);
    }
    for (size_t i = 0; i < COUNT(seen); i++)
        CHECK(seen[i] || i == SYMPTOM_UTF32); /* which needs zeros that these lines lack */
    buf_free(&out);
}

UNIT_TEST(a_line_goes_on_with_what_its_kind_of_text_began)
{
    static const struct {
        enum symptom before, next;
        const char *text;
        size_t n;
        bool goes_on;
    } cases[] = {
        {SYMPTOM_NUL, SYMPTOM_NUL, "\0{}", 3, true},
        {SYMPTOM_NUL, SYMPTOM_RS, "\x1E{}", 3, false},
        {SYMPTOM_NONE, SYMPTOM_NONE, "x", 1, false},
        {SYMPTOM_ARRAY, SYMPTOM_COMMA, "{},", 3, true},
        {SYMPTOM_ARRAY, SYMPTOM_PART, "}", 1, true},
        {SYMPTOM_PART, SYMPTOM_END, "]", 1, true},
        {SYMPTOM_PART, SYMPTOM_NONE, "  1,", 4, true},
        {SYMPTOM_PART, SYMPTOM_NONE, "1,", 2, false},
        {SYMPTOM_PREFIX, SYMPTOM_NONE, "  1,", 4, false},
        {SYMPTOM_UTF16, SYMPTOM_UTF16, "\0{\0}", 4, true},
        {SYMPTOM_UTF16, SYMPTOM_NUL, "\0", 1, true},
        {SYMPTOM_UTF16, SYMPTOM_NUL, "\0\r\0", 3, true},
        {SYMPTOM_UTF32, SYMPTOM_NUL, "\0\0\0\r\0\0\0", 7, true},
        {SYMPTOM_UTF32, SYMPTOM_UTF16, "\0{\0}", 4, false},
        {SYMPTOM_UTF16, SYMPTOM_NUL, "\0\0\0\0\0\0\0\0", 8, false},
        {SYMPTOM_UTF16, SYMPTOM_NUL, "\0x", 2, false},
    };

    for (size_t i = 0; i < COUNT(cases); i++)
        CHECK(symptom_goes_on(cases[i].before, cases[i].next,
                              span_of(cases[i].text, cases[i].n)) == cases[i].goes_on);
}

int main(void)
{
    return unit_run();
}
