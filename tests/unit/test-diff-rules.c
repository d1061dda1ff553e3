/*
 * diff_rules: which rules match a name, compared with a test of each rule by itself; and how many
 * comparisons that takes.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/fault.h"
#include "diff/expect.h"
#include "diff/rules.h"
#include "comparisons.h"
#include "unit.h"

UNIT_TEST(rules_match_by_kind_and_name)
{
    struct diff_rules rules = {.count = 0};
    struct span any = span_text("any");

    CHECK(diff_rules_add_list(&rules,
                              span_text("a,id:b,group:c*,signal:id:x,,records:only-old")));
    CHECK(rules.count == 5);
    CHECK(diff_rules_find(&rules, DIFF_SIGNAL, span_text("a")));
    CHECK(!diff_rules_find(&rules, DIFF_SIGNAL, span_text("ab")));
    CHECK(!diff_rules_find(&rules, DIFF_ID, span_text("a")));
    CHECK(diff_rules_find(&rules, DIFF_ID, span_text("b")));
    CHECK(diff_rules_find(&rules, DIFF_GROUP, span_text("c")));
    CHECK(diff_rules_find(&rules, DIFF_GROUP, span_text("cde")));
    CHECK(diff_rules_find(&rules, DIFF_SIGNAL, span_text("id:x")));
    CHECK(diff_rules_find(&rules, DIFF_RECORDS, span_text("only-old")));
    CHECK(!diff_rules_find(&rules, DIFF_SIGNAL, any));
    diff_rules_free(&rules);
}

UNIT_TEST(budgets_are_exact_at_their_edge)
{
    static const struct {
        const char *text;
        uint64_t count, all;
        bool allows;
    } rows[] = {
        {"3", 3, 3, true},
        {"3", 4, 1000000, false},
        {"0", 0, 0, true},
        {"0%", 0, 5, true},
        {"0%", 1, 1000000, false},
        {"100%", 7, 7, true},
        {"0.0001%", 1, 1000000, true},
        {"0.0001%", 2, 1000000, false},
        {"33.3333%", 1, 3, false},
        {"33.3334%", 1, 3, true},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct diff_tolerance tolerance;
        CHECK(diff_expect_tolerance(&tolerance, span_text(rows[i].text)));
        CHECK(diff_expect_allows(&tolerance, rows[i].count, rows[i].all) == rows[i].allows);
    }
}

static uint32_t random_state;

static uint32_t next_random(uint32_t below)
{
    random_state = random_state * 1664525 + 1013904223;
    return (random_state >> 8) % below;
}

/* Append a name of up to six letters a and b, so that many names are prefixes of others. */
static void put_name(struct buf *out)
{
    static const char *const kinds[] = {"", "", "", "signal:", "id:", "group:", "records:"};

    buf_puts(out, kinds[next_random(7)]);
    for (uint32_t n = next_random(7); n > 0; n--)
        buf_putc(out, (unsigned char)('a' + next_random(2)));
}

/* Make some rules, as in --expect. */
static void make_rules(struct buf *text, uint32_t count)
{
    static const char *const budgets[] = {"", "\t0", "\t3", "\t7", "\t0%", "\t20%", "\t90%"};

    buf_clear(text);
    while (count-- > 0) {
        size_t before = text->n;
        put_name(text);
        if (next_random(3) == 0 || text->n == before)
            buf_putc(text, '*');
        buf_puts(text, budgets[next_random(7)]);
        buf_putc(text, '\n');
    }
}

/* Does RULE match, tested by itself? */
static bool matches(const struct diff_rule *rule, enum diff_kind kind, struct span name)
{
    return rule->kind == kind &&
           (rule->prefix ? span_begins(name, rule->name) : span_equal(name, rule->name));
}

/* Look NAME of KIND up in RULES, and test each rule by itself. Note in USED which match. */
static void check_name(struct diff_rules *rules, enum diff_kind kind, struct span name,
                       bool *used)
{
    bool found = false, allows[12] = {false};

    for (uint32_t i = 0; i < rules->count; i++) {
        const struct diff_rule *rule = &rules->items[i];
        if (!matches(rule, kind, name))
            continue;
        found = used[i] = true;
        for (uint64_t count = 0; count < 12; count++)
            allows[count] |= diff_expect_allows(&rule->tolerance, count, 11);
    }
    CHECK(diff_rules_find(rules, kind, name) == found);
    for (uint64_t count = 0; count < 12; count++)
        CHECK(diff_rules_allow(rules, kind, name, count, 11) == allows[count]);
    diff_rules_use(rules, kind, name);
}

