/*
 * cache: the meaning of a member may depend on another member: error markers, @value, @root,
 * @exclude, rows with several pointers, carried members. Known and other record as in cache-rows.h.
 */
#include "config.h"

#include "cache-rows.h"

static const struct pair_rules marked = {
    .catalogs = {"@catalog|marked|1\n@error|error|message\nb|/b|g|build\nv|/e/v|g|build\n"
                 "x|/e/w/x|g|build\nh|/h|g|build\nl|/l/0/x|g|build\n"}};

UNIT_TEST(an_object_becomes_an_error_marker_or_is_one_no_more)
{
    static const struct row rows[] = {
        {"{\"b\":1,\"e\":{\"v\":1}}", "{\"b\":1,\"e\":{\"error\":\"T: x\"}}", IN_FULL, 0},
        {"{\"b\":1,\"e\":{\"error\":\"T: x\"}}", "{\"b\":1,\"e\":{\"v\":1}}", CACHED, 0},
        {"{\"b\":1}", "{\"b\":1,\"e\":{\"error\":\"T: x\"}}", IN_FULL, 0},
        {"{\"b\":1,\"e\":5}", "{\"b\":1,\"e\":{\"error\":\"T: x\"}}", IN_FULL, 0},
        {"{\"b\":1,\"e\":{\"error\":\"T: x\"}}", "{\"b\":1,\"e\":5}", CACHED, 0},
        {"{\"b\":1,\"e\":{\"error\":\"T: x\"}}", "{\"b\":1,\"e\":{}}", CACHED, 0},
        {"{\"b\":1,\"e\":{\"error\":\"T: x\"}}", "{\"b\":1}", CACHED, 0},
        {"{\"b\":1,\"e\":{\"w\":{\"error\":\"T: x\"}}}", "{\"b\":1,\"e\":{\"w\":{\"x\":1}}}",
         CACHED, 0},
        /* The marker gains or loses a member. */
        {"{\"b\":1,\"e\":{\"error\":\"T: x\"}}", "{\"b\":1,\"e\":{\"error\":\"T: x\",\"v\":1}}",
         IN_FULL, 0},
        {"{\"b\":1,\"e\":{\"error\":\"T: x\"}}", "{\"b\":1,\"e\":{\"v\":1,\"error\":\"T: x\"}}",
         IN_FULL, 0},
        {"{\"b\":1,\"e\":{\"error\":\"T: x\",\"v\":1}}", "{\"b\":1,\"e\":{\"error\":\"T: x\"}}",
         IN_FULL, 0},
        {"{\"b\":1,\"e\":{\"v\":1,\"error\":\"T: x\"}}", "{\"b\":1,\"e\":{\"error\":\"T: x\"}}",
         IN_FULL, 0},
        {"{\"b\":1,\"e\":{\"error\":\"T: x\"}}",
         "{\"b\":1,\"e\":{\"error\":\"T: x\",\"message\":\"m\"}}", AS_KNOWN, 0},
        {"{\"b\":1,\"e\":{\"error\":\"T: x\",\"message\":\"m\"}}",
         "{\"b\":1,\"e\":{\"message\":\"m\",\"error\":\"T: x\"}}", AS_KNOWN, 0},
        {"{\"b\":1,\"e\":{\"error\":\"T: x\",\"message\":\"m\"}}",
         "{\"b\":1,\"e\":{\"message\":\"m\"}}", CACHED, 0},
        {"{\"b\":1,\"e\":{\"message\":\"m\"}}",
         "{\"b\":1,\"e\":{\"message\":\"m\",\"error\":\"T: x\"}}", IN_FULL, 0},
        /* An object that is no longer a marker, though a part of it is left. */
        {"{\"b\":1,\"e\":{\"error\":\"T: x\",\"v\":1}}", "{\"b\":1,\"e\":{\"v\":1}}", AS_KNOWN,
         0},
    };
    CHECK_ROWS(&marked, rows);
}

UNIT_TEST(a_name_twice_is_found_where_one_of_the_two_is_an_error_marker)
{
    static const struct row rows[] = {
        {"{\"b\":1,\"e\":{\"error\":\"T\"}}",
         "{\"b\":1,\"e\":{\"error\":\"T\"},\"e\":{\"v\":1}}", REJECTED, STATUS_DUPLICATE},
        {"{\"b\":1,\"e\":{\"error\":\"T\"}}", "{\"b\":1,\"e\":{\"error\":\"T\"},\"e\":5}",
         REJECTED, STATUS_DUPLICATE},
        {"{\"b\":1,\"e\":{\"error\":\"T\"},\"h\":1}",
         "{\"b\":1,\"e\":{\"v\":1},\"e\":{\"error\":\"T\"},\"h\":1}", REJECTED,
         STATUS_DUPLICATE},
    };
    CHECK_ROWS(&marked, rows);
}

UNIT_TEST(a_root_is_no_error_marker_wherever_it_is)
{
    static const struct pair_rules rules = {
        .catalogs = {"@catalog|t|1\n@root|/c\n@error|error\nb|/b|g|build\n"
                     "e|/error|g|build\nx|/error/x|g|build\n"}};
    static const struct row rows[] = {
        {"{\"c\":{\"error\":1}}", "{\"c\":{\"error\":2}}", CACHED, 0},
        {"{\"c\":{\"error\":1}}", "{\"c\":{\"error\":{\"x\":\"T\"}}}", CACHED, 0},
        {"{\"c\":{\"error\":1}}", "{\"c\":{\"error\":1,\"b\":2}}", CACHED, 0},
        {"{\"c\":{\"b\":2}}", "{\"c\":{\"b\":2,\"error\":1}}", CACHED, 0},
        {"{\"c\":{\"error\":1,\"b\":2}}", "{\"c\":{\"error\":1}}", CACHED, 0},
    };
    CHECK_ROWS(&rules, rows);
}

