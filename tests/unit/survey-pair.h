/*
 * survey-pair: records surveyed twice, once with all the memory that they need and once with little,
 * and what must hold of both: shared by test-survey.c and fuzz-survey.c.
 */
#ifndef WHORL_TESTS_SURVEY_PAIR_H
#define WHORL_TESTS_SURVEY_PAIR_H

#include "base/buf.h"
#include "json/members.h"
#include "json/open.h"
#include "json/pointer.h"
#include "steps/step.h"
#include "steps/normalize_compile.h"
#include "survey/distinct.h"
#include "survey/observe.h"
#include "survey/rows.h"

/* What is needed to observe records. */
struct pair_reader {
    struct arena rules_arena, arena;
    struct pointer by, time;
    struct normalizer data_url;
    struct observe_rules rules;
    struct buf scratch, observed;
};

/* Read with the pointers BY and TIME, each null for none. False if they are wrong. */
__attribute__((unused)) static bool pair_begin(struct pair_reader *r, const char *by,
                                               const char *time)
{
    uint32_t left = 1;

    *r = (struct pair_reader){.rules_arena = ARENA_EMPTY, .arena = ARENA_EMPTY};
    r->rules = (struct observe_rules){.data_url = &r->data_url,
                                      .by = by ? &r->by : NULL,
                                      .time = time ? &r->time : NULL};
    return normalize_compile(&r->data_url, span_text("data-url"), &left, &r->rules_arena).status ==
               STATUS_OK &&
           (!by || pointer_parse(&r->by, span_text(by), &r->rules_arena).status == STATUS_OK) &&
           (!time || pointer_parse(&r->time, span_text(time), &r->rules_arena).status == STATUS_OK);
}

__attribute__((unused)) static void pair_end(struct pair_reader *r)
{
    arena_free(&r->rules_arena);
    arena_free(&r->arena);
    buf_free(&r->scratch);
    buf_free(&r->observed);
}

/* Add RECORD to SURVEY; a record that is no valid object is left out. */
__attribute__((unused)) static struct fault pair_add(struct pair_reader *r, struct survey *survey,
                                                     struct span record)
{
    static const struct limits limits = LIMITS_DEFAULT;
    struct json_document document;
    struct observe_record made;

    arena_reset(&r->arena);
    buf_clear(&r->observed);
    if (json_open(&document, record, &limits, JSON_OBJECT_ROOT, 1, &r->arena).status != STATUS_OK)
        return FAULT_NONE;
    if (!observe_put(&r->observed, &document.json, &document.members, 1, true, &r->rules, &made,
                     &r->arena, &r->scratch))
        return fault_memory();
    return survey_add(survey, buf_span(&r->observed));
}

/* Is a figure of PATH false, whatever the records were? The name of it, or null. */
__attribute__((unused)) static const char *pair_wrong(const struct survey *survey, uint32_t path)
{
    const struct field *field = &survey->fields.items[path];
    const struct visitors *visitors = &survey->visitors;
    uint64_t records = field_records(field), types = 0, distinct = rows_distinct(field),
             pairs = visitors_count(visitors, VISITORS_PAIRS, field->slot);
    struct frequent_commonest most = frequent_commonest(&field->frequent);

    for (unsigned i = 0; i < OBSERVE_TYPES; i++)
        types += field->types[i];
    if (types != records || !records || records > survey->records)
        return "records";
    if (!distinct || distinct > records || (field->distinct && distinct <= FREQUENT_COUNTERS &&
                                            !frequent_exact(&field->frequent)))
        return "distinct";
    if (!most.least || most.least > most.most || most.most > records)
        return "commonest";
    if (field->shortest > field->longest)
        return "length";
    if (frequent_entropy(&field->frequent) > 6000)
        return "bits";
    if (pairs >= survey->records && pairs)
        return "pairs";
    if (visitors_count(visitors, VISITORS_FLIPS, field->slot) > pairs)
        return "flips";
    if (field->form != FIELD_NONE &&
        visitors_count(visitors, VISITORS_PAIRS, field->form) != pairs)
        return "pairs of the form";
    if (field->form != FIELD_NONE && visitors_count(visitors, VISITORS_FLIPS, field->form) >
                                         visitors_count(visitors, VISITORS_FLIPS, field->slot))
        return "flips of the form";
    return field->parent >= path ? "parent" : NULL;
}

/* The path of SURVEY whose pointer is POINTER; FIELD_NONE if no path has it. */
__attribute__((unused)) static uint32_t pair_find(const struct survey *survey, struct span pointer)
{
    struct buf text = BUF_EMPTY;
    uint32_t found = FIELD_NONE;

    for (uint32_t i = 1; found == FIELD_NONE && i < survey->fields.count; i++) {
        buf_clear(&text);
        fields_put_pointer(&text, &survey->fields, i);
        if (span_equal(buf_span(&text), pointer))
            found = i;
    }
    buf_free(&text);
    return found;
}

/* What of PATH of FEW, a survey with little memory, is not as in ALL, a survey of the same records
 * with enough: merging loses paths, but what is left is as if the others had never been. Null if all
 * is. If FEW has forgotten visitors, flips are not compared. */
__attribute__((unused)) static const char *pair_differs(const struct survey *few, uint32_t path,
                                                        const struct survey *all)
{
    const struct field *a = &few->fields.items[path], *b;
    struct buf pointer = BUF_EMPTY;

    fields_put_pointer(&pointer, &few->fields, path);
    uint32_t found = pair_find(all, buf_span(&pointer));
    buf_free(&pointer);
    if (found == FIELD_NONE)
        return "the path";
    b = &all->fields.items[found];
    if (memcmp(a->types, b->types, sizeof a->types) != 0 || a->members != b->members)
        return "records";
    if (frequent_entropy(&a->frequent) != frequent_entropy(&b->frequent) ||
        rows_distinct(a) != rows_distinct(b) || a->partition != b->partition)
        return "values";
    if ((a->form == FIELD_NONE) != (b->form == FIELD_NONE) || a->keyed != b->keyed)
        return "the form";
    for (unsigned i = 0; !few->visitors.halvings && i < VISITORS_COUNTS; i++)
        if (visitors_count(&few->visitors, i, a->slot) != visitors_count(&all->visitors, i, b->slot) ||
            (a->form != FIELD_NONE && visitors_count(&few->visitors, i, a->form) !=
                                          visitors_count(&all->visitors, i, b->form)))
            return "flips";
    return NULL;
}

#endif
