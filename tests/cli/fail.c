/*
 * fail: a library to preload (LD_PRELOAD) with which a call of the C library fails.
 *
 * With FAIL=WHAT:N the N-th call of the kind WHAT fails, counted from 1; with FAIL=WHAT:N+ all
 * calls after it fail too. At the end the number of such calls is written to the file FAIL_COUNT.
 * The kinds are the rows of `kinds`; a new kind needs a row, and functions that call fails().
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum kind { ALLOCATION };
static const char *const kinds[] = {[ALLOCATION] = "allocation"};
#define KINDS (sizeof kinds / sizeof *kinds)

static atomic_ulong calls[KINDS];
static enum kind failing;
static unsigned long first; /* call to fail; 0 for none */
static bool from_then_on;
static atomic_bool armed; /* main() is about to begin, or has */

__attribute__((constructor)) static void arm(void)
{
    const char *what = getenv("FAIL");
    char *end;

    for (size_t i = 0; what && i < KINDS; i++) {
        size_t n = strlen(kinds[i]);
        if (strncmp(what, kinds[i], n) != 0 || what[n] != ':')
            continue;
        failing = (enum kind)i;
        first = strtoul(what + n + 1, &end, 10);
        from_then_on = *end == '+';
    }
    armed = true;
}

__attribute__((destructor)) static void count(void)
{
    const char *path = getenv("FAIL_COUNT");
    char text[30];

    if (!path)
        return;
    int n = snprintf(text, sizeof text, "%lu\n", atomic_load(&calls[failing]));
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd < 0 || write(fd, text, (size_t)n) != n)
        abort();
    close(fd);
}

/* Does this call, one of KIND, fail? */
static bool fails(enum kind kind)
{
    if (!armed)
        return false;
    unsigned long call = atomic_fetch_add(&calls[kind], 1) + 1;
    return first && kind == failing && (call == first || (from_then_on && call > first));
}

/* The function NAME of the next library. */
static void *next(const char *name)
{
    void *function = dlsym(RTLD_NEXT, name);

    if (!function)
        abort();
    return function;
}

/* A call of FUNCTION, of this RESULT and these PARAMETERS, of the next library. */
#define NEXT(result, function, parameters)                                                     \
    static result(*real) parameters;                                                           \
    if (!real)                                                                                 \
    *(void **)&real = next(#function)

static void *no_memory(void)
{
    errno = ENOMEM;
    return NULL;
}

void *malloc(size_t size)
{
    NEXT(void *, malloc, (size_t));
    return fails(ALLOCATION) ? no_memory() : real(size);
}

void *calloc(size_t count, size_t size)
{
    NEXT(void *, calloc, (size_t, size_t));
    return fails(ALLOCATION) ? no_memory() : real(count, size);
}

void *realloc(void *p, size_t size)
{
    NEXT(void *, realloc, (void *, size_t));
    return fails(ALLOCATION) ? no_memory() : real(p, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    NEXT(void *, aligned_alloc, (size_t, size_t));
    return fails(ALLOCATION) ? no_memory() : real(alignment, size);
}

int posix_memalign(void **p, size_t alignment, size_t size)
{
    NEXT(int, posix_memalign, (void **, size_t, size_t));
    return fails(ALLOCATION) ? ENOMEM : real(p, alignment, size);
}