UNIT_TEST(the_class_of_an_error_is_in_its_first_member)
{
    static const struct row rows[] = {
        {"{\"b\":1,\"e\":{\"error\":\"T: x\"}}", "{\"b\":1,\"e\":{\"error\":\"R: x\"}}", CACHED,
         0},
        {"{\"b\":1,\"e\":{\"error\":\"T: x\"}}", "{\"b\":1,\"e\":{\"error\":\"T: y\"}}", ALIKE,
         0},
        {"{\"b\":1,\"e\":{\"error\":\"T\"}}", "{\"b\":1,\"e\":{\"error\":\"\\u0054\"}}", ALIKE,
         0},
        {"{\"b\":1,\"e\":{\"error\":\"T\"}}", "{\"b\":1,\"e\":{\"error\":{\"name\":\"R\"}}}",
         CACHED, 0},
        {"{\"b\":1,\"e\":{\"error\":{\"name\":\"R\"}}}",
         "{\"b\":1,\"e\":{\"error\":{\"name\":1,\"message\":\"S: x\"}}}", CACHED, 0},
        {"{\"b\":1,\"e\":{\"error\":{\"name\":\"R\"}}}",
         "{\"b\":1,\"e\":{\"error\":{\"name\":\"R\",\"name\":\"R\"}}}", REJECTED,
         STATUS_DUPLICATE},
        {"{\"b\":1,\"e\":{\"error\":\"T\"}}", "{\"b\":1,\"e\":{\"error\":12}}", CACHED, 0},
        {"{\"b\":1,\"e\":{\"error\":\"T\",\"message\":\"m\"}}",
         "{\"b\":1,\"e\":{\"error\":\"T\",\"message\":\"n\"}}", ALIKE, 0},
        /* At the end of a pointer a marker is read with all its content. */
        {"{\"b\":1,\"h\":{\"x\":1}}", "{\"b\":1,\"h\":{\"error\":\"T\"}}", CACHED, 0},
        {"{\"b\":1,\"h\":{\"error\":\"T\"}}", "{\"b\":1,\"h\":{\"error\":\"T\",\"x\":1}}",
         CACHED, 0},
        {"{\"b\":1,\"l\":[{\"x\":1}]}", "{\"b\":1,\"l\":[{\"error\":\"T\"}]}", CACHED, 0},
        /* The record itself is never a marker. */
        {"{\"b\":1,\"error\":\"T\"}", "{\"b\":1,\"error\":\"R\"}", ALIKE, 0},
        {"{\"b\":1}", "{\"b\":1,\"error\":\"R\"}", ALIKE, 0},
        {"{\"error\":\"R\",\"b\":1}", "{\"error\":\"R\"}", REJECTED, STATUS_SIGNALS},
    };
    CHECK_ROWS(&marked, rows);
}

static const struct pair_rules valued = {
    .catalogs = {"@catalog|valued|1\n@error|error\n@value|value\nb|/b|g|build\n"
                 "v|/v/value|g|build\nk|/v/value/k|g|build\nw|/u/w/value|g|build\n"}};

UNIT_TEST(a_signal_is_undefined_because_an_object_is_there_without_a_member)
{
    static const struct row rows[] = {
        {"{\"b\":1,\"v\":{\"value\":1}}", "{\"b\":1,\"v\":{\"value\":2}}", CACHED, 0},
        {"{\"b\":1,\"v\":{\"value\":1,\"d\":3}}", "{\"b\":1,\"v\":{\"d\":3}}", IN_FULL, 0},
        {"{\"b\":1,\"v\":{\"value\":1}}", "{\"b\":1,\"v\":{\"d\":1}}", IN_FULL, 0},
        {"{\"b\":1,\"v\":{\"value\":1}}", "{\"b\":1,\"v\":{}}", CACHED, 0},
        {"{\"b\":1,\"v\":{\"value\":1}}", "{\"b\":1,\"v\":5}", CACHED, 0},
        {"{\"b\":1,\"v\":{\"value\":1}}", "{\"b\":1}", CACHED, 0},
        {"{\"b\":1,\"v\":{\"d\":1}}", "{\"b\":1}", IN_FULL, 0},
        {"{\"b\":1,\"v\":{\"d\":1}}", "{\"b\":1,\"v\":5}", IN_FULL, 0},
        {"{\"b\":1,\"v\":{\"d\":1}}", "{\"b\":1,\"v\":{}}", AS_KNOWN, 0},
        {"{\"b\":1,\"v\":{\"d\":1}}", "{\"b\":1,\"v\":{\"d\":2}}", ALIKE, 0},
        {"{\"b\":1,\"v\":{\"d\":1}}", "{\"b\":1,\"v\":{\"d\":1,\"value\":2}}", IN_FULL, 0},
        {"{\"b\":1,\"v\":{\"d\":1}}", "{\"b\":1,\"v\":{\"value\":2,\"d\":1}}", IN_FULL, 0},
        {"{\"b\":1,\"v\":5}", "{\"b\":1,\"v\":{\"d\":1}}", IN_FULL, 0},
        {"{\"b\":1,\"v\":5}", "{\"b\":1,\"v\":{}}", CACHED, 0},
        {"{\"b\":1,\"v\":{}}", "{\"b\":1}", CACHED, 0},
        {"{\"b\":1}", "{\"b\":1,\"v\":{\"d\":1}}", IN_FULL, 0},
        {"{\"b\":1}", "{\"b\":1,\"v\":{}}", CACHED, 0},
        {"{\"b\":1,\"u\":{\"w\":{\"d\":1}}}", "{\"b\":1,\"u\":{}}", IN_FULL, 0},
        {"{\"b\":1,\"u\":{\"c\":1,\"w\":{\"d\":1}}}", "{\"b\":1,\"u\":{\"c\":1}}", IN_FULL, 0},
        {"{\"b\":1,\"u\":{\"w\":{\"value\":1}}}", "{\"b\":1,\"u\":{}}", CACHED, 0},
        {"{\"b\":1,\"v\":{\"value\":1}}", "{\"b\":1,\"v\":{\"value\":{\"k\":1}}}", CACHED, 0},
        /* An object with `error` is guarded for it, and undefined all the same. */
        {"{\"b\":1,\"v\":{\"error\":1,\"d\":2}}", "{\"b\":1}", IN_FULL, 0},
        {"{\"b\":1,\"v\":{\"d\":2,\"error\":1}}", "{\"b\":1,\"v\":5}", IN_FULL, 0},
        /* A marker makes nothing undefined. */
        {"{\"b\":1,\"v\":{\"error\":\"T\"}}", "{\"b\":1}", CACHED, 0},
        {"{\"b\":1,\"v\":{\"error\":\"T\",\"value\":1}}", "{\"b\":1}", CACHED, 0},
    };
    CHECK_ROWS(&valued, rows);
}

