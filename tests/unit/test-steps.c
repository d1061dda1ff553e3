#include "config.h"

#include "steps/steps.h"

#include "base/buf.h"
#include "base/fault.h"
#include "steps.h"

/*
 * Expected values come from elsewhere: rounding from Python's fractions,
 *     float(math.floor(Fraction(x) / n + Fraction(1, 2)) * n)
 * float32 from the exact rounding interval, in Python's fractions too; text from Python's
 * unicodedata and str.casefold(); order from Python's sorted() by bytes and by
 * json.dumps(ensure_ascii=False, separators=(',', ':')) with names sorted by their UTF-16;
 * hashes from xxhsum, as said there.
 */

UNIT_TEST(example_of_every_row_of_the_table)
{
    const struct step *s;
    size_t count = 0;

    for (; (s = steps_at(count)); count++) {
        CHECK(steps_find(span_text(s->name)) == s);
        CHECK_TEXT(steps_run(s->example, s->input), s->output);
        CHECK(strncmp(s->example, s->name, strlen(s->name)) == 0);
        CHECK((s->arguments[0] == '(') == (s->prepare || s->nests));
        CHECK(strlen(s->meaning) > 10 && !strchr(s->meaning, '\n'));
    }
    CHECK(count == 55 && !steps_at(count + 1));
    CHECK(!steps_find(span_text("")) && !steps_find(span_text("nf")));
}

/* Each of COUNT calls may change values of the TYPES whose letters these are, and no other. */
static void check_takes(const char *types, const char *const *calls, size_t count)
{
    static const char *const values[][2] = {{"n", "null"},
                                            {"t", "true"},
                                            {"f", "false"},
                                            {"N", "1234567.0125"},
                                            {"A", "[2,1,1,\"x\"]"},
                                            {"S", "\" \\u0660\\u0000 A\\u030a\""},
                                            {"O", "{\"a\":true,\"b\":[1,1]}"}};
    struct buf before = BUF_EMPTY;

    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < sizeof values / sizeof *values; k++) {
            if (strchr(types, values[k][0][0]))
                continue;
            buf_clear(&before);
            buf_put(&before, steps_run("", values[k][1]));
            CHECK_SPAN(steps_run(calls[i], values[k][1]), buf_span(&before));
        }
    buf_free(&before);
}

UNIT_TEST(rule_18_a_type_that_a_step_does_not_take_passes_unchanged)
{
    size_t total = 0;

#define CHECK_TAKES(types, ...)                                                                \
    do {                                                                                       \
        static const char *const calls[] = {__VA_ARGS__};                                      \
        check_takes(types, calls, sizeof calls / sizeof *calls);                               \
        total += sizeof calls / sizeof *calls;                                                 \
    } while (0)
    /* null, true and false, Number, String, Array, Object. */
    CHECK_TAKES("S", "nfc", "nfkc", "trim", "squeeze", "lower", "fold", "digits",
                "strip-control", "num", "data-url", "language", "accept-language", "timezone",
                "ua", "ua-family", "ua-major", "ua-os", "ua-os-major", "ua-engine", "ua-mobile",
                "version(1)", "platform", "renderer", "gpu-class", "color", "mime", "ip(0,0)",
                "ja3-sort", "ja4", "percent", "split(a)");
    CHECK_TAKES("N", "int", "round(0)", "sig(1)", "step(7)", "f32", "bucket(1)", "log2");
    CHECK_TAKES("A", "sort", "sort-num", "uniq", "each(undefined-if(1,2))", "first",
                "languages");
    CHECK_TAKES("O", "keys", "true-keys", "values");
    CHECK_TAKES("AO", "pick(b)");
    CHECK_TAKES("SAO", "len");
    CHECK_TAKES("NS", "bool");
    CHECK_TAKES("SA", "brands");
    CHECK_TAKES("t", "undefined-if(true)");
    CHECK_TAKES("n", "error-if(E,null)");
    CHECK_TAKES("ntfNSAO", "enum(x)", "retired");
    CHECK(total == 55);
}

