/*
 * cache-random: a run of similar records, some changed where the cache might be misled, under rules
 * with all that catalogs and plans can have.
 */
#ifndef WHORL_TESTS_CACHE_RANDOM_H
#define WHORL_TESTS_CACHE_RANDOM_H

#include "cache-catalog.h"
#include "cache-mutate.h"
#include "cache-pair.h"

/* At least this percentage of the accepted changed records must be cached: fewer would prove
 * little. */
#define RANDOM_CACHED 95

#define RANDOM_POOL 6

static const char random_flat[] =
    "@catalog|flat|1\n@id|/id\n@carry|ts|/ts|u64\n@carry|u|/meta/u\n"
    "@sketch|k|3\n@sketch|h|64\n@sketch|g|64\n@sketch|m|1\n@sketch|j|50\n"
    "a|/a|g|build|num\nb|/b|g|build||fact\nx|/o/x|h|device\ny|/o/y|h|device||private\n"
    "z|/o/deep/z|i|exact|sort\nl0|/list/0|j|build\nl1k|/list/1/k|j|build||fact:u64\n"
    "p|/p/q|k|install\n|/r\n|/o/r\np2|/p/q|k|install|lower\nw0|/w0|m|volatile\nw1|/"
    "w1|n|exact\n";

static const char random_marked[] =
    "@catalog|marked|2\n@id|/vid\n@root|/c1\n@root|/c2/in\n@error|error|message\n@value|value\n"
    "@exclude|dev_|when|/k|\"yes\"\n@exclude|b|x|when|/o/y|2\n@keep|x_kept\n@epoch|3\n"
    "@carry|ts|/ts\n@carry|meta|/meta\n@sketch|h|60\n@sketch|g|8\n@sketch|n|40\n@ids|11\n"
    "dev_a|/a/value|g|build\nb|/b/value/x|g|build||fact\nx|/o/x|h|device\nx_kept|/o/"
    "x|h|device\n"
    "y|/o/y|h|device||fact private\nz|/o/deep/z|i|exact\nl|/list/1|j|build\nq|/p/q|k|install\n"
    "|/r/value\n|/w0\nold|/w1|m|build|retired\nclass|/v/x/y|n|exact\ndeep|/v/x/z|n|exact\n";

static const char random_whole[] =
    "@catalog|whole|1\n@root|/c1\n@root|\n@id|/o/id\n@error|error\n@carry|o|/list/0\n"
    "o|/o|g|build\na|/a|h|exact\nl|/list|i|exact\nq|/p/q|j|device||fact private\n"
    "m|/meta|k|install\n";

/* Carried members are where error markers and undefined signals may be. */
static const char random_mixed[] =
    "@catalog|mixed|1\n@error|error|message|name\n@transient|E|Timeout\n@value|v\n@id|/o/"
    "id\n@carry|e|/o/error\n"
    "@carry|v|/p/v\n@carry|k|/list/1/k|i64\n@carry|w|/w2/a\n"
    "@exclude|e|unless|/list/0|1\n@exclude|x|when|/p/v/q|{\"a\":1}\n"
    "x|/o/x|g|build\nv|/p/v|g|build\n|/w2/v\n|/list/2\ny|/o/deep/v/z|h|build\n"
    "error|/o/error/message|h|build\nw|/w2/a/b/v|i|exact\nl|/list/1/v|j|build||fact\n";

static const char random_bare[] =
    "@catalog|bare|1\na|/a|g|build\nx|/o/x|g|build\nr|/r|g|build\n";

/* Arrays that are read as objects, and strings that are read as JSON, also within one another. */
static const char random_shaped[] =
    "@catalog|shaped|1\n@id|/js/id\n|/id\n@error|error|message\n@value|value\n"
    "@pairs|/hs|k|v|lower\n@pairs|/js/l|name|value\n@json|/js\n@json|/hs/j\n@json|/list/1\n"
    "@json|/o/e\n@json|/hs/e/error\n@pairs|/o|k|v\n@pairs|/o/x|k|v\n"
    "@sketch|l|5\n@sketch|g|33\n@exclude|b|when|/js/o/x|2\n@carry|hs|/hs/j\n@carry|l|/js/l\n|/list\n@carry|js|/js/o\n"
    "a|/hs/a|g|build\n|/js/a\nb|/hs/b/x|g|build||fact\nj|/hs/j/x|h|build\nl|/js/l/a|i|exact\n"
    "o|/js/o|i|exact\njs|/js|j|install\nhs|/hs|k|device\ne|/o/e/x|l|build\nx|/o/x/a|l|build\n"
    "p|/list/1/k|m|exact\nv|/hs/c/value|m|exact\nerror|/hs/e/error/name|n|exact\n";