UNIT_TEST(so_is_one_of_the_record_itself)
{
    static const struct pair_rules rules = {
        .catalogs = {"@catalog|t|1\n@value|value\nb|/b|g|build\nv|/value|g|build\n"}};
    static const struct row rows[] = {
        {"{\"b\":1}", "{\"b\":1,\"value\":1}", IN_FULL, 0},
        {"{\"b\":1,\"value\":1}", "{\"b\":1}", IN_FULL, 0},
        {"{\"b\":1,\"value\":1}", "{\"b\":1,\"value\":2}", CACHED, 0},
        {"{\"b\":1}", "{\"u\":1}", IN_FULL, 0},
        {"{\"b\":1}", "{\"b\":1,\"u\":1}", AS_KNOWN, 0},
    };
    CHECK_ROWS(&rules, rows);
}

UNIT_TEST(each_catalog_has_its_own_undefined_and_its_own_markers)
{
    static const struct pair_rules rules = {
        .catalogs = {"@catalog|s|1\n@value|d\n@error|e\nb|/b|g|build\nv|/v/d|g|build\n",
                     "@catalog|t|1\n@value|value\nv|/v/value|g|build\ne|/v/e/k|g|build\n"},
        .targets = {{0, false}, {1, false}},
        .target_count = 2};
    static const struct row rows[] = {
        /* Defined for one, undefined for the other. */
        {"{\"b\":1,\"v\":{\"d\":1}}", "{\"b\":1}", IN_FULL, 0},
        {"{\"b\":1,\"v\":{\"value\":1}}", "{\"b\":1}", IN_FULL, 0},
        {"{\"b\":1,\"v\":{\"d\":1,\"value\":1}}", "{\"b\":1}", CACHED, 0},
        /* A marker for one, an object without a value for the other. */
        {"{\"b\":1,\"v\":{\"e\":{\"k\":1}}}", "{\"b\":1}", IN_FULL, 0},
        {"{\"b\":1,\"v\":{\"e\":{\"k\":1}}}", "{\"b\":1,\"v\":{\"e\":{\"k\":2}}}", CACHED, 0},
        {"{\"b\":1,\"v\":{\"e\":{\"k\":1}}}",
         "{\"b\":1,\"v\":{\"e\":{\"k\":1,\"name\":\"T\"}}}", CACHED, 0},
        {"{\"b\":1,\"v\":{\"e\":{\"k\":1}}}", "{\"b\":1,\"v\":{\"e\":{\"k\":1},\"d\":1}}",
         IN_FULL, 0},
    };
    CHECK_ROWS(&rules, rows);
}

UNIT_TEST(another_root_is_there)
{
    static const struct pair_rules rules = {
        .catalogs = {"@catalog|t|1\n@root|/c1\n@root|/c2/in\na|/a|g|build\nb|/b|g|build\n"}};
    static const struct row rows[] = {
        {"{\"c1\":{\"a\":1},\"c2\":{\"in\":{\"a\":2}}}", "{\"c2\":{\"in\":{\"a\":2}}}", IN_FULL,
         0},
        {"{\"c2\":{\"in\":{\"a\":2}}}", "{\"c1\":{\"a\":1},\"c2\":{\"in\":{\"a\":2}}}", IN_FULL,
         0},
        {"{\"c2\":{\"in\":{\"a\":2}},\"u\":1}",
         "{\"c2\":{\"in\":{\"a\":2}},\"u\":1,\"c1\":{\"a\":1}}", IN_FULL, 0},
        {"{\"c2\":{\"in\":{\"a\":2}}}", "{\"c1\":5,\"c2\":{\"in\":{\"a\":2}}}", AS_KNOWN, 0},
        {"{\"c2\":{\"in\":{\"a\":2}}}", "{\"c1\":{},\"c2\":{\"in\":{\"a\":2}}}", REJECTED,
         STATUS_SIGNALS},
        {"{\"c1\":{\"a\":1},\"c2\":{\"in\":{\"a\":2}}}",
         "{\"c1\":{},\"c2\":{\"in\":{\"a\":2}}}", REJECTED, STATUS_SIGNALS},
        {"{\"c1\":{\"a\":1},\"c2\":{\"in\":{\"a\":2}}}", "{\"c1\":7,\"c2\":{\"in\":{\"a\":2}}}",
         IN_FULL, 0},
        {"{\"c1\":{\"a\":1}}", "{\"c1\":{\"a\":3}}", CACHED, 0},
        {"{\"c1\":{\"a\":1}}", "{\"c1\":{\"a\":1,\"b\":2}}", CACHED, 0},
        {"{\"c1\":{\"u\":1,\"a\":1}}", "{\"c1\":{\"a\":1}}", AS_KNOWN, 0},
        {"{\"c1\":{\"a\":1},\"c2\":{\"a\":5}}", "{\"c1\":{\"a\":1},\"c2\":{\"a\":6}}", ALIKE,
         0},
        {"{\"c2\":{\"in\":{\"a\":2}}}", "{\"c2\":{\"a\":1,\"in\":{\"a\":2}}}", AS_KNOWN, 0},
        {"{\"c2\":{\"in\":{\"a\":2}}}", "{\"c2\":{\"in\":{\"a\":3}}}", CACHED, 0},
    };
    CHECK_ROWS(&rules, rows);
}

