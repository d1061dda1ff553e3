/*
 * cache: the faults of prototypes, and of any comparison of bytes: each row has a known record and
 * one that looks like it. The full path decides what is right, and whether the outcome differs from
 * that of the known record.
 */
#include "config.h"

#include "cache-rows.h"

static const struct pair_rules plain = {
    .catalogs = {"@catalog|plain|1\na|/a|g|build\nb|/b|g|build\nx|/o/x|g|build\n"
                 "y|/o/y|g|build\nz|/o/d/z|g|build\nl|/l/0|g|build\n"}};

UNIT_TEST(a_number_goes_on_until_what_follows_ends_it)
{
    static const struct row rows[] = {
        {"{\"a\":12,\"b\":1}", "{\"a\":123,\"b\":1}", CACHED, 0},
        {"{\"a\":123,\"b\":1}", "{\"a\":12,\"b\":1}", CACHED, 0},
        {"{\"a\":1,\"b\":1}", "{\"a\":1.5,\"b\":1}", CACHED, 0},
        {"{\"a\":1.5,\"b\":1}", "{\"a\":1,\"b\":1}", CACHED, 0},
        {"{\"a\":1,\"b\":1}", "{\"a\":1e5,\"b\":1}", CACHED, 0},
        {"{\"a\":1e5,\"b\":1}", "{\"a\":1e55,\"b\":1}", CACHED, 0},
        {"{\"a\":1,\"b\":1}", "{\"a\":1.0,\"b\":1}", ALIKE, 0},
        {"{\"a\":0,\"b\":1}", "{\"a\":0e1,\"b\":1}", ALIKE, 0},
        {"{\"b\":1,\"a\":1}", "{\"b\":1,\"a\":12}", CACHED, 0},
        {"{\"b\":1,\"o\":{\"x\":1}}", "{\"b\":1,\"o\":{\"x\":12}}", CACHED, 0},
        {"{\"a\":0,\"b\":1}", "{\"a\":00,\"b\":1}", REJECTED, STATUS_NUMBER},
        {"{\"a\":-1,\"b\":1}", "{\"a\":-,\"b\":1}", REJECTED, STATUS_NUMBER},
        {"{\"a\":1,\"b\":1}", "{\"a\":1.,\"b\":1}", REJECTED, STATUS_NUMBER},
        {"{\"a\":1,\"b\":1}", "{\"a\":1e,\"b\":1}", REJECTED, STATUS_NUMBER},
        {"{\"a\":1,\"b\":1}", "{\"a\":1x,\"b\":1}", REJECTED, STATUS_NUMBER},
        {"{\"a\":1,\"b\":1}", "{\"a\":1\"\",\"b\":1}", REJECTED, STATUS_MEMBER_END},
        {"{\"a\":1,\"b\":1}", "{\"a\":1 2,\"b\":1}", REJECTED, STATUS_MEMBER_END},
        {"{\"a\":1e5,\"b\":1}", "{\"a\":1e555,\"b\":1}", REJECTED, STATUS_RANGE},
    };
    CHECK_ROWS(&plain, rows);
}

UNIT_TEST(so_does_a_word_and_a_string_does_not)
{
    static const struct row rows[] = {
        {"{\"a\":true,\"b\":1}", "{\"a\":false,\"b\":1}", CACHED, 0},
        {"{\"a\":true,\"b\":1}", "{\"a\":truex,\"b\":1}", REJECTED, STATUS_WORD},
        {"{\"a\":true,\"b\":1}", "{\"a\":true1,\"b\":1}", REJECTED, STATUS_WORD},
        {"{\"a\":null,\"b\":1}", "{\"a\":nul,\"b\":1}", REJECTED, STATUS_WORD},
        {"{\"a\":\"s\",\"b\":1}", "{\"a\":\"s\"\"\",\"b\":1}", REJECTED, STATUS_MEMBER_END},
        {"{\"a\":\"s\",\"b\":1}", "{\"a\":\"s\\\",\"b\":1}", REJECTED, STATUS_MEMBER_END},
        {"{\"a\":\"s\",\"b\":\"\"}", "{\"a\":\"s\\\",\"b\":\"\"}", REJECTED, STATUS_MEMBER_END},
        {"{\"a\":\"s\",\"b\":1}", "{\"a\":\"s\\\",\\\"b\\\":1\"}", CACHED, 0},
        {"{\"a\":\"\",\"b\":1}", "{\"a\":\"\\u0000\",\"b\":1}", CACHED, 0},
        {"{\"a\":\"A\",\"b\":1}", "{\"a\":\"\\u0041\",\"b\":1}", ALIKE, 0},
        {"{\"a\":[1],\"b\":1}", "{\"a\":[1]],\"b\":1}", REJECTED, STATUS_MEMBER_END},
        {"{\"a\":[1],\"b\":1}", "{\"a\":[1,\"b\":1}", REJECTED, STATUS_ELEMENT_END},
        {"{\"a\":[12],\"b\":1}", "{\"a\":[123],\"b\":1}", CACHED, 0},
    };
    CHECK_ROWS(&plain, rows);
}

