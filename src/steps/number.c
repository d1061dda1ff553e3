/*
 * The steps that take numbers or give them.
 */
#include "config.h"

#include "steps/steps.h"

#include <float.h>
#include <math.h>

#include "text/number.h"
#include "text/unicode.h"

static struct fault prepare_round(struct call *call, size_t end, struct arena *arena)
{
    (void)arena;
    return call_check_whole(call, end, 0, 15, "expected one whole number from 0 to 15");
}

static struct fault prepare_sig(struct call *call, size_t end, struct arena *arena)
{
    (void)arena;
    return call_check_whole(call, end, 1, 17, "expected one whole number from 1 to 17");
}

static struct fault prepare_step(struct call *call, size_t end, struct arena *arena)
{
    (void)arena;
    if (call->count == 1 && call->arguments[0].value.type == VALUE_NUMBER &&
        rounding_read_unit(&call->unit, call->arguments[0].text))
        return FAULT_NONE;
    return call_fault(call, end, call->count > 1 ? 1 : 0,
                      "expected one number, at least 1e-300, of at most 17 digits");
}

static struct fault prepare_bucket(struct call *call, size_t end, struct arena *arena)
{
    const struct argument *edges = call->arguments;
    size_t i = 0;

    (void)arena;
    while (i < call->count && edges[i].value.type == VALUE_NUMBER &&
           (i == 0 || edges[i].value.number > edges[i - 1].value.number))
        i++;
    if (i && i == call->count)
        return FAULT_NONE;
    return call_fault(call, end, i, "expected numbers, each above the one before it");
}

static bool apply_num(const struct call *call, struct signal *signal, struct arena *arena)
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

static bool apply_int(const struct call *call, struct signal *signal, struct arena *arena)
{
    double x = signal->value.number;

    (void)call;
    (void)arena;
    /* From 2^53 on all doubles are integers. */
    if (x > -0x1p53 && x < 0x1p53)
        signal->value = value_number((double)(int64_t)x);
    return true;
}

static bool apply_round(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)arena;
    signal->value = value_number(number_round(signal->value.number, call_whole(call, 0)));
    return true;
}

static bool apply_sig(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)arena;
    signal->value = value_number(number_significant(signal->value.number, call_whole(call, 0)));
    return true;
}

static bool apply_step(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)arena;
    signal->value = value_number(rounding_to_unit(signal->value.number, &call->unit));
    return true;
}

static bool apply_f32(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)call;
    (void)arena;
    signal->value = value_number(rounding_to_float32(signal->value.number));
    return true;
}

static bool apply_bucket(const struct call *call, struct signal *signal, struct arena *arena)
{
    size_t i = call->count - 1;

    (void)arena;
    while (i > 0 && call->arguments[i].value.number > signal->value.number)
        i--;
    signal->value = call->arguments[i].value;
    return true;
}

static bool apply_log2(const struct call *call, struct signal *signal, struct arena *arena)
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

/* clang-format off */
const struct step number_steps[] = {
    {.name = "num", .arguments = "", .takes = TAKES_STRING,
     .meaning = "a string that, trimmed, is a JSON number in range, as that number",
     .example = "num", .input = "\" 8.50\"", .output = "8.5", .apply = apply_num},
    {.name = "int", .arguments = "", .takes = TAKES_NUMBER,
     .meaning = "the integer next to it toward zero",
     .example = "int", .input = "-8.9", .output = "-8", .apply = apply_int},
    {.name = "round", .arguments = "(dp)", .takes = TAKES_NUMBER,
     .meaning = "to dp (0 to 15) decimal places, exactly, ties toward +infinity",
     .example = "round(2)", .input = "-0.125", .output = "-0.12",
     .prepare = prepare_round, .apply = apply_round},
    {.name = "sig", .arguments = "(n)", .takes = TAKES_NUMBER,
     .meaning = "to n (1 to 17) significant digits, exactly, ties toward +infinity",
     .example = "sig(6)", .input = "124.04347527516074", .output = "124.043",
     .prepare = prepare_sig, .apply = apply_sig},
    {.name = "step", .arguments = "(n)", .takes = TAKES_NUMBER,
     .meaning = "to the nearest multiple of the decimal n, exactly, ties toward +infinity",
     .example = "step(0.05)", .input = "7.33", .output = "7.35",
     .prepare = prepare_step, .apply = apply_step},
    {.name = "f32", .arguments = "", .takes = TAKES_NUMBER,
     .meaning = "the nearest float32, as its shortest decimal text",
     .example = "f32", .input = "1.100000023841858", .output = "1.1",
     .apply = apply_f32},
    {.name = "bucket", .arguments = "(e1,...)", .takes = TAKES_NUMBER,
     .meaning = "the largest edge not above it; e1, the lowest edge, for all below",
     .example = "bucket(4,8)", .input = "12", .output = "8",
     .prepare = prepare_bucket, .apply = apply_bucket},
    {.name = "log2", .arguments = "", .takes = TAKES_NUMBER,
     .meaning = "the logarithm to base 2, rounded down, of a number above 0",
     .example = "log2", .input = "299977904946", .output = "38", .apply = apply_log2},
};
/* clang-format on */
const size_t number_step_count = sizeof number_steps / sizeof *number_steps;