UNIT_TEST(a_root_may_be_missing_for_one_of_several)
{
    static const struct pair_rules rules = {
        .catalogs = {"@catalog|s|1\na|/a|g|build\n",
                     "@catalog|t|1\n@root|/c1\n@root|/c2\nx|/x|g|build\n"},
        .targets = {{0, false}, {1, false}},
        .target_count = 2};
    static const struct row rows[] = {
        {"{\"a\":1}", "{\"a\":1,\"c1\":{\"x\":1}}", IN_FULL, 0},
        {"{\"a\":1,\"c1\":{\"x\":1}}", "{\"a\":1}", IN_FULL, 0},
        {"{\"a\":1,\"c2\":{\"x\":1}}", "{\"a\":1,\"c1\":{\"x\":2}}", IN_FULL, 0},
        {"{\"a\":1,\"c1\":{\"x\":1},\"u\":1}", "{\"a\":1,\"c1\":{\"x\":2},\"u\":1}", CACHED, 0},
        {"{\"a\":1,\"u\":1}", "{\"a\":2,\"u\":1}", CACHED, 0},
    };
    CHECK_ROWS(&rules, rows);
}

UNIT_TEST(the_value_that_excludes_is_another)
{
    static const struct pair_rules rules = {
        .catalogs = {"@catalog|t|1\n@exclude|d|when|/k|\"yes\"\n@keep|dk\n"
                     "@exclude|b|when|/m/n|{\"p\":1}\nda|/a|g|build\ndk|/a|g|build\n"
                     "b|/b|g|build\nx|/k|g|build\n"},
        .dictionary = true};
    static const struct row rows[] = {
        {"{\"a\":1,\"b\":1,\"k\":\"yes\"}", "{\"a\":1,\"b\":1,\"k\":\"no\"}", CACHED, 0},
        {"{\"a\":1,\"b\":1,\"k\":\"no\"}", "{\"a\":1,\"b\":1,\"k\":\"yes\"}", CACHED, 0},
        {"{\"a\":1,\"b\":1,\"k\":\"no\"}", "{\"a\":1,\"b\":1,\"k\":\"\\u0079es\"}", CACHED, 0},
        {"{\"a\":1,\"b\":1,\"k\":\"yes\"}", "{\"a\":1,\"b\":1}", CACHED, 0},
        {"{\"a\":1,\"b\":1}", "{\"a\":1,\"b\":1,\"k\":\"yes\"}", CACHED, 0},
        {"{\"k\":\"yes\",\"b\":1,\"a\":2}", "{\"k\":\"yes\",\"b\":1,\"a\":3}", CACHED, 0},
        {"{\"a\":1,\"b\":1,\"m\":{\"n\":{\"p\":1}}}",
         "{\"a\":1,\"b\":1,\"m\":{\"n\":{\"p\":2}}}", CACHED, 0},
        {"{\"a\":1,\"b\":1,\"m\":{\"n\":{\"p\":2}}}",
         "{\"a\":1,\"b\":1,\"m\":{\"n\":{ \"p\" : 1.0 }}}", CACHED, 0},
        {"{\"a\":1,\"b\":1,\"m\":{\"n\":{\"p\":1}}}", "{\"a\":1,\"b\":1,\"m\":[{\"p\":1}]}",
         CACHED, 0},
    };
    CHECK_ROWS(&rules, rows);
}

UNIT_TEST(the_value_that_keeps_from_being_excluded_comes_and_goes)
{
    static const struct pair_rules rules = {
        .catalogs = {"@catalog|t|1\n@error|error\n@exclude|d|unless|/k|\"yes\"\n"
                     "da|/a|g|build\nb|/b|g|build\nx|/k|g|build\n"},
        .dictionary = true};
    static const struct row rows[] = {
        {"{\"a\":1,\"b\":1,\"k\":\"yes\"}", "{\"a\":1,\"b\":1,\"k\":\"no\"}", CACHED, 0},
        {"{\"a\":1,\"b\":1,\"k\":\"no\"}", "{\"a\":1,\"b\":1,\"k\":\"yes\"}", CACHED, 0},
        {"{\"a\":1,\"b\":1,\"k\":\"yes\"}", "{\"a\":1,\"b\":1}", CACHED, 0},
        {"{\"a\":1,\"b\":1}", "{\"a\":1,\"b\":1,\"k\":\"yes\"}", CACHED, 0},
        {"{\"a\":1,\"b\":1}", "{\"a\":2,\"b\":1}", ALIKE, 0},
    };
    CHECK_ROWS(&rules, rows);
}

