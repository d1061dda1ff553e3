/*
 * match_index: a file with known records, so that each of them is read from output only once.
 *
 * Numbers are little-endian; a text is the u32 of its bytes, and these. The file begins with
 * "WHORLIDX", the u32 1 (the version of the format), the u32 of enum match_source, the text of the
 * catalog's label, that of --by (empty without it), and the u64 number of records. For each record,
 * by their keys, follow its key of 16 bytes, the u64 of its device, the text of its id, and the u32
 * number of its profile, or UINT32_MAX if records that differ have the id, so that none is used. A
 * profile that comes for the first time has the next number, from 0 on, and is defined here: by the
 * u32 number of its combination; the u64 hash of each build component; and the u64 hashes of the
 * two signals of its version. In the same way a combination is defined by the u32 numbers of the
 * values of its lasting components, and each of these, from 1 on, by the u64 hashes of its signals;
 * 0 is the empty value. The file ends with the XXH3-128 of all before it. The same records give the
 * same file.
 */
#ifndef WHORL_MATCH_INDEX_H
#define WHORL_MATCH_INDEX_H

#include "match/known.h"
#include "stream/window.h"

struct atomic_file;

#define MATCH_INDEX_MARK    "WHORLIDX"
#define MATCH_INDEX_MARK_N  8
#define MATCH_INDEX_VERSION 1

/* What an index is for. */
struct match_index_head {
    enum match_source source;
    struct span label, by;
    uint64_t records;
};

struct match_index {
    struct window window;
    struct hash_stream *hash;
    struct buf texts; /* of the head */
    bool ended;       /* there are no more bytes */
};

/* Open the index PATH and read its head, which is valid until match_index_close(). It must follow
 * in either case. Trouble of the file has the status STATUS_SYSTEM, or STATUS_UNREADABLE with a
 * text. */
struct fault match_index_open(struct match_index *index, const char *path, int windows,
                              struct match_index_head *head) __attribute__((warn_unused_result));

/* Read the records of HEAD into KNOWN, which has none. */
struct fault match_index_read(struct match_index *index, const struct match_index_head *head,
                              struct match_known *known) __attribute__((warn_unused_result));
void match_index_close(struct match_index *index);

/* Write KNOWN to FILE, which remembers what fails. False when memory is out. */
bool match_index_write(struct atomic_file *file, const struct match_known *known, struct span by)
    __attribute__((warn_unused_result));

#endif
