#include "config.h"

#include "diff/clusters.h"

#include "base/sort.h"
#include "catalog/catalog.h"

static int descending(uint64_t a, uint64_t b)
{
    return (a < b) - (a > b);
}

/* By all that the members of a cluster share and that the order of a report is made of. */
static int order_common(const struct diff_cluster_item *a, const struct diff_cluster_item *b)
{
    const struct diff_feature *x = a->feature, *y = b->feature;
    int order = (x->kind > y->kind) - (x->kind < y->kind);

    if (!order)
        order = descending(diff_features_differing(x), diff_features_differing(y));
    if (!order)
        order = descending(x->changed, y->changed);
    return order ? order : descending(x->appeared, y->appeared);
}

/* So that the members of a cluster are neighbours. */
static int order_by_cluster(const void *a, const void *b, void *context)
{
    const struct diff_cluster_item *x = a, *y = b;
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
    const struct diff_cluster_item *x = a, *y = b, *all = context;
    int order = order_common(x, y);

    if (!order)
        order = span_compare(all[x->first].feature->name, all[y->first].feature->name);
    return order ? order : span_compare(x->feature->name, y->feature->name);
}

static bool share_cluster(const struct diff_cluster_item *a, const struct diff_cluster_item *b)
{
    return a->feature->kind == DIFF_SIGNAL && b->feature->kind == DIFF_SIGNAL &&
           order_common(a, b) == 0 && a->feature->records == b->feature->records &&
           a->expected == b->expected;
}

/* Do the rules of --expect allow what differs in FEATURE? */
static bool is_expected(const struct diff_cluster_source *source,
                        const struct diff_feature *feature)
{
    const struct diff_rules *expect = source->expect;

    if (!expect)
        return false;
    if (diff_features_only(feature))
        return diff_rules_find(expect, feature->kind, feature->name);
    return diff_rules_allow(expect, feature->kind, feature->name,
                            diff_features_differing(feature), source->pairs);
}

/* The features of SOURCE that are WANTED, not yet in order. There is room for twice as many:
 * the other half is scratch for sorting. */
static bool collect_features(struct diff_clusters *clusters,
                             const struct diff_cluster_source *source,
                             bool (*wanted)(const struct diff_feature *feature))
{
    const struct diff_features *features = source->features;
    uint32_t count = 0;

    for (uint32_t i = 0; i < features->names.count; i++)
        count += wanted(&features->items[i]);
    *clusters = (struct diff_clusters){.room = 2 * count + 1};
    clusters->items = quota_calloc(features->quota, clusters->room, sizeof *clusters->items);
    for (uint32_t i = 0; clusters->items && i < features->names.count; i++)
        if (wanted(&features->items[i]))
            clusters->items[clusters->count++] = (struct diff_cluster_item){
                &features->items[i], 0, is_expected(source, &features->items[i])};
    return clusters->items;
}

bool diff_clusters_make(struct diff_clusters *clusters,
                        const struct diff_cluster_source *source)
{
    struct quota *quota = source->features->quota;

    if (!collect_features(clusters, source, diff_features_differ))
        return false;
    struct diff_cluster_item *items = clusters->items, *scratch = items + clusters->count;
    size_t bytes = clusters->count * sizeof *items;
    struct diff_cluster_item *before = quota_calloc(quota, 1, bytes + 1);
    if (!before)
        return false;
    sort_array(items, clusters->count, sizeof *items, order_by_cluster, NULL, scratch);
    for (uint32_t i = 0; i < clusters->count; i++)
        items[i].first =
            i && share_cluster(&items[i - 1], &items[i]) ? items[i - 1].first : i;
    memcpy(before, items, bytes);
    sort_array(items, clusters->count, sizeof *items, order_report, before, scratch);
    quota_free(quota, before, bytes + 1);
    return true;
}

static int order_only(const void *a, const void *b, void *context)
{
    const struct diff_feature *x = ((const struct diff_cluster_item *)a)->feature;
    const struct diff_feature *y = ((const struct diff_cluster_item *)b)->feature;
    int order = (int)x->has[1] - (int)y->has[1];

    (void)context;
    if (!order)
        order = (x->kind > y->kind) - (x->kind < y->kind);
    return order ? order : span_compare(x->name, y->name);
}

/* The identity NAME, if every catalog has it; else IDENTITIES. */
static unsigned identity_of(struct span name)
{
    enum identity i = 0;

    while (i < IDENTITIES && !span_equal(name, span_text(identity_name(i))))
        i++;
    return i;
}

static int order_moved(const void *a, const void *b, void *context)
{
    struct span x = ((const struct diff_cluster_item *)a)->feature->name;
    struct span y = ((const struct diff_cluster_item *)b)->feature->name;
    int order = (int)identity_of(x) - (int)identity_of(y);

    (void)context;
    return order ? order : span_compare(x, y);
}

/* Each feature that is WANTED as a cluster of its own, in ORDER. */
static bool make_single(struct diff_clusters *clusters,
                        const struct diff_cluster_source *source,
                        bool (*wanted)(const struct diff_feature *feature), sort_order *order)
{
    if (!collect_features(clusters, source, wanted))
        return false;
    sort_array(clusters->items, clusters->count, sizeof *clusters->items, order, NULL,
               clusters->items + clusters->count);
    for (uint32_t i = 0; i < clusters->count; i++)
        clusters->items[i].first = i;
    return true;
}

bool diff_clusters_make_only(struct diff_clusters *clusters,
                             const struct diff_cluster_source *source)
{
    return make_single(clusters, source, diff_features_only, order_only);
}

static bool has_moved(const struct diff_feature *feature)
{
    return feature->kind == DIFF_ID && feature->compared && !feature->ignored;
}

bool diff_clusters_make_moved(struct diff_clusters *clusters,
                              const struct diff_cluster_source *source)
{
    return make_single(clusters, source, has_moved, order_moved);
}

uint32_t diff_clusters_end(const struct diff_clusters *clusters, uint32_t from)
{
    uint32_t end = from + 1;

    while (end < clusters->count && clusters->items[end].first == clusters->items[from].first)
        end++;
    return end;
}

void diff_clusters_free(struct diff_clusters *clusters, struct quota *quota)
{
    quota_free(quota, clusters->items, clusters->room * sizeof *clusters->items);
    *clusters = (struct diff_clusters){.count = 0};
}
