#include "config.h"

#include "diff/report.h"

#include "diff/diff.h"

const char *diff_report_class(enum diff_moved_class class)
{
    static const char *const names[DIFF_CLASSES] = {
        [DIFF_KEPT] = "kept",
        [DIFF_RENAMED] = "1:1",
        [DIFF_SPLIT] = "split",
        [DIFF_MERGED] = "merged",
    };
    return names[class];
}

const char *diff_report_side(const struct diff_report *report,
                             const struct diff_catalog *catalog)
{
    if (catalog->skipped)
        return "-";
    if (report->chain)
        return "all";
    return diff_catalogs_side(report->catalogs, catalog) ? "new" : "old";
}

static void set_counts(struct diff_report *report, const struct diff *diff)
{
    const struct diff_tally *t = &diff->tally;
    const struct diff_side *old = &diff->sides[0], *new = &diff->sides[1];
    uint64_t rows[2] = {0, 0};

    for (uint32_t i = 0; i < diff->catalogs.known.count; i++) {
        const struct diff_catalog *catalog = &diff->catalogs.items[i];
        if (!catalog->skipped)
            rows[diff_catalogs_side(&diff->catalogs, catalog)] += catalog->rows;
    }
    const struct diff_count chain[DIFF_COUNTS] = {
        {"all", rows[0], NULL},
        {"pairs", report->pairs, NULL},
        {"same", t->same, NULL},
        {"changed", t->changed, &t->changed_ids},
        {"single", old->alone, &old->alone_ids},
        {"no-id", old->no_id, NULL},
        {NULL, 0, NULL},
    };
    const struct diff_count joined[DIFF_COUNTS] = {
        {"old", rows[0], NULL},
        {"new", rows[1], NULL},
        {"same", t->same, NULL},
        {"changed", t->changed, &t->changed_ids},
        {"only-old", old->alone, &old->alone_ids},
        {"only-new", new->alone, &new->alone_ids},
        {"no-id-old", old->no_id, NULL},
        {"no-id-new", new->no_id, NULL},
        {"repeated-old", old->repeated, NULL},
        {"repeated-new", new->repeated, NULL},
        {"left-out-old", old->left_out, &old->left_out_ids},
        {"left-out-new", new->left_out, &new->left_out_ids},
        {NULL, 0, NULL},
    };
    memcpy(report->counts, diff->chain ? chain : joined, sizeof chain);
}

/* Can records of both sides be joined: have catalogs of both one number? */
static bool has_joint_catalogs(const struct diff_catalogs *catalogs)
{
    for (uint32_t i = 0; i < catalogs->known.count; i++)
        for (uint32_t j = 0; j < i; j++)
            if (catalogs->items[i].side != catalogs->items[j].side &&
                catalogs->items[i].number == catalogs->items[j].number)
                return true;
    return false;
}

/* Why no record of either side is in a pair, and what may help. Null if there is no such question. */
static const char *find_advice(const struct diff_report *report, const struct diff *diff)
{
    if (diff->chain || report->pairs || !report->counts[0].count || !report->counts[1].count)
        return NULL;
    if (!has_joint_catalogs(&diff->catalogs))
        return "the catalogs of OLD and NEW have different names: --map OLD=NEW compares them";
    if (diff->catalogs.one)
        return "no id has records by both catalogs";
    return "no id is in both OLD and NEW. If records name their visitor: "
           "cat OLD NEW | whorl --diff --by=/carry/NAME -. If not: "
           "whorl --diff --population OLD NEW";
}

static struct span alone_name(unsigned side)
{
    return span_text(side ? "only-new" : "only-old");
}

/* Note which rules name something that is there. */
static void use_all_rules(const struct diff *diff)
{
    struct diff_rules *sets[] = {diff->task->ignore, diff->task->expect};
    const struct diff_features *features = &diff->tally.features;

    for (int set = 0; set < 2; set++) {
        for (uint32_t i = 0; sets[set] && i < features->names.count; i++)
            diff_rules_use(sets[set], features->items[i].kind, features->items[i].name);
        for (unsigned side = 0; sets[set] && side < 2; side++)
            diff_rules_use(sets[set], DIFF_RECORDS, alone_name(side));
    }
}

/* Do the rules allow ALONE records that only SIDE has? */
static bool allows_alone(const struct diff_report *report, unsigned side, uint64_t alone)
{
    return !alone || diff_rules_find(report->ignore, DIFF_RECORDS, alone_name(side)) ||
           (report->expect && diff_rules_allow(report->expect, DIFF_RECORDS, alone_name(side),
                                               alone, report->pairs + alone));
}

static bool all_expected(const struct diff_clusters *clusters)
{
    for (uint32_t i = 0; i < clusters->count; i++)
        if (!clusters->items[i].expected)
            return false;
    return true;
}

/* Is there any difference that was not expected? In a chain only pairs can differ. */
static bool has_difference(const struct diff_report *report, const struct diff_side sides[2])
{
    for (unsigned side = 0; side < 2 && !report->chain; side++)
        if (sides[side].no_id || sides[side].left_out ||
            !allows_alone(report, side, sides[side].alone))
            return true;
    return !all_expected(&report->differing) ||
           !(report->chain || all_expected(&report->only));
}

struct fault diff_report_make(struct diff_report *report, const struct diff *diff)
{
    const struct diff_task *task = diff->task;
    struct diff_cluster_source source = {.features = &diff->tally.features,
                                         .expect = task->expect,
                                         .pairs = diff_tally_pairs(&diff->tally)};

    *report = (struct diff_report){.chain = diff->chain,
                                   .pairs = source.pairs,
                                   .catalogs = &diff->catalogs,
                                   .sketches = &diff->tally.sketches,
                                   .ignore = task->ignore,
                                   .expect = task->expect};
    set_counts(report, diff);
    report->advice = find_advice(report, diff);
    use_all_rules(diff);
    report->moved_count = diff->tally.features.identities + 1;
    report->moved =
        quota_calloc(&task->memory->kept, report->moved_count, sizeof *report->moved);
    if (!report->moved)
        return quota_fault(&task->memory->kept);
    struct fault fault = fault_system(diff_moves_finish(diff->tally.moves, report->moved));
    if (fault.status != STATUS_OK)
        return fault;
    if (!diff_clusters_make(&report->differing, &source) ||
        !diff_clusters_make_only(&report->only, &source) ||
        !diff_clusters_make_moved(&report->moving, &source))
        return quota_fault(&task->memory->kept);
    report->differs = has_difference(report, diff->sides);
    return FAULT_NONE;
}

void diff_report_free(struct diff_report *report, struct quota *quota)
{
    diff_clusters_free(&report->differing, quota);
    diff_clusters_free(&report->only, quota);
    diff_clusters_free(&report->moving, quota);
    quota_free(quota, report->moved, report->moved_count * sizeof *report->moved);
    report->moved = NULL;
}
