/*
 * output_order: the batches in flight, in the order in which they were filled, and the right to
 * deliver them.
 *
 *     idle --fill--> in flight: worked on --> done --deliver--> idle
 *
 * A batch enters the ring when it is filled, so the ring is in the order of filling. It leaves the
 * ring, at its oldest end, when it is delivered. So what comes out is in the order of what came in,
 * whichever thread was faster.
 *
 * One thread at a time has the right to deliver. No done batch is forgotten: a thread that finds
 * the right taken leaves its batch done in the ring, and the thread with the right looks at the
 * ring again, under the lock, before it gives the right up.
 *
 * All functions need the lock of the threads. Those that wait give it up meanwhile.
 */
#ifndef WHORL_FILTER_OUTPUT_ORDER_H
#define WHORL_FILTER_OUTPUT_ORDER_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

/* A batch in flight. */
struct output_slot {
    void *batch; /* set by the thread that fills it; does not change while it is in flight */
    bool done;   /* by the lock */
};

struct output_order {
    /* Never changed while threads run: */
    pthread_mutex_t *lock;
    size_t slots;

    /* By the lock: */
    pthread_cond_t delivered;  /* signalled when a thread has given up the right to deliver */
    bool delivering;           /* a thread has that right: */
    struct output_slot *early; /* the one that works on this, if not null */
    struct output_slot *ring;  /* of `slots` */
    size_t oldest;             /* the slot of the oldest in flight, */
    size_t flying;             /* how many are, from there on */
    bool stopped;              /* nothing more is delivered */
};

/* Room for SLOTS batches in flight, by LOCK. False when memory is out; output_order_free() must
 * follow in either case. */
bool output_order_init(struct output_order *order, size_t slots, pthread_mutex_t *lock)
    __attribute__((warn_unused_result));
void output_order_free(struct output_order *order);

/* BATCH is filled: it is in flight from now on. There must be room. */
struct output_slot *output_order_add(struct output_order *order, void *batch);

/* The work on SLOT is done; a right to deliver that its thread has is given up. True if the calling
 * thread has the right now: it must deliver each batch that output_order_done() gives, and then
 * call output_order_give_up(). False if another thread does that. */
bool output_order_finish(struct output_order *order, struct output_slot *slot)
    __attribute__((warn_unused_result));

/* The oldest batch in flight, if it is done; else null. With the right to deliver only. */
void *output_order_done(const struct output_order *order);

/* The oldest batch is delivered: it is in flight no longer. */
void output_order_remove(struct output_order *order);

/* Give up the right to deliver. */
void output_order_give_up(struct output_order *order);

/* By the thread that works on BATCH: wait until it is the oldest, and take the right to deliver,
 * which it keeps until output_order_finish(). False if the run was stopped. */
bool output_order_take_early(struct output_order *order, const void *batch)
    __attribute__((warn_unused_result));

/* Wait until nothing is in flight, or the run is stopped. */
void output_order_drain(struct output_order *order);

/* Nothing is delivered any more: no thread waits here. */
void output_order_stop(struct output_order *order);

#endif