UNIT_TEST(rule_18_the_first_step_that_yields_another_state_ends_the_pipeline)
{
    CHECK_ROWS({"first enum(1)", "[]", "?"}, {"error-if(E,1) undefined-if(1)", "1", "!E"},
               {"undefined-if(1) error-if(E,1)", "1", "?"}, {"", "[null]", "[null]"},
               {"   ", "0", "0"}, {"first first first", "[[[\"x\"]]]", "\"x\""});

    static const enum signal_state states[] = {SIGNAL_MISSING, SIGNAL_EXCLUDED,
                                               SIGNAL_UNDEFINED, SIGNAL_ERROR};
    for (size_t i = 0; i < 4; i++) {
        struct signal signal = {states[i], {.class = span_text("Some")}};
        struct normalizer p;
        CHECK(normalize_compile(&p, span_text("enum(1) undefined-if(null)"),
                                &(uint32_t){NORMALIZE_ITEMS}, &steps_arena)
                  .status == STATUS_OK);
        CHECK(normalize_apply(&p, &signal, &steps_arena) && signal.state == states[i]);
        CHECK_TEXT(signal.class, "Some");
        CHECK(normalize_compile(&p, span_text("retired"), &(uint32_t){NORMALIZE_ITEMS},
                                &steps_arena)
                  .status == STATUS_OK);
        CHECK(normalize_apply(&p, &signal, &steps_arena) && signal.state == SIGNAL_EXCLUDED);
    }
}

/* The canonical spelling of the pipeline STEPS. */
static struct span spelled(const char *steps)
{
    struct normalizer p;

    buf_clear(&steps_result);
    CHECK(normalize_compile(&p, span_text(steps), &(uint32_t){NORMALIZE_ITEMS}, &steps_arena)
              .status == STATUS_OK);
    normalize_put(&steps_result, &p);
    return buf_span(&steps_result);
}

UNIT_TEST(rule_19_arguments_are_json_texts_or_bare_words)
{
    CHECK_TEXT(spelled("  each( nfc   squeeze )  sort "), "each(nfc squeeze) sort");
    CHECK_TEXT(spelled("round( 2 )"), "round(2)");
    CHECK_TEXT(spelled("bucket(1.0, 2e0,1e+5)"), "bucket(1.0,2e0,1e+5)");
    CHECK_TEXT(spelled("enum( \"a, )\" ,b,[ 1 , 2.0 ],{\"b\":null,\"a\":-0} )"),
               "enum(\"a, )\",b,[1,2],{\"a\":0,\"b\":null})");
    CHECK_TEXT(spelled("each(each(each(each(trim))))"), "each(each(each(each(trim))))");
    CHECK_TEXT(spelled(""), "");
    CHECK_ROWS({"enum(null,true,false)", "[null]", "\"other\""},
               {"enum(null,true,false)", "null", "null"},
               {"enum(null,true,false)", "false", "false"},
               {"enum(\"null\",nul)", "null", "\"other\""}, {"enum(1.0)", "1", "1"},
               {"enum(1e+2)", "100", "100"}, {"enum(01)", "\"01\"", "\"01\""},
               {"enum(01)", "1", "\"other\""}, {"enum(-)", "\"-\"", "\"-\""},
               {"enum(\"\\u0061\")", "\"a\"", "\"a\""},
               {"enum([1,{\"a\":[]}])", "[1.0,{\"a\":[]}]", "[1,{\"a\":[]}]"});
}

