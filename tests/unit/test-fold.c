#include "config.h"

#include "vector/fold.h"

#include "vector/vector.h"
#include "signals.h"

/*
 * The input is set by hand: the hash of row number i is the byte 0x11 * (i + 1), 8 times. Expected
 * hashes are made by xxhsum (Debian's package xxhash) from the bytes that whorl-vector(5) requires
 * in "The hashes". As a shell command, for a group, and with -H2 for an identity:
 *
 *     fold() { printf "$(printf '%s' "$2" | sed 's/../\\x&/g')" | xxhsum "$1"; }
 *     fold -H3 11111111111111116666666666666666
 *
 * With each expected hash, a comment names the rows whose hashes are its bytes.
 */

enum { A, B, C, D, E, F, ROWS };
enum { GROUP_DEVICE, GROUP_INSTALL, GROUP_BUILD, GROUP_EXACT, GROUPS };

#define CATALOG_ROWS_ONLY                                                                      \
    "a\t/a\tdevice\tdevice\n"                                                                  \
    "b\t/b\tinstall\tinstall\n"                                                                \
    "c\t/c\tbuild\tbuild\n"                                                                    \
    "d\t/d\texact\texact\n"                                                                    \
    "e\t/e\texact\tvolatile\n"                                                                 \
    "f\t/f\tdevice\tdevice\n"

static struct vector v;

/* Make a vector of STATES under the catalog of DIRECTIVES, with the hashes above. */
static void fold_begin(const char *directives, const enum signal_state states[ROWS])
{
    static char text[1024];

    snprintf(text, sizeof text, "@catalog\tt\t1\n%s" CATALOG_ROWS_ONLY, directives);
    signals_compile(text);
    CHECK(signals_catalog.row_count == ROWS && signals_catalog.group_count == GROUPS);
    CHECK(vector_begin(&v, &signals_catalog, &signals_arena));
    v.sketched = true;
    for (uint64_t i = 0; i < ROWS; i++) {
        v.states[i] = (unsigned char)states[i];
        v.hashes[i] = signal_hashed(states[i]) ? 0x1111111111111111u * (i + 1) : 0;
        v.texts[i] = span_text("=0");
    }
}

#define FOLD_BEGIN(directives, ...)                                                            \
    fold_begin(directives, (const enum signal_state[ROWS]){__VA_ARGS__})

/* The results of A and B, which are folded, are the same. */
static void check_same(const struct vector *a, const struct vector *b)
{
    for (int i = 0; i < ROWS; i++)
        CHECK(a->states[i] == b->states[i] && a->hashes[i] == b->hashes[i] &&
              a->texts[i].n == b->texts[i].n);
    for (int i = 0; i < GROUPS; i++)
        CHECK(a->groups[i] == b->groups[i]);
    for (int i = 0; i < IDENTITIES; i++) {
        CHECK(a->has_id[i] == b->has_id[i] && a->coverage[i] == b->coverage[i]);
        CHECK(!a->has_id[i] ||
              (a->ids[i].high == b->ids[i].high && a->ids[i].low == b->ids[i].low));
    }
    CHECK(a->present == b->present && a->errors == b->errors);
    CHECK(memcmp(a->sketch, b->sketch, signals_catalog.sketch_words * sizeof *a->sketch) == 0);
}

/* A copy of V with states, hashes and texts of its own. */
static struct vector copy_vector(const struct vector *from)
{
    struct vector copy;

    CHECK(vector_begin(&copy, &signals_catalog, &signals_arena));
    for (int i = 0; i < ROWS; i++) {
        copy.states[i] = from->states[i];
        copy.hashes[i] = from->hashes[i];
        copy.texts[i] = from->texts[i];
    }
    copy.excludes = from->excludes;
    copy.sketched = from->sketched;
    return copy;
}

/* FROM with STATE in the rows of the set ROWS, folded; these are KNOWN as changed. */
static struct vector fold_like(const struct vector *from, unsigned rows,
                               enum signal_state state, struct fold_known *known)
{
    static uint32_t changed[ROWS];
    struct vector like = copy_vector(from);

