/*
 * workers: several threads that work on batches, which are delivered in the order in which they
 * were filled.
 *
 * Only the functions in workers_calls know what a batch is and what is done with it. Each batch is
 * filled, then worked on, then delivered. One batch is filled at a time, and one delivered at a
 * time, but other batches may be worked on or delivered meanwhile; all of it may be done by any
 * thread. What one call has done is seen by the next one on the same batch, every call to fill() by
 * the next call to fill(), and so for deliver().
 */
#ifndef WHORL_FILTER_WORKERS_H
#define WHORL_FILTER_WORKERS_H

#include <stdbool.h>

enum workers_fill {
    WORKERS_FULL, /* it is filled, and there is more: another thread may pay off */
    WORKERS_PART, /* it is filled, and what comes next may take time */
    WORKERS_WAIT, /* not yet: call again, so that it may wait */
    WORKERS_END,  /* it is not filled, and none will be */
};

struct workers_calls {
    /* A batch, and what a thread needs for its work; null when memory is out: then the run goes
     * on with those there are. Threads make their own. */
    void *(*make_batch)(void *context);
    void *(*make_worker)(void *context);
    void (*free_batch)(void *context, void *batch);
    void (*free_worker)(void *context, void *worker);

    /* Fill BATCH. Only if WAIT may this take time: then no other batch is in flight, which is
     * filled and not yet delivered, and none will be until this returns. WORKERS_WAIT is allowed only
     * if not WAIT. */
    enum workers_fill (*fill)(void *context, void *batch, bool wait);

    /* Work on BATCH, with what make_worker() gave. Call workers_relieve() to have it delivered
     * in part before the work is done; once that gives false nobody needs the rest of the work. */
    void (*work)(void *context, void *worker, void *batch);

    /* Write the results of BATCH. False to end the run: nothing is delivered after that. */
    bool (*deliver)(void *context, void *batch);
};

struct workers;

/* Workers of at most JOBS threads, the calling one among them; with 1 there are no others,
 * and no locks. More start one by one, when fill() says that they are worth it; those that
 * cannot are done without. At most 2 batches a thread exist. Null when memory is out.
 * CALLS and CONTEXT, which each call is given, must last. */
struct workers *workers_new(const struct workers_calls *calls, void *context, unsigned jobs)
    __attribute__((warn_unused_result));
void workers_free(struct workers *workers);

/* Run until WORKERS_END and everything is delivered, or until deliver() gives false; the threads
 * have ended then. False when there was no memory for one batch and one worker; nothing was
 * filled then. Once only. Threads other than the calling one take no signals but those that
 * they cause themselves. */
bool workers_run(struct workers *workers) __attribute__((warn_unused_result));

/* From work(): wait until BATCH is the oldest in flight, and deliver() it as it is now. False
 * if the run has ended. */
bool workers_relieve(struct workers *workers, void *batch) __attribute__((warn_unused_result));

#endif