UNIT_TEST(an_error_that_passes_comes_and_goes)
{
    static const struct pair_rules rules = {
        .catalogs = {"@catalog|t|1\n@error|error\n@transient|Timeout|AbortError\n"
                     "a|/a|g|install\nb|/b|h|build|error-if(Timeout,0)\n"},
        .dictionary = true};
    static const struct row rows[] = {
        {"{\"a\":{\"error\":\"Timeout: 1\"},\"b\":1}",
         "{\"a\":{\"error\":\"TypeError: 1\"},\"b\":1}", CACHED, 0},
        {"{\"a\":{\"error\":\"TypeError: 1\"},\"b\":1}",
         "{\"a\":{\"error\":\"AbortError: 1\"},\"b\":1}", CACHED, 0},
        {"{\"a\":1,\"b\":1}", "{\"a\":1,\"b\":0}", CACHED, 0},
        {"{\"a\":1,\"b\":0}", "{\"a\":1,\"b\":2}", CACHED, 0},
    };
    CHECK_ROWS(&rules, rows);
}

UNIT_TEST(of_the_pointers_of_a_row_the_first_that_finds_anything_counts)
{
    static const struct pair_rules rules = {
        .catalogs = {"@catalog|t|1\n@error|error\nb|/b|g|build\np|/p|g|build||fact\n|/o/q\n"
                     "|/l/0\nold|/p|h|build|retired\n|/o/q\nolder|/l/1|h|build|retired\nu|/"
                     "u|h|build\n|/b\n"},
        .dictionary = true};
    static const struct row rows[] = {
        {"{\"b\":1,\"o\":{\"q\":2}}", "{\"b\":1,\"o\":{\"q\":2},\"p\":3}", CACHED, 0},
        {"{\"p\":3,\"b\":1,\"o\":{\"q\":2}}", "{\"b\":1,\"o\":{\"q\":2}}", CACHED, 0},
        {"{\"p\":3,\"b\":1,\"o\":{\"q\":2}}", "{\"p\":3,\"b\":1,\"o\":{\"q\":4}}", ALIKE, 0},
        {"{\"b\":1,\"o\":{\"q\":2},\"l\":[7]}", "{\"b\":1,\"o\":5,\"l\":[7]}", CACHED, 0},
        {"{\"b\":1,\"o\":{\"q\":2},\"l\":[7]}", "{\"b\":1,\"l\":[7]}", CACHED, 0},
        {"{\"b\":1,\"l\":[7]}", "{\"b\":1,\"l\":[]}", CACHED, 0},
        {"{\"b\":1,\"p\":2}", "{\"b\":1,\"p\":{\"error\":\"T\"}}", CACHED, 0},
        {"{\"b\":1,\"p\":2,\"u\":3}", "{\"b\":1,\"p\":2}", CACHED, 0},
        {"{\"b\":1,\"p\":2}", "{\"p\":2}", CACHED, 0},
        /* A retired row counts as found if it is found. */
        {"{\"b\":1,\"l\":[7,8]}", "{\"l\":[]}", REJECTED, STATUS_SIGNALS},
        {"{\"b\":1,\"l\":[7,8]}", "{\"l\":5}", REJECTED, STATUS_SIGNALS},
        {"{\"b\":1,\"o\":{\"q\":1}}", "{\"o\":{\"q\":1}}", CACHED, 0},
    };
    CHECK_ROWS(&rules, rows);
}

UNIT_TEST(a_retired_signal_is_one_that_the_record_has)
{
    static const struct pair_rules rules = {
        .catalogs = {"@catalog|s|1\nold|/o|g|build|retired\n", "@catalog|t|1\nb|/b|g|build\n"},
        .targets = {{0, false}, {1, false}},
        .target_count = 2};
    static const struct row rows[] = {
        /* It is counted as a record of the first catalog, or not. */
        {"{\"o\":1,\"b\":1}", "{\"o\":2,\"b\":1}", ALIKE, 0},
        {"{\"b\":1}", "{\"b\":1,\"o\":2}", ALIKE, 0},
        {"{\"o\":1,\"b\":1}", "{\"b\":1}", ALIKE, 0},
        /* And alone it is enough. */
        {"{\"o\":1,\"b\":1}", "{\"o\":2}", CACHED, 0},
        {"{\"o\":1}", "{}", REJECTED, STATUS_SIGNALS},
    };
    CHECK_ROWS(&rules, rows);
}

UNIT_TEST(a_value_is_whole_for_one_row_and_on_the_way_of_another)
{
    static const struct pair_rules rules = {
        .catalogs = {"@catalog|s|1\no|/o|g|build\nb|/b|g|build\n",
                     "@catalog|t|1\n@error|e\nx|/o/x|g|build\nk|/o/l/1/k|g|build\n"},
        .targets = {{0, false}, {1, false}, {1, true}},
        .target_count = 3};
    static const struct row rows[] = {
        {"{\"b\":1,\"o\":{\"x\":1,\"y\":2}}", "{\"b\":1,\"o\":{\"x\":1,\"y\":3}}", CACHED, 0},
        {"{\"b\":1,\"o\":{\"x\":1,\"y\":2}}", "{\"b\":1,\"o\":{\"y\":2,\"x\":1}}", ALIKE, 0},
        {"{\"b\":1,\"o\":{\"x\":1,\"y\":2}}", "{\"b\":1,\"o\":{\"e\":1}}", CACHED, 0},
        {"{\"b\":1,\"o\":{\"x\":1}}", "{\"b\":1}", CACHED, 0},
        {"{\"b\":1}", "{\"b\":1,\"o\":{\"l\":[0,{\"k\":1}]}}", CACHED, 0},
        {"{\"b\":1,\"o\":{\"l\":[0,{\"k\":1}]}}", "{\"b\":1,\"o\":{\"l\":[{\"k\":1},{}]}}",
         CACHED, 0},
        {"{\"b\":1,\"o\":{\"x\":1}}", "{\"b\":1,\"o\":{\"x\":1,\"n\":{\"x\":1,\"x\":1}}}",
         REJECTED, STATUS_DUPLICATE},
    };
    CHECK_ROWS(&rules, rows);
}

