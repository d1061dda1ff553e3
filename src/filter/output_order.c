#include "config.h"

#include "filter/output_order.h"

#include <stdlib.h>

bool output_order_init(struct output_order *order, size_t slots, pthread_mutex_t *lock)
{
    *order = (struct output_order){.lock = lock, .slots = slots};
    order->ring = calloc(slots, sizeof *order->ring);
    pthread_cond_init(&order->delivered, NULL);
    return order->ring;
}

void output_order_free(struct output_order *order)
{
    pthread_cond_destroy(&order->delivered);
    free(order->ring);
}

struct output_slot *output_order_add(struct output_order *order, void *batch)
{
    struct output_slot *slot = &order->ring[(order->oldest + order->flying++) % order->slots];

    *slot = (struct output_slot){batch, false};
    return slot;
}

bool output_order_finish(struct output_order *order, struct output_slot *slot)
{
    slot->done = true;
    if (order->early == slot) {
        order->early = NULL;
        order->delivering = false;
    }
    if (order->delivering)
        return false;
    order->delivering = true;
    return true;
}

void *output_order_done(const struct output_order *order)
{
    const struct output_slot *oldest = &order->ring[order->oldest];

    return order->flying && oldest->done ? oldest->batch : NULL;
}

void output_order_remove(struct output_order *order)
{
    order->oldest = (order->oldest + 1) % order->slots;
    order->flying--;
}

void output_order_give_up(struct output_order *order)
{
    order->delivering = false;
    pthread_cond_broadcast(&order->delivered);
}

/* Is BATCH the oldest, and is the right to deliver free, or its own already? */
static bool is_in_order(const struct output_order *order, const void *batch)
{
    const struct output_slot *oldest = &order->ring[order->oldest];

    return oldest->batch == batch && (!order->delivering || order->early == oldest);
}

bool output_order_take_early(struct output_order *order, const void *batch)
{
    while (!order->stopped && !is_in_order(order, batch))
        pthread_cond_wait(&order->delivered, order->lock);
    if (order->stopped)
        return false;
    order->delivering = true;
    order->early = &order->ring[order->oldest];
    return true;
}

void output_order_drain(struct output_order *order)
{
    while (order->flying && !order->stopped)
        pthread_cond_wait(&order->delivered, order->lock);
}

void output_order_stop(struct output_order *order)
{
    order->stopped = true;
    pthread_cond_broadcast(&order->delivered);
}