    known->changed = changed;
    known->changed_count = 0;
    for (uint32_t i = 0; i < ROWS; i++) {
        if (!(rows >> i & 1))
            continue;
        changed[known->changed_count++] = i;
        like.states[i] = (unsigned char)state;
        like.hashes[i] = signal_hashed(state) ? 77 + i : 0;
    }
    CHECK(fold_vector(&like, &signals_arena));
    return like;
}

/* Fold the vector. What is known of it before makes no difference: which rows may be excluded, or
 * that it differs in some rows from another one, or only in what is excluded. */
static void fold_check(void)
{
    static const enum signal_state other[] = {SIGNAL_MISSING, SIGNAL_VALUE, SIGNAL_ERROR,
                                              SIGNAL_TRANSIENT};
    uint32_t covered[ROWS];
    struct fold_known known = {.covered = covered};
    struct vector copy, like, before = copy_vector(&v);

    for (uint32_t i = 0; i < ROWS; i++)
        if (signals_catalog.rows[i].excludes)
            covered[known.covered_count++] = i;
    CHECK(fold_vector(&v, &signals_arena));
    for (unsigned rows = 0; rows < 1u << ROWS; rows++)
        for (int i = 0; i < 4; i++) {
            copy = copy_vector(&before);
            copy.known = &known;
            like = fold_like(&before, rows, other[i], &known);
            known.like = i || rows ? &like : NULL;
            CHECK(fold_vector(&copy, &signals_arena));
            check_same(&v, &copy);
        }
    copy = copy_vector(&before);
    copy.known = &known;
    before.excludes ^= 1;
    like = fold_like(&before, 0, SIGNAL_MISSING, &known);
    known.like = &like;
    CHECK(fold_vector(&copy, &signals_arena));
    check_same(&v, &copy);
}

/* The coverage of exact, build, install, browser and device. */
static void check_coverage(uint32_t exact, uint32_t build, uint32_t install, uint32_t browser,
                           uint32_t device)
{
    CHECK(v.coverage[IDENTITY_EXACT] == exact);
    CHECK(v.coverage[IDENTITY_BUILD] == build);
    CHECK(v.coverage[IDENTITY_INSTALL] == install);
    CHECK(v.coverage[IDENTITY_BROWSER] == browser);
    CHECK(v.coverage[IDENTITY_DEVICE] == device);
}

/* Which identities are not null. */
static void check_has(bool exact, bool build, bool install, bool browser, bool device)
{
    CHECK(v.has_id[IDENTITY_EXACT] == exact);
    CHECK(v.has_id[IDENTITY_BUILD] == build);
    CHECK(v.has_id[IDENTITY_INSTALL] == install);
    CHECK(v.has_id[IDENTITY_BROWSER] == browser);
    CHECK(v.has_id[IDENTITY_DEVICE] == device);
}

#define VALUES                                                                                 \
    SIGNAL_VALUE, SIGNAL_VALUE, SIGNAL_VALUE, SIGNAL_VALUE, SIGNAL_VALUE, SIGNAL_VALUE
#define MISSING                                                                                \
    SIGNAL_MISSING, SIGNAL_MISSING, SIGNAL_MISSING, SIGNAL_MISSING, SIGNAL_MISSING,            \
        SIGNAL_MISSING

UNIT_TEST(a_group_hashes_its_hashes_in_the_order_of_rows_without_volatile_ones)
{
    FOLD_BEGIN("", VALUES);
    fold_check();
    CHECK_HASH64(v.groups[GROUP_DEVICE], "52def58818c99be3");  /* a f */
    CHECK_HASH64(v.groups[GROUP_INSTALL], "ae19aa20b1e845bf"); /* b */
    CHECK_HASH64(v.groups[GROUP_BUILD], "03773ad41c34c5b2");   /* c */
    CHECK_HASH64(v.groups[GROUP_EXACT], "7102aa676ece60f4");   /* d */
    CHECK(v.present == 6 && v.errors == 0);
}

