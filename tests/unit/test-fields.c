/* fields: the paths of a survey, and what is left of them when memory is short. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/quota.h"
#include "survey-pair.h"
#include "unit.h"

#define ENOUGH ((size_t)1 << 30)

/* Survey the lines of TEXT with MEMORY bytes, by /k if BY. */
static struct fault fill(struct survey *survey, const char *text, size_t memory, bool by)
{
    struct pair_reader reader;
    struct fault fault = FAULT_NONE;

    CHECK(pair_begin(&reader, by ? "/k" : NULL, NULL));
    CHECK(survey_init(survey, memory, by, false, 1));
    while (*text && fault.status == STATUS_OK) {
        size_t n = strcspn(text, "\n");
        fault = pair_add(&reader, survey, span_of(text, n));
        text += n + (text[n] == '\n');
    }
    pair_end(&reader);
    return fault;
}

static const struct field *field_at(const struct survey *survey, const char *pointer)
{
    uint32_t path = pair_find(survey, span_text(pointer));

    return path == FIELD_NONE ? NULL : &survey->fields.items[path];
}

UNIT_TEST(a_path_knows_its_parent_its_types_and_its_lengths)
{
    struct survey survey;

    CHECK(fill(&survey, "{\"a\":{\"b\":\"xyz\",\"c~/\":[1,2]}}\n{\"a\":{\"b\":null}}\n{\"a\":{}}\n",
               ENOUGH, false).status == STATUS_OK);
    const struct field *a = field_at(&survey, "/a"), *b = field_at(&survey, "/a/b"),
                       *c = field_at(&survey, "/a/c~0~1");
    CHECK(survey.fields.count == 4 && a && b && c);
    CHECK(a->children == 2 && fields_names(a) == 2 && a->types[OBSERVE_OBJECT] == 3);
    CHECK(a->members == 3 && a->shortest == 0 && a->longest == 2);
    CHECK(b->types[OBSERVE_STRING] == 1 && b->types[OBSERVE_NULL] == 1);
    CHECK(b->shortest == 3 && b->longest == 4 && field_records(b) == 2);
    CHECK(c->types[OBSERVE_ARRAY] == 1 && c->shortest == 2 && c->form != FIELD_NONE);
    survey_free(&survey);
}

UNIT_TEST(paths_that_divide_the_records_alike_have_one_partition)
{
    struct survey survey;

    CHECK(fill(&survey,
               "{\"a\":1,\"b\":\"x\",\"c\":1,\"d\":1}\n{\"a\":2,\"b\":\"y\",\"c\":1}\n"
               "{\"a\":1,\"b\":\"x\",\"c\":2,\"d\":2}\n{\"a\":3,\"b\":\"z\",\"c\":3}\n",
               ENOUGH, false).status == STATUS_OK);
    uint64_t a = field_at(&survey, "/a")->partition;
    CHECK(field_at(&survey, "/b")->partition == a);
    CHECK(field_at(&survey, "/c")->partition != a);
    CHECK(field_at(&survey, "/d")->partition != a);
    survey_free(&survey);
}

/* COUNT records with a name of their own each, and one that all have. */
static char *rare_names(unsigned count)
{
    char *text = malloc(count * 64 + 1), *at = text;

    for (unsigned i = 0; i < count; i++)
        at += sprintf(at, "{\"usual\":%u,\"n%u\":{\"m\":[%u]},\"k\":%u}\n", i % 3, i, i, i % 7);
    return text;
}

UNIT_TEST(the_rarest_paths_are_merged_and_what_is_left_is_exact)
{
    struct survey all, few;
    char *text = rare_names(2000);

    CHECK(fill(&all, text, ENOUGH, true).status == STATUS_OK);
    CHECK(!all.fields.gone && all.fields.count == 4003);
    CHECK(fill(&few, text, (size_t)1 << 20, true).status == STATUS_OK);
    CHECK(few.fields.gone && few.fields.count < 1000 && !few.visitors.halvings);
    CHECK(few.field_quota.used <= few.field_quota.most + few.fields.count * sizeof(struct distinct));
    for (uint32_t i = 1; i < few.fields.count; i++) {
        const char *wrong = pair_wrong(&few, i), *differs = pair_differs(&few, i, &all);
        CHECK_TEXT(span_text(wrong ? wrong : "nothing"), "nothing");
        CHECK_TEXT(span_text(differs ? differs : "nothing"), "nothing");
    }
    CHECK(field_at(&few, "/usual") && field_records(field_at(&few, "/usual")) == 2000);
    /* The root is closed, and has had 2,002 names: within four standard errors. */
    CHECK(few.fields.items[FIELD_ROOT].closed);
    uint64_t names = fields_names(&few.fields.items[FIELD_ROOT]);
    CHECK(names > 1740 && names < 2264);
    survey_free(&few);
    survey_free(&all);
    free(text);
}

UNIT_TEST(all_memory_is_given_back)
{
    struct survey survey;
    char *text = rare_names(500);

    CHECK(fill(&survey, text, (size_t)1 << 20, true).status == STATUS_OK);
    CHECK(survey.field_quota.used && survey.visitor_quota.used);
    fields_free(&survey.fields);
    visitors_free(&survey.visitors);
    CHECK(survey.field_quota.used == 0 && survey.visitor_quota.used == 0);
    buf_free(&survey.found);
    free(text);
}

UNIT_TEST(memory_for_not_even_one_path_is_a_fault)
{
    struct survey survey;
    char text[2200] = "{\"";

    /* One name that is longer than all that there is for paths. */
    memset(text + 2, 'n', 2100);
    strcpy(text + 2102, "\":1}\n");
    CHECK(fill(&survey, text, ENOUGH, false).status == STATUS_OK);
    survey_free(&survey);
    CHECK(fill(&survey, "", ENOUGH, false).status == STATUS_OK);
    survey.field_quota.most = survey.field_quota.used + 1000;
    struct pair_reader reader;
    CHECK(pair_begin(&reader, NULL, NULL));
    struct fault fault = pair_add(&reader, &survey, span_of(text, strlen(text) - 1));
    CHECK(fault.status == STATUS_QUOTA);
    CHECK_TEXT(span_text(fault_text(fault)),
               "the paths take more memory than --memory allows: allow more");
    pair_end(&reader);
    survey_free(&survey);
}

UNIT_TEST(memory_for_not_even_one_key_is_a_fault)
{
    struct survey survey;
    struct pair_reader reader;

    CHECK(pair_begin(&reader, "/k", NULL));
    CHECK(survey_init(&survey, ENOUGH, true, false, 1));
    survey.visitor_quota.most = 100;
    struct fault fault = pair_add(&reader, &survey, span_text("{\"k\":1}"));
    CHECK(fault.status == STATUS_QUOTA);
    CHECK_TEXT(span_text(fault_text(fault)),
               "one record takes more memory than --memory allows: allow more");
    pair_end(&reader);
    survey_free(&survey);
}

int main(void)
{
    return unit_run();
}
