/*
 * diff_join and diff_moves, compared with plain counts of the same rows: in any order, with ids
 * that occur twice, in memory and in files.
 */
#include "config.h"

#include <stdlib.h>

#include "base/fault.h"
#include "diff/ids.h"
#include "diff/join.h"
#include "diff/moves.h"
#include "format/binary_read.h"
#include "format/share.h"
#include "unit.h"

#define IDS 400

static uint32_t random_state;

static uint32_t next_random(uint32_t below)
{
    random_state = random_state * 1664525 + 1013904223;
    return (random_state >> 8) % below;
}

/* The results of each id. */
struct seen {
    uint32_t pairs[IDS], alone[2][IDS], left_out[2][IDS];
    bool wrong;
};

/* A row's image is made of the side and the id, which shows whether it came back whole. */
struct image {
    uint32_t side, id;
    unsigned char filler[1000];
};

static struct row make_row(struct image *image, uint32_t side, uint32_t id)
{
    struct row row = {.has_id = true, .image = span_of(image, sizeof *image)};

    memset(image, (int)(id % 256), sizeof *image);
    image->side = side;
    image->id = id;
    memset(row.key, 0, sizeof row.key);
    row.key[15] = (unsigned char)id;
    row.key[0] = (unsigned char)(id >> 8);
    return row;
}

/* The id of ROW, which must be of SIDE. */
static uint32_t id_of(struct seen *seen, uint32_t side, const struct row *row)
{
    struct image image, want;

    seen->wrong |= row->image.n != sizeof image;
    if (seen->wrong)
        return 0;
    memcpy(&image, row->image.p, sizeof image);
    make_row(&want, side, image.id);
    seen->wrong |= memcmp(&image, &want, sizeof image) != 0 || image.id >= IDS;
    return seen->wrong ? 0 : image.id;
}

static struct fault on_pair(void *context, const struct row *old, const struct row *new)
{
    struct seen *seen = context;
    uint32_t id = id_of(seen, 0, old);

    seen->wrong |= id_of(seen, 1, new) != id;
    seen->pairs[id]++;
    return FAULT_NONE;
}

static struct fault on_alone(void *context, unsigned side, const struct row *row)
{
    struct seen *seen = context;

    seen->alone[side][id_of(seen, side, row)]++;
    return FAULT_NONE;
}

static struct fault on_left_out(void *context, unsigned side, const struct row *row)
{
    struct seen *seen = context;

    seen->left_out[side][id_of(seen, side, row)]++;
    return FAULT_NONE;
}

struct list {
    uint32_t ids[2 * IDS], count;
};

static void shuffle(struct list *list)
{
    for (uint32_t i = list->count; i > 1; i--) {
        uint32_t j = next_random(i), held = list->ids[i - 1];
        list->ids[i - 1] = list->ids[j];
        list->ids[j] = held;
    }
}

/* Most ids once, some not at all, some twice or three times. */
static void fill(struct list *list, uint32_t round)
{
    list->count = 0;
    for (uint32_t id = 0; id < IDS; id++) {
        uint32_t times = next_random(20) ? 1 : next_random(4);
        for (uint32_t i = 0; i < times && list->count < 2 * IDS; i++)
            list->ids[list->count++] = id;
    }
    if (round % 3)
        shuffle(list);
}

static void add_all(struct diff_join *join, const struct list lists[2])
{
    struct image images[2];
    struct row rows[2];
    const uint32_t numbers[2] = {0, 0};

    for (uint32_t i = 0; i < lists[0].count || i < lists[1].count; i++) {
        for (unsigned side = 0; side < 2; side++)
            if (i < lists[side].count)
                rows[side] = make_row(&images[side], side, lists[side].ids[i]);
        if (i < lists[0].count && i < lists[1].count)
            CHECK(diff_join_add_both(join, numbers, &rows[0], &rows[1]).status == STATUS_OK);
        else if (i < lists[0].count)
            CHECK(diff_join_add(join, 0, 0, &rows[0]).status == STATUS_OK);
        else
            CHECK(diff_join_add(join, 1, 0, &rows[1]).status == STATUS_OK);
    }
}

static void check_seen(const struct seen *seen, const struct list lists[2],
                       const struct diff_join *join)
{
    uint32_t times[2][IDS] = {{0}}, repeated[2] = {0, 0};
    bool right = !seen->wrong;

    for (unsigned side = 0; side < 2; side++)
        for (uint32_t i = 0; i < lists[side].count; i++)
            times[side][lists[side].ids[i]]++;
    for (uint32_t id = 0; id < IDS; id++) {
        uint32_t old = times[0][id], new = times[1][id];
        bool twice = old > 1 || new > 1;
        right &= seen->pairs[id] == (!twice && old && new);
        for (unsigned side = 0; side < 2; side++) {
            uint32_t own = times[side][id];
            right &= seen->alone[side][id] == (own && !twice && !times[!side][id]);
            right &= seen->left_out[side][id] == (twice ? own : 0);
            repeated[side] += own > 1;
        }
    }
    CHECK(right);
    CHECK(diff_join_repeated(join, 0) == repeated[0]);
    CHECK(diff_join_repeated(join, 1) == repeated[1]);
}

