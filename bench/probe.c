/*
 * What scripts/bench measures with; Python would be a part of what it measured.
 *
 * probe cost COMMAND...             run COMMAND, throw its output away, and print user, system and
 *                                   wall time in seconds and the resident memory in KiB
 * probe delays ROW WARM COMMAND...  give the records of stdin one at a time to COMMAND, and in turn
 *                                   to the control, each record when the ROW bytes of the answer to
 *                                   the one before are there. Print a line for COMMAND and a line
 *                                   for the control: median and 99th percentile of the delays in
 *                                   seconds, without the first WARM
 * probe copy ROW                    the control: read lines, copy each, count it and its bytes, and
 *                                   write ROW bytes
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void die(const char *what)
{
    perror(what);
    exit(2);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

/* Run COMMAND with IN and OUT as its standard input and output. */
static pid_t run(char **command, int in, int out)
{
    pid_t child = fork();
    if (child < 0)
        die("fork");
    if (child == 0) {
        dup2(in, 0);
        dup2(out, 1);
        execvp(command[0], command);
        die(command[0]);
    }
    return child;
}

static int cost(char **command)
{
    double start = now();
    pid_t child = run(command, 0, open("/dev/null", O_WRONLY | O_CLOEXEC));
    struct rusage used;
    int status;

    if (wait4(child, &status, 0, &used) < 0)
        die("wait4");
    printf("%.6f %.6f %.6f %ld\n", used.ru_utime.tv_sec + used.ru_utime.tv_usec / 1e6,
           used.ru_stime.tv_sec + used.ru_stime.tv_usec / 1e6, now() - start, used.ru_maxrss);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 2;
}

static void send(int fd, const char *bytes, size_t n)
{
    for (ssize_t sent; n > 0; bytes += sent, n -= (size_t)sent)
        if ((sent = write(fd, bytes, n)) < 0)
            die("write");
}

static void receive(int fd, char *bytes, size_t n)
{
    for (ssize_t got; n > 0; n -= (size_t)got)
        if ((got = read(fd, bytes, n)) <= 0)
            die("read");
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* A program that gets records and answers, and how long each answer took. */
struct talker {
    pid_t child;
    int to, from;
    double *delays;
};

static struct talker talk(char **command, size_t most)
{
    int to[2], from[2];

    if (pipe2(to, O_CLOEXEC) != 0 || pipe2(from, O_CLOEXEC) != 0)
        die("pipe");
    struct talker talker = {run(command, to[0], from[1]), to[1], from[0],
                            calloc(most, sizeof(double))};
    close(to[0]);
    close(from[1]);
    return talker;
}

static void ask(struct talker *talker, size_t number, const char *line, size_t n, char *row,
                size_t row_size)
{
    double start = now();
    send(talker->to, line, n);
    receive(talker->from, row, row_size);
    talker->delays[number] = now() - start;
}

#define RECORDS ((size_t)1 << 20)

static int delays(char *row_size, size_t warm, char **command)
{
    char *control[] = {"/proc/self/exe", "copy", row_size, NULL}, *line = NULL;
    struct talker talkers[] = {talk(command, RECORDS), talk(control, RECORDS)};
    size_t n_row = strtoul(row_size, NULL, 10), count = 0, size = 0;
    char *row = malloc(n_row);

    for (ssize_t n; count < RECORDS && (n = getline(&line, &size, stdin)) > 0; count++)
        for (size_t i = 0; i < 2; i++)
            ask(&talkers[(count + i) % 2], count, line, (size_t)n, row, n_row);
    if (count <= warm) {
        fputs("probe: too few records\n", stderr);
        return 2;
    }
    count -= warm;
    for (size_t i = 0; i < 2; i++) {
        double *late = talkers[i].delays + warm;
        close(talkers[i].to);
        if (waitpid(talkers[i].child, NULL, 0) < 0)
            die("waitpid");
        qsort(late, count, sizeof *late, ascending);
        printf("%.7f %.7f\n", late[count / 2], late[count * 99 / 100]);
    }
    return 0;
}

/* Read whole lines, as whorl must: to a buffer, from there to memory of its own, counted. */
static int copy(size_t row_size)
{
    size_t size = 1 << 20, have = 0, lines = 0, total = 0;
    char *bytes = malloc(size), *line = malloc(size), *row = calloc(1, row_size);

    for (ssize_t n; (n = read(0, bytes + have, size - have)) > 0;) {
        char *lf = memrchr(bytes + have, '\n', (size_t)n);
        have += (size_t)n;
        if (!lf && have == size)
            return 2; /* longer than what the bench has */
        for (char *at = bytes, *end; lf && at <= lf; at = end) {
            end = (char *)memchr(at, '\n', (size_t)(lf + 1 - at)) + 1;
            memcpy(line, at, (size_t)(end - at));
            total += (size_t)(end - at) + (line[lines++ % (size_t)(end - at)] == '{');
            send(1, row, row_size);
        }
        if (lf) {
            have = (size_t)(bytes + have - (lf + 1));
            memmove(bytes, lf + 1, have);
        }
    }
    return total < lines;
}

int main(int argc, char **argv)
{
    if (argc > 2 && strcmp(argv[1], "cost") == 0)
        return cost(argv + 2);
    if (argc > 4 && strcmp(argv[1], "delays") == 0)
        return delays(argv[2], strtoul(argv[3], NULL, 10), argv + 4);
    if (argc == 3 && strcmp(argv[1], "copy") == 0)
        return copy(strtoul(argv[2], NULL, 10));
    fputs("probe: cost, delays or copy\n", stderr);
    return 2;
}
