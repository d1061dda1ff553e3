/* workers: batches in order for any timing of the threads, and every way to end. The linker replaces
 * pthread_create(), pthread_join(), pthread_cond_wait() and calloc() by the functions below for all
 * of libwhorl. */
#include "config.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "filter/workers.h"
#include "unit.h"

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*start)(void *), void *argument);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*start)(void *), void *argument);
int __real_pthread_join(pthread_t thread, void **value);
int __wrap_pthread_join(pthread_t thread, void **value);
int __real_pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *lock);
int __wrap_pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *lock);
void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);

static unsigned created, create_most = 1000;
static size_t allocate_most = SIZE_MAX;

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*start)(void *), void *argument)
{
    if (created == create_most)
        return EAGAIN;
    created++;
    return __real_pthread_create(thread, attributes, start, argument);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return allocate_most && allocate_most-- ? __real_calloc(count, size) : NULL;
}

struct batch {
    unsigned number;
    unsigned parts; /* how often it was delivered in part */
    bool worked;
};

/* What a run must do, and its results. */
struct run {
    unsigned count;   /* batches */
    unsigned relieve; /* every how manyth is first delivered in part, twice; 0 for none */
    unsigned wait;    /* before every how manyth a thread must wait; 0 for none */
    unsigned slow;    /* every how manyth is filled only when nothing is in flight; 0 for none */
    unsigned part;    /* every how manyth is WORKERS_PART; 0 for none */
    unsigned stop;    /* deliver() of this one gives false */
    unsigned stop_in; /* after this many deliveries in part */
    int batch_most, worker_most;
    bool join; /* the second fill() takes until the calling thread can only join */
    bool late; /* making a second batch takes until deliver() has given false */
    void (*extra)(struct run *run, const struct batch *batch); /* in work() */

    struct workers *pool;
    unsigned filled, delivered;
    unsigned calls; /* of deliver() */
    unsigned parts; /* of the oldest, delivered */
    unsigned waits;
    atomic_int wrong;                          /* what must not happen */
    atomic_bool stopped;                       /* deliver() gives false */
    atomic_bool second_fill;                   /* has begun */
    atomic_bool main_waits;                    /* the calling thread, after `stopped` */
    atomic_int joins;                          /* of threads, begun */
    atomic_int filling, delivering, in_flight; /* at this time */
    atomic_int batches, workers;               /* that there are */
    atomic_int batches_made, workers_made;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    unsigned worked; /* by the lock */
};

#define NEVER 1000000

/* Note that RIGHT must be true. This runs in many threads, where CHECK cannot. */
static void hold(struct run *run, bool right)
{
    run->wrong += !right;
}

/* Let other threads go first, now and then. */
static void dawdle(unsigned n)
{
    for (n = n * 2654435761u >> 29; n; n--)
        sched_yield();
}

static void *make_batch(void *context)
{
    struct run *run = context;

    if (run->batches_made >= run->batch_most)
        return NULL;
    if (run->late && run->batches_made) {
        while (!run->stopped)
            sched_yield();
        for (int i = 0; i < 100; i++)
            sched_yield();
    }
    run->batches++;
    run->batches_made++;
    return malloc(sizeof(struct batch));
}

static void *make_worker(void *context)
{
    struct run *run = context;

    if (run->workers_made++ >= run->worker_most)
        return NULL;
    run->workers++;
    return malloc(1);
}

static void free_batch(void *context, void *batch)
{
    struct run *run = context;

    run->batches--;
    free(batch);
}

static void free_worker(void *context, void *worker)
{
    struct run *run = context;

    run->workers--;
    free(worker);
}

static enum workers_fill fill(void *context, void *item, bool wait)
{
    struct run *run = context;
    struct batch *batch = item;

