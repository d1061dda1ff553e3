/*
 * tables: a catalog as C source, on stdout, so that whorl needs not compile it when it starts.
 *
 * What is large, rows, trie and texts, has no pointers and needs no relocation. What has them
 * is small: the catalog itself, its lists, pipelines and directives.
 */
#ifndef WHORL_EMBED_TABLES_H
#define WHORL_EMBED_TABLES_H

struct catalog;

/* CATALOG as "static const struct catalog catalog_NAME", and what it refers to. */
void tables_put(const char *name, const struct catalog *catalog);

#endif
