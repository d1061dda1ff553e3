/*
 * diff_clusters: the features that differ, in the order of a report. Signals that differ in the
 * same records in the same way are one cluster, which the report shows as one change.
 */
#ifndef WHORL_DIFF_CLUSTERS_H
#define WHORL_DIFF_CLUSTERS_H

#include "diff/features.h"

/* What clusters are made of. */
struct diff_cluster_source {
    const struct diff_features *features;
    const struct diff_rules *expect; /* null if no difference is expected */
    uint64_t pairs;                  /* that were compared */
};

/* A feature that differs. */
struct diff_cluster_item {
    const struct diff_feature *feature;
    uint32_t first; /* the item that its cluster begins with */
    bool expected;
};

/* The items of a cluster are neighbours, by name. Identities come first, then the groups of
 * catalogs, then signals. Clusters of one kind are in the order of how many records differ, the
 * most first, then by name. */
struct diff_clusters {
    struct diff_cluster_item *items;
    uint32_t count, room;
};

/* Make the clusters of what differs in SOURCE, counted against the features' quota. False when
 * memory is out; diff_clusters_free() must follow in either case. */
bool diff_clusters_make(struct diff_clusters *clusters,
                        const struct diff_cluster_source *source)
    __attribute__((warn_unused_result));

/* The same of the features that one catalog has and the other does not, each a cluster of its
 * own: first those of the old catalog; identities before groups before signals; by name. */
bool diff_clusters_make_only(struct diff_clusters *clusters,
                             const struct diff_cluster_source *source)
    __attribute__((warn_unused_result));

/* The same of the identities that both sides have, each a cluster of its own: those that every
 * catalog has in their order, then others by name. */
bool diff_clusters_make_moved(struct diff_clusters *clusters,
                              const struct diff_cluster_source *source)
    __attribute__((warn_unused_result));
void diff_clusters_free(struct diff_clusters *clusters, struct quota *quota);

/* The end of the cluster that begins with item FROM. */
uint32_t diff_clusters_end(const struct diff_clusters *clusters, uint32_t from);

#endif
