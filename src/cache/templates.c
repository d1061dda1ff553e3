#include "config.h"

#include "cache/templates.h"

#include "cache/cut.h"

#define NEAREST 6    /* templates that are looked at, */
#define PART    1024 /* and so many bytes of each, */
#define PIECE   16   /* in pieces that are the same or not */
#define FEW     8    /* of which fewer than these say nothing */

#define UNKNOWN UINT32_MAX

/* The last template of a skeleton stays this many times as long as others. */
#define LAST 16

void templates_init(struct templates *s, void *memory, size_t size)
{
    *s = (struct templates){
        .last = TEMPLATES_MOST, .clock = 1, .longest = size / TEMPLATES_PART};
    slab_init(&s->slab, memory, size);
}

/* The first in the order of lengths that is not shorter than N bytes. */
static uint32_t of_length(const struct templates *s, size_t n)
{
    uint32_t from = 0, to = s->count;

    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        if (s->items[s->by_length[middle]].length < n)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

/* Take note of the length of template number I. */
static void enter_length(struct templates *s, uint32_t i)
{
    uint32_t at = of_length(s, s->items[i].length);

    memmove(s->by_length + at + 1, s->by_length + at, (s->count++ - at) * sizeof *s->by_length);
    s->by_length[at] = i;
}

static void leave_length(struct templates *s, uint32_t i)
{
    uint32_t at = 0;

    while (s->by_length[at] != i)
        at++;
    memmove(s->by_length + at, s->by_length + at + 1, (--s->count - at) * sizeof *s->by_length);
}

/* Those templates whose length is nearest to N bytes, the nearest first; how many there are. */
static uint32_t near_length(const struct templates *s, size_t n, uint32_t found[NEAREST])
{
    uint32_t above = of_length(s, n), below = above, count = 0;

    for (; count < NEAREST && (below > 0 || above < s->count); count++) {
        bool up = below == 0 ||
                  (above < s->count && s->items[s->by_length[above]].length - n <
                                           n - s->items[s->by_length[below - 1]].length);
        found[count] = up ? s->by_length[above++] : s->by_length[--below];
    }
    return count;
}

/* In how many of their pieces A and B, of N bytes each, are the same. */
static uint32_t likeness(const unsigned char *a, const unsigned char *b, size_t n)
{
    uint32_t same = 0;

    for (size_t i = 0; i + PIECE <= n; i += PIECE)
        same += memcmp(a + i, b + i, PIECE) == 0;
    return same;
}

/* Of COUNT templates the one that is most like RECORD at its start, or at its END; of equal
 * ones the first. *MOST is in how many pieces it is. */
static uint32_t most_alike(const struct templates *s, struct span record,
                           const uint32_t *numbers, uint32_t count, bool end, uint32_t *most)
{
    uint32_t found = numbers[0];

    *most = 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct template *template = &s->items[numbers[i]];
        size_t n = record.n < template->length ? record.n : template->length;
        n = n < PART ? n : PART;
        uint32_t like = likeness(template->bytes + (end ? template->length - n : 0),
                                 record.p + (end ? record.n - n : 0), n);
        if (like > *most) {
            found = numbers[i];
            *most = like;
        }
    }
    return found;
}

uint32_t templates_nearest(const struct templates *s, struct span record)
{
    uint32_t numbers[NEAREST], most, count = near_length(s, record.n, numbers);

    if (count == 1)
        return numbers[0];
    uint32_t nearest = most_alike(s, record, numbers, count, false, &most);
    /* If bytes that are new have moved all others, then those at the end may have stayed. */
    return most >= FEW ? nearest : most_alike(s, record, numbers, count, true, &most);
}

/* Take one user from SKELETON; free it after the last. */
static void release_skeleton(struct templates *s, struct skeleton *skeleton)
{
    if (--skeleton->users)
        return;
    s->skeletons[skeleton->number] = NULL;
    slab_give(&s->slab, skeleton);
}

static void drop_template(struct templates *s, uint32_t i)
{
    struct skeleton *skeleton = s->items[i].skeleton;

    slab_give(&s->slab, s->memory[i]);
    s->memory[i] = NULL;
    s->last = s->last == i ? TEMPLATES_MOST : s->last;
    leave_length(s, i);
    for (uint32_t k = 0; s->newest[skeleton->number] == i && k < TEMPLATES_MOST; k++)
        if (s->memory[k] && s->items[k].skeleton == skeleton)
            s->newest[skeleton->number] = k;
    release_skeleton(s, skeleton);
}