UNIT_TEST(a_member_is_a_leaf_in_one_record_and_an_object_in_the_other)
{
    static const struct row rows[] = {
        {"{\"a\":1,\"o\":5}", "{\"a\":1,\"o\":{\"x\":1}}", CACHED, 0},
        {"{\"a\":1,\"o\":{\"x\":1}}", "{\"a\":1,\"o\":5}", CACHED, 0},
        {"{\"a\":1,\"o\":{}}", "{\"a\":1,\"o\":{\"x\":1}}", CACHED, 0},
        {"{\"a\":1,\"o\":{\"x\":1}}", "{\"a\":1,\"o\":{}}", CACHED, 0},
        {"{\"a\":1,\"o\":{}}", "{\"a\":1,\"o\":{ }}", ALIKE, 0},
        {"{\"a\":1,\"o\":{}}", "{\"a\":1,\"o\":{ \t\r\n\"x\":1}}", CACHED, 0},
        {"{\"a\":1,\"o\":{}}", "{\"a\":1,\"o\":{", REJECTED, STATUS_END},
        {"{\"a\":1,\"o\":{}}", "{\"a\":1,\"o\":{,}}", REJECTED, STATUS_NAME},
        {"{\"a\":1,\"o\":[]}", "{\"a\":1,\"o\":{}}", ALIKE, 0},
        {"{\"a\":1,\"o\":[{\"x\":1}]}", "{\"a\":1,\"o\":{\"x\":1}}", CACHED, 0},
        {"{\"a\":1,\"o\":{\"x\":1}}", "{\"a\":1,\"o\":[{\"x\":1}]}", CACHED, 0},
        {"{\"o\":{\"x\":1,\"d\":{\"z\":1}},\"a\":1}", "{\"o\":{\"x\":1,\"d\":2},\"a\":1}",
         CACHED, 0},
        {"{\"o\":{\"x\":1,\"d\":2},\"a\":1}", "{\"o\":{\"x\":1,\"d\":{\"z\":1}},\"a\":1}",
         CACHED, 0},
        {"{\"l\":[1,2],\"a\":1}", "{\"l\":{\"0\":3},\"a\":1}", CACHED, 0},
        /* Not cataloged, so only the count of such members shows it. */
        {"{\"a\":1,\"u\":{\"v\":1}}", "{\"a\":1,\"u\":{\"v\":1,\"w\":{\"x\":1}}}", ALIKE, 0},
        {"{\"a\":1,\"o\":[{\"v\":1}]}", "{\"a\":1,\"o\":[{\"v\":1,\"w\":2}]}", ALIKE, 0},
        {"{\"a\":1,\"o\":{\"v\":1}}", "{\"a\":1,\"o\":{\"v\":1,\"w\":2}}", ALIKE, 0},
    };
    CHECK_ROWS(&plain, rows);
}

UNIT_TEST(white_space_is_where_it_may_be_and_a_value_behind_it_is_found)
{
    static const struct row rows[] = {
        {"{\"a\":1,\"b\":2}", "{\"a\": 1,\"b\":2}", ALIKE, 0},
        {"{\"a\":1,\"b\":2}", "{\"a\": 12,\"b\":2}", CACHED, 0},
        {"{\"a\": 1,\"b\":2}", "{\"a\":1,\"b\":2}", ALIKE, 0},
        {"{\"a\":1,\"b\":2}", " {\t\"a\"\n:\r1 , \"b\":2} ", ALIKE, 0},
        {"{\"a\":1,\"b\":2}", "{\"a\":1 ,\"b\":2}\t", ALIKE, 0},
        {"{\"a\":{},\"b\":2}", "{\"a\": {},\"b\":2}", ALIKE, 0},
        {"{\"a\":1,\"b\":2}", "{\"a\":\v1,\"b\":2}", REJECTED, STATUS_VALUE},
        {"{\"a\":1,\"b\":2}",
         "{\"a\":\xC2\xA0"
         "1,\"b\":2}",
         REJECTED, STATUS_VALUE},
        {"{\"a\":1,\"b\":2}", "{\"a\" 1,\"b\":2}", REJECTED, STATUS_COLON},
        {"{\"a\":1,\"b\":2}", "{\"a\":,\"b\":2}", REJECTED, STATUS_VALUE},
        {"{\"a\":1,\"b\":2}", "{\"a\":1,,\"b\":2}", REJECTED, STATUS_NAME},
        {"{\"a\":1,\"b\":2}", "{\"a\":1;\"b\":2}", REJECTED, STATUS_MEMBER_END},
    };
    CHECK_ROWS(&plain, rows);
}

