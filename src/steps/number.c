#include "config.h"

#include "steps/number.h"

#include <float.h>
#include <math.h>

#include "text/number.h"
#include "text/unicode.h"

/* Is CALL's only argument a whole number from LEAST to MOST? */
static bool one_whole(const struct call *call, size_t *wrong, int least, int most)
{
    *wrong = call->count > 1 ? 1 : 0;
    if (call->count != 1)
        return false;
    const struct value *v = &call->arguments[0].value;
    return v->type == VALUE_NUMBER && v->number >= least && v->number <= most &&
           (int)v->number == v->number;
}

const char *steps_number_places(struct call *call, size_t *wrong, struct arena *arena)
{
    (void)arena;
    return one_whole(call, wrong, 0, 15) ? NULL : "expected one whole number from 0 to 15";
}

const char *steps_number_digits(struct call *call, size_t *wrong, struct arena *arena)
{
    (void)arena;
    return one_whole(call, wrong, 1, 17) ? NULL : "expected one whole number from 1 to 17";
}

const char *steps_number_components(struct call *call, size_t *wrong, struct arena *arena)
{
    (void)arena;
    return one_whole(call, wrong, 1, 9) ? NULL : "expected one whole number from 1 to 9";
}

const char *steps_number_unit(struct call *call, size_t *wrong, struct arena *arena)
{
    (void)arena;
    *wrong = call->count > 1 ? 1 : 0;
    if (call->count == 1 && call->arguments[0].value.type == VALUE_NUMBER &&
        decimal_read(&call->unit, call->arguments[0].text))
        return NULL;
    return "expected one number, at least 1e-300, of at most 17 digits";
}

const char *steps_number_edges(struct call *call, size_t *wrong, struct arena *arena)
{
    const struct argument *edges = call->arguments;
    size_t i = 0;

    (void)arena;
    while (i < call->count && edges[i].value.type == VALUE_NUMBER &&
           (i == 0 || edges[i].value.number > edges[i - 1].value.number))
        i++;
    *wrong = i;
    return i && i == call->count ? NULL : "expected numbers, each above the one before it";
}

bool steps_number_num(const struct call *call, struct signal *signal, struct arena *arena)
{
    struct span text = unicode_trim(signal->value.text);

    (void)call;
    (void)arena;
    if (number_is_json(text)) {
        double x = number_parse(text);
        if (isfinite(x))
            signal->value = value_number(x);
    }
    return true;
}

bool steps_number_int(const struct call *call, struct signal *signal, struct arena *arena)
{
    double x = signal->value.number;

    (void)call;
    (void)arena;
    /* From 2^53 on doubles are integers. */
    if (x > -0x1p53 && x < 0x1p53)
        signal->value = value_number((double)(int64_t)x);
    return true;
}

bool steps_number_round(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)arena;
    signal->value = value_number(number_round(signal->value.number, call_whole(call, 0)));
    return true;
}

bool steps_number_sig(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)arena;
    signal->value = value_number(number_significant(signal->value.number, call_whole(call, 0)));
    return true;
}

bool steps_number_step(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)arena;
    signal->value = value_number(decimal_round(signal->value.number, &call->unit));
    return true;
}

bool steps_number_f32(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)call;
    (void)arena;
    signal->value = value_number(decimal_float32(signal->value.number));
    return true;
}

bool steps_number_bucket(const struct call *call, struct signal *signal, struct arena *arena)
{
    size_t i = call->count - 1;

    (void)arena;
    while (i > 0 && call->arguments[i].value.number > signal->value.number)
        i--;
    signal->value = call->arguments[i].value;
    return true;
}

bool steps_number_log2(const struct call *call, struct signal *signal, struct arena *arena)
{
    int exponent;

    (void)call;
    (void)arena;
    if (signal->value.number > 0) {
        frexp(signal->value.number, &exponent);
        signal->value = value_number(exponent - 1); /* frexp() gives 1/2 <= fraction < 1 */
    }
    return true;
}
