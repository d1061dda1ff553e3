#include "config.h"

#include "unit.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "json/pointer.h"
#include "json/raw.h"
#include "json/stringify.h"
#include "json/validate.h"

#define TEXT(literal) span_of(literal, sizeof(literal) - 1)

/* Each text is copied, so that nothing may be read beyond it. */
static void check_texts(struct span text, const char *kept, const char *sorted)
{
    const struct limits limits = LIMITS_DEFAULT;
    struct arena arena = ARENA_EMPTY;
    struct buf out = BUF_EMPTY;
    unsigned char *copy = malloc(text.n);

    if (!copy)
        abort();
    memcpy(copy, text.p, text.n);
    stringify_put(&out, span_of(copy, text.n));
    CHECK_TEXT(buf_span(&out), kept);
    struct span value = raw_trim(span_of(copy, text.n));
    struct raw_cursor cursor = {value.p, value.p + value.n};
    CHECK_TEXT(stringify_value(&cursor, &arena, &out), kept);
    CHECK(cursor.at == value.p + value.n);
    buf_clear(&out);
    CHECK(stringify_put_sorted(&out, span_of(copy, text.n), &limits, &arena));
    CHECK_TEXT(buf_span(&out), sorted ? sorted : kept);
    buf_free(&out);
    arena_free(&arena);
    free(copy);
}

/* The texts on the right are what node's JSON.stringify(JSON.parse(text)) prints. */
UNIT_TEST(numbers_are_printed_as_ecmascript_prints_them)
{
    check_texts(TEXT("[1e21,-0,5e-324,0.1,1.0,1E3,100000000000000000000,1e-7,-1.50]"),
                "[1e+21,0,5e-324,0.1,1,1000,100000000000000000000,1e-7,-1.5]", NULL);
    check_texts(TEXT("[0.30000000000000004,9007199254740993,1e-400,123456789012345678]"),
                "[0.30000000000000004,9007199254740992,0,123456789012345680]", NULL);
    check_texts(TEXT("1e2"), "100", NULL);
    check_texts(TEXT("-0.0"), "0", NULL);
}

UNIT_TEST(escapes_are_those_of_json_stringify)
{
    check_texts(TEXT("\"\\u0007\\u001F\\u0008\\u0009\\u000a\\u000C\\u000D\\b\\t\\n\\f\\r\""),
                "\"\\u0007\\u001f\\b\\t\\n\\f\\r\\b\\t\\n\\f\\r\"", NULL);
    check_texts(TEXT("\"\\/\\u002f\\u0022\\u005c\\\"\\\\\\u0041\\u007f\""),
                "\"//\\\"\\\\\\\"\\\\A\x7f\"", NULL);
    check_texts(TEXT("\"\\u00e9\xc3\xa9\\u2028\xe2\x80\xa8\""),
                "\"\xc3\xa9\xc3\xa9\xe2\x80\xa8\xe2\x80\xa8\"", NULL);
}

UNIT_TEST(strings_after_strings_are_each_written_by_the_same_rules)
{
    check_texts(TEXT("[\"\",\"a\\/b\",\"c\", \"d\" ,\"\\u00e9\",[\"e\"],\"f\",1.0,\"g\"]"),
                "[\"\",\"a/b\",\"c\",\"d\",\"\xc3\xa9\",[\"e\"],\"f\",1,\"g\"]", NULL);
    check_texts(TEXT("{\"a\":\"b\",\"c\":\"d\\/\",\"e\":[\"f\",\"g\"]}"),
                "{\"a\":\"b\",\"c\":\"d/\",\"e\":[\"f\",\"g\"]}", NULL);
    check_texts(TEXT("\",\\\",\""), "\",\\\",\"", NULL);
}

UNIT_TEST(unpaired_surrogates_stay_escapes_and_pairs_do_not)
{
    check_texts(TEXT("\"\\uD83D\\uDE00\\ud83d\\uDE00\""), "\"\xf0\x9f\x98\x80\xf0\x9f\x98\x80\"",
                NULL);
    check_texts(TEXT("\"\\uD83D\\uD83D\\uDE00\\uDE00x\\uD83D\""),
                "\"\\ud83d\xf0\x9f\x98\x80\\ude00x\\ud83d\"", NULL);
    check_texts(TEXT("{\"\\uDC00\":\"\\uDBFF\\u0041\"}"), "{\"\\udc00\":\"\\udbff\x41\"}", NULL);
}

UNIT_TEST(white_space_goes_and_members_stay_or_are_sorted)
{
    check_texts(TEXT(" {\t\"b\" : [ 1 , { } , [ ] ] ,\r \"a\" : { \"d\" : true, \"c\":null } } "),
                "{\"b\":[1,{},[]],\"a\":{\"d\":true,\"c\":null}}",
                "{\"a\":{\"c\":null,\"d\":true},\"b\":[1,{},[]]}");
    check_texts(TEXT("[[{\"z\":{\"y\":1,\"x\":[{\"b\":0,\"a\":0}]},\"\":2}]]"),
                "[[{\"z\":{\"y\":1,\"x\":[{\"b\":0,\"a\":0}]},\"\":2}]]",
                "[[{\"\":2,\"z\":{\"x\":[{\"a\":0,\"b\":0}],\"y\":1}}]]");
    check_texts(TEXT("{}"), "{}", NULL);
    check_texts(TEXT("\"a b\""), "\"a b\"", NULL);
}

