#include "config.h"

#include "filter/workers.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#include "filter/output_order.h"

/*
 * How the threads share the work.
 *
 * There is no reader and no writer thread: every thread does the same. It takes the turn to
 * fill, fills a batch, hands on the turn, and works on what it has filled, while it is still in
 * its cache. Then it marks the batch done, and if nobody is delivering, it delivers the oldest
 * batch and those after it as long as they are done (output_order.h). So the thread that finishes
 * the oldest batch writes, also what others have finished early.
 *
 * Who owns a batch. An idle batch has no owner. From take_turn() on, the thread that took it owns
 * it, and alone touches it without the lock, until it marks it done. Then the thread that delivers
 * owns it.
 *
 * Two rights go from thread to thread, each a flag under the lock: `filling`, the turn to fill, and
 * the right to deliver. fill() and deliver() run without the lock, but by the thread that has the
 * right.
 *
 * Memory is bounded, because at most `most` batches exist, twice as many as threads: a thread that
 * has finished can fill another one while the oldest is still worked on. If the work on the oldest
 * takes so long that all others are done, the threads wait, which bounds what is held back after
 * it. The work itself bounds the results of one batch by workers_relieve(), which is the only right
 * way to wait for its turn.
 *
 * It cannot deadlock. A thread waits for three things: for the turn and an idle batch; in
 * workers_relieve(), until its batch is the oldest; in fill_one(), with the turn, until nothing is
 * in flight. The oldest batch in flight waits for none of them: either it is worked on, by a thread
 * that is not in fill_one() and that workers_relieve() lets pass as soon as those before are
 * delivered, or it is done, and somebody delivers it. So the oldest always leaves the ring, and in
 * the end all do: then batches are idle, relieved ones are the oldest, and a thread that waits for
 * an empty ring goes on.
 *
 * fill() itself may wait for input only while nothing is in flight. So all that was read is
 * delivered before a thread waits; no thread is in a read() when the run must end because deliver()
 * failed; and the thread that waits may do what otherwise only deliver() may. It costs little:
 * threads that have caught up with the input have nothing else to do.
 *
 * Threads start one by one, each after a batch that fill() calls full. A small input has none.
 */

/* Of a thread; the default, 8 MiB and more, counts against a limit of address space. */
#define STACK_SIZE ((size_t)1 << 20)

struct workers {
    /* Never changed while threads run: */
    const struct workers_calls *calls;
    void *context;
    unsigned jobs;

    pthread_mutex_t lock;
    /* By the lock: */
    struct output_order order; /* stopped when deliver() has given false */
    pthread_cond_t turn;       /* signalled when take_turn() may go on */
    bool filling;              /* a thread has the turn to fill */
    bool ended;                /* there is nothing more to fill */
    void **idle;               /* a stack: what was used last is in the cache */
    size_t idle_count;
    size_t made, most; /* batches that there are, and that there may be */

    /* By the turn: */
    pthread_attr_t attributes;
    pthread_t *threads;
    unsigned started; /* of them */
    bool enough;      /* no more can be, or need be */
};

struct workers *workers_new(const struct workers_calls *calls, void *context, unsigned jobs)
{
    struct workers *e = calloc(1, sizeof *e);

    if (!e)
        return NULL;
    e->calls = calls;
    e->context = context;
    e->jobs = jobs;
    e->enough = jobs == 1;
    e->most = jobs == 1 ? 1 : 2 * (size_t)jobs;
    e->idle = calloc(e->most, sizeof *e->idle);
    bool ordered = output_order_init(&e->order, e->most, &e->lock);
    e->threads = calloc(jobs, sizeof *e->threads);
    pthread_attr_init(&e->attributes);
    pthread_attr_setstacksize(&e->attributes, STACK_SIZE);
    pthread_mutex_init(&e->lock, NULL);
    pthread_cond_init(&e->turn, NULL);
    if (e->idle && ordered && e->threads)
        return e;
    workers_free(e);
    return NULL;
}

void workers_free(struct workers *e)
{
    if (!e)
        return;
    for (size_t i = 0; i < e->idle_count; i++)
        e->calls->free_batch(e->context, e->idle[i]);
    pthread_cond_destroy(&e->turn);
    output_order_free(&e->order);
    pthread_mutex_destroy(&e->lock);
    pthread_attr_destroy(&e->attributes);
    free(e->threads);
    free(e->idle);
    free(e);
}

/* What follows up to work_loop() has the lock, but gives it up while it waits or calls. */

/* The run is over. */
static void stop_run(struct workers *e)
{
    e->ended = true;
    pthread_cond_broadcast(&e->turn);
    output_order_stop(&e->order);
}

static void give_back(struct workers *e, void *batch)
{
    /* If others are idle, threads wait for the turn. */
    if (e->idle_count == 0)
        pthread_cond_signal(&e->turn);
    e->idle[e->idle_count++] = batch;
}

/* Call deliver(), by the thread that has the right. */
static void deliver_unlocked(struct workers *e, void *batch)
{
    if (e->order.stopped)
        return;
    pthread_mutex_unlock(&e->lock);
    bool go_on = e->calls->deliver(e->context, batch);
    pthread_mutex_lock(&e->lock);
    if (!go_on)
        stop_run(e);
}

/* The work on SLOT is done. Deliver what can be delivered, unless another thread does that. */
static void finish_slot(struct workers *e, struct output_slot *slot)
{
    void *batch;

    if (!output_order_finish(&e->order, slot))
        return;
    while ((batch = output_order_done(&e->order))) {
        deliver_unlocked(e, batch);
        output_order_remove(&e->order);
        give_back(e, batch);
    }
    output_order_give_up(&e->order);
}

