/*
 * Options of --match: what is read of them. tests/cli/match-options.bats has what is refused.
 */
#include "config.h"

#include <getopt.h>

#include "cmd/options.h"
#include "format/ndjson.h"
#include "unit.h"

/* Read the command line that WORDS are, up to a null. */
static bool read_words(struct options *options, const char *const *words)
{
    struct diag diag = {.status = DIAG_OK};
    int count = 0;

    while (words[count])
        count++;
    optind = 0; /* glibc begins anew */
    return options_read(options, count, (char *const *)(uintptr_t)words, &diag) &&
           diag.status == DIAG_OK;
}

UNIT_TEST(thresholds_are_thousandths_of_a_bit)
{
    static const struct {
        const char *text;
        int32_t first, second;
    } rows[] = {
        {"0", 0, 0},
        {"-0", 0, 0},
        {"7", 7000, 7000},
        {"+7", 7000, 7000},
        {"-7.5", -7500, -7500},
        {"1.25,1.250", 1250, 1250},
        {"-0.001,0.001", -1, 1},
        {"-6,0", -6000, 0},
        {"-2.05,-2.005", -2050, -2005},
        {"0007", 7000, 7000},
        {"-1000,1000", -1000000, 1000000},
        {"-1000.000,+1000.000", -1000000, 1000000},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct options options;
        CHECK(read_words(&options, (const char *[]){"whorl", "--match", "--threshold",
                                                    rows[i].text, "a", "b", NULL}));
        CHECK(options.match.threshold_given);
        CHECK(options.match.thresholds[0] == rows[i].first);
        CHECK(options.match.thresholds[1] == rows[i].second);
        options_free(&options);
    }
}

UNIT_TEST(without_a_threshold_a_record_is_new_below_5_bits_against_and_matches_from_0)
{
    struct options options;

    CHECK(read_words(&options, (const char *[]){"whorl", "--match", "a", "-", NULL}));
    CHECK(options.mode == OPTIONS_MATCH && !options.match.threshold_given);
    CHECK(options.match.thresholds[0] == -5000 && options.match.thresholds[1] == 0);
    CHECK(!options.match.index && !options.match.truth && !options.by && !options.format);
    options_free(&options);
}

UNIT_TEST(known_may_be_left_out_with_an_index)
{
    struct options options;

    CHECK(read_words(&options, (const char *[]){"whorl", "--match", "--index=i", "new", NULL}));
    CHECK(options.file_count == 1);
    CHECK_TEXT(span_text(options.match.index), "i");
    CHECK_TEXT(span_text(options.files[0]), "new");
    options_free(&options);
}

UNIT_TEST(options_that_other_modes_have_too_are_read_with_match)
{
    struct options options;

    CHECK(read_words(&options,
                     (const char *[]){"whorl", "--match", "--by=/carry/a", "--truth", "/carry/b",
                                      "--map=a=b", "--memory=8M", "-j", "3", "--long", "-o", "out",
                                      "--format=ndjson", "--catalog=fingerprintjs", "-v", "a",
                                      "b", NULL}));
    CHECK_TEXT(span_text(options.by), "/carry/a");
    CHECK_TEXT(span_text(options.match.truth), "/carry/b");
    CHECK(options.diff.map.n == sizeof(char *) && options.memory == (size_t)8 << 20);
    CHECK(options.jobs == 3 && options.long_window && options.verbose);
    CHECK_TEXT(span_text(options.output), "out");
    CHECK(options.format && options.writer == &ndjson_writer && options.catalog_count > 1);
    options_free(&options);
}

int main(void)
{
    return unit_run();
}