UNIT_TEST(every_compile_error_says_where_and_what_was_expected)
{
#define A_STEP  "expected a step (see whorl-catalog(5))"
#define WHOLE15 "round: expected one whole number from 0 to 15"
#define WHOLE17 "sig: expected one whole number from 1 to 17"
#define UNIT    "step: expected one number, at least 1e-300, of at most 17 digits"
#define UPTO9   "version: expected one whole number from 1 to 9"
#define BITS                                                                                   \
    "ip: expected the bits of an IPv4 network, 0 to 32, and of an IPv6 network, 0 to 128"
#define EDGES   "bucket: expected numbers, each above the one before it"
#define NAMES   "pick: expected names or indexes"
#define APART   "split: expected one text, not empty"
#define CLASSES "error-if: expected a class, [A-Za-z_][A-Za-z0-9_]*, then values, as JSON"
#define ALONE   "retired: expected no other step beside it"
#define MORE    "expected , or )"
#define WORD    "expected an argument: a word or a JSON text"
    CHECK_ROWS(
        {"frobnicate", "0", "@0 unknown step 'frobnicate': " A_STEP},
        {"nfc frob", "0", "@4 unknown step 'frob': " A_STEP},
        {"nfcX", "0", "@0 unknown step 'nfcX': " A_STEP "; did you mean nfc"},
        {"NFC", "0", "@0 unknown step 'NFC': " A_STEP "; did you mean nfc"},
        {"uafamily", "0", "@0 unknown step 'uafamily': " A_STEP "; did you mean ua-family"},
        {"each(triim)", "0", "@5 unknown step 'triim': " A_STEP "; did you mean trim"},
        {"nfc)", "0", "@3 " A_STEP},
        {"nfc (2)", "0", "@4 " A_STEP}, {"(nfc)", "0", "@0 " A_STEP},
        {"nfc,trim", "0", "@3 expected a space between steps"},
        {"nfc\ttrim", "0", "@3 expected a space between steps"},
        {"round(1)trim", "0", "@8 expected a space between steps"},
        {"nfc()", "0", "@3 nfc: expected no arguments"},
        {"trim data-url(1)", "0", "@13 data-url: expected no arguments"},
        {"round", "0", "@5 " WHOLE15}, {"round trim", "0", "@5 " WHOLE15},
        {"round()", "0", "@6 " WHOLE15}, {"round(16)", "0", "@6 " WHOLE15},
        {"round( -1)", "0", "@7 " WHOLE15}, {"round(1.5)", "0", "@6 " WHOLE15},
        {"round(\"2\")", "0", "@6 " WHOLE15}, {"round(1,2)", "0", "@8 " WHOLE15},
        {"sig(0)", "0", "@4 " WHOLE17}, {"sig(18)", "0", "@4 " WHOLE17},
        {"step", "0", "@4 " UNIT}, {"step(0)", "0", "@5 " UNIT}, {"step(-1)", "0", "@5 " UNIT},
        {"step(9e-301)", "0", "@5 " UNIT}, {"step(99999999999999999e-317)", "0", "@5 " UNIT},
        {"step(123456789012345678)", "0", "@5 " UNIT}, {"step(1,2)", "0", "@7 " UNIT},
        {"step(ten)", "0", "@5 " UNIT}, {"version", "0", "@7 " UPTO9},
        {"version(0)", "0", "@8 " UPTO9}, {"version(1.5)", "0", "@8 " UPTO9},
        {"version(1,2)", "0", "@10 " UPTO9}, {"ip", "0", "@2 " BITS}, {"ip()", "0", "@3 " BITS},
        {"ip(24)", "0", "@5 " BITS}, {"ip(33,48)", "0", "@3 " BITS},
        {"ip(24,129)", "0", "@6 " BITS}, {"ip(24,4.8)", "0", "@6 " BITS},
        {"ip(-1,0)", "0", "@3 " BITS}, {"ip(24,48,0)", "0", "@9 " BITS},
        {"ip(24,\"48\")", "0", "@6 " BITS}, {"bucket", "0", "@6 " EDGES},
        {"bucket()", "0", "@7 " EDGES}, {"bucket(4,4)", "0", "@9 " EDGES},
        {"bucket(4,8,6)", "0", "@11 " EDGES}, {"bucket(x)", "0", "@7 " EDGES},
        {"pick", "0", "@4 " NAMES}, {"pick()", "0", "@5 " NAMES},
        {"pick(a,[1])", "0", "@7 " NAMES},
        {"pick(a,b,a)", "0", "@9 pick: expected each name or index once"},
        {"pick(1,\"1\")", "0", "@7 pick: expected each name or index once"},
        {"percent(1)", "0", "@7 percent: expected no arguments"},
        {"split", "0", "@5 " APART}, {"split()", "0", "@6 " APART},
        {"split(\"\")", "0", "@6 " APART}, {"split(a,b)", "0", "@8 " APART},
        {"split([1])", "0", "@6 " APART}, {"split({})", "0", "@6 " APART},
        {"split(,)", "0", "@6 " WORD},
        {"undefined-if", "0", "@12 undefined-if: expected values, as JSON"},
        {"enum()", "0", "@5 enum: expected values, as JSON"},
        {"error-if()", "0", "@9 " CLASSES}, {"error-if(1,2)", "0", "@9 " CLASSES},
        {"error-if(\"9x\",2)", "0", "@9 " CLASSES}, {"error-if(a-b,2)", "0", "@9 " CLASSES},
        {"error-if(A2345678901234567890123456789012345678901234567890123456789012345,1)", "0",
         "@9 " CLASSES},
        {"error-if(Oops)", "0", "@13 error-if: expected values, as JSON, after the class"},
        {"each", "0", "@4 each: expected steps in parentheses"},
        {"each sort", "0", "@4 each: expected steps in parentheses"},
        {"each(", "0", "@5 " A_STEP}, {"each( )", "0", "@6 " A_STEP},
        {"each(1)", "0", "@5 unknown step '1': " A_STEP}, {"each(trim", "0", "@9 expected )"},
        {"each(trim))", "0", "@10 " A_STEP},
        {"each(each(each(each(each(trim)))))", "0",
         "@20 each: expected at most 4 levels of it"},
        {"retired trim", "0", "@8 " ALONE}, {"trim retired", "0", "@5 " ALONE},
        {"retired retired", "0", "@8 " ALONE}, {"each(retired)", "0", "@5 " ALONE},
        {"retired()", "0", "@7 retired: expected no arguments"});
    CHECK_ROWS(
        {"bucket(1", "0", "@8 " MORE}, {"bucket(1;2)", "0", "@8 " MORE},
        {"bucket(1 2)", "0", "@9 " MORE}, {"bucket(1+2)", "0", "@8 " MORE},
        {"enum(\"a\"b)", "0", "@8 " MORE}, {"enum([1]", "0", "@8 " MORE},
        {"bucket(1,)", "0", "@9 " WORD}, {"bucket(,1)", "0", "@7 " WORD},
        {"bucket(1,", "0", "@9 " WORD}, {"bucket(", "0", "@7 " WORD},
        {"enum(\xC3\xA9)", "0", "@5 " WORD}, {"enum(+1)", "0", "@5 " WORD},
        {"enum(\"a)", "0", "@8 expected the rest of a JSON text"},
        {"enum(1, [1,)", "0", "@11 expected a JSON value"},
        {"enum({\"a\":1,\"\\u0061\":2})", "0",
         "@12 this object already has a member of this name: expected each name once"},
        {"enum(\"\xFF\")", "0", "@6 invalid UTF-8: expected text in UTF-8 only"},
        {"enum(1e400)", "0", "@5 number out of range: expected at most 1.7976931348623157e308"},
        {"enum([[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[0", "0",
         "@69 expected a smaller JSON text"});
    CHECK_TEXT(steps_run_spans(span_of("nfc\0", 4), span_text("0")),
               "@3 expected a space between steps");
}

