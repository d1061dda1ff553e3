/* Records as @pairs and @json have them read: what replaces what, and what is counted. */
#include "config.h"

#include "signals.h"
#include "vector/reshape.h"

#define HEAD "@catalog\tt\t1\na\t/a\tg\tbuild\n"

struct reshape_case {
    const char *lines;
    const char *record, *expected;
    uint32_t repeated, skipped; /* of all lines */
};

static void check_case(const struct reshape_case *at)
{
    struct limits limits = LIMITS_DEFAULT;
    const struct reshape_rules rules = {&limits, 5, &signals_arena};
    struct reshape_counts counts[8] = {{0, 0}}, sum = {0, 0};
    struct json reshaped;
    char text[400];

    snprintf(text, sizeof text, HEAD "%s", at->lines);
    signals_compile(text);
    signals_read(at->record);
    CHECK(reshape_value(&reshaped, &signals_catalog, TRIE_ROOT, &signals_json, &rules, counts));
    CHECK_TEXT(reshaped.text, at->expected);
    CHECK((reshaped.nodes == signals_json.nodes) == (strcmp(at->record, at->expected) == 0));
    for (uint32_t i = 0; i < signals_catalog.reshape_count; i++) {
        sum.repeated += counts[i].repeated;
        sum.skipped += counts[i].skipped;
    }
    if (sum.repeated != at->repeated || sum.skipped != at->skipped)
        printf("# %s: %u repeated, %u skipped\n", at->record, sum.repeated, sum.skipped);
    CHECK(sum.repeated == at->repeated && sum.skipped == at->skipped);
}

#define CHECK_CASES(...)                                                                       \
    do {                                                                                       \
        static const struct reshape_case cases[] = {__VA_ARGS__};                              \
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)                              \
            check_case(&cases[i]);                                                             \
    } while (0)

#define PAIRS "@pairs\t/p\tk\tv\n"
#define LOWER "@pairs\t/p\tk\tv\tlower\n"
#define JSON  "@json\t/j\n"

UNIT_TEST(an_array_of_pairs_is_read_as_an_object)
{
    CHECK_CASES(
        {PAIRS, "{\"p\":[]}", "{\"p\":{}}", 0, 0},
        {PAIRS, "{\"p\":[{\"k\":\"a\",\"v\":1},{\"v\":[ 2 ],\"x\":0,\"k\":\"b\"}]}",
         "{\"p\":{\"a\":1,\"b\":[ 2 ]}}", 0, 0},
        {PAIRS, " { \"p\" : [ {\"k\" : \"a\" , \"v\" : {} } ] , \"q\" : [] } ",
         " { \"p\" : {\"a\":{}} , \"q\" : [] } ", 0, 0},
        {PAIRS, "{\"p\":{\"k\":\"a\",\"v\":1}}", "{\"p\":{\"k\":\"a\",\"v\":1}}", 0, 0},
        {PAIRS, "{\"p\":\"[]\"}", "{\"p\":\"[]\"}", 0, 0},
        {PAIRS, "{\"q\":[]}", "{\"q\":[]}", 0, 0},
        /* Names are spelled as RFC 8785 has them. */
        {PAIRS, "{\"p\":[{\"k\":\"\\u0041\\/\\u0000\\\"\",\"v\":\"\\u0041\"}]}",
         "{\"p\":{\"A/\\u0000\\\"\":\"\\u0041\"}}", 0, 0},
        /* Pointers lead into what was made. */
        {PAIRS "@pairs\t/p/b\tx\ty\n",
         "{\"p\":[{\"k\":\"b\",\"v\":[{\"x\":\"c\",\"y\":3}]},{\"k\":\"0\",\"v\":[]}]}",
         "{\"p\":{\"b\":{\"c\":3},\"0\":[]}}", 0, 0},
        {"@pairs\t/l/1\tk\tv\n", "{\"l\":[[],[{\"k\":\"a\",\"v\":1}],[]]}",
         "{\"l\":[[],{\"a\":1},[]]}", 0, 0});
}