UNIT_TEST(an_identity_hashes_the_signals_of_its_tiers)
{
    FOLD_BEGIN("", VALUES);
    fold_check();
    check_has(true, true, true, true, true);
    check_coverage(5, 4, 3, 1, 2);
    CHECK_HASH128(v.ids[IDENTITY_EXACT], "855fc4f684850c3e80ab672088aec07c");   /* a b c d f */
    CHECK_HASH128(v.ids[IDENTITY_BUILD], "aea73dd677a8e6845e7dcc03104c4942");   /* a b c f */
    CHECK_HASH128(v.ids[IDENTITY_INSTALL], "94e6d89f38e292f0f6afc26a3edef53e"); /* a b f */
    CHECK_HASH128(v.ids[IDENTITY_BROWSER], "40fe47cd0ef213210bc1cc18270ab121"); /* b */
    CHECK_HASH128(v.ids[IDENTITY_DEVICE], "1442212e454f932931270bd6e8d92f8c");  /* a f */
}

UNIT_TEST(without_a_contributing_signal_groups_and_identities_are_null)
{
    FOLD_BEGIN("@epoch\t258\n", MISSING);
    fold_check();
    for (int i = 0; i < GROUPS; i++)
        CHECK(v.groups[i] == 0);
    check_has(false, false, false, false, false);
    check_coverage(0, 0, 0, 0, 0);
    CHECK(v.present == 0 && v.errors == 0);

    /* Only a volatile signal is present. */
    FOLD_BEGIN("", [E] = SIGNAL_VALUE);
    fold_check();
    for (int i = 0; i < GROUPS; i++)
        CHECK(v.groups[i] == 0);
    check_has(false, false, false, false, false);
    CHECK(v.present == 1);
}

UNIT_TEST(a_signal_that_is_not_there_has_no_influence)
{
    FOLD_BEGIN("", [A] = SIGNAL_VALUE, [B] = SIGNAL_EXCLUDED, [C] = SIGNAL_MISSING,
               [D] = SIGNAL_EXCLUDED);
    fold_check();
    CHECK_HASH64(v.groups[GROUP_DEVICE], "7806d6c5fcfcc2e5"); /* a */
    CHECK(v.groups[GROUP_INSTALL] == 0 && v.groups[GROUP_EXACT] == 0);
    check_has(true, true, true, false, true);
    check_coverage(1, 1, 1, 0, 1);
    CHECK_HASH128(v.ids[IDENTITY_EXACT], "bd41dffebdf030e4d1fb51a790d02f50"); /* a */
    CHECK(v.present == 1);
}

UNIT_TEST(an_undefined_signal_contributes_as_a_value_does)
{
    FOLD_BEGIN("", [A] = SIGNAL_VALUE, [B] = SIGNAL_UNDEFINED);
    fold_check();
    CHECK_HASH128(v.ids[IDENTITY_INSTALL], "421e7e6a37b362b620dd5cc9933c7afe"); /* a b */
    CHECK_HASH128(v.ids[IDENTITY_BROWSER], "40fe47cd0ef213210bc1cc18270ab121"); /* b */
    CHECK(v.present == 2 && v.errors == 0);
}

UNIT_TEST(an_error_enters_its_group_and_exact_and_build_only)
{
    FOLD_BEGIN("", SIGNAL_ERROR, SIGNAL_VALUE, SIGNAL_VALUE, SIGNAL_VALUE, SIGNAL_VALUE,
               SIGNAL_VALUE);
    fold_check();
    CHECK_HASH64(v.groups[GROUP_DEVICE], "52def58818c99be3"); /* a f */
    check_has(true, true, true, true, true);
    check_coverage(5, 4, 2, 1, 1);
    CHECK_HASH128(v.ids[IDENTITY_EXACT], "855fc4f684850c3e80ab672088aec07c");   /* a b c d f */
    CHECK_HASH128(v.ids[IDENTITY_BUILD], "aea73dd677a8e6845e7dcc03104c4942");   /* a b c f */
    CHECK_HASH128(v.ids[IDENTITY_INSTALL], "e56738f95a9265fada3dd279030a3379"); /* b f */
    CHECK_HASH128(v.ids[IDENTITY_DEVICE], "fff3e356c65eb485bdabeeefd75aca4c");  /* f */
    CHECK(v.present == 6 && v.errors == 1);
}