/* The outcome of the second record, after each has been read until it would be cached. */
static void check_same(const struct pair_rules *rules, const char *const *records, size_t count)
{
    struct pair p;

    pair_begin(&p, rules);
    for (size_t i = 0; i < count; i++) {
        (void)row_cached(&p, records[i]);
        (void)row_cached(&p, records[i]);
        CHECK(p.fault.status == STATUS_OK);
    }
    pair_end(&p);
}

UNIT_TEST(a_value_is_whole_for_one_row_and_the_root_of_another_catalog)
{
    static const struct pair_rules rules = {
        .catalogs = {"@catalog|s|1\nc|/c|g|build\n", "@catalog|t|1\n@root|/c\nx|/x|g|build\n"},
        .targets = {{0, false}, {1, false}},
        .target_count = 2};
    static const char *const records[] = {"{\"a\":1,\"c\":5}", "{\"a\":1,\"c\":{\"x\":1}}",
                                          "{\"a\":1,\"c\":{\"x\":2}}", "{\"a\":1,\"c\":{}}"};
    check_same(&rules, records, 4);
}

UNIT_TEST(of_names_that_read_alike_the_last_counts)
{
    static const struct pair_rules rules = {
        .catalogs = {"@catalog|t|1\nb|/b|g|build\nf|/\xEF\xBF\xBD|g|build\n"}};
    static const char *const records[] = {"{\"b\":2,\"\\ud800\":1,\"\\ud801\":2}",
                                          "{\"b\":2,\"\\ud800\":3,\"\\ud801\":2}",
                                          "{\"b\":2,\"\\ud800\":1,\"\\ud801\":3}",
                                          "{\"b\":2,\"\\ud801\":1,\"\\ud800\":2}",
                                          "{\"b\":2,\"\\ud800\":1,\"\xEF\xBF\xBD\":4}",
                                          "{\"b\":2,\"\xEF\xBF\xBD\":5}",
                                          "{\"b\":2,\"\\ufffd\":6}",
                                          "{\"b\":2}"};
    check_same(&rules, records, 8);
}

UNIT_TEST(the_id_is_that_of_the_record)
{
    static const struct pair_rules rules = {
        .catalogs = {"@catalog|t|1\n@id|/id\nb|/b|g|build\n",
                     "@catalog|u|1\n@id|/m/id\n@error|id\nb|/b|g|build\n"},
        .targets = {{0, false}, {1, false}, {0, true}, {1, true}},
        .target_count = 4};
    static const struct row rows[] = {
        {"{\"id\":\"r1\",\"b\":1}", "{\"id\":\"r2\",\"b\":1}", CACHED, 0},
        {"{\"id\":\"r1\",\"b\":1}", "{\"b\":1}", CACHED, 0},
        {"{\"b\":1}", "{\"b\":1,\"id\":\"r1\"}", CACHED, 0},
        {"{\"id\":\"r1\",\"b\":1}", "{\"id\":null,\"b\":1}", CACHED, 0},
        {"{\"id\":null,\"b\":1}", "{\"b\":1}", ALIKE, 0},
        {"{\"id\":1,\"b\":1}", "{\"id\":18446744073709551616,\"b\":1}", CACHED, 0},
        {"{\"id\":12,\"b\":1}", "{\"id\":123,\"b\":1}", CACHED, 0},
        {"{\"id\":123,\"b\":1}", "{\"id\":12,\"b\":1}", CACHED, 0},
        {"{\"b\":1,\"id\":12}", "{\"b\":1,\"id\":123}", CACHED, 0},
        {"{\"id\":1,\"b\":1}", "{\"id\":1.0,\"b\":1}", CACHED, 0},
        {"{\"id\":\"r1\",\"b\":1}", "{\"id\":\"\\u0072\\u0031\",\"b\":1}", ALIKE, 0},
        {"{\"id\":\"r1\",\"b\":1}", "{\"id\":{\"x\":1},\"b\":1}", REJECTED, STATUS_ID},
        {"{\"id\":\"r1\",\"b\":1}", "{\"id\":{},\"b\":1}", REJECTED, STATUS_ID},
        {"{\"id\":\"r1\",\"b\":1}", "{\"id\":[1],\"b\":1}", REJECTED, STATUS_ID},
        {"{\"id\":\"r1\",\"b\":1}", "{\"id\":true,\"b\":1}", REJECTED, STATUS_ID},
        {"{\"b\":1}", "{\"b\":1,\"id\":false}", REJECTED, STATUS_ID},
        {"{\"id\":\"r1\",\"b\":1}", "{\"b\":1,\"id\":\"r1\"}", ALIKE, 0},
        {"{\"m\":{\"id\":1},\"b\":1}", "{\"m\":{\"id\":2},\"b\":1}", CACHED, 0},
        {"{\"m\":{\"id\":1,\"k\":1},\"b\":1}", "{\"m\":{\"k\":1},\"b\":1}", CACHED, 0},
        {"{\"m\":{\"id\":1},\"b\":1}", "{\"m\":{},\"b\":1}", CACHED, 0},
        {"{\"m\":{\"id\":1},\"b\":1}", "{\"m\":5,\"b\":1}", CACHED, 0},
        {"{\"m\":5,\"b\":1}", "{\"m\":{\"id\":1},\"b\":1}", CACHED, 0},
        {"{\"m\":[5],\"b\":1}", "{\"m\":[{\"id\":1}],\"b\":1}", ALIKE, 0},
        {"{\"m\":{\"id\":1},\"b\":1}", "{\"m\":{\"id\":{\"id\":1}},\"b\":1}", REJECTED,
         STATUS_ID},
        {"{\"id\":1,\"m\":{\"id\":2},\"b\":1}", "{\"id\":2,\"m\":{\"id\":1},\"b\":1}", CACHED,
         0},
    };
    CHECK_ROWS(&rules, rows);
}