    hold(run, run->filling++ == 0);
    hold(run, !wait || (!run->in_flight && !run->stopped));
    dawdle(run->filled);
    if (run->join && run->filled == 1) {
        run->second_fill = true;
        while (!run->main_waits && !run->joins)
            sched_yield();
    }
    if (run->slow && run->filled % run->slow == 0) {
        while (run->in_flight)
            sched_yield();
        for (int i = 0; i < 100; i++)
            sched_yield();
    }
    hold(run, !wait || !run->in_flight);
    run->filling--;
    if (run->filled == run->count)
        return WORKERS_END;
    if (run->wait && run->filled % run->wait == 0 && !wait) {
        run->waits++;
        return WORKERS_WAIT;
    }
    *batch = (struct batch){.number = run->filled++};
    run->in_flight++;
    return run->part && batch->number % run->part == 0 ? WORKERS_PART : WORKERS_FULL;
}

static void work(void *context, void *worker, void *item)
{
    struct run *run = context;
    struct batch *batch = item;

    hold(run, worker);
    dawdle(batch->number ^ 0x55);
    for (int i = 0; i < 2 && run->relieve && batch->number % run->relieve == 0; i++)
        if (!workers_relieve(run->pool, batch))
            return;
    if (run->extra)
        run->extra(run, batch);
    batch->worked = true;
    pthread_mutex_lock(&run->lock);
    run->worked++;
    pthread_cond_broadcast(&run->changed);
    pthread_mutex_unlock(&run->lock);
}

static bool deliver(void *context, void *item)
{
    struct run *run = context;
    struct batch *batch = item;
    bool stop = batch->number == run->stop && batch->parts == run->stop_in;

    hold(run, run->delivering++ == 0);
    hold(run, batch->number == run->delivered && batch->parts == run->parts);
    dawdle(batch->number ^ 0xAA);
    run->calls++;
    if (batch->worked) {
        run->delivered++;
        run->parts = 0;
        run->in_flight--;
    } else {
        run->parts = ++batch->parts;
    }
    run->delivering--;
    if (stop)
        run->stopped = true;
    return !stop;
}

static const struct workers_calls calls = {.make_batch = make_batch,
                                          .make_worker = make_worker,
                                          .free_batch = free_batch,
                                          .free_worker = free_worker,
                                          .fill = fill,
                                          .work = work,
                                          .deliver = deliver};

/* Let JOBS threads do RUN. Returns the result of workers_run(). */
static bool go(struct run *run, unsigned jobs)
{
    created = 0;
    if (!run->batch_most)
        run->batch_most = run->worker_most = NEVER;
    pthread_mutex_init(&run->lock, NULL);
    pthread_cond_init(&run->changed, NULL);
    run->pool = workers_new(&calls, run, jobs);
    bool ran = workers_run(run->pool);
    workers_free(run->pool);
    CHECK(!run->wrong);
    CHECK(run->batches == 0 && run->workers == 0);
    CHECK(run->batches_made <= (jobs == 1 ? 1 : 2 * (int)jobs));
    CHECK(run->workers_made <= (int)jobs && created < jobs);
    pthread_cond_destroy(&run->changed);
    pthread_mutex_destroy(&run->lock);
    return ran;
}

/* The same, when everything must be delivered. */
static void go_whole(struct run *run, unsigned jobs)
{
    if (run->stop == 0)
        run->stop = NEVER;
    CHECK(go(run, jobs));
    CHECK(run->filled == run->count && run->delivered == run->count);
    CHECK(!run->in_flight && run->worked == run->count);
}

static pthread_t main_thread;
static struct run *joining; /* null if no test looks at it */

int __wrap_pthread_join(pthread_t thread, void **value)
{
    if (joining) {
        joining->joins++;
        hold(joining, joining->filling == 0);
    }
    return __real_pthread_join(thread, value);
}

int __wrap_pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *lock)
{
    if (joining && joining->stopped && pthread_equal(pthread_self(), main_thread))
        joining->main_waits = true;
    return __real_pthread_cond_wait(condition, lock);
}

