/* What config.h is for programs of the build machine. */
#define _GNU_SOURCE    1
#define XXH_INLINE_ALL /* no library is linked */