UNIT_TEST(rule_20_rounding_decides_on_the_exact_value_ties_toward_infinity)
{
    CHECK_ROWS({"round(2)", "1.005", "1"}, {"round(3)", "1.0005", "1"},
               {"round(0)", "2.5", "3"}, {"round(0)", "-2.5", "-2"}, {"round(0)", "-0.5", "0"},
               {"round(1)", "0.15", "0.1"}, {"round(1)", "0.25", "0.3"},
               {"round(1)", "-0.25", "-0.2"}, {"round(3)", "149.31251", "149.313"},
               {"round(2)", "1e300", "1e+300"}, {"round(15)", "5e-324", "0"},
               {"round(1)", "4.35", "4.3"}, {"sig(6)", "35.7383295930922", "35.7383"},
               {"sig(1)", "15", "20"}, {"sig(1)", "-15", "-10"}, {"sig(3)", "0", "0"},
               {"sig(1)", "1.7976931348623157e308", "1.7976931348623157e+308"},
               {"step(10)", "-25", "-20"}, {"step(10)", "-15", "-10"}, {"step(10)", "-5", "0"},
               {"step(10)", "5", "10"}, {"step(10)", "14", "10"}, {"step(10)", "40.5", "40"},
               {"step(0.1)", "0.35", "0.3"}, {"step(1e-1)", "0.3", "0.3"},
               {"step(0.10)", "10000000000000002", "10000000000000002"},
               {"step(3)", "9007199254740993", "9007199254740992"},
               {"step(1e-300)", "1.5e-300", "2e-300"},
               {"step(0.00010e-296)", "1.5e-300", "2e-300"},
               {"step(10000000000000001e-316)", "1.5e-300", "1e-300"},
               {"step(7)", "1e17", "100000000000000000"}, {"step(0.2)", "0.7", "0.6"},
               {"step(0.2)", "-0.7", "-0.6"}, {"step(0.00025)", "12345.6789", "12345.679"},
               {"step(1e-300)", "1e308", "1e+308"}, {"step(1e308)", "1.7e308", "1.7e+308"},
               {"step(1000)", "5e-324", "0"},
               {"step(12345678901234567)", "1e17", "98765431209876540"});
    CHECK_ROWS({"int", "-0.9", "0"}, {"int", "9007199254740993", "9007199254740992"},
               {"int", "-1e300", "-1e+300"}, {"bucket(4,8)", "1", "4"},
               {"bucket(4,8)", "8", "8"}, {"bucket(4,8)", "7.99", "4"},
               {"bucket(-1,0.5)", "-7", "-1"}, {"log2", "1", "0"}, {"log2", "8", "3"},
               {"log2", "7.999", "2"}, {"log2", "0.3", "-2"}, {"log2", "5e-324", "-1074"},
               {"log2", "0", "0"}, {"log2", "-8", "-8"});
    CHECK_ROWS({"f32", "0.8999999761581421", "0.9"}, {"f32", "1.3333333730697632", "1.3333334"},
               {"f32", "3.4028234663852886e38", "3.4028235e+38"}, {"f32", "1e39", "1e+39"},
               {"f32", "-1e-50", "0"}, {"f32", "16777217", "16777216"},
               {"f32", "1e-45", "1e-45"}, {"f32", "0.1", "0.1"},
               /* Two decimals of 8 digits are equally close: the even one is taken. */
               {"f32", "2097152.25", "2097152.2"},
               /* Powers of two whose nearest decimal of 8 digits does not read back. */
               {"f32", "1.262177448353619e-29", "1.2621775e-29"},
               {"f32", "154742504910672534362390528", "1.5474251e+26"},
               {"f32", "-1237940039285380274899124224", "-1.2379401e+27"});
}