UNIT_TEST(a_temporary_error_makes_null_what_it_would_enter_as_a_value)
{
    /* b has the tier install: it would enter exact, build, install and browser. */
    FOLD_BEGIN("", SIGNAL_VALUE, SIGNAL_TRANSIENT, SIGNAL_VALUE, SIGNAL_VALUE, SIGNAL_VALUE,
               SIGNAL_VALUE);
    fold_check();
    check_has(false, false, false, false, true);
    check_coverage(5, 4, 2, 0, 2);
    CHECK_HASH128(v.ids[IDENTITY_DEVICE], "1442212e454f932931270bd6e8d92f8c"); /* a f */
    CHECK_HASH64(v.groups[GROUP_INSTALL], "ae19aa20b1e845bf");                 /* b */
    CHECK(v.present == 6 && v.errors == 1);

    /* d has the tier exact. */
    FOLD_BEGIN("", SIGNAL_VALUE, SIGNAL_VALUE, SIGNAL_VALUE, SIGNAL_TRANSIENT, SIGNAL_VALUE,
               SIGNAL_VALUE);
    fold_check();
    check_has(false, true, true, true, true);
    check_coverage(5, 4, 3, 1, 2);

    /* A volatile signal enters no identity. */
    FOLD_BEGIN("", SIGNAL_VALUE, SIGNAL_VALUE, SIGNAL_VALUE, SIGNAL_VALUE, SIGNAL_TRANSIENT,
               SIGNAL_VALUE);
    fold_check();
    check_has(true, true, true, true, true);
}

UNIT_TEST(the_epoch_is_hashed_first_in_identities_and_in_nothing_else)
{
    FOLD_BEGIN("@epoch\t258\n", VALUES);
    fold_check();
    check_coverage(5, 4, 3, 1, 2);
    /* 0000000000000102 and then: */
    CHECK_HASH128(v.ids[IDENTITY_EXACT], "4e677ee520605e72bfcc9ea0f523f48b");   /* a b c d f */
    CHECK_HASH128(v.ids[IDENTITY_BUILD], "6a3ed2391f7ff9c9e0801e8d9e16e866");   /* a b c f */
    CHECK_HASH128(v.ids[IDENTITY_INSTALL], "df697337651569c9c7484fda226ecb6a"); /* a b f */
    CHECK_HASH128(v.ids[IDENTITY_BROWSER], "cb8bf23ccafbdb4db0859c28e6237143"); /* b */
    CHECK_HASH128(v.ids[IDENTITY_DEVICE], "84f5401408806a9dcc4f8d1b27da1983");  /* a f */
    CHECK_HASH64(v.groups[GROUP_DEVICE], "52def58818c99be3");                   /* a f */

    FOLD_BEGIN("@epoch\t0\n", VALUES);
    fold_check();
    CHECK_HASH128(v.ids[IDENTITY_DEVICE], "1442212e454f932931270bd6e8d92f8c"); /* a f */
}

UNIT_TEST(an_identity_of_fewer_signals_than_min_is_null_with_its_coverage)
{
    FOLD_BEGIN("@min\tdevice\t3\n@min\tinstall\t3\n@min\tbrowser\t1\n", VALUES);
    fold_check();
    check_has(true, true, true, true, false);
    check_coverage(5, 4, 3, 1, 2);
    CHECK_HASH128(v.ids[IDENTITY_INSTALL], "94e6d89f38e292f0f6afc26a3edef53e"); /* a b f */

    /* Errors are not counted where they do not contribute. */
    FOLD_BEGIN("@min\tinstall\t3\n@min\tbuild\t4\n", SIGNAL_ERROR, SIGNAL_VALUE, SIGNAL_VALUE,
               SIGNAL_VALUE, SIGNAL_VALUE, SIGNAL_VALUE);
    fold_check();
    check_has(true, true, false, true, true);
}