struct random_rules {
    struct pair_rules pair;
    const char *record;
    const char *other; /* half of the records are similar to this one; null for none */
};

#define RANDOM_RECORD                                                                          \
    "{\"id\":\"r1\",\"ts\":12345,\"a\":1,\"b\":\"text\",\"o\":{\"x\":1,\"y\":\"s\","           \
    "\"deep\":{\"z\":[3,1,2]},\"k\":7},\"list\":[1,{\"k\":2},3],\"p\":{\"q\":0.5,\"w\":1},"    \
    "\"meta\":{\"u\":\"m\",\"c\":{}},\"w0\":true,\"w1\":{\"n\":[1,{\"z\":null}]},"             \
    "\"new\":[],\"w2\":{\"a\":{\"b\":{\"c\":1}}},\"z\":1e5}"
/* Here nothing is guarded, as in most of a real record. */
#define RANDOM_MORE                                                                            \
    "\"more\":{\"m1\":1,\"m2\":[1,2],\"m3\":\"s\",\"m4\":{\"n1\":1,\"n2\":{\"o1\":true}},"     \
    "\"m5\":null,\"m6\":0.25,\"m7\":{\"n1\":[],\"n3\":\"t\"},\"m8\":{},\"m9\":1e5,\"a\":{"     \
    "\"x\":1,"                                                                                 \
    "\"y\":[{\"k\":2}]},\"b\":12,\"c\":\"12\",\"d\":{\"e\":{\"f\":1,\"g\":2}},\"h\":3,\"i\":[" \
    "{}],"                                                                                     \
    "\"j\":{\"k\":1,\"l\":2},\"q\":5,\"r\":{\"s\":{\"t\":0,\"u\":1},\"v\":7},\"w\":{\"x\":1}}"
#define RANDOM_MARKED(before, behind)                                                          \
    "{\"vid\":17,\"ts\":5," before "{\"a\":{\"value\":1,\"v\":2},\"b\":{\"value\":{\"x\":3}}," \
    "\"o\":{\"x\":1,\"y\":2,\"deep\":{\"z\":4}},\"list\":[1,2],\"p\":{\"q\":\"s\"},"           \
    "\"v\":{\"x\":{\"error\":\"TypeError: x\"}},\"k\":\"no\",\"w0\":1,\"w1\":2,\"u\":{\"v\":"  \
    "[]," RANDOM_MORE "}," RANDOM_MORE "}" behind                                              \
    ",\"meta\":{\"u\":1},\"z\":\"tail\"," RANDOM_MORE "}"
#define RANDOM_BOTH                                                                            \
    "{\"c1\":{\"a\":{\"value\":1},\"o\":{\"x\":1,\"y\":2},\"list\":[0,1],\"p\":{\"q\":1}"      \
    "," RANDOM_MORE "},"                                                                       \
    "\"id\":5,\"vid\":\"v\",\"a\":1,\"o\":{\"x\":1,\"id\":3,\"k\":[1]},\"list\":[{\"k\":1}],"  \
    "\"meta\":{\"u\":null},\"r\":2,\"w0\":{\"a\":1,\"b\":[2]},\"ts\":1," RANDOM_MORE "}"
#define RANDOM_MIXED                                                                           \
    "{\"o\":{\"id\":1,\"x\":1,\"deep\":{\"v\":{\"z\":1},\"k\":1}},\"p\":{\"v\":{\"q\":{\"a\":" \
    "2}}},"                                                                                    \
    "\"list\":[2,{\"k\":5,\"v\":6},7],\"w2\":{\"a\":{\"b\":{\"v\":1,\"c\":2}}},\"a\":1,\"b\":" \
    "\"x\","                                                                                   \
    "\"r\":3,\"ts\":12,\"u\":{" RANDOM_MORE "},\"in\":{" RANDOM_MORE "}," RANDOM_MORE "}"