UNIT_TEST(rule_17_text)
{
    CHECK_ROWS({"fold", "\"\\u03b1\\u0345\\u0301\"", "\"\u03ac\u03b9\""},
               {"fold", "\"\\u1fb4\"", "\"\u03ac\u03b9\""},
               {"lower", "\"\\u03a3\\u1e9e\"", "\"\u03c3\u00df\""},
               {"trim", "\" \\u3000\"", "\"\""}, {"squeeze", "\"  a\"", "\" a\""},
               {"nfkc", "\"\\uff21\\u00a0\"", "\"A \""},
               {"strip-control", "\"a\\u00ad\\u200b\\u2028\\ufeff\\u0085b\"", "\"ab\""},
               {"nfc trim squeeze", "\"\\u2003A\\u030a\\t\\n1 \"", "\"\u00c5 1\""});
}

UNIT_TEST(rule_21_num_bool_enum_undefined_if_error_if)
{
    CHECK_ROWS({"num", "\"\\u00a01e3\\n\"", "1000"}, {"num", "\"-0\"", "0"},
               {"num", "\"1e400\"", "\"1e400\""}, {"num", "\"0x10\"", "\"0x10\""},
               {"num", "\"01\"", "\"01\""}, {"num", "\"\"", "\"\""},
               {"num", "\"+1\"", "\"+1\""});
    CHECK_ROWS(
        {"each(bool)", "[true,1,\"true\",\"YES\",\"oN\"]", "[true,true,true,true,true]"},
        {"each(bool)", "[false,0,\"False\",\"no\",\"off\"]", "[false,false,false,false,false]"},
        {"each(bool)", "[null,2,\"1\",\"0\",\"\",\"yes \",[],{}]",
         "[null,2,\"1\",\"0\",\"\",\"yes \",[],{}]"});
    CHECK_ROWS(
        {"undefined-if(\"\",unknown)", "\"unknown\"", "?"},
        {"undefined-if(\"\",unknown)", "null", "null"}, {"undefined-if(null)", "null", "?"},
        {"undefined-if([],{})", "{}", "?"}, {"undefined-if(0)", "\"0\"", "\"0\""},
        {"undefined-if({\"b\":1,\"a\":2})", "{\"a\":2.0,\"b\":1}", "?"},
        {"error-if(_E9,null,-1)", "null", "!_E9"}, {"error-if(E,-1)", "1", "1"},
        {"error-if(\"Error\",error)", "\"error\"", "!Error"}, {"enum(a)", "null", "\"other\""});
}

