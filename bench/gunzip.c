/* Decompresses the gzip file FILE by DECODER, one of whorl's two for gzip, TIMES over: seconds
 * of processor time. scripts/bench compiles it once with that for ISA-L and once with that for
 * zlib. */
#define _GNU_SOURCE
#include "config.h"

#include "stream/codec.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int main(int argc, char **argv)
{
    static unsigned char packed[64 << 20], bytes[1 << 18];
    FILE *file = argc == 3 ? fopen(argv[1], "rb") : NULL;
    size_t size = file ? fread(packed, 1, sizeof packed, file) : 0, total = 0;
    void *gunzip = DECODER.make(0);

    if (size == 0 || size == sizeof packed || !gunzip)
        return 2;
    for (int times = atoi(argv[2]); times > 0; times--) {
        struct span in = span_of(packed, size);
        enum codec_state state = CODEC_MORE;
        DECODER.reset(gunzip);
        while (state == CODEC_MORE) {
            size_t made;
            state = DECODER.run(gunzip, &in, bytes, sizeof bytes, &made);
            total += made;
        }
        if (state != CODEC_DONE)
            return 1;
    }
    printf("%.6f %zu\n", (double)clock() / CLOCKS_PER_SEC, total);
    return 0;
}
