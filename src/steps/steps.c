#include "config.h"

#include "steps/steps.h"

/* clang-format off */
#define FAMILY(name) {#name, name##_steps, &name##_step_count}
/* clang-format on */

const struct steps_family steps_families[] = {
    FAMILY(text),  FAMILY(number), FAMILY(list),  FAMILY(state), FAMILY(locale),   FAMILY(ua),
    FAMILY(hints), FAMILY(gpu),    FAMILY(color), FAMILY(mime),  FAMILY(data_url), FAMILY(net),
    FAMILY(tls),
};
const size_t steps_family_count = sizeof steps_families / sizeof *steps_families;

const struct step *steps_at(size_t i)
{
    for (size_t family = 0; family < steps_family_count; family++) {
        if (i < *steps_families[family].count)
            return &steps_families[family].steps[i];
        i -= *steps_families[family].count;
    }
    return NULL;
}

const struct step *steps_find(struct span name)
{
    const struct step *step;

    for (size_t i = 0; (step = steps_at(i)); i++)
        if (span_equal(span_text(step->name), name))
            return step;
    return NULL;
}
