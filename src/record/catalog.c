#include "config.h"

#include "record/catalog.h"

#include <stdio.h>

#include "record/catalog_draft.h"
#include "text/utf8.h"

const char *catalog_tier_name(enum tier tier)
{
    switch (tier) {
    case TIER_DEVICE:
        return "device";
    case TIER_INSTALL:
        return "install";
    case TIER_BUILD:
        return "build";
    case TIER_EXACT:
        return "exact";
    case TIER_VOLATILE:
        return "volatile";
    }
    return "";
}

const char *catalog_identity_name(enum identity identity)
{
    switch (identity) {
    case IDENTITY_EXACT:
        return "exact";
    case IDENTITY_BUILD:
        return "build";
    case IDENTITY_INSTALL:
        return "install";
    case IDENTITY_BROWSER:
        return "browser";
    case IDENTITY_DEVICE:
        return "device";
    }
    return "";
}

const char *catalog_plain_name(enum plain type)
{
    switch (type) {
    case PLAIN_NONE:
        break;
    case PLAIN_HASH:
        return "xxh3";
    case PLAIN_U64:
        return "u64";
    case PLAIN_I64:
        return "i64";
    case PLAIN_F64:
        return "f64";
    }
    return "";
}

void catalog_put_label(struct buf *out, const struct catalog *catalog)
{
    buf_put(out, catalog->name);
    buf_putc(out, '-');
    buf_put(out, catalog->version);
    buf_putc(out, ':');
    hash_put64(out, catalog->digest.high);
}

bool draft_refuse_at(struct draft *draft, const struct line *line, size_t cell, size_t offset,
                     const char *what)
{
    struct catalog_fault *fault = draft->fault;

    fault->line = line->number;
    fault->column = line->cells[cell].column + offset;
    snprintf(fault->what, sizeof fault->what, "%s", what);
    return false;
}

bool draft_refuse(struct draft *draft, const struct line *line, size_t cell, const char *what,
                  struct span text)
{
    struct catalog_fault *fault = draft->fault;

    draft_refuse_at(draft, line, cell, 0, what);
    if (text.p) {
        size_t at = strlen(fault->what);
        snprintf(fault->what + at, sizeof fault->what - at, " '%.*s'",
                 (int)utf8_fit(text, 60), (const char *)text.p);
    }
    return false;
}

bool draft_no_memory(struct draft *draft)
{
    *draft->fault = (struct catalog_fault){0, 0, "out of memory"};
    return false;
}

bool draft_name(struct draft *draft, const struct line *line, size_t cell, const char *what)
{
    struct span name = line->cells[cell].text;
    char expected[120];

    snprintf(expected, sizeof expected,
             "expected the name of a %s: not empty, without '=', '!' and '?', not beginning "
             "with '#' or '@'",
             what);
    if (!name.n || name.p[0] == '#' || name.p[0] == '@')
        return draft_refuse_at(draft, line, cell, 0, expected);
    for (size_t i = 0; i < name.n; i++)
        if (name.p[i] == '=' || name.p[i] == '!' || name.p[i] == '?')
            return draft_refuse_at(draft, line, cell, i, expected);
    return true;
}

bool draft_pointer(struct draft *draft, const struct line *line, size_t cell,
                   struct pointer *pointer)
{
    size_t offset;
    const char *wrong = pointer_parse(pointer, line->cells[cell].text, draft->arena, &offset);

    return !wrong || draft_refuse_at(draft, line, cell, offset, wrong);
}

/* Read all lines into the draft and finish it. */
static bool read_lines(struct draft *draft, struct span text)
{
    struct lines lines = {.text = text};
    struct line line;
    const char *expected;
    int got;

    while ((got = lines_next(&lines, &line, &expected)) > 0) {
        if (line.cells[0].text.n && line.cells[0].text.p[0] == '@') {
            if (!draft_directive(draft, &line))
                return false;
            continue;
        }
        draft->keep_allowed = false;
        if (!draft_row(draft, &line))
            return false;
    }
    if (got < 0)
        return draft_refuse_at(draft, &line, 0, 0, expected);
    if (!draft_finish_directives(draft))
        return false;
    if (draft->rows.failed)
        return draft_no_memory(draft);
    if (!draft->rows.n)
        return draft_refuse(draft, &(struct line){.number = 1, .cells[0].column = 1}, 0,
                            "expected at least one row", span_of(NULL, 0));
    return draft_finish_rows(draft);
}

/* Move what BUF holds into ARENA; null when memory is, or was, out. */
static void *settle(struct arena *arena, const struct buf *buf)
{
    void *settled = buf->failed ? NULL : arena_take(arena, buf->n);

    if (settled && buf->n)
        memcpy(settled, buf->p, buf->n);
    return settled;
}

static struct span *settle_groups(struct draft *draft)
{
    const struct draft_group *groups = DRAFT_ITEMS(struct draft_group, draft->groups);
    uint32_t count = DRAFT_COUNT(struct draft_group, draft->groups);
    struct span *names = arena_take_array(draft->arena, count, sizeof *names);

