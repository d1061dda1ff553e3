#include "config.h"

#include "match/truth.h"

#include <stdlib.h>

#include "base/sort.h"
#include "format/report_out.h"
#include "match/lines.h"

static const char *const outcome_names[] = {"right", "wrong", "unknown"};

/* How many of 1,000 unknown devices may be linked wrongly. */
static const unsigned linked[] = {50, 10, 1};
static const char *const linked_names[] = {"5%", "1%", "0.1%"};

bool match_truth_init(struct match_truth *truth, const struct match_known *known, uint64_t seed)
{
    bool added;

    *truth = (struct match_truth){.known = known};
    keys_init(&truth->truths, sizeof(uint64_t), sizeof(uint64_t), seed);
    for (uint32_t i = 0; i < known->record_count; i++) {
        const struct match_record *record = &known->records[i];
        if (record->truth && !record->repeated &&
            !keys_add(&truth->truths, &record->truth, &added))
            return false;
    }
    return true;
}

void match_truth_free(struct match_truth *truth)
{
    keys_free(&truth->truths);
    free(truth->trials);
}

static bool grow_trials(struct match_truth *truth)
{
    uint32_t room = truth->room ? truth->room * 2 : 64;
    struct match_trial *grown = realloc(truth->trials, room * sizeof *grown);

    if (!grown)
        return false;
    truth->trials = grown;
    truth->room = room;
    return true;
}

bool match_truth_add(struct match_truth *truth, const struct match_decision *decision,
                     uint64_t value)
{
    enum match_outcome outcome = MATCH_UNKNOWN;

    if (!value) {
        truth->without++;
        return true;
    }
    if (keys_find(&truth->truths, &value))
        outcome = decision->best != MATCH_NO_RECORD &&
                          truth->known->records[decision->best].truth == value
                      ? MATCH_RIGHT
                      : MATCH_WRONG;
    truth->counts[outcome][decision->kind]++;
    if (decision->best == MATCH_NO_RECORD ||
        (decision->runner_up != MATCH_NO_RECORD && decision->margin < MATCH_MARGIN))
        return true;
    if (truth->count == truth->room && !grow_trials(truth))
        return false;
    truth->trials[truth->count++] =
        (struct match_trial){.score = decision->score, .outcome = (unsigned char)outcome};
    return true;
}

/* The highest score first. */
static int order_trials(const void *a, const void *b, void *context)
{
    const struct match_trial *one = a, *other = b;

    (void)context;
    return (one->score < other->score) - (one->score > other->score);
}

static void put_outcome(const struct report_out *out, bool ndjson, const char *outcome,
                      const char *decision, uint64_t count)
{
    buf_puts(out->buf, ndjson ? "{\"best\":\"" : "decided\t");
    buf_puts(out->buf, outcome);
    buf_puts(out->buf, ndjson ? "\",\"decision\":\"" : "\t");
    buf_puts(out->buf, decision);
    buf_puts(out->buf, ndjson ? "\",\"records\":" : "\t");
    buf_put_uint(out->buf, count);
    buf_puts(out->buf, ndjson ? "}\n" : "\n");
}

/* A threshold at which at most LINKED of 1,000 unknown devices match: the lowest score that was
 * seen for which this holds, and what matches from it on. */
static void put_threshold(const struct match_truth *truth, const struct report_out *out,
                          bool ndjson, size_t which)
{
    static const char *const ndjson_parts[] = {"{\"linked\":\"", "\",\"threshold\":",
                                               ",\"right\":", ",\"wrong\":", ",\"unknown\":", "}\n"};
    static const char *const tsv_parts[] = {"threshold\t", "\t", "\t", "\t", "\t", "\n"};
    const char *const *parts = ndjson ? ndjson_parts : tsv_parts;
    uint64_t unknown = 0, most, counts[MATCH_OUTCOMES] = {0}, kept[MATCH_OUTCOMES] = {0};
    uint32_t end, from, last = 0;

    for (int kind = 0; kind <= MATCH_MATCH; kind++)
        unknown += truth->counts[MATCH_UNKNOWN][kind];
    most = unknown * linked[which] / 1000;
    for (from = 0; from < truth->count; from = end) {
        for (end = from; end < truth->count && truth->trials[end].score == truth->trials[from].score;
             end++)
            counts[truth->trials[end].outcome]++;
        if (counts[MATCH_UNKNOWN] > most)
            break;
        memcpy(kept, counts, sizeof kept);
        last = end;
    }
    buf_puts(out->buf, parts[0]);
    buf_puts(out->buf, linked_names[which]);
    buf_puts(out->buf, parts[1]);
    if (last)
        match_put_thousandths(out->buf, truth->trials[last - 1].score);
    else
        buf_puts(out->buf, ndjson ? "null" : "\\N");
    for (int outcome = 0; outcome < MATCH_OUTCOMES; outcome++) {
        buf_puts(out->buf, parts[2 + outcome]);
        buf_put_uint(out->buf, kept[outcome]);
    }
    buf_puts(out->buf, parts[5]);
}

bool match_truth_write(struct match_truth *truth, bool ndjson, const struct report_out *out)
{
    struct match_trial *scratch = malloc(((size_t)truth->count + 1) * sizeof *scratch);

    if (!scratch)
        return false;
    sort_array(truth->trials, truth->count, sizeof *truth->trials, order_trials, NULL, scratch);
    free(scratch);
    for (int outcome = 0; outcome < MATCH_OUTCOMES; outcome++)
        for (int kind = MATCH_MATCH; kind >= MATCH_NEW; kind--)
            put_outcome(out, ndjson, outcome_names[outcome], match_kind_name(kind),
                      truth->counts[outcome][kind]);
    if (truth->without)
        put_outcome(out, ndjson, "-", "-", truth->without);
    for (size_t i = 0; i < sizeof linked / sizeof *linked; i++)
        put_threshold(truth, out, ndjson, i);
    return true;
}