UNIT_TEST(rule_22_order)
{
    CHECK_ROWS(
        {"sort", "[{},[],\"\",0,true,false,null]", "[null,false,true,0,\"\",[],{}]"},
        {"sort", "[10,9,-1,1.5,1e3]", "[-1,1.5,9,10,1000]"},
        {"sort", "[\"b\",\"a\\\"\",\"a\",\"B\",\"\"]", "[\"\",\"B\",\"a\",\"a\\\"\",\"b\"]"},
        /* By UTF-8 bytes U+FFFF comes before U+1F600; by UTF-16 it comes after it. */
        {"sort", "[\"\\ud83d\\ude00\",\"\\uffff\"]", "[\"\uffff\",\"\U0001f600\"]"},
        {"sort", "[[1],[12],[1,0],[],[\"a\"],[null],[-1]]",
         "[[\"a\"],[-1],[1,0],[12],[1],[],[null]]"},
        {"sort", "[[\"a\"],[\"a\\\"\"],[\"a!\"],[\"a \"],[\"a\\n\"],[\"a\\u0001\"],[\"a]\"]]",
         "[[\"a \"],[\"a!\"],[\"a\"],[\"a\\\"\"],[\"a\\n\"],[\"a\\u0001\"],[\"a]\"]]"},
        {"sort", "[{\"b\":1},{\"a\":2},{},{\"a\":10},{\"a\":1,\"b\":0}]",
         "[{\"a\":1,\"b\":0},{\"a\":10},{\"a\":2},{\"b\":1},{}]"},
        {"sort", "[[[1]],[[1],2],[[]],[{}]]", "[[[1],2],[[1]],[[]],[{}]]"},
        {"sort-num", "[2,\"1\"]", "[2,\"1\"]"}, {"sort-num", "[2,-1,10]", "[-1,2,10]"},
        {"sort-num", "[]", "[]"}, {"uniq", "[1,1.0,1,2,1]", "[1,2,1]"},
        {"uniq", "[[\"a\"],[\"a\"],{\"x\":1,\"y\":2},{\"y\":2,\"x\":1},null]",
         "[[\"a\"],{\"x\":1,\"y\":2},null]"},
        {"uniq", "[\"\\u00e5\",\"a\\u030a\"]", "[\"\u00e5\",\"a\u030a\"]"},
        {"keys", "{\"\\uffff\":1,\"\\ud83d\\ude00\":2,\"\":3}",
         "[\"\",\"\U0001f600\",\"\uffff\"]"},
        {"true-keys", "{\"b\":true,\"a\":true,\"c\":1,\"d\":\"true\"}", "[\"a\",\"b\"]"},
        {"values", "{\"\\uffff\":1,\"\\ud83d\\ude00\":[2],\"\":null}", "[null,[2],1]"},
        {"values", "{}", "[]"}, {"values sort-num", "{\"b\":3,\"a\":20}", "[3,20]"},
        {"pick(a,b) values sort-num", "{\"b\":3,\"a\":20,\"c\":1}", "[3,20]"});
}

UNIT_TEST(percent_decodes_to_utf_8_or_not_at_all)
{
    CHECK_ROWS(
        {"percent", "\"\"", "\"\""}, {"percent", "\"%41%6a%6A\"", "\"Ajj\""},
        {"percent", "\"a+b%20c\"", "\"a+b c\""}, {"percent", "\"%2541\"", "\"%41\""},
        {"percent percent", "\"%2541\"", "\"A\""}, {"percent", "\"100%\"", "\"100%\""},
        {"percent", "\"%4\"", "\"%4\""}, {"percent", "\"%%41%g1%1g%\"", "\"%A%g1%1g%\""},
        {"percent", "\"%E2%82%AC\"", "\"\u20ac\""}, {"percent", "\"%f0%9F%98%80\"", "\"\U0001f600\""},
        {"percent", "\"%00%0A%22%5c\"", "\"\\u0000\\n\\\"\\\\\""},
        /* Not UTF-8: cut short, alone, overlong, a surrogate, above U+10FFFF. */
        {"percent", "\"%41%C3\"", "\"%41%C3\""}, {"percent", "\"%41%A9\"", "\"%41%A9\""},
        {"percent", "\"%C0%80\"", "\"%C0%80\""}, {"percent", "\"%ED%A0%80\"", "\"%ED%A0%80\""},
        {"percent", "\"%F4%90%80%80\"", "\"%F4%90%80%80\""},
        /* Half of a character by an escape, half of it not. */
        {"percent", "\"\u00e9%A9\"", "\"\u00e9%A9\""});
}

