/* keys and names: tables that grow and lose entries, compared with arrays that are searched; and
 * how many comparisons and how much memory they need. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/quota.h"
#include "text/keys.h"
#include "text/names.h"
#include "comparisons.h"
#include "fail.h"
#include "unit.h"

#define KEYS 600

struct entry {
    uint32_t key;
    uint32_t value;
};

static uint32_t random_state;

static uint32_t next_random(void)
{
    return random_state = random_state * 1664525 + 1013904223;
}

/* Has TABLE the entries WANT, 0 for none? */
static bool same(const struct keys *table, const uint32_t want[KEYS])
{
    uint32_t count = 0;

    for (uint32_t key = 0; key < KEYS; key++) {
        const struct entry *entry = keys_find(table, &key);
        count += want[key] != 0;
        if (want[key] ? !entry || entry->key != key || entry->value != want[key] : !!entry)
            return false;
    }
    for (uint32_t i = 0; i < table->count; i++)
        if (want[((const struct entry *)keys_at(table, i))->key] == 0)
            return false;
    return count == table->count;
}

UNIT_TEST(keys_come_and_go_as_in_an_array)
{
    for (uint32_t round = 0; round < 30; round++) {
        struct keys table;
        uint32_t want[KEYS] = {0};
        keys_init(&table, sizeof(uint32_t), sizeof(struct entry), round);
        random_state = round;
        for (uint32_t step = 1; step < 3000; step++) {
            uint32_t key = next_random() >> 8;
            key %= round % 3 == 0 ? 40 : KEYS;
            struct entry *entry = keys_find(&table, &key);
            bool added;
            CHECK(!entry == !want[key]);
            if (next_random() >> 31 && entry) {
                keys_remove(&table, entry);
                want[key] = 0;
                continue;
            }
            entry = keys_add(&table, &key, &added);
            CHECK(entry && added == !want[key]);
            CHECK(!added || entry->value == 0);
            if (entry)
                entry->value = want[key] = step;
        }
        CHECK(same(&table, want));
        keys_clear(&table);
        memset(want, 0, sizeof want);
        CHECK(same(&table, want));
        keys_free(&table);
    }
}

UNIT_TEST(keys_of_an_empty_table_are_not_there)
{
    struct keys table;
    uint32_t key = 0;

    keys_init(&table, sizeof key, sizeof(struct entry), 1);
    CHECK(!keys_find(&table, &key));
    CHECK(keys_bytes(&table) == 0);
    CHECK(keys_bytes_next(&table) > 0);
    keys_clear(&table);
    keys_free(&table);
}

UNIT_TEST(keys_take_no_bytes_for_a_key_that_is_there)
{
    struct keys table;
    size_t full = 0;
    bool added;

    keys_init(&table, sizeof(uint32_t), sizeof(struct entry), 1);
    for (uint32_t key = 0; key < 5000; key++) {
        CHECK(keys_add(&table, &key, &added) && added);
        full += table.count == table.room;
        for (uint32_t old = 0; old <= key; old += 1 + key / 2) {
            size_t before = keys_bytes(&table);
            CHECK(keys_add(&table, &old, &added) && !added);
            CHECK(keys_bytes(&table) == before);
        }
    }
    CHECK(full > 2);
    keys_free(&table);
}

UNIT_TEST(keys_take_the_bytes_that_keys_bytes_next_says)
{
    struct keys table;
    bool added;

    keys_init(&table, sizeof(uint32_t), sizeof(struct entry), 1);
    for (uint32_t key = 0; key < 1000; key++) {
        size_t most = keys_bytes_next(&table);
        CHECK(keys_add(&table, &key, &added));
        CHECK(keys_bytes(&table) <= most);
    }
    keys_free(&table);
}

UNIT_TEST(names_have_numbers_in_the_order_in_which_they_came)
{
    struct names names;
    char text[20];

    names_init(&names, 7, NULL);
    CHECK(names_find(&names, span_text("")) == NAMES_NONE);
    for (int round = 0; round < 2; round++)
        for (uint32_t i = 0; i < 500; i++) {
            snprintf(text, sizeof text, "name %u", (unsigned)i);
            CHECK(names_add(&names, span_text(text)) == i);
        }
    CHECK(names_add(&names, span_text("")) == 500);
    CHECK(names_add(&names, span_of("name 1", 7)) == 501); /* with its NUL */
    CHECK(names_find(&names, span_text("name 499")) == 499);
    CHECK(names_find(&names, span_text("name 500")) == NAMES_NONE);
    CHECK(names.count == 502);
    CHECK_TEXT(names.items[10], "name 10");
    names_free(&names);
}

/* Add the names 0, 1, ... below COUNT until one fails. Returns how many there are. */
static uint32_t add_numbers(struct names *names, uint32_t count)
{
    char text[20];

    for (uint32_t i = 0; i < count; i++) {
        snprintf(text, sizeof text, "%u", (unsigned)i);
        if (names_add(names, span_text(text)) != i)
            return i;
    }
    return count;
}

UNIT_TEST(names_are_found_without_comparing_them_with_others)
{
    const uint32_t count = 200000;
    struct names names;
    struct keys table;
    bool added;

    names_init(&names, 7, NULL);
    comparisons = 0;
    CHECK(add_numbers(&names, count) == count);
    CHECK(comparisons < count / 10);
    CHECK(names_find(&names, span_text("none")) == NAMES_NONE);
    CHECK(add_numbers(&names, count) == count);
    CHECK(comparisons >= count && comparisons < count + count / 5);
    names_free(&names);

    keys_init(&table, sizeof(uint32_t), sizeof(struct entry), 7);
    comparisons = 0;
    for (uint32_t key = 0; key < count; key++)
        CHECK(keys_add(&table, &key, &added) && added);
    CHECK(comparisons < count / 10);
    for (uint32_t key = 0; key < 2 * count; key++)
        CHECK(!keys_find(&table, &key) == (key >= count));
    CHECK(comparisons >= count && comparisons < count + count / 5);
    while (table.count)
        keys_remove(&table, keys_at(&table, table.count / 2));
    CHECK(comparisons < count + count / 5);
    keys_free(&table);
}

UNIT_TEST(names_keep_to_their_quota_and_give_it_back)
{
    struct quota quota = {.most = 100000};
    struct names names;

    names_init(&names, 7, &quota);
    CHECK(quota.used == 0);
    uint32_t count = add_numbers(&names, 10000);
    CHECK(count > 500 && count < 10000 && names.count == count);
    CHECK(quota.reached && quota.used <= quota.most && quota.used > quota.most / 4);
    /* Names that are there are found without memory. */
    CHECK(add_numbers(&names, count) == count);
    quota.most = 1 << 24;
    CHECK(add_numbers(&names, 10000) == 10000);
    names_free(&names);
    CHECK(quota.used == 0);
}

UNIT_TEST(names_are_as_before_when_memory_is_out_at_any_point)
{
    bool done = false;

    for (size_t at = 0; !done && at < 1000; at++) {
        struct quota quota = {.most = SIZE_MAX};
        struct names names;
        names_init(&names, 7, &quota);
        fail_calls = 0;
        fail_at = at;
        uint32_t count = add_numbers(&names, 3000);
        fail_at = SIZE_MAX;
        done = count == 3000;
        CHECK(names.count == count && !quota.reached);
        CHECK(add_numbers(&names, 3000) == 3000);
        names_free(&names);
        CHECK(quota.used == 0);
    }
    CHECK(done);
}

int main(void)
{
    return unit_run();
}