#define RANDOM_SHAPED                                                                          \
    "{\"id\":\"r1\",\"hs\":[{\"k\":\"a\",\"v\":1},{\"k\":\"B\",\"v\":{\"x\":2}},{\"v\":\"{\\\"x\\\":3}\","        \
    "\"k\":\"j\"},{\"k\":\"a\",\"v\":4},{\"k\":\"e\",\"v\":{\"error\":\"{\\\"name\\\":\\\"E\\\"}\"}},"            \
    "{\"k\":\"c\",\"v\":{\"d\":1}}],\"js\":\"{\\\"id\\\":7,\\\"a\\\":1,\\\"o\\\":{\\\"x\\\":2},\\\"l\\\":["         \
    "{\\\"name\\\":\\\"a\\\",\\\"value\\\":[1]}]}\",\"o\":{\"e\":\"{\\\"x\\\": 1}\",\"x\":[],\"k\":7},"          \
    "\"list\":[1,\"{\\\"k\\\":2}\"],\"u\":{" RANDOM_MORE "},\"in\":{" RANDOM_MORE "}," RANDOM_MORE "}"

static const struct random_rules random_rules[] = {
    {.pair = {.catalogs = {random_flat}}, .record = RANDOM_RECORD},
    {.pair = {.catalogs = {random_flat}, .targets = {{0, true}}, .target_count = 1},
     .record = RANDOM_RECORD},
    {.pair = {.catalogs = {random_marked}, .reveal = true},
     .record = RANDOM_MARKED("\"c1\":", ""),
     .other = RANDOM_MARKED("\"c2\":{\"in\":", "}")},
    {.pair = {.catalogs = {random_marked},
              .targets = {{0, false}, {0, true}},
              .target_count = 2,
              .dictionary = true},
     .record = RANDOM_MARKED("\"c2\":{\"v\":1,\"in\":", "}")},
    {.pair = {.catalogs = {random_whole}, .dictionary = true}, .record = RANDOM_RECORD},
    {.pair = {.catalogs = {random_flat, random_marked, random_bare},
              .targets = {{0, false},
                          {1, false},
                          {1, true},
                          {2, false},
                          {0, true},
                          {2, true},
                          {0, false},
                          {1, false}},
              .target_count = 8},
     .record = RANDOM_BOTH,
     .other = RANDOM_MIXED},
    {.pair = {.catalogs = {random_bare}, .only_default = true, .uncounted = true},
     .record = RANDOM_RECORD},
    {.pair = {.catalogs = {random_flat}, .limits = {5, 900, 420}}, .record = RANDOM_RECORD},
    {.pair = {.catalogs = {random_bare, random_marked},
              .targets = {{0, true}, {1, false}},
              .target_count = 2,
              .limits = {6, 2000, 1100},
              .reveal = true},
     .record = RANDOM_BOTH},
    {.pair = {.catalogs = {random_mixed, random_flat},
              .targets = {{0, false}, {0, true}, {1, false}},
              .target_count = 3,
              .dictionary = true},
     .record = RANDOM_MIXED},
    {.pair = {.catalogs = {random_shaped, random_flat},
              .targets = {{0, false}, {0, true}, {1, false}},
              .target_count = 3,
              .dictionary = true,
              .reveal = true},
     .record = RANDOM_SHAPED},
    {.pair = {.catalogs = {random_shaped}, .limits = {7, 2000, 3000}}, .record = RANDOM_SHAPED},
};
#define RANDOM_RULES (sizeof random_rules / sizeof random_rules[0])

/* The results of the changed records. */
struct random_tally {
    uint64_t records, accepted, cached;
};

struct random_run {
    const struct random_rules *rules;
    struct random_rules made;
    struct buf catalogs[PAIR_CATALOGS]; /* of rules made at random */
    struct pair pair;
    struct mutant pool[RANDOM_POOL], work;
    struct random_tally tally;
};

static inline void random_set(struct mutant *m, struct span text)
{
    mutant_replace(m, 0, m->text.n, text);
}