UNIT_TEST(split_gives_the_parts_between)
{
    CHECK_ROWS(
        {"split(a)", "\"\"", "[\"\"]"}, {"split(a)", "\"b\"", "[\"b\"]"},
        {"split(a)", "\"a\"", "[\"\",\"\"]"}, {"split(a)", "\"abaab\"", "[\"\",\"b\",\"\",\"b\"]"},
        {"split(aa)", "\"aaaba\"", "[\"\",\"aba\"]"}, {"split(abc)", "\"ab\"", "[\"ab\"]"},
        {"split(aab)", "\"aaab\"", "[\"a\",\"\"]"}, {"split(\",\")", "\"1,2\"", "[\"1\",\"2\"]"},
        {"split(1.0)", "\"01.02\"", "[\"0\",\"2\"]"}, {"split(true)", "\"1true2\"", "[\"1\",\"2\"]"},
        {"split(null)", "\"1null\"", "[\"1\",\"\"]"}, {"split(\"\\u00e9\")", "\"a\u00e9b\"", "[\"a\",\"b\"]"},
        {"split(\"\\u0000\")", "\"a\\u0000b\"", "[\"a\",\"b\"]"},
        {"split(\",\") each(trim) sort", "\"b, a\"", "[\"a\",\"b\"]"},
        {"split(;) ", "\"\"", "@6 " WORD});
}

/* 65535 separators, and one more. */
UNIT_TEST(split_leaves_a_string_of_more_than_65536_parts)
{
    static char text[2 + 65536 + 1] = "\"";

    memset(text + 1, ',', 65535);
    text[65536] = '"';
    CHECK_TEXT(steps_run("split(\",\") len", text), "65536");
    CHECK_TEXT(steps_run("split(\",\") uniq len", text), "1");
    text[65536] = ',';
    text[65537] = '"';
    CHECK_TEXT(steps_run("split(\",\") uniq len", text), "65536"); /* of the string */
}

UNIT_TEST(rule_23_each_first_len_pick)
{
    CHECK_ROWS(
        {"each(first)", "[[],[1],2]", "[1,2]"},
        {"each(undefined-if(1) trim)", "[1,\" \"]", "[\"\"]"},
        {"each(each(each(each(trim))))", "[[[[\" a\"],\" a\"],\" a\"],\" a\"]",
         "[[[[\"a\"],\" a\"],\" a\"],\" a\"]"},
        {"each(error-if(E,0))", "[0,0]", "[]"}, {"each(trim)", "[]", "[]"},
        {"each(pick(kind)) sort", "[{\"kind\":\"b\"},{},{\"kind\":\"a\"}]", "[\"a\",\"b\"]"},
        {"len", "{\"a\":1}", "1"}, {"len", "[[],[]]", "2"}, {"len", "\"\"", "0"});
    CHECK_ROWS(
        {"pick(a)", "{\"a\":null}", "null"}, {"pick(a)", "{\"b\":1}", "?"},
        {"pick(a,b)", "{\"b\":1}", "{\"b\":1}"}, {"pick(a,b)", "{\"c\":1}", "?"},
        {"pick(b,a)", "{\"a\":1,\"b\":2,\"c\":3}", "{\"a\":1,\"b\":2}"},
        {"pick(1)", "[5,6]", "6"}, {"pick(2)", "[5,6]", "?"}, {"pick(1,0)", "[5,6,7]", "[6,5]"},
        {"pick(1,9)", "[5,6,7]", "[6]"}, {"pick(8,9)", "[5]", "?"}, {"pick(a)", "[5]", "?"},
        {"pick(01)", "[5,6]", "?"}, {"pick(-1)", "[5]", "?"}, {"pick(\"0\")", "[5]", "?"},
        {"pick(0)", "{\"0\":true}", "true"}, {"pick(1.0)", "{\"1.0\":1}", "1"},
        {"pick(\"a b\",\"\\u00e9\")", "{\"a b\":1,\"\\u00e9\":2}", "{\"a b\":1,\"\u00e9\":2}"},
        {"pick(true)", "{\"true\":1}", "1"});
}

/* A PNG of one pixel, and parts of it, as base64. */
#define PNG   "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAA"
#define PIXEL "DUlEQVR42mP438DwHwAGgAJ/zxIJ8QAAAABJRU5ErkJggg=="
#define PRIVATE                                                                                \
    "EGRlQkcAAQIDBAUGBwgJCgsMDQ4P28I8zgAAAA1JREFUeNpj+N/A8B8ABoACf88SCfEAAAAQZGVCRwABAgME"
#define PRIVATE2 "BQYHCAkKCwwNDg/bwjzOAAAAAElFTkSuQmCC"