/* Wait for the turn to fill, and for a batch. Null when there is nothing more to fill. */
static void *take_turn(struct workers *e)
{
    for (;;) {
        while (!e->ended && (e->filling || (!e->idle_count && e->made == e->most)))
            pthread_cond_wait(&e->turn, &e->lock);
        if (e->ended)
            return NULL;
        e->filling = true;
        if (e->idle_count)
            return e->idle[--e->idle_count];
        pthread_mutex_unlock(&e->lock);
        void *batch = e->calls->make_batch(e->context);
        pthread_mutex_lock(&e->lock);
        if (batch) {
            e->made++;
            if (!e->ended)
                return batch;
            /* The run has ended meanwhile: fill() might wait for input that is not needed. */
            e->idle[e->idle_count++] = batch;
        } else {
            e->most = e->made; /* go on with those there are; workers_run() has made one */
        }
        e->filling = false;
        pthread_cond_broadcast(&e->turn);
    }
}

static void *thread_main(void *workers);

/* By the thread that has the turn, without the lock: start another thread. */
static void start_thread(struct workers *e)
{
    sigset_t held, before;

    if (e->enough)
        return;
    /* The calling thread takes its signals, except those that it causes itself. */
    sigfillset(&held);
    sigdelset(&held, SIGPIPE);
    sigdelset(&held, SIGSEGV);
    sigdelset(&held, SIGBUS);
    sigdelset(&held, SIGFPE);
    sigdelset(&held, SIGILL);
    sigdelset(&held, SIGABRT);
    pthread_sigmask(SIG_SETMASK, &held, &before);
    if (pthread_create(&e->threads[e->started], &e->attributes, thread_main, e) == 0)
        e->started++;
    else
        e->enough = true;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (e->started + 1 == e->jobs)
        e->enough = true;
}

/* With the turn, fill BATCH, and hand on the turn. Null when there is nothing more. */
static struct output_slot *fill_one(struct workers *e, void *batch)
{
    enum workers_fill got;

    do {
        bool wait = !e->order.flying;
        pthread_mutex_unlock(&e->lock);
        got = e->calls->fill(e->context, batch, wait);
        if (got == WORKERS_FULL)
            start_thread(e);
        pthread_mutex_lock(&e->lock);
        if (got == WORKERS_WAIT)
            output_order_drain(&e->order);
    } while (got == WORKERS_WAIT && !e->order.stopped);
    e->filling = false;
    if (got == WORKERS_END || e->order.stopped) {
        e->ended = true;
        give_back(e, batch);
        pthread_cond_broadcast(&e->turn);
        return NULL;
    }
    struct output_slot *slot = output_order_add(&e->order, batch);
    /* After a part this thread takes the turn again itself. Another thread, woken only to wait for
     * input, would delay the work on it. */
    if (got == WORKERS_FULL)
        pthread_cond_signal(&e->turn);
    return slot;
}

/* What every thread does. */
static void work_loop(struct workers *e, void *worker)
{
    void *batch;

    pthread_mutex_lock(&e->lock);
    while ((batch = take_turn(e))) {
        struct output_slot *slot = fill_one(e, batch);
        if (!slot)
            break;
        pthread_mutex_unlock(&e->lock);
        e->calls->work(e->context, worker, batch);
        pthread_mutex_lock(&e->lock);
        finish_slot(e, slot);
    }
    pthread_mutex_unlock(&e->lock);
}

static void *thread_main(void *workers)
{
    struct workers *e = workers;
    void *worker = e->calls->make_worker(e->context);

    if (worker) {
        work_loop(e, worker);
        e->calls->free_worker(e->context, worker);
    }
    return NULL;
}

/* The same by one thread, which has every right. */
static void work_alone(struct workers *e, void *worker)
{
    void *batch = e->idle[0];

    while (!e->order.stopped && e->calls->fill(e->context, batch, true) != WORKERS_END) {
        e->calls->work(e->context, worker, batch);
        if (!e->order.stopped)
            e->order.stopped = !e->calls->deliver(e->context, batch);
    }
}

/* Wait for all the others to leave work_loop(). */
static void join_threads(struct workers *e)
{
    /* The thread that still has the turn may start one more; no thread takes the turn after it. */
    pthread_mutex_lock(&e->lock);
    while (e->filling)
        pthread_cond_wait(&e->turn, &e->lock);
    pthread_mutex_unlock(&e->lock);
    for (unsigned i = 0; i < e->started; i++)
        pthread_join(e->threads[i], NULL);
}

bool workers_run(struct workers *e)
{
    void *worker = e->calls->make_worker(e->context);
    void *batch = worker ? e->calls->make_batch(e->context) : NULL;

    if (batch) {
        e->made = e->idle_count = 1;
        e->idle[0] = batch;
        if (e->jobs == 1) {
            work_alone(e, worker);
        } else {
            work_loop(e, worker);
            join_threads(e);
        }
    }
    if (worker)
        e->calls->free_worker(e->context, worker);
    return batch;
}

bool workers_relieve(struct workers *e, void *batch)
{
    if (e->jobs == 1) {
        e->order.stopped = !e->calls->deliver(e->context, batch);
        return !e->order.stopped;
    }
    pthread_mutex_lock(&e->lock);
    if (output_order_take_early(&e->order, batch))
        deliver_unlocked(e, batch);
    bool go_on = !e->order.stopped;
    pthread_mutex_unlock(&e->lock);
    return go_on;
}