UNIT_TEST(a_name_twice_is_found_wherever_the_second_stands)
{
    static const struct row rows[] = {
        {"{\"a\":1,\"b\":2}", "{\"a\":1,\"a\":1,\"b\":2}", REJECTED, STATUS_DUPLICATE},
        {"{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":2,\"a\":1}", REJECTED, STATUS_DUPLICATE},
        {"{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1,\"b\":2}", REJECTED, STATUS_DUPLICATE},
        {"{\"a\":1,\"b\":2}", "{\"n\":1,\"a\":1,\"n\":1,\"b\":2}", REJECTED, STATUS_DUPLICATE},
        /* A known container, opened by a new member, and again as it is known. */
        {"{\"o\":{\"x\":1,\"y\":2},\"a\":1}",
         "{\"o\":{\"n\":1},\"o\":{\"x\":1,\"y\":2},\"a\":1}", REJECTED, STATUS_DUPLICATE},
        {"{\"o\":{\"x\":1,\"y\":2},\"a\":1}",
         "{\"o\":{\"y\":2},\"o\":{\"x\":1,\"y\":2},\"a\":1}", REJECTED, STATUS_DUPLICATE},
        {"{\"o\":{\"x\":1,\"y\":2},\"a\":1}",
         "{\"o\":{\"x\":1,\"y\":2},\"a\":1,\"o\":{\"n\":1}}", REJECTED, STATUS_DUPLICATE},
        {"{\"o\":{\"x\":1},\"a\":1}",
         "{\"o\":{\"x\":1},\"n\":{\"m\":1},\"n\":{\"k\":1},\"a\":1}", REJECTED,
         STATUS_DUPLICATE},
        /* A leaf and a container with one name. */
        {"{\"o\":{\"x\":1},\"a\":1}", "{\"o\":5,\"o\":{\"x\":1},\"a\":1}", REJECTED,
         STATUS_DUPLICATE},
        {"{\"o\":{\"x\":1},\"a\":1}", "{\"o\":{\"x\":1},\"o\":5,\"a\":1}", REJECTED,
         STATUS_DUPLICATE},
        {"{\"o\":5,\"a\":1}", "{\"o\":5,\"o\":{\"x\":1},\"a\":1}", REJECTED, STATUS_DUPLICATE},
        {"{\"o\":5,\"a\":1}", "{\"o\":{\"x\":1},\"o\":5,\"a\":1}", REJECTED, STATUS_DUPLICATE},
        {"{\"o\":{},\"a\":1}", "{\"o\":{},\"o\":{\"x\":1},\"a\":1}", REJECTED,
         STATUS_DUPLICATE},
        /* A name in two objects is no duplicate. */
        {"{\"o\":{\"x\":1},\"a\":1}", "{\"o\":{\"x\":1,\"a\":1},\"a\":1}", ALIKE, 0},
        {"{\"o\":{\"x\":1,\"y\":1},\"a\":1}", "{\"o\":{\"x\":1},\"y\":1,\"a\":1}", CACHED, 0},
    };
    CHECK_ROWS(&plain, rows);
}