    for (uint32_t i = 0; names && i < count; i++)
        names[i] = groups[i].name;
    return draft->groups.failed ? NULL : names;
}

/* Begin a list behind *ROOM, and put the numbers of the rows into it that are IN it for NUMBER.
 */
static struct catalog_list list_rows(const struct catalog *c, uint32_t **room, uint32_t number,
                                     bool (*in)(const struct catalog_row *row, uint32_t number))
{
    struct catalog_list list = {*room, 0};

    for (uint32_t i = 0; i < c->row_count; i++)
        if (in(&c->rows[i], number))
            (*room)[list.count++] = i;
    *room += list.count;
    return list;
}

static bool in_identity(const struct catalog_row *row, uint32_t number)
{
    return row->identities >> number & 1;
}

static bool in_facts(const struct catalog_row *row, uint32_t number)
{
    (void)number;
    return row->fact != PLAIN_NONE;
}

/* The lists of rows by group, in ROOM: counted, then dealt out in order. */
static struct catalog_list *list_groups(const struct catalog *c, uint32_t *room,
                                        struct arena *arena)
{
    struct catalog_list *lists = arena_take_array(arena, c->group_count, sizeof *lists);
    size_t from = 0;

    if (!lists)
        return NULL;
    memset(lists, 0, c->group_count * sizeof *lists);
    for (uint32_t i = 0; i < c->row_count; i++)
        lists[c->rows[i].group].count += c->rows[i].tier != TIER_VOLATILE;
    for (uint32_t group = 0; group < c->group_count; group++) {
        lists[group].rows = room + from;
        from += lists[group].count;
        lists[group].count = 0;
    }
    for (uint32_t i = 0; i < c->row_count; i++) {
        struct catalog_list *list = &lists[c->rows[i].group];
        if (c->rows[i].tier != TIER_VOLATILE)
            room[list->rows - room + list->count++] = i;
    }
    return lists;
}

static bool list(struct catalog *c, struct arena *arena)
{
    /* A row is in one group, in each identity at most, and may be a fact. */
    uint32_t *room = arena_take_array(arena, c->row_count, (IDENTITIES + 2) * sizeof *room);

    if (!room)
        return false;
    for (uint32_t id = 0; id < IDENTITIES; id++)
        c->lists.identities[id] = list_rows(c, &room, id, in_identity);
    c->lists.facts = list_rows(c, &room, 0, in_facts);
    return (c->lists.groups = list_groups(c, room, arena)) != NULL;
}

bool catalog_takes_errors(enum identity identity)
{
    return identity == IDENTITY_BUILD || identity == IDENTITY_EXACT;
}

/* Put the finished draft into the catalogue. */
static bool assemble(struct draft *draft)
{
    struct catalog *c = draft->catalog;

    c->rows = settle(draft->arena, &draft->rows);
    c->row_count = DRAFT_COUNT(struct catalog_row, draft->rows);
    c->pointers = settle(draft->arena, &draft->pointers);
    c->pointer_count = DRAFT_COUNT(struct pointer, draft->pointers);
    c->roots = settle(draft->arena, &draft->roots);
    c->root_count = DRAFT_COUNT(struct pointer, draft->roots);
    c->excludes = settle(draft->arena, &draft->excludes);
    c->exclude_count = DRAFT_COUNT(struct catalog_exclude, draft->excludes);
    c->carries = settle(draft->arena, &draft->carries);
    c->carry_count = DRAFT_COUNT(struct catalog_carry, draft->carries);
    c->warnings = settle(draft->arena, &draft->warnings);
    c->warning_count = DRAFT_COUNT(struct catalog_warning, draft->warnings);
    c->groups = settle_groups(draft);
    c->group_count = DRAFT_COUNT(struct draft_group, draft->groups);
    return c->rows && c->pointers && c->roots && c->excludes && c->carries && c->warnings &&
           c->groups && !draft->prefixes.failed && !draft->directives.failed &&
           !draft->row_lines.failed && list(c, draft->arena) &&
           trie_build(&c->trie, c->pointers, c->pointer_count, draft->arena) &&
           draft_digest(draft, &c->digest);
}

bool catalog_read(struct catalog *catalog, struct span text, struct arena *arena,
                  struct catalog_fault *fault)
{
    struct draft draft = {
        .catalog = catalog, .arena = arena, .fault = fault, .ids = CATALOG_ROWS};

    *catalog = (struct catalog){.row_count = 0};
    names_init(&draft.group_names, 0, NULL);
    names_init(&draft.carry_names, 0, NULL);
    bool made = read_lines(&draft, text) && (assemble(&draft) || draft_no_memory(&draft));

    struct buf *const arrays[] = {
        &draft.rows,     &draft.row_lines, &draft.pointers, &draft.groups,     &draft.roots,
        &draft.excludes, &draft.prefixes,  &draft.carries,  &draft.directives, &draft.warnings};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        buf_free(arrays[i]);
    names_free(&draft.group_names);
    names_free(&draft.carry_names);
    return made;
}