UNIT_TEST(rules_match_as_each_does_by_itself)
{
    struct buf text = BUF_EMPTY, name = BUF_EMPTY;

    for (uint32_t round = 0; round < 300; round++) {
        struct diff_rules rules = {.count = 0};
        bool used[64] = {false};
        random_state = round;
        make_rules(&text, next_random(64));
        CHECK(diff_expect_read(&rules, buf_span(&text)).status == STATUS_OK);
        for (int i = 0; i < 50; i++) {
            buf_clear(&name);
            for (uint32_t n = next_random(8); n > 0; n--)
                buf_putc(&name, (unsigned char)('a' + next_random(2)));
            check_name(&rules, (enum diff_kind)next_random(4), buf_span(&name), used);
        }
        for (uint32_t i = 0; i < rules.count; i++)
            CHECK(rules.items[i].used == used[i]);
        diff_rules_free(&rules);
    }
    buf_free(&text);
    buf_free(&name);
}

/* Comparisons to read N rules, FORMAT with the number of each, and to look N names up. */
static size_t cost(uint32_t n, const char *format)
{
    struct diff_rules rules = {.count = 0};
    struct buf text = BUF_EMPTY;
    char name[40];

    for (uint32_t i = 0; i < n; i++) {
        snprintf(name, sizeof name, format, (unsigned)i * 7919 % n);
        buf_puts(&text, name);
    }
    comparisons = 0;
    CHECK(diff_expect_read(&rules, buf_span(&text)).status == STATUS_OK);
    CHECK(rules.count == n);
    for (uint32_t i = 0; i < n; i++) {
        snprintf(name, sizeof name, "s%05u.x", (unsigned)i);
        bool found = diff_rules_find(&rules, DIFF_SIGNAL, span_text(name));
        CHECK(found == (format[5] == '*'));
        diff_rules_use(&rules, DIFF_SIGNAL, span_text(name));
    }
    diff_rules_free(&rules);
    buf_free(&text);
    return comparisons;
}

UNIT_TEST(rules_take_n_log_n_comparisons)
{
    static const char *const formats[] = {"s%05u*\n", "s%05u\n", "s%05u\t7\n"};

    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        size_t few = cost(2000, formats[i]), many = cost(32000, formats[i]);
        CHECK(many < 32000 * 64);
        CHECK(many < 16 * few * 3 / 2);
    }
}

UNIT_TEST(rules_that_each_begin_with_the_one_before_are_left_in_few_steps)
{
    const uint32_t n = 5000;
    struct diff_rules rules = {.count = 0};
    struct buf text = BUF_EMPTY, name = BUF_EMPTY;

    for (uint32_t i = 0; i < n; i++) {
        buf_putc(&name, 'a');
        buf_put(&text, buf_span(&name));
        buf_puts(&text, "*\n");
    }
    CHECK(diff_expect_read(&rules, buf_span(&text)).status == STATUS_OK);
    CHECK(rules.index.count == n && rules.index.nodes[n - 1].depth == n - 1);
    /* Go from the innermost to each of the others by jumps that do not go too far. */
    for (size_t to = 1; to < n; to += 17) {
        uint32_t steps = 0, i = n - 1;
        while (rules.index.nodes[i].name.n > to) {
            uint32_t jump = rules.index.nodes[i].jump;
            bool far = jump != DIFF_RULE_NONE && rules.index.nodes[jump].name.n >= to;
            i = far ? jump : rules.index.nodes[i].outer;
            steps++;
        }
        CHECK(rules.index.nodes[i].name.n == to && steps < 40);
    }
    CHECK(diff_rules_find(&rules, DIFF_SIGNAL, span_text("ab")));
    CHECK(!diff_rules_find(&rules, DIFF_SIGNAL, span_text("b")));
    diff_rules_use(&rules, DIFF_SIGNAL, span_text("aaab"));
    for (uint32_t i = 0; i < n; i++)
        CHECK(rules.items[i].used == (i < 3));
    diff_rules_free(&rules);
    buf_free(&text);
    buf_free(&name);
}

int main(void)
{
    return unit_run();
}
