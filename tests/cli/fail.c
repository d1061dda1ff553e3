/*
 * fail: a library to preload (LD_PRELOAD) with which a call of the C library fails.
 *
 * It serves many runs of a program that starts once. FAIL_SERVER is "IN OUT", two file descriptors.
 * Before main(), for each request that is read from IN, the process forks. The child runs main().
 * When it has ended, its status, as waitpid(2) has it, and its number of calls are written to OUT.
 * The request WHAT:N says that the N-th call of the kind WHAT fails, counted from 1, or none if N
 * is 0. With WHAT:N+ all later ones fail too. The kinds are the rows of `kinds`; a new kind needs a
 * row, and functions that call fails().
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum kind { ALLOCATION };
static const char *const kinds[] = {[ALLOCATION] = "allocation"};
#define KINDS (sizeof kinds / sizeof *kinds)

static enum kind failing;
static unsigned long first; /* call to fail; 0 for none */
static bool from_then_on;
static atomic_ulong *calls; /* in memory that the child shares with the server */
static bool armed;          /* main() is about to begin, or has */

/* What the request TEXT says. */
static void read_request(const char *text)
{
    for (size_t i = 0; i < KINDS; i++) {
        size_t n = strlen(kinds[i]);
        char *end;
        if (strncmp(text, kinds[i], n) != 0 || text[n] != ':')
            continue;
        failing = (enum kind)i;
        first = strtoul(text + n + 1, &end, 10);
        from_then_on = *end == '+';
        return;
    }
    abort();
}

/* Returns in each child. */
__attribute__((constructor)) static void serve(void)
{
    const char *descriptors = getenv("FAIL_SERVER");
    int in, out, status;
    char text[80];
    ssize_t n;

    if (!descriptors || sscanf(descriptors, "%d %d", &in, &out) != 2)
        return;
    calls = mmap(NULL, sizeof *calls, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (calls == MAP_FAILED)
        abort();
    while ((n = read(in, text, sizeof text - 1)) > 0) {
        text[n] = '\0';
        read_request(text);
        atomic_store(calls, 0);
        pid_t child = fork();
        if (child == 0) {
            close(in);
            close(out);
            armed = true;
            return;
        }
        if (child < 0 || waitpid(child, &status, 0) != child)
            abort();
        int length = snprintf(text, sizeof text, "%d %lu\n", status, atomic_load(calls));
        if (write(out, text, (size_t)length) != length)
            abort();
    }
    _exit(0);
}

/* Does this call, one of KIND, fail? */
static bool fails(enum kind kind)
{
    if (!armed || kind != failing)
        return false;
    unsigned long call = atomic_fetch_add(calls, 1) + 1;
    return first && (call == first || (from_then_on && call > first));
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
