/*
 * Published vectors for canonical JSON (RFC 8785): suite-jcs DIR. Each file of
 * DIR/rfc8785/testdata/input, read as one value, must give the file of that name in output, byte
 * for byte.
 */
#include "config.h"

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "json/value.h"
#include "json/value_read.h"
#include "stream/source.h"
#include "unit.h"

static const char *directory;

/* Append the file NAME of the folder FOLDER. */
static void slurp(const char *folder, const char *name, struct buf *text)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/rfc8785/testdata/%s/%s", directory, folder, name);
    CHECK(source_slurp(path, SIZE_MAX, text) == 0);
}

static void compare(const char *name)
{
    struct buf in = BUF_EMPTY, want = BUF_EMPTY, got = BUF_EMPTY;
    struct arena arena = ARENA_EMPTY;
    struct value value;

    slurp("input", name, &in);
    slurp("output", name, &want);
    if (value_read(&value, buf_span(&in), &arena).status == STATUS_OK)
        value_put_jcs(&got, &value);
    CHECK_SPAN(buf_span(&got), buf_span(&want));
    buf_free(&in);
    buf_free(&want);
    buf_free(&got);
    arena_free(&arena);
}

UNIT_TEST(rfc_8785_inputs_become_their_outputs)
{
    char path[4096];
    size_t count = 0;

    snprintf(path, sizeof path, "%s/rfc8785/testdata/input", directory);
    DIR *folder = opendir(path);
    CHECK(folder);
    for (struct dirent *entry; folder && (entry = readdir(folder)) != NULL;)
        if (strstr(entry->d_name, ".json")) {
            compare(entry->d_name);
            count++;
        }
    if (folder)
        closedir(folder);
    CHECK(count == 6);
}

int main(int argc, char **argv)
{
    directory = argc > 1 ? argv[1] : ".";
    return unit_run();
}
