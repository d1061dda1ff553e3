#include "config.h"

#include "base/repeat.h"

#include "base/arena.h"
#include "base/sort.h"

struct repeat_text {
    struct span text;
    size_t number;
};

static int order_by_text(const void *a, const void *b, void *context)
{
    (void)context;
    return span_compare(((const struct repeat_text *)a)->text,
                        ((const struct repeat_text *)b)->text);
}

bool repeat_find(struct repeat *repeat, const struct span *texts, size_t count,
                 struct arena *arena)
{
    struct arena_mark mark = arena_mark(arena);
    struct repeat_text *sorted = arena_take_array(arena, count, sizeof *sorted);
    void *scratch = arena_take_array(arena, count, sizeof *sorted);

    *repeat = (struct repeat){REPEAT_NONE, REPEAT_NONE};
    if (!sorted || !scratch)
        return false;
    for (size_t i = 0; i < count; i++)
        sorted[i] = (struct repeat_text){texts[i], i};
    sort_array(sorted, count, sizeof *sorted, order_by_text, NULL, scratch);
    /* Equal texts are neighbours now, in their order. */
    for (size_t i = 1; i < count; i++)
        if (sorted[i].number < repeat->at && span_equal(sorted[i - 1].text, sorted[i].text))
            *repeat = (struct repeat){sorted[i].number, sorted[i - 1].number};
    arena_back(arena, mark);
    return true;
}