/* Join two lists in MEMORY, a second time if the join asks for it. */
static void join_lists(uint32_t round, size_t memory)
{
    static struct seen seen;
    struct diff_join_calls calls = {on_pair, on_alone, on_left_out, &seen};
    struct diff_join *join = diff_join_new(&calls, false, memory, "/tmp", round, NULL);
    struct list lists[2];
    bool again = true;

    random_state = round;
    fill(&lists[0], round);
    if (round % 2) {
        fill(&lists[1], round);
    } else {
        lists[1] = lists[0]; /* the same order, and the same ids twice, on both sides */
    }
    for (int pass = 0; pass < 2 && again; pass++) {
        memset(&seen, 0, sizeof seen);
        add_all(join, lists);
        CHECK(diff_join_finish(join, &again).status == STATUS_OK);
    }
    CHECK(!again);
    check_seen(&seen, lists, join);
    diff_join_free(join);
}

UNIT_TEST(rows_are_joined_in_any_order_in_memory)
{
    for (uint32_t round = 0; round < 60; round++)
        join_lists(round, (size_t)64 << 20);
}

UNIT_TEST(rows_are_joined_in_any_order_from_files)
{
    /* Room for about 100 rows; then for 30 rows and 256 keys that were joined. */
    for (uint32_t round = 0; round < 60; round++)
        join_lists(round, (size_t)200 << 10);
    for (uint32_t round = 0; round < 60; round++)
        join_lists(round, (size_t)64 << 10);
}

UNIT_TEST(keys_that_occur_twice_beyond_the_quota_are_refused)
{
    static struct seen seen;
    struct quota quota = {.most = (size_t)4 << 10, .full = "full"};
    struct diff_join_calls calls = {on_pair, on_alone, on_left_out, &seen};
    struct diff_join *join = diff_join_new(&calls, false, (size_t)8 << 10, "/tmp", 1, &quota);
    struct image image;
    struct fault fault = FAULT_NONE;

    for (uint32_t i = 0; i < 2 * IDS && fault.status == STATUS_OK; i++) {
        struct row row = make_row(&image, 0, i / 2);
        fault = diff_join_add(join, 0, 0, &row);
    }
    CHECK(fault.status == STATUS_QUOTA && strcmp(fault_text(fault), "full") == 0);
    diff_join_free(join);
    CHECK(quota.used == 0);
}

UNIT_TEST(rows_of_different_numbers_do_not_meet)
{
    static struct seen seen;
    struct diff_join_calls calls = {on_pair, on_alone, on_left_out, &seen};
    struct diff_join *join = diff_join_new(&calls, false, (size_t)1 << 20, "/tmp", 1, NULL);
    struct image images[2];
    const uint32_t numbers[2] = {0, 1};
    struct row old = make_row(&images[0], 0, 7), new = make_row(&images[1], 1, 7);
    bool again;

    memset(&seen, 0, sizeof seen);
    CHECK(diff_join_add_both(join, numbers, &old, &new).status == STATUS_OK);
    CHECK(diff_join_finish(join, &again).status == STATUS_OK && !again);
    CHECK(seen.pairs[7] == 0 && seen.alone[0][7] == 1 && seen.alone[1][7] == 1);
    diff_join_free(join);
}

#define NODES 60

static void set_identity(unsigned char id[DIFF_IDENTITY], uint32_t number)
{
    memset(id, 0, DIFF_IDENTITY);
    id[0] = (unsigned char)(number * 37);
    id[DIFF_IDENTITY - 1] = (unsigned char)number;
}

/* The records of each move. */
struct matrix {
    uint32_t records[2][NODES][NODES]; /* part, old, new */
};

/* Count the classes of identity PART by the rows and columns of the matrix. */
static void count_classes(const struct matrix *m, uint32_t part, uint64_t want[DIFF_CLASSES][3])
{
    uint32_t to[NODES] = {0}, from[NODES] = {0};
    bool old_seen[DIFF_CLASSES][NODES] = {{0}}, new_seen[DIFF_CLASSES][NODES] = {{0}};

    memset(want, 0, DIFF_CLASSES * sizeof *want);
    for (uint32_t o = 0; o < NODES; o++)
        for (uint32_t n = 0; n < NODES; n++) {
            to[o] += m->records[part][o][n] > 0;
            from[n] += m->records[part][o][n] > 0;
        }
    for (uint32_t o = 0; o < NODES; o++)
        for (uint32_t n = 0; n < NODES; n++) {
            const bool is[DIFF_CLASSES] = {[DIFF_KEPT] = to[o] == 1 && from[n] == 1 && o == n,
                                           [DIFF_RENAMED] =
                                               to[o] == 1 && from[n] == 1 && o != n,
                                           [DIFF_SPLIT] = to[o] > 1,
                                           [DIFF_MERGED] = from[n] > 1};
            for (int c = 0; c < DIFF_CLASSES; c++) {
                if (!m->records[part][o][n] || !is[c])
                    continue;
                want[c][0] += !old_seen[c][o];
                want[c][1] += !new_seen[c][n];
                want[c][2] += m->records[part][o][n];
                old_seen[c][o] = new_seen[c][n] = true;
            }
        }
}

