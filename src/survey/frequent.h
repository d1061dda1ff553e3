/*
 * frequent: counts of the most frequent values, by their hashes, in at most 64 counters.
 *
 * It is Space-Saving (Metwally, Agrawal and El Abbadi, "Efficient computation of frequent and
 * top-k elements in data streams", 2005). Up to 64 different values each has a counter, and all is
 * exact. A further value replaces a counter with the smallest count: it takes the count over, adds
 * 1, and remembers what it took as the error. Of several such counters the one is replaced that
 * comes first after the last one replaced, in a circle. So the same values in the same order give
 * the same counters.
 *
 * What is certain, with N values added:
 *   - A counter's value was added at most `count` times and at least `count - error` times.
 *   - A value without a counter was added at most as often as the smallest count.
 *   - The counts add up to N. So a value that was added more than N / 64 times has a counter.
 *
 * Memory: nothing beyond the struct for one value, 32 bytes; from two on 25 bytes for each counter,
 * of which there are 2, 4, and so on to 64. All of it is counted against the caller's quota, which
 * must be the same one each time, or null. Time: a value that equals the last one is found at once,
 * any other by a search of 64 bytes; replacing looks at no more than 64 counters, and at one or two
 * if all values differ.
 */
#ifndef WHORL_SURVEY_FREQUENT_H
#define WHORL_SURVEY_FREQUENT_H

#include <stdbool.h>
#include <stdint.h>

struct quota;

#define FREQUENT_COUNTERS 64

struct frequent_counter {
    uint64_t hash;
    uint64_t count;
    uint64_t error; /* by how much count may be too large; 0 while exact */
};

struct frequent {
    union {
        uint64_t only;                     /* while room is 0: the hash of all values */
        struct frequent_counter *counters; /* and after them the last byte of each hash */
    };
    uint64_t total;      /* values added */
    uint64_t least;      /* no counter is below it, once all are in use */
    unsigned char count; /* counters in use */
    unsigned char room;  /* counters that there is memory for; 0: see `only` */
    unsigned char last;  /* the counter that the last value was counted by */
    unsigned char next;  /* where the search for the counter to replace begins */
    bool replaced;       /* a counter was replaced */
};

/* Nothing was added. */
#define FREQUENT_EMPTY ((struct frequent){.total = 0})

void frequent_free(struct frequent *frequent, struct quota *quota);

/* As frequent_add(), which calls it where the value is not that of the last time. */
bool frequent_add_other(struct frequent *frequent, uint64_t hash, struct quota *quota)
    __attribute__((warn_unused_result));

/* Add a value by its HASH. False when memory is out: nothing has changed then. */
__attribute__((warn_unused_result)) static inline bool
frequent_add(struct frequent *frequent, uint64_t hash, struct quota *quota)
{
    if (frequent->room) {
        struct frequent_counter *counter = frequent->counters + frequent->last;
        if (counter->hash != hash)
            return frequent_add_other(frequent, hash, quota);
        counter->count++;
    } else if (!frequent->count) {
        frequent->only = hash;
        frequent->count = 1;
    } else if (frequent->only != hash) {
        return frequent_add_other(frequent, hash, quota);
    }
    frequent->total++;
    return true;
}

/* Is it exact, because no counter was ever replaced? */
static inline bool frequent_exact(const struct frequent *frequent)
{
    return !frequent->replaced;
}

/* How many counters are in use. While exact, that is how many different values were added. */
static inline uint32_t frequent_distinct(const struct frequent *frequent)
{
    return frequent->count;
}

/* How many values were added. */
static inline uint64_t frequent_total(const struct frequent *frequent)
{
    return frequent->total;
}

/* Counter number I, from 0, below frequent_distinct(). While exact, they are in the order in which
 * their values were first added. */
struct frequent_counter frequent_at(const struct frequent *frequent, uint32_t i);

/* How often the most frequent value was added. */
struct frequent_commonest {
    uint64_t least, most; /* from the one to the other; they are equal while exact */
    uint64_t hash; /* of a value that was added at least `least` times: of several the one
                             whose counter is first */
};

/* All of it is 0 if nothing was added. */
struct frequent_commonest frequent_commonest(const struct frequent *frequent);

/*
 * The entropy of the values in thousandths of a bit: H = the sum of c / N * log2(N / c) over the
 * counts c, N being their sum; 0 if nothing was added. To find the same number elsewhere: add up
 * c * (log2_fixed(N) - log2_fixed(c)), divide by N, rounding down, and take log2_thousandths() of
 * that. So the result is rounded to the nearest one, of a number that is off by less than 2^-30
 * bits.
 *
 * If not exact, log2_thousandths_down() is taken instead, and the result is a lower bound of the
 * entropy, never above it for N up to 2^32; frequent.c has the proof. It is at most 6000.
 */
uint64_t frequent_entropy(const struct frequent *frequent);

#endif
