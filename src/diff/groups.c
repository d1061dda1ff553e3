#include "config.h"

#include "diff/groups.h"

#include "base/sort.h"
#include "catalog/catalog.h"
#include "diff/diff.h"

static int descending(uint64_t a, uint64_t b)
{
    return (a < b) - (a > b);
}

/* By all that the members of a group have in common and a report's order goes by. */
static int order_common(const struct diff_group_item *a, const struct diff_group_item *b)
{
    const struct diff_feature *x = a->feature, *y = b->feature;
    int order = (x->kind > y->kind) - (x->kind < y->kind);

    if (!order)
        order = descending(diff_features_differing(x), diff_features_differing(y));
    if (!order)
        order = descending(x->changed, y->changed);
    return order ? order : descending(x->appeared, y->appeared);
}

/* So that members of a group stand together. */
static int order_by_group(const void *a, const void *b, void *context)
{
    const struct diff_group_item *x = a, *y = b;
    int order = order_common(x, y);

    (void)context;
    if (!order)
        order = descending(x->feature->records, y->feature->records);
    if (!order)
        order = (int)x->expected - (int)y->expected;
    return order ? order : span_compare(x->feature->name, y->feature->name);
}

/* For the report, `first` being the number of the first member. */
static int order_report(const void *a, const void *b, void *context)
{
    const struct diff_group_item *x = a, *y = b, *all = context;
    int order = order_common(x, y);

    if (!order)
        order = span_compare(all[x->first].feature->name, all[y->first].feature->name);
    return order ? order : span_compare(x->feature->name, y->feature->name);
}

static bool belong_together(const struct diff_group_item *a, const struct diff_group_item *b)
{
    return a->feature->kind == DIFF_SIGNAL && b->feature->kind == DIFF_SIGNAL &&
           order_common(a, b) == 0 && a->feature->records == b->feature->records &&
           a->expected == b->expected;
}

/* The features of DIFF that are WANTED, not yet in order. Their room is for twice as many, the
 * other half being scratch to sort them. */
static bool collect_features(struct diff_groups *groups, const struct diff *diff,
                             bool (*wanted)(const struct diff_feature *feature))
{
    const struct diff_features *features = &diff->tally.features;
    uint32_t count = 0;

    for (uint32_t i = 0; i < features->names.count; i++)
        count += wanted(&features->items[i]);
    *groups = (struct diff_groups){.room = 2 * count + 1};
    groups->items = quota_calloc(features->quota, groups->room, sizeof *groups->items);
    for (uint32_t i = 0; groups->items && i < features->names.count; i++)
        if (wanted(&features->items[i]))
            groups->items[groups->count++] = (struct diff_group_item){
                &features->items[i], 0, diff_feature_expected(diff, &features->items[i])};
    return groups->items;
}

bool diff_groups_make(struct diff_groups *groups, const struct diff *diff)
{
    struct quota *quota = diff->tally.features.quota;

    if (!collect_features(groups, diff, diff_feature_differs))
        return false;
    struct diff_group_item *items = groups->items, *scratch = items + groups->count;
    size_t bytes = groups->count * sizeof *items;
    struct diff_group_item *before = quota_calloc(quota, 1, bytes + 1);
    if (!before)
        return false;
    sort_array(items, groups->count, sizeof *items, order_by_group, NULL, scratch);
    for (uint32_t i = 0; i < groups->count; i++)
        items[i].first =
            i && belong_together(&items[i - 1], &items[i]) ? items[i - 1].first : i;
    memcpy(before, items, bytes);
    sort_array(items, groups->count, sizeof *items, order_report, before, scratch);
    quota_free(quota, before, bytes + 1);
    return true;
}

static int order_only(const void *a, const void *b, void *context)
{
    const struct diff_feature *x = ((const struct diff_group_item *)a)->feature;
    const struct diff_feature *y = ((const struct diff_group_item *)b)->feature;
    int order = (int)x->has[1] - (int)y->has[1];

    (void)context;
    if (!order)
        order = (x->kind > y->kind) - (x->kind < y->kind);
    return order ? order : span_compare(x->name, y->name);
}

/* Which of every catalog's identities has NAME; IDENTITIES for none. */
static unsigned identity_of(struct span name)
{
    enum identity i = 0;

    while (i < IDENTITIES && !span_equal(name, span_text(identity_name(i))))
        i++;
    return i;
}

static int order_moved(const void *a, const void *b, void *context)
{
    struct span x = ((const struct diff_group_item *)a)->feature->name;
    struct span y = ((const struct diff_group_item *)b)->feature->name;
    int order = (int)identity_of(x) - (int)identity_of(y);

    (void)context;
    return order ? order : span_compare(x, y);
}

/* Of the features that are WANTED each as a group of its own, in ORDER. */
static bool make_single(struct diff_groups *groups, const struct diff *diff,
                        bool (*wanted)(const struct diff_feature *feature), sort_order *order)
{
    if (!collect_features(groups, diff, wanted))
        return false;
    sort_array(groups->items, groups->count, sizeof *groups->items, order, NULL,
               groups->items + groups->count);
    for (uint32_t i = 0; i < groups->count; i++)
        groups->items[i].first = i;
    return true;
}

bool diff_groups_make_only(struct diff_groups *groups, const struct diff *diff)
{
    return make_single(groups, diff, diff_feature_only, order_only);
}

static bool has_moved(const struct diff_feature *feature)
{
    return feature->kind == DIFF_ID && feature->compared && !feature->ignored;
}

bool diff_groups_make_moved(struct diff_groups *groups, const struct diff *diff)
{
    return make_single(groups, diff, has_moved, order_moved);
}

uint32_t diff_groups_end(const struct diff_groups *groups, uint32_t from)
{
    uint32_t end = from + 1;

    while (end < groups->count && groups->items[end].first == groups->items[from].first)
        end++;
    return end;
}

void diff_groups_free(struct diff_groups *groups, struct quota *quota)
{
    quota_free(quota, groups->items, groups->room * sizeof *groups->items);
    *groups = (struct diff_groups){.count = 0};
}