static void move(uint32_t round, size_t memory)
{
    static struct matrix m;
    struct diff_moves *moves = diff_moves_new(memory, "/tmp", round);
    struct diff_moved moved[2];
    uint64_t want[DIFF_CLASSES][3];
    unsigned char old[DIFF_IDENTITY], new[DIFF_IDENTITY];

    memset(&m, 0, sizeof m);
    memset(moved, 0, sizeof moved);
    random_state = round;
    for (int i = 0; i < 2000; i++) {
        uint32_t part = next_random(2), o = next_random(NODES);
        uint32_t n = round % 4 == 0    ? o
                     : next_random(30) ? o ^ (round % 4 & 1)
                                       : next_random(NODES);
        n = n < NODES ? n : o;
        m.records[part][o][n]++;
        set_identity(old, o);
        set_identity(new, n);
        CHECK(diff_moves_add(moves, part, old, new) == 0);
    }
    CHECK(diff_moves_finish(moves, moved) == 0);
    for (uint32_t part = 0; part < 2; part++) {
        count_classes(&m, part, want);
        for (int c = 0; c < DIFF_CLASSES; c++) {
            CHECK(moved[part].classes[c].old == want[c][0]);
            CHECK(moved[part].classes[c].new == want[c][1]);
            CHECK(moved[part].classes[c].records == want[c][2]);
            for (uint32_t k = 1; k < moved[part].classes[c].example_count; k++)
                CHECK(memcmp(&moved[part].classes[c].examples[k - 1],
                             &moved[part].classes[c].examples[k], 2 * DIFF_IDENTITY) < 0);
        }
    }
    diff_moves_free(moves);
}

UNIT_TEST(moves_are_counted_in_memory)
{
    for (uint32_t round = 0; round < 40; round++)
        move(round, (size_t)1 << 20);
}

UNIT_TEST(moves_are_counted_from_files)
{
    for (uint32_t round = 0; round < 40; round++)
        move(round, (size_t)10 << 10);
}

UNIT_TEST(the_first_ids_are_those_with_the_smallest_keys)
{
    struct diff_ids ids = {.count = 0};
    struct image image;
    static const uint32_t order[] = {9, 4, 7, 4, 1, 9, 8, 1, 2};

    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        struct row row = make_row(&image, 0, order[i]);
        struct diff_id_text *text = NULL;
        CHECK(diff_ids_add(&ids, &row, &text, NULL));
        diff_ids_drop(text, NULL);
    }
    CHECK(ids.count == 3);
    CHECK_TEXT(diff_ids_span(ids.items[0].text), "\"00000000000000000000000000000001\"");
    CHECK_TEXT(diff_ids_span(ids.items[1].text), "\"00000000000000000000000000000002\"");
    CHECK_TEXT(diff_ids_span(ids.items[2].text), "\"00000000000000000000000000000004\"");
    diff_ids_free(&ids, NULL);
}

UNIT_TEST(blocks_without_a_header_before_them_are_refused)
{
    struct binary_reader *reader = binary_reader_new(&(struct row_names){.by = {NULL, 0}}, 1, NULL);
    struct fault fault = FAULT_NONE;
    struct row row;
    size_t used, need;

    CHECK(binary_read(reader, span_text("some other bytes"), &used, &need, &row, &fault) ==
          BINARY_FAULT);
    CHECK(fault_is_final(fault));
    CHECK_TEXT(span_text(fault_text(fault)),
               "rows without a header: expected output without --no-header");
    binary_reader_free(reader);
}

UNIT_TEST(rates_are_nothing_or_all_only_if_they_are)
{
    static const struct {
        uint64_t count, all;
        const char *text;
    } rows[] = {
        {0, 3, "0%"},
        {1, 3, "33.3333%"},
        {2, 3, "66.6667%"},
        {3, 3, "100%"},
        {1, 1000, "0.1%"},
        {1, 2000000, "0.0001%"},
        {1, 30000000, "0.0001%"},
        {29999999, 30000000, "99.9999%"},
        {1999999, 2000000, "99.9999%"},
        {1000001, 100000000, "1%"},
        {1000000005, 1000000000000, "0.1%"},
        {4000000000000000000, 8000000000000000001, "50%"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf text = BUF_EMPTY;
        share_put_percent(&text, rows[i].count, rows[i].all);
        CHECK(!text.failed && span_equal(buf_span(&text), span_text(rows[i].text)));
        buf_free(&text);
    }
}

int main(void)
{
    return unit_run();
}