UNIT_TEST(what_is_carried_is_the_text_of_the_record)
{
    static const struct pair_rules rules = {
        .catalogs = {"@catalog|t|1\n@carry|t|/t|u64\n@carry|u|/m/u|f64\n@carry|m|/m\n"
                     "@carry|l|/l/1|i64\n@carry|b|/b\nb|/b|g|build\nk|/m/u|h|build\n"},
        .targets = {{0, false}, {0, true}},
        .target_count = 2};
    static const struct row rows[] = {
        {"{\"t\":12,\"b\":1}", "{\"t\":123,\"b\":1}", CACHED, 0},
        {"{\"t\":123,\"b\":1}", "{\"t\":12,\"b\":1}", CACHED, 0},
        {"{\"b\":1,\"t\":12}", "{\"b\":1,\"t\":123}", CACHED, 0},
        {"{\"b\":1,\"t\":12}", "{\"b\":1,\"t\":13}", CACHED, 0},
        {"{\"t\":1,\"b\":1}", "{\"t\":1.0,\"b\":1}", CACHED, 0},
        {"{\"t\":\"A\",\"b\":1}", "{\"t\":\"\\u0041\",\"b\":1}", CACHED, 0},
        {"{\"t\":1,\"b\":1}", "{\"b\":1}", CACHED, 0},
        {"{\"b\":1}", "{\"b\":1,\"t\":1}", CACHED, 0},
        {"{\"t\":1,\"b\":1}", "{\"b\":1,\"t\":1}", ALIKE, 0},
        {"{\"t\":1,\"b\":2}", "{\"t\":2,\"b\":1}", CACHED, 0},
        {"{\"t\":1,\"b\":1}", "{\"t\":null,\"b\":1}", CACHED, 0},
        {"{\"t\":1,\"b\":1,\"n\":1}", "{\"t\":1,\"b\":1,\"n\":12}", ALIKE, 0},
        {"{\"m\":{\"u\":1,\"v\":2},\"b\":1}", "{\"m\":{\"u\":1,\"v\":3},\"b\":1}", CACHED, 0},
        {"{\"m\":{\"u\":1,\"v\":2},\"b\":1}", "{\"m\":{\"v\":2,\"u\":1},\"b\":1}", CACHED, 0},
        {"{\"m\":{\"u\":1},\"b\":1}", "{\"m\":{\"u\":1 },\"b\":1}", CACHED, 0},
        {"{\"m\":{\"u\":1},\"b\":1}", "{\"m\":{\"v\":1},\"b\":1}", CACHED, 0},
        {"{\"m\":{\"u\":1},\"b\":1}", "{\"m\":[{\"u\":1}],\"b\":1}", CACHED, 0},
        {"{\"m\":{\"u\":1},\"b\":1}", "{\"b\":1}", CACHED, 0},
        {"{\"l\":[1,2],\"b\":1}", "{\"l\":[1,3],\"b\":1}", CACHED, 0},
        {"{\"l\":[1,2],\"b\":1}", "{\"l\":[2],\"b\":1}", CACHED, 0},
        {"{\"l\":[1,2],\"b\":1}", "{\"l\":{\"1\":2},\"b\":1}", ALIKE, 0},
        {"{\"l\":{\"1\":2},\"b\":1}", "{\"l\":{\"1\":2,\"0\":1},\"b\":1}", ALIKE, 0},
    };
    CHECK_ROWS(&rules, rows);
}