UNIT_TEST(rows_after_ids_enter_groups_and_no_identity)
{
    FOLD_BEGIN("@ids\t4\n", VALUES);
    fold_check();
    check_coverage(4, 3, 2, 1, 1);
    CHECK_HASH128(v.ids[IDENTITY_EXACT], "889cf14e0b6ab424b99f43077ff22961");   /* a b c d */
    CHECK_HASH128(v.ids[IDENTITY_BUILD], "d0ffe2425fd048cdffb51a2b231fac44");   /* a b c */
    CHECK_HASH128(v.ids[IDENTITY_INSTALL], "421e7e6a37b362b620dd5cc9933c7afe"); /* a b */
    CHECK_HASH128(v.ids[IDENTITY_DEVICE], "bd41dffebdf030e4d1fb51a790d02f50");  /* a */
    CHECK_HASH64(v.groups[GROUP_DEVICE], "52def58818c99be3");                   /* a f */

    /* A transient error of such a row does not change the identities. */
    FOLD_BEGIN("@ids\t4\n", SIGNAL_VALUE, SIGNAL_VALUE, SIGNAL_VALUE, SIGNAL_VALUE,
               SIGNAL_VALUE, SIGNAL_TRANSIENT);
    fold_check();
    check_has(true, true, true, true, true);
}

UNIT_TEST(exclude_takes_out_signals_when_its_value_is_found)
{
    static const char directive[] = "@exclude\ta\td\twhen\t/x\t1\n";

    FOLD_BEGIN(directive, VALUES);
    v.excludes = 1;
    fold_check();
    CHECK(v.states[A] == SIGNAL_EXCLUDED && v.states[D] == SIGNAL_EXCLUDED);
    CHECK(v.hashes[A] == 0 && v.texts[A].n == 0 && v.hashes[D] == 0 && v.texts[D].n == 0);
    CHECK(v.states[B] == SIGNAL_VALUE && v.texts[B].n == 2);
    CHECK_HASH64(v.groups[GROUP_DEVICE], "fb8c17885504ca73"); /* f */
    CHECK(v.groups[GROUP_EXACT] == 0);
    CHECK_HASH128(v.ids[IDENTITY_BUILD], "236869a277dd6176e50f5044ca2b195a"); /* b c f */
    check_coverage(3, 3, 2, 1, 1);
    CHECK(v.present == 4);

    FOLD_BEGIN(directive, VALUES);
    fold_check();
    CHECK(v.present == 6 && v.states[A] == SIGNAL_VALUE);
}

UNIT_TEST(exclude_unless_takes_out_signals_when_its_value_is_not_found)
{
    static const char directive[] = "@exclude\ta\tunless\t/x\t1\n";

    FOLD_BEGIN(directive, VALUES);
    fold_check();
    CHECK(v.states[A] == SIGNAL_EXCLUDED && v.present == 5);
    CHECK_HASH128(v.ids[IDENTITY_EXACT], "3f86507ad5d5bd838665d1b526364f3f"); /* b c d f */

    FOLD_BEGIN(directive, VALUES);
    v.excludes = 1;
    fold_check();
    CHECK(v.states[A] == SIGNAL_VALUE && v.present == 6);
}

UNIT_TEST(an_excluded_error_is_no_error_and_makes_nothing_null)
{
    FOLD_BEGIN("@exclude\tb\twhen\t/x\t1\n", SIGNAL_VALUE, SIGNAL_TRANSIENT, SIGNAL_VALUE,
               SIGNAL_VALUE, SIGNAL_VALUE, SIGNAL_VALUE);
    v.excludes = 1;
    fold_check();
    CHECK(v.states[B] == SIGNAL_EXCLUDED && v.errors == 0 && v.present == 5);
    check_has(true, true, true, false, true);
}