/* The original of number I of the pool. */
static inline struct span random_origin(const struct random_run *r, uint32_t i)
{
    return span_text(i % 2 && r->rules->other ? r->rules->other : r->rules->record);
}

static inline void random_begin(struct random_run *r, uint32_t number)
{
    *r = (struct random_run){.rules = &random_rules[number % RANDOM_RULES]};
    pair_begin(&r->pair, &r->rules->pair);
    for (uint32_t i = 0; i < RANDOM_POOL; i++)
        random_set(&r->pool[i], random_origin(r, i));
}

/* The same by rules that C makes. */
static inline void random_begin_made(struct random_run *r, struct chooser *c)
{
    static const char *const records[] = {RANDOM_RECORD, RANDOM_MARKED("\"c1\":", ""),
                                          RANDOM_BOTH, RANDOM_MIXED, RANDOM_SHAPED,
                                          RANDOM_SHAPED};
    struct mutant record = {.text = BUF_EMPTY};
    uint32_t catalogs = 1 + choose(c, 2) * choose(c, 3);

    *r = (struct random_run){.rules = &r->made};
    r->made.record = CHOOSE(c, records);
    random_set(&record, span_text(r->made.record));
    if (!mutant_parse(&record))
        abort();
    struct pair_rules *rules = &r->made.pair;
    for (uint32_t i = 0; i < catalogs; i++) {
        made_put_catalog(&r->catalogs[i], c, &record);
        rules->catalogs[i] = (const char *)r->catalogs[i].p;
        rules->targets[2 * i].catalog = rules->targets[2 * i + 1].catalog = (unsigned char)i;
        rules->targets[2 * i + 1].binary = true;
    }
    rules->target_count = 2 * catalogs;
    rules->dictionary = choose(c, 2);
    rules->reveal = choose(c, 2);
    rules->only_default = choose(c, 4) == 0;
    rules->uncounted = choose(c, 4) == 0;
    if (choose(c, 4) == 0)
        rules->limits = (struct limits){6 + choose(c, 3), record.json.count + choose(c, 100),
                                        record.text.n + choose(c, 40)};
    mutant_free(&record);
    pair_begin(&r->pair, rules);
    for (uint32_t i = 0; i < RANDOM_POOL; i++)
        random_set(&r->pool[i], random_origin(r, i));
}

static inline void random_end(struct random_run *r)
{
    pair_end(&r->pair);
    for (int i = 0; i < PAIR_CATALOGS; i++)
        buf_free(&r->catalogs[i]);
    for (int i = 0; i < RANDOM_POOL; i++)
        mutant_free(&r->pool[i]);
    mutant_free(&r->work);
}

/* Run one record twice unchanged, which is not counted, and one changed. False if the two pipelines
 * did not agree. */
static inline bool random_step(struct random_run *r, struct chooser *c)
{
    uint32_t number = choose(c, RANDOM_POOL);
    struct mutant *from = &r->pool[number];
    const struct mutant *other = &r->pool[choose(c, RANDOM_POOL)];
    uint32_t changes = 1 + (choose(c, 10) ? 0 : 1 + choose(c, 5)), keep = choose(c, 100);

    /* The second time it must be cached; what never is, as for a name with U+FFFD, must not
     * stay. */
    for (int i = 0; i < 2; i++) {
        pair_run(&r->pair, buf_span(&from->text));
        if (!r->pair.same)
            return false;
    }
    if (!r->pair.fast) {
        random_set(from, random_origin(r, number));
        (void)mutant_parse(from);
    }
    random_set(&r->work, buf_span(&from->text));
    while (changes--)
        mutant_change(&r->work, c, other);
    pair_run(&r->pair, buf_span(&r->work.text));

    bool accepted = r->pair.fault.status == STATUS_OK;
    r->tally.records++;
    r->tally.accepted += accepted;
    r->tally.cached += r->pair.fast;
    if (keep < 12 && accepted && r->work.text.n < 2000)
        random_set(from, buf_span(&r->work.text));
    else if (keep == 99)
        random_set(from, random_origin(r, number));
    (void)mutant_parse(from);
    return r->pair.same;
}

/* Are enough of the accepted records cached? */
static inline bool random_enough(struct random_tally t)
{
    return t.cached * 100 >= t.accepted * RANDOM_CACHED;
}

#endif
