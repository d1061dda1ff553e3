#include "config.h"

#include "steps/text.h"

#include "text/unicode.h"

/* Give SIGNAL the text S, which somebody tried to make. */
static bool become(struct signal *signal, struct span s)
{
    if (span_failed(s))
        return false;
    signal->value.text = s;
    return true;
}

bool steps_text_nfc(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)call;
    return become(signal, unicode_normalize(UNICODE_NFC, signal->value.text, arena));
}

bool steps_text_nfkc(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)call;
    return become(signal, unicode_normalize(UNICODE_NFKC, signal->value.text, arena));
}

bool steps_text_trim(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)call;
    (void)arena;
    return become(signal, unicode_trim(signal->value.text));
}

bool steps_text_squeeze(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)call;
    return become(signal, unicode_squeeze(signal->value.text, arena));
}

bool steps_text_lower(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)call;
    return become(signal, unicode_lower(signal->value.text, arena));
}

bool steps_text_fold(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)call;
    return become(signal, unicode_fold(signal->value.text, arena));
}

bool steps_text_digits(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)call;
    return become(signal, unicode_digits(signal->value.text, arena));
}

bool steps_text_strip(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)call;
    return become(signal, unicode_strip_control(signal->value.text, arena));
}

const char *steps_text_values(struct call *call, size_t *wrong, struct arena *arena)
{
    (void)arena;
    *wrong = 0;
    return call->count ? NULL : "expected values, as JSON";
}

const char *steps_text_class(struct call *call, size_t *wrong, struct arena *arena)
{
    (void)arena;
    *wrong = 0;
    if (!call->count || call->arguments[0].value.type != VALUE_STRING ||
        !signal_is_class(call->arguments[0].value.text))
        return "expected a class, [A-Za-z_][A-Za-z0-9_]*, then values, as JSON";
    *wrong = 1;
    if (call->count < 2)
        return "expected values, as JSON, after the class";
    return NULL;
}

/* Is V one of CALL's arguments, from the one at FROM on? */
static bool listed(const struct call *call, size_t from, const struct value *v)
{
    for (size_t i = from; i < call->count; i++)
        if (value_equal(&call->arguments[i].value, v))
            return true;
    return false;
}

bool steps_text_undefined(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)arena;
    if (listed(call, 0, &signal->value))
        signal->state = SIGNAL_UNDEFINED;
    return true;
}

bool steps_text_error(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)arena;
    if (listed(call, 1, &signal->value))
        *signal = (struct signal){SIGNAL_ERROR, {.class = call->arguments[0].value.text}};
    return true;
}

bool steps_text_enum(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)arena;
    if (!listed(call, 0, &signal->value))
        signal->value = value_text(span_text("other"));
    return true;
}

/* Is S the lower-case ASCII text WORD, but for case? */
static bool same_word(struct span s, struct span word)
{
    if (s.n != word.n)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if ((s.p[i] | (s.p[i] >= 'A' && s.p[i] <= 'Z' ? 0x20 : 0)) != word.p[i])
            return false;
    return true;
}

bool steps_text_bool(const struct call *call, struct signal *signal, struct arena *arena)
{
    static const char *const words[2][3] = {{"false", "no", "off"}, {"true", "yes", "on"}};
    const struct value *v = &signal->value;

    (void)call;
    (void)arena;
    if (v->type == VALUE_NUMBER) {
        if (v->number == 0 || v->number == 1)
            signal->value = value_bool(v->number == 1);
        return true;
    }
    for (int truth = 0; truth < 2; truth++)
        for (int i = 0; i < 3; i++)
            if (same_word(v->text, span_text(words[truth][i]))) {
                signal->value = value_bool(truth);
                return true;
            }
    return true;
}