static const unsigned job_counts[] = {1, 2, 3, 8, 64};
#define JOB_COUNTS (sizeof job_counts / sizeof *job_counts)
static size_t tried = JOB_COUNTS; /* of them */

UNIT_TEST(batches_are_delivered_in_order_each_once_and_one_at_a_time)
{
    for (size_t j = 0; j < tried; j++) {
        struct run run = {.count = 500};
        go_whole(&run, job_counts[j]);
        CHECK(run.calls == run.count);
    }
}

UNIT_TEST(nothing_is_in_flight_while_fill_may_wait)
{
    for (size_t j = 0; j < tried; j++)
        for (unsigned wait = 1; wait < 4; wait++) {
            struct run run = {.count = 100, .wait = wait};
            go_whole(&run, job_counts[j]);
            CHECK(job_counts[j] > 1 || !run.waits);
        }
}

UNIT_TEST(a_batch_is_delivered_in_part_only_in_its_order)
{
    for (size_t j = 0; j < tried; j++)
        for (unsigned relieve = 1; relieve < 4; relieve++) {
            struct run run = {.count = 100, .relieve = relieve, .wait = 7};
            go_whole(&run, job_counts[j]);
            CHECK(run.calls == run.count + 2 * ((run.count + relieve - 1) / relieve));
        }
}

UNIT_TEST(few_batches_and_many_threads)
{
    for (size_t j = 0; j < tried; j++)
        for (unsigned count = 0; count < 4; count++) {
            struct run run = {.count = count, .relieve = count % 2};
            go_whole(&run, job_counts[j]);
        }
}

UNIT_TEST(no_thread_starts_before_a_batch_is_full_and_then_one_each)
{
    struct run parts = {.count = 100, .part = 1}, fulls = {.count = 3};

    go_whole(&parts, 8);
    CHECK(created == 0 && parts.workers_made == 1 && parts.batches_made == 1);
    go_whole(&fulls, 8);
    CHECK(created == 3);
}

UNIT_TEST(the_run_ends_where_deliver_says_so)
{
    for (size_t j = 0; j < tried; j++)
        for (unsigned stop = 0; stop < 40; stop += 3)
            for (unsigned in = 0; in < 3; in++) {
                /* With `in`, from workers_relieve(), while others wait in it. */
                struct run run = {.count = 100, .relieve = in > 0, .wait = stop % 2 * 5};
                run.stop = stop;
                run.stop_in = in ? in - 1 : 0;
                CHECK(go(&run, job_counts[j]));
                CHECK(run.delivered == stop + !in);
                CHECK(run.parts == run.stop_in + 1 || !in);
            }
}

UNIT_TEST(nobody_waits_for_input_who_has_made_a_batch_while_the_run_ended)
{
    struct run run = {.count = 100, .late = true};

    CHECK(go(&run, 2));
    CHECK(run.delivered == 1 && run.filled == 1);
}

UNIT_TEST(R08_threads_that_cannot_be_had_are_done_without)
{
    for (size_t j = 0; j < tried; j++)
        for (unsigned most = 0; most < 3; most++) {
            struct run run = {.count = 100, .relieve = 5};
            create_most = most;
            go_whole(&run, job_counts[j]);
            CHECK(created <= most);
            create_most = 1000;
        }
}

UNIT_TEST(memory_that_cannot_be_had_is_done_without_but_for_the_first)
{
    for (size_t j = 0; j < tried; j++)
        for (int most = 1; most < 4; most++) {
            struct run few_batches = {.count = 100,
                                      .relieve = 5,
                                      .wait = 3,
                                      .batch_most = most,
                                      .worker_most = NEVER};
            go_whole(&few_batches, job_counts[j]);
            struct run few_workers = {.count = 100, .batch_most = NEVER, .worker_most = most};
            go_whole(&few_workers, job_counts[j]);
        }
    struct run no_worker = {.count = 1, .stop = NEVER, .batch_most = 1};
    CHECK(!go(&no_worker, 2) && !no_worker.filled);
    for (size_t n = 0; n < 4; n++) {
        allocate_most = n;
        CHECK(!workers_new(&calls, NULL, 4));
    }
    allocate_most = SIZE_MAX;
}