void templates_forget(struct templates *s)
{
    for (uint32_t i = 0; i < TEMPLATES_MOST; i++)
        if (s->memory[i])
            drop_template(s, i);
    s->leaf_most = 0;
}

void templates_hold(struct templates *s, uint32_t i)
{
    s->held[i] = s->clock;
}

void templates_use(struct templates *s, uint32_t i)
{
    s->used[i] = ++s->clock;
    s->last = i;
    s->newest[s->items[i].skeleton->number] = i;
}

uint32_t templates_common(struct templates *s, const struct skeleton *a,
                          const struct skeleton *b)
{
    uint32_t *common = &s->common[a->number][b->number];

    if (*common == UNKNOWN)
        s->common[b->number][a->number] = *common =
            template_common(&s->items[s->newest[a->number]], &s->items[s->newest[b->number]]);
    return *common;
}

struct skeleton *templates_skeleton(const struct templates *s,
                                    const struct template_source *source)
{
    for (uint32_t i = 0; i < TEMPLATES_MOST; i++)
        if (s->skeletons[i] &&
            template_fits(&s->items[s->newest[i]], source->cut, source->record))
            return s->skeletons[i];
    return NULL;
}

/* Drop a template that has long been unused. False if none may be dropped. */
static bool drop_one(struct templates *s)
{
    uint32_t oldest = TEMPLATES_MOST, spare = TEMPLATES_MOST;

    for (uint32_t i = 0; i < TEMPLATES_MOST; i++) {
        if (!s->memory[i] || s->held[i] == s->clock)
            continue;
        if (oldest == TEMPLATES_MOST || s->used[i] < s->used[oldest])
            oldest = i;
        if (s->items[i].skeleton->users > 1 &&
            (spare == TEMPLATES_MOST || s->used[i] < s->used[spare]))
            spare = i;
    }
    if (oldest == TEMPLATES_MOST)
        return false;
    bool last = spare == TEMPLATES_MOST ||
                (s->clock - s->used[oldest]) / LAST > s->clock - s->used[spare];
    drop_template(s, last ? oldest : spare);
    return true;
}

/* Memory of SIZE bytes for a template or a SKELETON; other templates may be dropped for it. Null if
 * that is not enough. */
static void *take_memory(struct templates *s, size_t size, bool skeleton)
{
    void *memory;

    if (size > s->slab.size)
        return NULL;
    do
        memory = skeleton ? slab_take_last(&s->slab, size) : slab_take(&s->slab, size);
    while (!memory && drop_one(s));
    return memory;
}

/* An unused number for a template; one may be dropped for it. */
static uint32_t free_number(struct templates *s)
{
    do {
        for (uint32_t i = 0; i < TEMPLATES_MOST; i++)
            if (!s->memory[i])
                return i;
    } while (drop_one(s));
    return TEMPLATES_MOST;
}

/* A copy of DRAFT as a skeleton with one user. A number is free, because there are fewer templates
 * than possible. Null if there is not enough memory. */
static struct skeleton *add_skeleton(struct templates *s, const struct skeleton *draft)
{
    void *memory = take_memory(s, skeleton_size(draft), true);
    uint32_t number = 0;

    if (!memory)
        return NULL;
    struct skeleton *skeleton = skeleton_copy(memory, draft);
    while (s->skeletons[number])
        number++;
    s->skeletons[number] = skeleton;
    skeleton->number = number;
    skeleton->users = 1;
    for (uint32_t i = 0; i < TEMPLATES_MOST; i++)
        s->common[number][i] = s->common[i][number] = UNKNOWN;
    if (skeleton->leaf_count > s->leaf_most)
        s->leaf_most = skeleton->leaf_count;
    return skeleton;
}

bool templates_room(const struct templates *s, struct span record)
{
    return s->count < TEMPLATES_MOST && slab_fits(&s->slab, record.n / 4 * 5);
}

bool templates_add(struct templates *s, const struct template_source *source,
                   struct skeleton *skeleton, const struct skeleton *draft)
{
    if (skeleton)
        skeleton->users++; /* so that it stays when its templates go */
    uint32_t i = free_number(s);
    if (!skeleton && i < TEMPLATES_MOST)
        skeleton = add_skeleton(s, draft);
    void *memory =
        skeleton && i < TEMPLATES_MOST ? take_memory(s, template_size(source), false) : NULL;
    if (memory) {
        template_make(&s->items[i], source, skeleton, memory);
        s->memory[i] = memory;
        enter_length(s, i);
        templates_use(s, i);
    } else if (skeleton) {
        release_skeleton(s, skeleton);
    }
    return memory;
}