UNIT_TEST(names_are_the_same_however_they_are_spelled)
{
    static const struct row rows[] = {
        {"{\"a\":1,\"b\":2}", "{\"\\u0061\":3,\"b\":2}", CACHED, 0},
        {"{\"a\":1,\"b\":2}", "{\"a\":1,\"\\u0061\":1,\"b\":2}", REJECTED, STATUS_DUPLICATE},
        {"{\"\\u0061\":1,\"b\":2}", "{\"a\":1,\"\\u0061\":1,\"b\":2}", REJECTED,
         STATUS_DUPLICATE},
        {"{\"\\u0061\":1,\"b\":2}", "{\"\\u0061\":1,\"a\":1,\"b\":2}", REJECTED,
         STATUS_DUPLICATE},
        {"{\"\\u0061\":1,\"b\":2}", "{\"\\u0061\":5,\"b\":2}", CACHED, 0},
        {"{\"\\u0061\":1,\"b\":2}", "{\"a\":1,\"b\":2}", ALIKE, 0},
        {"{\"\\u006f\":{\"x\":1},\"b\":2}", "{\"\\u006f\":{\"x\":1},\"o\":{\"x\":1},\"b\":2}",
         REJECTED, STATUS_DUPLICATE},
        {"{\"a\":1,\"b\":2}", "{\"a\\\\\":1,\"b\":2}", CACHED, 0},
        {"{\"a\":1,\"b\":2}", "{\"a\\u\":1,\"b\":2}", REJECTED, STATUS_ESCAPE},
        {"{\"b\":2}", "{\"b\":2,\"n\":1,\"\\u006e\":1}", REJECTED, STATUS_DUPLICATE},
        {"{\"o\":{\"x\":1},\"b\":2}", "{\"\\u006f\":{\"y\":1},\"o\":{\"x\":1},\"b\":2}",
         REJECTED, STATUS_DUPLICATE},
        {"{\"b\":2}", "{\"b\":2,\"\\ud83d\\ude00\":1}", ALIKE, 0},
        {"{\"b\":2}", "{\"b\":2,\"\xF0\x9F\x98\x80\":1,\"\\ud83d\\ude00\":1}", REJECTED,
         STATUS_DUPLICATE},
        {"{\"b\":2}", "{\"b\":2,\"\\u0000\":1}", ALIKE, 0},
        {"{\"b\":2}", "{\"b\":2,\"\\n\":1,\"\\u000A\":1}", REJECTED, STATUS_DUPLICATE},
        {"{\"b\":2}", "{\"b\":2,\"\\n\":1,\"n\":1}", ALIKE, 0},
        /* Both names read as U+FFFD, and yet are two. */
        {"{\"b\":2}", "{\"b\":2,\"\\ud800\":1,\"\\ud801\":1}", AS_KNOWN, 0},
        {"{\"b\":2}", "{\"b\":2,\"\\ud800\":1,\"\\ud800\":1}", REJECTED, STATUS_DUPLICATE},
        {"{\"b\":2}", "{\"b\":2,\"\xEF\xBF\xBD\":1}", AS_KNOWN, 0},
        {"{\"b\":2}", "{\"b\":2,\"\xEF\xBF\xBD\":1,\"\xEF\xBF\xBD\":1}", REJECTED,
         STATUS_DUPLICATE},
        {"{\"b\":2}", "{\"b\":2,\"\xEF\xBF\xBD\":1,\"\\ufffd\":1}", REJECTED, STATUS_DUPLICATE},
        {"{\"b\":2}", "{\"b\":2,\"\":1}", ALIKE, 0},
        {"{\"b\":2,\"\":1}", "{\"b\":2,\"\":1,\"\":1}", REJECTED, STATUS_DUPLICATE},
    };
    CHECK_ROWS(&plain, rows);
}

UNIT_TEST(names_inside_a_value_are_checked_too)
{
    static const struct row rows[] = {
        {"{\"a\":{\"k\":1},\"b\":2}", "{\"a\":{\"k\":1,\"k\":1},\"b\":2}", REJECTED,
         STATUS_DUPLICATE},
        {"{\"a\":[1],\"b\":2}", "{\"a\":[{\"k\":1,\"\\u006b\":1}],\"b\":2}", REJECTED,
         STATUS_DUPLICATE},
        {"{\"u\":[1],\"b\":2}", "{\"u\":[{\"k\":1,\"k\":1}],\"b\":2}", REJECTED,
         STATUS_DUPLICATE},
        {"{\"b\":2}", "{\"b\":2,\"u\":[{\"k\":1,\"k\":1}]}", REJECTED, STATUS_DUPLICATE},
        {"{\"u\":[1],\"b\":2}", "{\"u\":[{\"k\":1,\"l\":1}],\"b\":2}", ALIKE, 0},
        {"{\"u\":[1],\"b\":2}", "{\"u\":[{\"\\ud800\":1,\"\\ud801\":1}],\"b\":2}", ALIKE, 0},
        {"{\"a\":[1],\"b\":2}", "{\"a\":[{\"\\ud800\":1,\"\\ud801\":1}],\"b\":2}", CACHED, 0},
    };
    CHECK_ROWS(&plain, rows);
}