/* The work on the first takes until the one after it is done. */
static void first_is_last(struct run *run, const struct batch *batch)
{
    pthread_mutex_lock(&run->lock);
    while (batch->number == 0 && !run->worked)
        pthread_cond_wait(&run->changed, &run->lock);
    pthread_mutex_unlock(&run->lock);
}

UNIT_TEST(batches_are_worked_on_at_the_same_time_and_what_is_done_early_waits)
{
    for (size_t j = 1; j < tried; j++) {
        struct run run = {.count = 20, .extra = first_is_last};
        go_whole(&run, job_counts[j]);
    }
}

/* The work on every fourth takes until the one after it is done. */
static void fourth_is_last(struct run *run, const struct batch *batch)
{
    pthread_mutex_lock(&run->lock);
    while (batch->number % 4 == 0 && run->worked == batch->number)
        pthread_cond_wait(&run->changed, &run->lock);
    pthread_mutex_unlock(&run->lock);
}

UNIT_TEST(who_waits_for_the_turn_to_fill_gets_it_before_the_work_begins)
{
    for (size_t j = 1; j < tried; j++) {
        struct run run = {.count = 102, .slow = 4, .extra = fourth_is_last};
        go_whole(&run, job_counts[j]);
    }
}

/* The work on the first takes until another thread fills the second. */
static void first_is_filled_after(struct run *run, const struct batch *batch)
{
    while (batch->number == 0 && !run->second_fill)
        sched_yield();
}

/* deliver() ends the run while another thread is in fill(), after which it starts a third one. A
 * join before that would read the list of threads while it grows. */
UNIT_TEST(a_thread_that_starts_while_the_run_ends_is_joined_too)
{
    struct run run = {.count = 100, .join = true, .extra = first_is_filled_after};

    main_thread = pthread_self();
    joining = &run;
    CHECK(go(&run, 3));
    joining = NULL;
    CHECK(run.delivered == 1 && run.filled == 2);
    CHECK(created == 2 && run.joins == 2);
}

/* The others finish all that the bound allows, and none of it can be delivered. */
static void first_is_very_last(struct run *run, const struct batch *batch)
{
    if (batch->number)
        return;
    pthread_mutex_lock(&run->lock);
    while (run->worked < 5)
        pthread_cond_wait(&run->changed, &run->lock);
    pthread_mutex_unlock(&run->lock);
    hold(run, run->batches_made == 6 && !run->delivered);
}

UNIT_TEST(R10_behind_a_slow_batch_no_more_than_the_bound_is_held_back)
{
    struct run run = {.count = 50, .extra = first_is_very_last};

    go_whole(&run, 3);
    CHECK(run.batches_made == 6);
}


/* Threads leave signals to the main thread, except those that they cause themselves. */
static void look_at_signals(struct run *run, const struct batch *batch)
{
    sigset_t now;
    bool held = !pthread_equal(pthread_self(), main_thread);

    pthread_sigmask(SIG_BLOCK, NULL, &now);
    hold(run, sigismember(&now, SIGTERM) == held && sigismember(&now, SIGUSR1) == held);
    hold(run, !sigismember(&now, SIGPIPE) && !sigismember(&now, SIGSEGV));
    first_is_last(run, batch);
}

UNIT_TEST(signals_are_for_the_calling_thread_but_a_broken_pipe_is_for_the_writer)
{
    struct run run = {.count = 100, .extra = look_at_signals};

    main_thread = pthread_self();
    go_whole(&run, 4);
    CHECK(created);
}

/* With an argument, such as `short`, tests with many threads are left out, for runs in which each
 * step is slow. */
int main(int argc, char **argv)
{
    (void)argv;
    if (argc > 1)
        tried = 3;
    alarm(300); /* a test that hangs fails */
    return unit_run();
}
