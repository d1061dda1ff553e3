#include "config.h"

#include "embed/literal.h"

#include <inttypes.h>
#include <stdio.h>

#include "json/pointer.h"
#include "steps/steps.h"
#include "text/jcs.h"
#include "text/number.h"

#define LINE_NUMBERS 12
#define LINE_BYTES   80

void literal_begin(void)
{
    printf("#define SPAN(text) {(const unsigned char *)(text), sizeof(text) - 1}\n");
}

void literal_string(struct span text)
{
    putchar('"');
    for (size_t i = 0, line = 0; i < text.n; i++, line++) {
        unsigned char c = text.p[i];
        if (line == LINE_BYTES || (i && text.p[i - 1] == '\n')) {
            printf("\"\n    \"");
            line = 0;
        }
        if (c < ' ' || c > '~')
            printf("\\%03o", c);
        else
            printf(c == '"' || c == '\\' || c == '?' ? "\\%c" : "%c", c);
    }
    putchar('"');
}

void literal_numbers(const uint32_t *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        printf("%s%" PRIu32 "u,", i % LINE_NUMBERS ? " " : "\n    ", items[i]);
}

void literal_span(struct span span)
{
    if (!span.p) {
        printf("{NULL, 0}");
        return;
    }
    printf("SPAN(");
    literal_string(span);
    putchar(')');
}

/* Begin a pointer to COUNT elements of TYPE; false if that is null, and all. */
static bool begin_array(const char *type, size_t count)
{
    if (count)
        printf("(const struct %s[]){", type);
    else
        printf("NULL");
    return count;
}

void literal_spans(const struct span *items, size_t count)
{
    if (!begin_array("span", count))
        return;
    for (size_t i = 0; i < count; i++) {
        literal_span(items[i]);
        printf(i + 1 < count ? ", " : "}");
    }
}

void literal_pointer(const struct pointer *pointer)
{
    putchar('{');
    literal_span(pointer->text);
    printf(", ");
    literal_spans(pointer->tokens, pointer->count);
    printf(", %zu}", pointer->count);
}

/* As a constant that is a double, whatever its text. */
static void put_double(double x)
{
    unsigned char text[NUMBER_TEXT_MAX];
    size_t n = jcs_number(text, x);
    bool is_double = memchr(text, 'e', n) || memchr(text, '.', n);

    printf("%.*s%s", (int)n, (const char *)text, is_double ? "" : ".0");
}

static void put_array(const struct array *array)
{
    if (begin_array("value", array->count))
        for (size_t i = 0; i < array->count; i++) {
            literal_value(&array->items[i]);
            printf(i + 1 < array->count ? ", " : "}");
        }
    printf(", %zu", array->count);
}

static void put_object(const struct object *object)
{
    if (begin_array("member", object->count))
        for (size_t i = 0; i < object->count; i++) {
            putchar('{');
            literal_span(object->members[i].name);
            printf(", ");
            literal_value(&object->members[i].value);
            printf(i + 1 < object->count ? "}, " : "}}");
        }
    printf(", %zu", object->count);
}

/* Recursion goes as deep as the values that a catalog has, JSON_READ_DEPTH at most. */
void literal_value(const struct value *value)
{
    switch (value->type) {
    case VALUE_NULL:
        printf("{VALUE_NULL, {0}}");
        break;
    case VALUE_FALSE:
        printf("{VALUE_FALSE, {0}}");
        break;
    case VALUE_TRUE:
        printf("{VALUE_TRUE, {0}}");
        break;
    case VALUE_NUMBER:
        printf("{VALUE_NUMBER, {");
        put_double(value->number);
        printf("}}");
        break;
    case VALUE_STRING:
        printf("{VALUE_STRING, {.text = ");
        literal_span(value->text);
        printf("}}");
        break;
    case VALUE_ARRAY:
        printf("{VALUE_ARRAY, {.array = {");
        put_array(&value->array);
        printf("}}}");
        break;
    case VALUE_OBJECT:
        printf("{VALUE_OBJECT, {.object = {");
        put_object(&value->object);
        printf("}}}");
        break;
    }
}

static void put_arguments(const struct call *call)
{
    if (begin_array("argument", call->count))
        for (size_t i = 0; i < call->count; i++) {
            putchar('{');
            literal_span(call->arguments[i].text);
            printf(", ");
            literal_value(&call->arguments[i].value);
            printf(", %zu%s", call->arguments[i].offset, i + 1 < call->count ? "}, " : "}}");
        }
    printf(", %zu", call->count);
}

/* The address of STEP, which is a row of its family's array. */
static void put_step(const struct step *step)
{
    for (size_t i = 0; i < steps_family_count; i++) {
        const struct steps_family *family = &steps_families[i];
        for (size_t k = 0; k < *family->count; k++)
            if (step == &family->steps[k])
                printf("&%s_steps[%zu]", family->name, k);
    }
}

/* Recursion goes as deep as each() within each(), PIPELINE_DEPTH at most. */
void literal_pipeline(const struct normalizer *pipeline)
{
    putchar('{');
    if (begin_array("call", pipeline->count))
        for (size_t i = 0; i < pipeline->count; i++) {
            const struct call *call = &pipeline->calls[i];
            printf("{");
            put_step(call->step);
            printf(", ");
            put_arguments(call);
            printf(", ");
            literal_pipeline(&call->inner);
            printf(", {%" PRIu64 "u, %d, ", call->unit.digits, call->unit.exponent);
            put_double(call->unit.nearest);
            printf(i + 1 < pipeline->count ? "}}, " : "}}}");
        }
    printf(", %zu}", pipeline->count);
}