/* Hashes: base64 -d | xxhsum -H2; if chunks are left out, Python has removed them. */
UNIT_TEST(rule_24_data_url_is_the_hash_of_the_bytes_without_private_png_chunks)
{
#define URL(mime, data)    "\"data:" mime ";base64," data "\""
#define HASHED(mime, hash) "\"" mime ":" hash "\""
    CHECK_ROWS(
        {"data-url", URL("a", ""), HASHED("a", "99aa06d3014798d86001c324468d497f")},
        {"data-url", URL("a", "SA=="), HASHED("a", "ba1b70183f6e19be370281d31ee57925")},
        {"data-url", URL("a", "SGU="), HASHED("a", "751c71e211c5af68235053d32ee40f2a")},
        {"data-url", URL("a", "SGVs"), HASHED("a", "5aa33c7ec16c16152c1c92ba965ac902")},
        {"data-url", URL("text/plain;charset=utf-8", "SA=="),
         HASHED("text/plain;charset=utf-8", "ba1b70183f6e19be370281d31ee57925")},
        {"data-url", URL("image/png", PNG PIXEL),
         HASHED("image/png", "c70ef693fb742268cf6faed2ff628f67")},
        {"data-url", URL("image/png", PNG PRIVATE PRIVATE2),
         HASHED("image/png", "c70ef693fb742268cf6faed2ff628f67")},
        {"data-url", URL("image/x", PNG PRIVATE PRIVATE2),
         HASHED("image/x", "84056672a59dae62e52d7a09e59da756")},
        /* Cut off in IDAT after a private chunk, in the private chunk, in the signature. */
        {"data-url",
         URL("image/png", PNG "EGRlQkcAAQIDBAUGBwgJCgsMDQ4P28I8zgAAAA1JREFUeNpj+N/A8B8ABoAC"),
         HASHED("image/png", "f27ee7ee23404b94fa962fe08568e4b5")},
        {"data-url", URL("image/png", PNG "EGRlQkcAAQIDBAUGBwgJCgsMDQ4P2w=="),
         HASHED("image/png", "b18432c994ff106c92a5d277f8afe542")},
        {"data-url", URL("image/png", "iVBORw0KGgo="),
         HASHED("image/png", "432f4bd15eaf649660a99c6d48fe98b4")},
        {"data-url", URL("image/png", "iVBORw0KGg=="),
         HASHED("image/png", "04a21bfc06a34dd4d87b4d51444672b1")},
        /* 11 bytes after the last chunk; a chunk that claims 4 GiB. */
        {"data-url",
         URL("image/png", PNG "DUlEQVR42mP438DwHwAGgAJ/zxIJ8QAAAABJRU5ErkJggjAxMjM0NTY3ODkw"),
         HASHED("image/png", "414ed46535298df959d4c966028a44a2")},
        {"data-url", URL("image/png", "iVBORw0KGgr/////YWJjZDAwMDAwMDAwMDAwMDAwMDAwMDAw"),
         HASHED("image/png", "d98f224858ddfb5b6e2c7a0800f54b88")});
}

UNIT_TEST(rule_24_what_is_no_data_url_with_canonical_base64_passes_unchanged)
{
#define SAME(value) {"data-url", value, value}
    CHECK_ROWS(SAME(URL("a", "S")), SAME(URL("a", "SG")), SAME(URL("a", "SGV")),
               SAME(URL("a", "SGVsS")), SAME(URL("a", "====")), SAME(URL("a", "S===")),
               SAME(URL("a", "SA=A")), SAME(URL("a", "SA==SA==")), SAME(URL("a", "SB==")),
               SAME(URL("a", "SGV=")), SAME(URL("a", "SA")), SAME(URL("a", "SGV-")),
               SAME(URL("a", "SGV_")), SAME(URL("a", "SG s")), SAME(URL("a", "\u00e9\u00e9")),
               SAME(URL("a", "SGVs\u00e9\u00e9")), SAME(URL("a", "\\n")),
               SAME(URL("a", "SGVs\\n")), SAME(URL("", "SGVs")), SAME(URL("a,b", "SGVs")),
               SAME("\"data:a;base64\""), SAME("\"data:a,SGVs\""),
               SAME("\"data:a;BASE64,SGVs\""), SAME("\"Data:a;base64,SGVs\""),
               SAME("\"data:\""), SAME("\"data\""), SAME("\"\""), SAME("\"data:base64,SGVs\""));
}

int main(void)
{
    return steps_main();
}