UNIT_TEST(a_value_that_nobody_wants_must_be_json_all_the_same)
{
    static const struct row rows[] = {
        {"{\"u\":1,\"b\":2}", "{\"u\":1e999,\"b\":2}", REJECTED, STATUS_RANGE},
        {"{\"u\":[1],\"b\":2}", "{\"u\":[-1e999],\"b\":2}", REJECTED, STATUS_RANGE},
        {"{\"b\":2}", "{\"b\":2,\"u\":1e999}", REJECTED, STATUS_RANGE},
        {"{\"u\":\"s\",\"b\":2}", "{\"u\":\"\xFF\",\"b\":2}", REJECTED, STATUS_UTF8},
        {"{\"u\":\"\xC3\xA9\",\"b\":2}", "{\"u\":\"\xC3\",\"b\":2}", REJECTED, STATUS_UTF8},
        {"{\"u\":\"\xC3\xA9\",\"b\":2}", "{\"u\":\"\xC3\xC3\xA9\",\"b\":2}", REJECTED,
         STATUS_UTF8},
        {"{\"u\":\"\xC3\xA9\",\"b\":2}", "{\"u\":\"\xC3\xA8\",\"b\":2}", ALIKE, 0},
        {"{\"a\":\"\xC3\xA9\",\"b\":2}", "{\"a\":\"\xC3\xA8\",\"b\":2}", CACHED, 0},
        {"{\"a\":\"\xC3\xA9\",\"b\":2}", "{\"a\":\"\xED\xA0\x80\",\"b\":2}", REJECTED,
         STATUS_UTF8},
        {"{\"u\":\"s\",\"b\":2}", "{\"u\":\"\x01\",\"b\":2}", REJECTED, STATUS_CONTROL},
        {"{\"u\":\"s\",\"b\":2}", "{\"u\":\"\\x\",\"b\":2}", REJECTED, STATUS_ESCAPE},
        {"{\"u\":1,\"b\":2}", "{\"u\xFF\":1,\"b\":2}", REJECTED, STATUS_UTF8},
        {"{\"b\":2}", "{\"b\":2,\"\xC3\":1}", REJECTED, STATUS_UTF8},
        {"{\"b\":2}", "{\"b\":2,\"\x01\":1}", REJECTED, STATUS_CONTROL},
        /* Counted if statistics are wanted. */
        {"{\"u\":\"s\",\"b\":2}", "{\"u\":\"\\ud800\",\"b\":2}", ALIKE, 0},
        {"{\"a\":\"\\ud83d\\ude00\",\"b\":2}", "{\"a\":\"\\ud83d\",\"b\":2}", CACHED, 0},
    };
    CHECK_ROWS(&plain, rows);
}

UNIT_TEST(no_name_is_read_from_within_another)
{
    /* The text before the value is as long from the comma in the name as a known one is. */
    static const struct row rows[] = {
        {"{\"a\":1,\"b,\":2}", "{\"a\":1,\"b,\"   :x\":1}", REJECTED, STATUS_WORD},
        {"{\"a\":1,\"b,\":2}", "{\"a\":1,\"b,\"   :3}", ALIKE, 0},
    };
    CHECK_ROWS(&plain, rows);
}

UNIT_TEST(nul_is_a_byte_like_others)
{
    static const struct span known = {(const unsigned char *)"{\"a\":\"s\",\"b\":2}", 15};

    row_check_bytes(&plain, known, BYTES("{\"a\":\"\0\",\"b\":2}"), REJECTED, STATUS_CONTROL);
    row_check_bytes(&plain, known, BYTES("{\"a\":\"s\"\0,\"b\":2}"), REJECTED,
                    STATUS_MEMBER_END);
    row_check_bytes(&plain, known, BYTES("{\"a\":\"s\",\"b\":2}\0"), REJECTED, STATUS_TRAILING);
    row_check_bytes(&plain, known, BYTES("{\"a\":\"s\",\"b\":2\0}"), REJECTED,
                    STATUS_MEMBER_END);
    row_check_bytes(&plain, known, BYTES("{\"\0\":1,\"a\":\"s\",\"b\":2}"), REJECTED,
                    STATUS_CONTROL);
    row_check_bytes(&plain, known, BYTES("\0{\"a\":\"s\",\"b\":2}"), REJECTED, STATUS_VALUE);
    row_check_bytes(&plain, known, span_of(NULL, 0), REJECTED, STATUS_END);
}

