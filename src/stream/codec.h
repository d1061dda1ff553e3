/*
 * codec: one compressed member or frame to its bytes. gunzip.h and unzstd.h each have these
 * functions with these meanings:
 *
 *     NAME_new()   a decoder at the beginning of a member; null when memory is out
 *     NAME_reset() go back to the beginning of a member
 *     NAME_run()   decode from *IN, which is cut by what was used, to the ROOM bytes at OUT;
 *                  *MADE of them were written
 *     NAME_free()  give it back; null is nothing
 *
 * What has been written when damage is told or the input ends is the same in whatever pieces
 * input and room came.
 */
#ifndef WHORL_STREAM_CODEC_H
#define WHORL_STREAM_CODEC_H

#include "base/span.h"

enum codec_state {
    CODEC_MORE,       /* give it more input, or more room */
    CODEC_DONE,       /* the member ended, and its checksum is right */
    CODEC_BAD,        /* the data is damaged */
    CODEC_WINDOW,     /* the frame needs a larger window than is allowed */
    CODEC_DICTIONARY, /* the frame was made with a dictionary, and there is none */
    CODEC_NO_MEMORY,
};

#endif