UNIT_TEST(of_the_pointers_of_an_id_or_a_carried_member_the_first_that_is_found_counts)
{
    static const struct pair_rules rules = {
        .catalogs = {"@catalog|t|1\n@id|/e/id\n|/id\n|/l/0\n"
                     "@carry|t|/l/1\n|/o/t\n|/t\nb|/b|g|build\n"},
        .targets = {{0, false}, {0, true}},
        .target_count = 2};
    static const struct row rows[] = {
        {"{\"b\":1,\"id\":1,\"e\":{\"id\":2}}", "{\"b\":1,\"id\":3,\"e\":{\"id\":2}}", ALIKE, 0},
        {"{\"b\":1,\"id\":1,\"e\":{\"id\":2}}", "{\"b\":1,\"id\":1,\"e\":{\"id\":4}}", CACHED, 0},
        {"{\"b\":1,\"e\":{\"id\":2},\"id\":1}", "{\"b\":1,\"e\":{\"id\":2},\"id\":3}", ALIKE, 0},
        {"{\"b\":1,\"e\":{\"id\":2},\"id\":1}", "{\"b\":1,\"e\":{\"x\":2},\"id\":1}", CACHED, 0},
        {"{\"b\":1,\"e\":{\"id\":2},\"id\":1}", "{\"b\":1,\"id\":1}", CACHED, 0},
        {"{\"b\":1,\"id\":1,\"l\":[5]}", "{\"b\":1,\"l\":[5]}", CACHED, 0},
        {"{\"b\":1,\"l\":[5],\"id\":1}", "{\"b\":1,\"l\":[6],\"id\":1}", ALIKE, 0},
        {"{\"b\":1,\"l\":[5],\"id\":1}", "{\"b\":1,\"l\":[[]],\"id\":1}", ALIKE, 0},
        {"{\"b\":1,\"e\":{\"id\":2},\"id\":1}", "{\"b\":1,\"e\":{\"id\":null},\"id\":1}", CACHED, 0},
        {"{\"b\":1,\"e\":{\"id\":2},\"id\":1}", "{\"b\":1,\"e\":{\"id\":[]},\"id\":1}", REJECTED,
         STATUS_ID},
        {"{\"b\":1,\"e\":{\"id\":2},\"id\":1}", "{\"b\":1,\"e\":{\"id\":2},\"id\":[]}", ALIKE, 0},
        {"{\"b\":1,\"t\":1,\"o\":{\"t\":2}}", "{\"b\":1,\"t\":3,\"o\":{\"t\":2}}", ALIKE, 0},
        {"{\"b\":1,\"t\":1,\"o\":{\"t\":2}}", "{\"b\":1,\"t\":1,\"o\":{\"t\":null}}", CACHED, 0},
        {"{\"b\":1,\"t\":1,\"o\":{\"t\":2}}", "{\"b\":1,\"t\":1,\"o\":{\"u\":2}}", CACHED, 0},
        {"{\"b\":1,\"t\":1,\"l\":[0]}", "{\"b\":1,\"t\":1,\"l\":[0,1]}", ALIKE, 0},
        {"{\"b\":1,\"t\":1,\"l\":[0]}", "{\"b\":1,\"t\":1,\"l\":[0,2]}", CACHED, 0},
    };
    CHECK_ROWS(&rules, rows);
}

UNIT_TEST(what_pairs_and_json_replace_is_read_again_where_it_differs)
{
    static const struct pair_rules rules = {
        .catalogs = {"@catalog|t|1\n@pairs|/p|k|v|lower\n@json|/j\n@error|error\n@carry|c|/p/c\n"
                     "@json|/o/error\n@id|/j/id\na|/p/a|g|build\nb|/p/b/x|g|build\nj|/j/x|h|build\n"
                     "o|/o/y|h|build\n"},
        .targets = {{0, false}, {0, true}},
        .target_count = 2};
#define ONE "{\"n\":1,\"p\":[{\"k\":\"a\",\"v\":1},{\"k\":\"b\",\"v\":{\"x\":2}}],\"j\":\"{\\\"x\\\":3}\"}"
    static const struct row rows[] = {
        {ONE, "{\"n\":2,\"p\":[{\"k\":\"a\",\"v\":1},{\"k\":\"b\",\"v\":{\"x\":2}}],\"j\":\"{\\\"x\\\":3}\"}",
         ALIKE, 0},
        {ONE, "{\"n\":1,\"p\":[{\"k\":\"B\",\"v\":{\"x\":2}},{\"k\":\"A\",\"v\":1}],\"j\":\"{\\\"x\\\":3}\"}",
         ALIKE, 0},
        {ONE, "{\"n\":1,\"p\":[{\"k\":\"a\",\"v\":1},{\"k\":\"b\",\"v\":{\"x\":4}}],\"j\":\"{\\\"x\\\":3}\"}",
         CACHED, 0},
        {ONE, "{\"n\":1,\"p\":[{\"k\":\"a\",\"v\":1},{\"k\":\"b\",\"v\":{\"x\":2}}],\"j\":\"{\\\"x\\\":4}\"}",
         CACHED, 0},
        {ONE, "{\"n\":1,\"p\":[{\"k\":\"a\",\"v\":1},{\"k\":\"b\",\"v\":{\"x\":2}}],\"j\":\"{\\\"x\\\":3\"}",
         CACHED, 0},
        {ONE, "{\"n\":1,\"p\":[{\"k\":\"a\",\"v\":1},{\"k\":\"b\",\"v\":{\"x\":2}}],\"j\":\"{\\\"x\\\":3,\\\"id\\\":1}\"}",
         CACHED, 0},
        {ONE, "{\"n\":1,\"p\":[{\"k\":\"a\",\"v\":1},{\"k\":\"b\",\"v\":{\"x\":2}}],\"j\":\"{\\\"x\\\":3,\\\"id\\\":[]}\"}",
         REJECTED, STATUS_ID},
        {ONE, "{\"n\":1,\"p\":[{\"k\":\"c\",\"v\":1}],\"j\":\"{\\\"x\\\":3}\"}", CACHED, 0},
        {ONE, "{\"n\":1,\"p\":[{\"k\":\"a\",\"k\":1}],\"j\":\"{\\\"x\\\":3}\"}", REJECTED,
         STATUS_DUPLICATE},
        {"{\"p\":[{\"k\":\"a\",\"v\":1}],\"q\":1}", "{\"p\":[{\"k\":\"a\",\"v\":1},5],\"q\":1}", ALIKE, 0},
        {"{\"p\":[{\"k\":\"a\",\"v\":1}]}", "{\"p\":[{\"k\":\"error\",\"v\":\"E\"}]}", CACHED, 0},
        {"{\"o\":{\"error\":\"E\"}}", "{\"o\":{\"error\":\"{\\\"name\\\":\\\"E\\\"}\"}}", ALIKE, 0},
        {"{\"o\":{\"error\":\"E\"}}", "{\"o\":{\"error\":\"\\\"F\\\"\"}}", CACHED, 0},
    };
    CHECK_ROWS(&rules, rows);
}

int main(void)
{
    return unit_run();
}
