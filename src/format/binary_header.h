/*
 * binary_header: the JSON text in the header of binary output.
 */
#ifndef WHORL_FORMAT_BINARY_HEADER_H
#define WHORL_FORMAT_BINARY_HEADER_H

#include "base/buf.h"
#include "format/binary_layout.h"

struct catalog;

/* Append {"producer","catalog","digest","unicode","columns","groups","signals"}. A column is
 * {"name","offset","type","count"}, one for each of LAYOUT, in order. A fact or carried member has
 * "bit" too. OUT says whether memory ran out. */
void binary_header_put(struct buf *out, const struct binary_layout *layout,
                       const struct catalog *catalog, struct span producer);

/* Append what some of its members say, by itself: NAME-VERSION; 32 digits; a JSON array of names. */
void binary_header_put_catalog(struct buf *out, const struct catalog *catalog);
void binary_header_put_digest(struct buf *out, const struct catalog *catalog);
void binary_header_put_groups(struct buf *out, const struct catalog *catalog);
void binary_header_put_signals(struct buf *out, const struct catalog *catalog);

/* Append its members by themselves, to an object that is begun: "producer" to "unicode";
 * "columns"; "groups" and "signals". */
void binary_header_put_origin(struct buf *out, const struct catalog *catalog,
                              struct span producer);
void binary_header_put_columns(struct buf *out, const struct binary_layout *layout);
void binary_header_put_names(struct buf *out, const struct catalog *catalog);

#endif