UNIT_TEST(of_names_that_repeat_the_last_counts_and_the_others_are_counted)
{
    CHECK_CASES(
        {PAIRS,
         "{\"p\":[{\"k\":\"a\",\"v\":1},{\"k\":\"b\",\"v\":2},{\"k\":\"a\",\"v\":3},{\"k\":"
         "\"a\",\"v\":4}]}",
         "{\"p\":{\"b\":2,\"a\":4}}", 2, 0},
        {PAIRS, "{\"p\":[{\"k\":\"A\",\"v\":1},{\"k\":\"a\",\"v\":2}]}",
         "{\"p\":{\"A\":1,\"a\":2}}", 0, 0},
        {LOWER, "{\"p\":[{\"k\":\"A\",\"v\":1},{\"k\":\"a\",\"v\":2}]}", "{\"p\":{\"a\":2}}", 1,
         0},
        {PAIRS, "{\"p\":[{\"k\":\"a\",\"v\":1},{\"k\":\"\\u0061\",\"v\":2}]}",
         "{\"p\":{\"a\":2}}", 1, 0},
        /* Names that read alike are one name here. */
        {PAIRS, "{\"p\":[{\"k\":\"\\ud800\",\"v\":1},{\"k\":\"\\ud801\",\"v\":2}]}",
         "{\"p\":{\"\uFFFD\":2}}", 1, 0},
        /* An element without a value is no pair, so it is not the last of its name. */
        {PAIRS, "{\"p\":[{\"k\":\"a\",\"v\":1},{\"k\":\"a\"}]}", "{\"p\":{\"a\":1}}", 0, 1});
}

UNIT_TEST(lower_is_about_ASCII_letters_in_names_only)
{
    CHECK_CASES({LOWER, "{\"p\":[{\"k\":\"X-Aa\\u0042\\u00c9\xC3\x89\",\"v\":\"V\"}]}",
                 "{\"p\":{\"x-aab\u00c9\u00c9\":\"V\"}}", 0, 0});
}

UNIT_TEST(what_is_no_pair_is_skipped_and_counted)
{
    CHECK_CASES(
        {PAIRS, "{\"p\":[1,\"k\",null,[],{},{\"k\":\"a\"},{\"v\":1},{\"k\":1,\"v\":1}]}",
         "{\"p\":{}}", 0, 8},
        {PAIRS, "{\"p\":[{\"k\":null,\"v\":1},{\"K\":\"a\",\"v\":1},{\"k\":\"b\",\"v\":null}]}",
         "{\"p\":{\"b\":null}}", 0, 2});
}

UNIT_TEST(a_string_that_holds_JSON_is_read_as_it)
{
    CHECK_CASES(
        {JSON, "{\"j\":\"{\\\"a\\\":[1, \\\" x \\\"]}\"}", "{\"j\":{\"a\":[1,\" x \"]}}", 0, 0},
        {JSON, "{\"j\":\" \\n[\\t1 ,\\r2 ] \",\"k\": 1}", "{\"j\":[1,2],\"k\": 1}", 0, 0},
        {JSON, "{\"j\":\"5\"}", "{\"j\":5}", 0, 0}, {JSON, "{\"j\":\"null\"}", "{\"j\":null}", 0, 0},
        {JSON, "{\"j\":\"\\\"a\\\"\"}", "{\"j\":\"a\"}", 0, 0},
        /* Once: what comes out is not read again. */
        {JSON, "{\"j\":\"\\\"5\\\"\"}", "{\"j\":\"5\"}", 0, 0},
        {JSON, "{\"j\":5}", "{\"j\":5}", 0, 0}, {JSON, "{\"j\":[\"5\"]}", "{\"j\":[\"5\"]}", 0, 0},
        {JSON, "{\"k\":\"5\"}", "{\"k\":\"5\"}", 0, 0},
        {JSON, "{\"j\":\"\\u005b\\\"\\\\u0041\\\\\\\"\\\"\\u005D\"}",
         "{\"j\":[\"\\u0041\\\"\"]}", 0, 0},
        {JSON "@json\t/j/a\n", "{\"j\":\"{\\\"a\\\":\\\"[1]\\\",\\\"b\\\":\\\"[1]\\\"}\"}",
         "{\"j\":{\"a\":[1],\"b\":\"[1]\"}}", 0, 0},
        {JSON "@pairs\t/j\tk\tv\n", "{\"j\":\"[{\\\"k\\\":\\\"a\\\",\\\"v\\\": 1}]\"}",
         "{\"j\":{\"a\":1}}", 0, 0},
        {PAIRS "@json\t/p/a\n", "{\"p\":[{\"k\":\"a\",\"v\":\"[ 1 ]\"}]}", "{\"p\":{\"a\":[1]}}", 0,
         0});
}

