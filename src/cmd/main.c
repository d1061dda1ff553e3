#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "catalog/builtin.h"
#include "catalog/catalog.h"
#include "cmd/catalogs.h"
#include "cmd/compare.h"
#include "cmd/describes.h"
#include "cmd/diag.h"
#include "cmd/examine.h"
#include "cmd/filter.h"
#include "cmd/options.h"
#include "cmd/recognize.h"
#include "stream/sink.h"
#include "text/unicode.h"

/* Replace each closed standard descriptor by one that fails when it is used. Otherwise the first
 * file that is opened would become standard output. */
static void occupy_standard_descriptors(void)
{
    for (int fd = 0; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
            open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

/* A seed for hash tables that the author of an input cannot guess. No output depends on it. */
static uint64_t random_seed(void)
{
    uint64_t seed = 0;

    if (getrandom(&seed, sizeof seed, GRND_NONBLOCK) != sizeof seed)
        seed = (uint64_t)getpid() * 0x9E3779B97F4A7C15u;
    return seed;
}

static void put_catalog(struct buf *out, const struct catalog *catalog)
{
    buf_puts(out, "catalog ");
    catalog_put_label(out, catalog);
    buf_puts(out, " ");
    buf_put_uint(out, catalog->row_count);
    buf_puts(out, " signals\n");
}

static bool is_builtin(const struct catalog *catalog)
{
    for (size_t i = 0; i < builtin_count; i++)
        if (builtin_table[i].catalog == catalog)
            return true;
    return false;
}

/* Version, and the rules: those of Unicode, each built-in catalog, and other catalogs given. */
static void put_version(struct buf *out, const struct catalogs *catalogs)
{
    buf_puts(out, "whorl " PACKAGE_VERSION "\nunicode " UNICODE_VERSION "\n");
    for (size_t i = 0; i < builtin_count; i++)
        put_catalog(out, builtin_table[i].catalog);
    for (size_t i = 0; i < catalogs->count; i++)
        if (!is_builtin(catalogs->items[i]))
            put_catalog(out, catalogs->items[i]);
}

static void run_action(const struct options *options, const struct catalogs *catalogs,
                       uint64_t seed, struct diag *diag)
{
    struct sink sink;

    if (options->action == OPTIONS_RUN && options->mode == OPTIONS_DIFF) {
        compare_run(options, catalogs, seed, diag);
        return;
    }
    if (options->action == OPTIONS_RUN && options->mode == OPTIONS_MATCH) {
        recognize_run(options, catalogs, seed, diag);
        return;
    }
    if (options->action == OPTIONS_RUN && options->mode == OPTIONS_SURVEY) {
        examine_run(options, catalogs, seed, diag);
        return;
    }
    if (options->action == OPTIONS_RUN && options->mode == OPTIONS_DESCRIBE) {
        describes_run(options, catalogs, diag);
        return;
    }
    if (options->action == OPTIONS_RUN) {
        filter_run(options, catalogs, seed, diag);
        return;
    }
    sink_init(&sink, STDOUT_FILENO);
    if (options->action == OPTIONS_HELP)
        options_help(&sink.buf);
    else if (options->action == OPTIONS_VERSION)
        put_version(&sink.buf, catalogs);
    else
        catalogs_show(options->show, &sink.buf, diag);
    diag_check(diag, "standard output", sink_close(&sink));
}

int main(int argc, char **argv)
{
    struct diag diag = {.status = DIAG_OK};
    struct options options;
    struct catalogs catalogs = {.count = 0};
    uint64_t seed = random_seed();

    occupy_standard_descriptors();
    signal(SIGXFSZ, SIG_IGN); /* a file too large is an error of write(), not a death */
    signal(SIGUSR1, SIG_IGN); /* until there is progress to show */
    if (options_read(&options, argc, argv, &diag) &&
        catalogs_read(&catalogs, options.catalogs, options.catalog_count, &diag))
        run_action(&options, &catalogs, seed, &diag);
    catalogs_free(&catalogs);
    options_free(&options);
    return diag_finish(&diag);
}