UNIT_TEST(the_end_of_the_record_is_where_the_first_object_ends)
{
    static const struct row rows[] = {
        {"{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":2", REJECTED, STATUS_END},
        {"{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":", REJECTED, STATUS_END},
        {"{\"a\":1,\"b\":2}", "{\"a\":1,\"b", REJECTED, STATUS_END},
        {"{\"a\":1,\"b\":2}", "{\"a\":1,", REJECTED, STATUS_END},
        {"{\"a\":1,\"b\":2}", "{\"a\":1", REJECTED, STATUS_END},
        {"{\"a\":1,\"b\":2}", "{", REJECTED, STATUS_END},
        {"{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":2}}", REJECTED, STATUS_TRAILING},
        {"{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":2}x", REJECTED, STATUS_TRAILING},
        {"{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":2} {}", REJECTED, STATUS_TRAILING},
        {"{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":2,}", REJECTED, STATUS_NAME},
        {"{\"a\":1,\"b\":2}", "{\"a\":1,}", REJECTED, STATUS_NAME},
        {"{\"a\":1,\"b\":2}", "{\"a\":1}", CACHED, 0},
        {"{\"a\":1,\"b\":2}", "{\"b\":2}", CACHED, 0},
        {"{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":2,\"u\":{\"v\":{\"w\":1}}}", ALIKE, 0},
        {"{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":2,\"u\":{\"v\":{\"w\":1}}", REJECTED, STATUS_END},
        {"{\"a\":1,\"o\":{\"d\":{\"z\":2}}}", "{\"a\":1,\"o\":{\"d\":{\"z\":2}}", REJECTED,
         STATUS_END},
        {"{\"a\":1,\"o\":{\"d\":{\"z\":2}}}", "{\"a\":1,\"o\":{\"d\":{\"z\":2},\"x\":1}}",
         CACHED, 0},
        {"{\"a\":1,\"o\":{\"d\":{\"z\":2}}}", "{\"a\":1,\"o\":{\"d\":{\"z\":2}]}", REJECTED,
         STATUS_MEMBER_END},
        {"{\"a\":1,\"b\":2}", "[\"a\",1,\"b\",2]", REJECTED, STATUS_OBJECT},
        {"{\"a\":1,\"b\":2}", "{}", REJECTED, STATUS_SIGNALS},
        {"{\"a\":1,\"b\":2}", "{\"u\":1}", REJECTED, STATUS_SIGNALS},
        {"{\"a\":1,\"u\":2}", "{\"u\":2}", REJECTED, STATUS_SIGNALS},
    };
    CHECK_ROWS(&plain, rows);
}

UNIT_TEST(members_may_change_places_and_objects)
{
    static const struct row rows[] = {
        {"{\"a\":1,\"b\":2,\"u\":3}", "{\"b\":2,\"a\":1,\"u\":3}", ALIKE, 0},
        {"{\"a\":1,\"b\":2}", "{\"a\":2,\"b\":1}", CACHED, 0},
        {"{\"a\":1,\"b\":2}", "{\"b\":1,\"a\":2}", CACHED, 0},
        {"{\"a\":1,\"u\":2,\"o\":{\"x\":3,\"y\":4}}",
         "{\"o\":{\"y\":4,\"x\":3},\"u\":2,\"a\":1}", ALIKE, 0},
        {"{\"x\":9,\"o\":{\"x\":1,\"y\":2}}", "{\"o\":{\"x\":9,\"y\":2},\"x\":1}", CACHED, 0},
        {"{\"o\":{\"x\":1,\"d\":{\"z\":2}}}", "{\"o\":{\"y\":2,\"d\":{\"x\":1}}}", CACHED, 0},
        {"{\"o\":{\"x\":1,\"d\":{\"z\":2}}}", "{\"o\":{\"x\":1},\"d\":{\"z\":2}}", CACHED, 0},
        {"{\"a\":1,\"o\":{\"x\":1,\"d\":{\"z\":2}}}",
         "{\"o\":{\"d\":{\"z\":2},\"x\":1},\"a\":1}", ALIKE, 0},
    };
    CHECK_ROWS(&plain, rows);
}

int main(void)
{
    return unit_run();
}
