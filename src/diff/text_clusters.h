/*
 * diff_text_clusters: the sections of the text report on what differs.
 */
#ifndef WHORL_DIFF_TEXT_CLUSTERS_H
#define WHORL_DIFF_TEXT_CLUSTERS_H

struct diff_cells;

/* A row for each cluster: how often it differs, its names and its examples. */
void diff_text_clusters_put(struct diff_cells *r);

/* A row for each feature that differs: its values in the first example, if they are known. */
void diff_text_clusters_put_values(struct diff_cells *r);

#endif