/* By sort() of node. */
UNIT_TEST(names_are_sorted_by_utf_16_code_units)
{
    check_texts(TEXT("{\"\xef\xbd\xa1\":1,\"\xf0\x9f\x98\x80\":2,\"\\ud83d\":3,\"\\ue000\":4,"
                     "\"\\u0061\":5,\"B\":6,\"\\udfff\":7,\"10\":8,\"9\":9}"),
                "{\"\xef\xbd\xa1\":1,\"\xf0\x9f\x98\x80\":2,\"\\ud83d\":3,\"\xee\x80\x80\":4,"
                "\"a\":5,\"B\":6,\"\\udfff\":7,\"10\":8,\"9\":9}",
                "{\"10\":8,\"9\":9,\"B\":6,\"a\":5,\"\\ud83d\":3,\"\xf0\x9f\x98\x80\":2,"
                "\"\\udfff\":7,\"\xee\x80\x80\":4,\"\xef\xbd\xa1\":1}");
    CHECK(raw_compare_names(TEXT("a"), TEXT("\\u0061")) == 0);
    CHECK(raw_compare_names(TEXT("a"), TEXT("\\u0061b")) < 0);
    CHECK(raw_compare_names(TEXT("\\ud83d\\ude01"), TEXT("\xf0\x9f\x98\x80")) > 0);
}

/* Does the value of TEXT stay where it is? */
static bool stays(struct span text)
{
    struct arena arena = ARENA_EMPTY;
    struct buf scratch = BUF_EMPTY;
    struct raw_cursor cursor = {text.p, text.p + text.n};
    bool same = stringify_value(&cursor, &arena, &scratch).p == text.p;

    buf_free(&scratch);
    arena_free(&arena);
    return same;
}

UNIT_TEST(only_what_is_written_otherwise_is_copied)
{
    CHECK(stays(TEXT("{\"a\":[124.04347527516074,\"\\n\xc3\xa9\",{},true,1e+21,-1]}")));
    CHECK(!stays(TEXT("{\"a\":[124.043475275160741,2]}")));
    CHECK(!stays(TEXT("[1e21]")));
    CHECK(!stays(TEXT("[1, 2]")));
    CHECK(!stays(TEXT("\"\\/\"")));
    CHECK(!stays(TEXT("1.0")));
}

static bool next_is(struct raw_cursor *cursor, const char *name, const char *value)
{
    struct raw_member member;

    return raw_next(cursor, &member) && span_equal(member.name, span_text(name)) &&
           span_equal(member.value, span_text(value));
}

UNIT_TEST(members_are_found_in_the_text)
{
    struct span text = TEXT("{ \"a\" : 1.5 ,\"\\u0062\":[{\"x\":\"]}\\\\\"}, 2 ] , \"c\" : \"\\\"\" ,"
                            "\"d\":{},\"e\":null}");
    struct raw_cursor cursor = raw_members(text), none = raw_members(TEXT("{ }"));
    struct raw_member member;

    CHECK(next_is(&cursor, "a", "1.5"));
    CHECK(next_is(&cursor, "\\u0062", "[{\"x\":\"]}\\\\\"}, 2 ]"));
    CHECK(next_is(&cursor, "c", "\"\\\"\""));
    CHECK(next_is(&cursor, "d", "{}"));
    CHECK(next_is(&cursor, "e", "null"));
    CHECK(!raw_next(&cursor, &member));
    CHECK(!raw_next(&none, &member));
    CHECK(raw_named(TEXT("\\u0062"), TEXT("b")));
    CHECK(!raw_named(TEXT("\\u0062"), TEXT("c")));
    CHECK_TEXT(raw_trim(TEXT(" \t{}\r\n ")), "{}");
}

static void check_unescaped(struct span name, size_t most, const char *expected)
{
    unsigned char *out = malloc(most + !most);
    size_t n = raw_unescape(name, out, most);

    if (expected)
        CHECK_TEXT(span_of(out, n <= most ? n : 0), expected);
    CHECK((n <= most) == (expected != NULL));
    free(out);
}

UNIT_TEST(names_are_unescaped_into_what_room_there_is)
{
    const struct span name = TEXT("a\\n\\u00e9\\ud83d\\ude00\\\\");

    check_unescaped(TEXT(""), 0, "");
    check_unescaped(TEXT("abc"), 3, "abc");
    check_unescaped(TEXT("abc"), 2, NULL);
    check_unescaped(name, 9, "a\n\xc3\xa9\xf0\x9f\x98\x80\\");
    check_unescaped(name, 8, NULL);
    check_unescaped(TEXT("\\ud83dx"), 4, "\xef\xbf\xbdx");
    check_unescaped(TEXT("\\ud83d"), 2, NULL);
}

static void check_found(const char *pointer, const char *expected)
{
    struct span text = TEXT("{\"a\":[ 1 ,{\"b\":2},[3,4] ],\"\\ud800\":5,\"\\udc00\":{\"c\":6},"
                            "\"\xef\xbf\xbd\":{\"d\":7},\"e\":[]}");
    struct arena arena = ARENA_EMPTY;
    struct pointer parsed;

    CHECK(pointer_parse(&parsed, span_text(pointer), &arena).status == STATUS_OK);
    CHECK_TEXT(raw_find(text, &parsed, parsed.count), expected);
    arena_free(&arena);
}

/* Three names of the record read as U+FFFD. */
UNIT_TEST(a_pointer_leads_to_the_last_of_names_that_read_alike)
{
    check_found("/a/0", "1");
    check_found("/a/1/b", "2");
    check_found("/a/2", "[3,4]");
    check_found("/a/2/1", "4");
    check_found("/a/3", "");
    check_found("/a/-", "");
    check_found("/a/01", "");
    check_found("/a/0/x", "");
    check_found("/e/0", "");
    check_found("/x", "");
    check_found("/\xef\xbf\xbd/d", "7");
    check_found("/\xef\xbf\xbd/c", "");
}

int main(void)
{
    return unit_run();
}
