/*
 * What scripts/bench measures with; Python would be a part of what it measured.
 *
 * bench-probe cost COMMAND...            user, system and wall time in seconds and resident
 *                                        memory in KiB of COMMAND, its output thrown away
 * bench-probe delay ROW WARM COMMAND...  COMMAND gets the records of stdin, one at a time, each
 *                                        when the ROW bytes of the one before are there:
 * median, 99th percentile and maximum of the delays in seconds, without the first WARM
 * bench-probe answer ROW                 the control: reads lines, writes ROW bytes for each
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

static int delay(size_t row_size, size_t warm, char **command)
{
    int to[2], from[2];
    char *row = malloc(row_size), *line = NULL;
    double *delays = NULL;
    size_t count = 0, size = 0;

    if (pipe2(to, O_CLOEXEC) != 0 || pipe2(from, O_CLOEXEC) != 0)
        die("pipe");
    pid_t child = run(command, to[0], from[1]);
    close(to[0]);
    close(from[1]);
    for (ssize_t n; (n = getline(&line, &size, stdin)) > 0; count++) {
        if (count % 1024 == 0 && !(delays = realloc(delays, (count + 1024) * sizeof *delays)))
            die("realloc");
        double start = now();
        send(to[1], line, (size_t)n);
        receive(from[0], row, row_size);
        delays[count] = now() - start;
    }
    close(to[1]);
    if (waitpid(child, NULL, 0) < 0)
        die("waitpid");
    if (count <= warm) {
        fputs("bench-probe: too few records\n", stderr);
        return 2;
    }
    count -= warm;
    qsort(delays + warm, count, sizeof *delays, ascending);
    printf("%.7f %.7f %.7f\n", delays[warm + count / 2], delays[warm + count * 99 / 100],
           delays[warm + count - 1]);
    return 0;
}

static int answer(size_t row_size)
{
    static char bytes[65536];
    char *row = calloc(1, row_size);

    for (ssize_t n; (n = read(0, bytes, sizeof bytes)) > 0;)
        for (char *at = bytes; (at = memchr(at, '\n', (size_t)(bytes + n - at))); at++)
            send(1, row, row_size);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc > 2 && strcmp(argv[1], "cost") == 0)
        return cost(argv + 2);
    if (argc > 4 && strcmp(argv[1], "delay") == 0)
        return delay(strtoul(argv[2], NULL, 10), strtoul(argv[3], NULL, 10), argv + 4);
    if (argc == 3 && strcmp(argv[1], "answer") == 0)
        return answer(strtoul(argv[2], NULL, 10));
    fputs("bench-probe: cost, delay or answer\n", stderr);
    return 2;
}