UNIT_TEST(a_string_that_holds_no_JSON_stays_and_is_counted)
{
    CHECK_CASES(
        {JSON, "{\"j\":\"\"}", "{\"j\":\"\"}", 0, 1}, {JSON, "{\"j\":\" \"}", "{\"j\":\" \"}", 0, 1},
        {JSON, "{\"j\":\"{\\\"a\\\":1\"}", "{\"j\":\"{\\\"a\\\":1\"}", 0, 1},
        {JSON, "{\"j\":\"a\"}", "{\"j\":\"a\"}", 0, 1},
        {JSON, "{\"j\":\"1 2\"}", "{\"j\":\"1 2\"}", 0, 1},
        {JSON, "{\"j\":\"1e999\"}", "{\"j\":\"1e999\"}", 0, 1},
        {JSON, "{\"j\":\"{\\\"a\\\":1,\\\"a\\\":1}\"}", "{\"j\":\"{\\\"a\\\":1,\\\"a\\\":1}\"}", 0, 1},
        {JSON, "{\"j\":\"[\\\"\\\\x\\\"]\"}", "{\"j\":\"[\\\"\\\\x\\\"]\"}", 0, 1},
        {JSON, "{\"j\":\"[\\\"\\n\\\"]\"}", "{\"j\":\"[\\\"\\n\\\"]\"}", 0, 1},
        {JSON, "{\"j\":\"\\u0000\"}", "{\"j\":\"\\u0000\"}", 0, 1},
        {JSON "@json\t/j/a\n", "{\"j\":\"{\\\"a\\\":\\\"x\\\"}\"}", "{\"j\":{\"a\":\"x\"}}", 0, 1});
}

/* DEPTH arrays in a string that is itself in one object. */
static bool holds(size_t depth)
{
    char text[300] = "{\"j\":\"", *at = text + strlen(text);

    memset(at, '[', depth);
    memset(at + depth, ']', depth);
    strcpy(at + 2 * depth, "\"}");
    struct limits limits = LIMITS_DEFAULT;
    const struct reshape_rules rules = {&limits, 5, &signals_arena};
    struct reshape_counts counts;
    struct json reshaped;
    signals_compile(HEAD JSON);
    signals_read(text);
    CHECK(reshape_value(&reshaped, &signals_catalog, TRIE_ROOT, &signals_json, &rules, &counts));
    return counts.skipped == 0;
}

UNIT_TEST(the_text_in_a_string_is_as_deep_as_it_would_be_in_its_place)
{
    CHECK(holds(63));
    CHECK(!holds(64));
}

UNIT_TEST(an_offset_leads_back_to_the_record)
{
    struct limits limits = LIMITS_DEFAULT;
    const struct reshape_rules rules = {&limits, 5, &signals_arena};
    struct json reshaped;

    signals_compile(HEAD PAIRS JSON);
    signals_read("{\"p\":[{\"k\":\"a\",\"v\":12}],\"j\":\"[ 3 ]\",\"x\":4}");
    CHECK(reshape_value(&reshaped, &signals_catalog, TRIE_ROOT, &signals_json, &rules, NULL));
    CHECK_TEXT(reshaped.text, "{\"p\":{\"a\":12},\"j\":[3],\"x\":4}");
    CHECK(reshape_origin(&signals_catalog, &signals_json, 1, &rules) == 1);
    CHECK(reshape_origin(&signals_catalog, &signals_json, 11, &rules) == 20); /* the 2 of 12 */
    CHECK(reshape_origin(&signals_catalog, &signals_json, 19, &rules) == 28); /* the string's quote */
    CHECK(reshape_origin(&signals_catalog, &signals_json, 26, &rules) == 40); /* the 4 */
}

int main(void)
{
    return unit_run();
}