/* The bits of 0x11 are 0 and 4, of 0x44 2 and 6, of 0x55 all of these, of 0x66 1, 2, 5 and 6, and
 * each byte of a hash is the same. */
#define SKETCH                                                                                 \
    "@sketch\tbuild\t3\n@sketch\tdevice\t64\n@sketch\texact\t5\n@sketch\tinstall\t60\n"

UNIT_TEST(sketch_has_the_bits_that_more_than_half_of_the_hashes_have)
{
    /* Build: c, 3 = 011. Device: a and f, 0x11 and 0x66, which have no bit in common. Exact: d,
     * 0x44, of which 00100 are the lowest five; e is volatile. Install: b, 0x22. */
    FOLD_BEGIN(SKETCH, VALUES);
    fold_check();
    CHECK(signals_catalog.sketch_words == 3);
    CHECK(v.sketch[0] == 3);
    CHECK(v.sketch[1] == (0x04u << 3 | (uint64_t)0x2222222222222222 << 8));
    CHECK(v.sketch[2] == 0x2);

    /* An error votes, too; without a and b their bits are 0, and those of f are its own. */
    FOLD_BEGIN(SKETCH, SIGNAL_MISSING, SIGNAL_MISSING, SIGNAL_ERROR, SIGNAL_VALUE, SIGNAL_VALUE,
               SIGNAL_VALUE);
    fold_check();
    CHECK(v.sketch[0] == ((uint64_t)0x6666666666666666 << 3 | 3));
    CHECK(v.sketch[1] == (0x04u << 3 | 0x3));
    CHECK(v.sketch[2] == 0);
}

UNIT_TEST(sketch_leaves_out_rows_beyond_ids_and_what_is_excluded)
{
    FOLD_BEGIN(SKETCH "@ids\t5\n", VALUES);
    fold_check();
    CHECK(v.sketch[0] == ((uint64_t)0x1111111111111111 << 3 | 3)); /* a alone */

    FOLD_BEGIN(SKETCH "@exclude\ta\twhen\t/x\t1\n", VALUES);
    v.excludes = 1;
    fold_check();
    CHECK(v.sketch[0] == ((uint64_t)0x6666666666666666 << 3 | 3)); /* f alone */
}

/* The hashes of COUNT rows of one group are the numbers SEED, SEED * 5, ...: the votes are counted
 * bit by bit, as the manual says it. */
UNIT_TEST(sketch_counts_as_the_manual_does_in_groups_of_any_size)
{
    for (uint32_t count = 1; count <= 70; count++) {
        struct buf text = BUF_EMPTY;
        struct vector vector;
        uint64_t expected = 0, hash = 0x9e3779b97f4a7c15u * count;

        buf_puts(&text, "@catalog\tt\t1\n@sketch\tg\t64\n");
        for (uint32_t i = 0; i < count; i++) {
            buf_putc(&text, 'r');
            buf_put_uint(&text, i);
            buf_puts(&text, "\t/r\tg\tdevice\n");
        }
        buf_putc(&text, 0);
        signals_compile((const char *)text.p);
        CHECK(vector_begin(&vector, &signals_catalog, &signals_arena));
        vector.sketched = true;
        for (uint32_t i = 0; i < count; i++, hash *= 5) {
            bool has = hash % 7 != 0;
            vector.states[i] = has ? SIGNAL_VALUE : SIGNAL_MISSING;
            vector.hashes[i] = has ? hash : 0;
        }
        CHECK(fold_vector(&vector, &signals_arena));
        for (int b = 0; b < 64; b++) {
            int votes = 0;
            for (uint32_t i = 0; i < count; i++)
                if (vector.hashes[i])
                    votes += vector.hashes[i] >> b & 1 ? 1 : -1;
            expected |= (uint64_t)(votes > 0) << b;
        }
        CHECK(vector.sketch[0] == expected);
        buf_free(&text);
    }
}

int main(void)
{
    return unit_run();
}
