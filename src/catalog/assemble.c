/*
 * Make the catalog from the finished draft.
 */
#include "config.h"

#include "catalog/draft.h"
#include "catalog/stages.h"

/* Move what BUF holds into ARENA; null when memory is, or was, out. */
static void *move_to_arena(struct arena *arena, const struct buf *buf)
{
    void *moved = buf->failed ? NULL : arena_take(arena, buf->n);

    if (moved && buf->n)
        memcpy(moved, buf->p, buf->n);
    return moved;
}

static struct extent *move_group_names(struct draft *draft)
{
    const struct draft_group *groups = DRAFT_ITEMS(struct draft_group, draft->groups);
    uint32_t count = DRAFT_COUNT(struct draft_group, draft->groups);
    struct extent *names = arena_take_array(draft->arena, count, sizeof *names);

    for (uint32_t i = 0; names && i < count; i++)
        names[i] = buf_keep(&draft->texts, groups[i].name);
    return draft->groups.failed ? NULL : names;
}

/* Begin a list at *ROOM with the rows that are IN it for NUMBER. *ROOM moves past the list. */
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

static bool row_in_identity(const struct catalog_row *row, uint32_t number)
{
    return row->identities >> number & 1;
}

static bool row_in_facts(const struct catalog_row *row, uint32_t number)
{
    (void)number;
    return row->fact != PLAIN_NONE;
}

/* The lists of rows by group, in ROOM: counted first, then filled in order. */
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

static bool list_all_rows(struct catalog *c, struct arena *arena)
{
    /* A row is in one group, at most in every identity, and may be a fact. */
    uint32_t *room = arena_take_array(arena, c->row_count, (IDENTITIES + 2) * sizeof *room);

    if (!room)
        return false;
    for (uint32_t id = 0; id < IDENTITIES; id++)
        c->lists.identities[id] = list_rows(c, &room, id, row_in_identity);
    c->lists.facts = list_rows(c, &room, 0, row_in_facts);
    return (c->lists.groups = list_groups(c, room, arena)) != NULL;
}

/* Build the tries, and move all texts to their final place. */
static bool build_tries(struct draft *draft)
{
    struct catalog *c = draft->catalog;

    if (!trie_build(&c->trie, DRAFT_ITEMS(struct pointer, draft->pointers), c->pointer_count,
                    &draft->texts, draft->arena))
        return false;
    if (c->reshape_count &&
        !trie_build(&c->reshape_trie, DRAFT_ITEMS(struct pointer, draft->reshaping),
                    c->reshape_count, &draft->texts, draft->arena))
        return false;
    c->texts = c->trie.texts = move_to_arena(draft->arena, &draft->texts);
    if (c->reshape_count)
        c->reshape_trie.texts = c->texts;
    return c->texts;
}

/* Append the pointers of excludes after those of rows, which are in one run for each row. */
static bool append_exclude_pointers(struct draft *draft)
{
    struct catalog_exclude *excludes = DRAFT_ITEMS(struct catalog_exclude, draft->excludes);

    for (uint32_t i = 0; i < DRAFT_COUNT(struct catalog_exclude, draft->excludes); i++)
        excludes[i].pointer = DRAFT_COUNT(struct pointer, draft->pointers) + i;
    buf_put(&draft->pointers, buf_span(&draft->excluding));
    return !draft->excluding.failed && !draft->pointers.failed;
}

/* Move the carries, and their pointers, which follow one another. */
static bool move_carries(struct draft *draft)
{
    struct catalog *c = draft->catalog;
    const struct pointer *pointers = move_to_arena(draft->arena, &draft->carrying);
    struct catalog_carry *carries = move_to_arena(draft->arena, &draft->carries);

    if (!pointers || !carries)
        return false;
    c->carries = carries;
    c->carry_count = DRAFT_COUNT(struct catalog_carry, draft->carries);
    for (uint32_t i = 0; i < c->carry_count; i++) {
        carries[i].pointers.items = pointers;
        pointers += carries[i].pointers.count;
    }
    return true;
}

/* How many rows of GROUP's list enter identities and sketches: those that @ids allows, which are
 * the first ones. */
static uint32_t count_ids_rows(const struct draft *draft, uint32_t group)
{
    const struct catalog_list *list = &draft->catalog->lists.groups[group];
    uint32_t count = 0;

    while (count < list->count && list->rows[count] < draft->ids)
        count++;
    return count;
}

/* Make the sketches, once rows are listed by group. */
static bool make_sketches(struct draft *draft)
{
    struct catalog *c = draft->catalog;
    const struct draft_sketch *from = DRAFT_ITEMS(struct draft_sketch, draft->sketches);
    uint32_t count = DRAFT_COUNT(struct draft_sketch, draft->sketches);
    struct catalog_sketch *sketches = arena_take_array(draft->arena, count, sizeof *sketches);

    for (uint32_t i = 0; sketches && i < count; i++) {
        uint32_t group = names_find(&draft->group_names, from[i].group.text);
        sketches[i] = (struct catalog_sketch){group, count_ids_rows(draft, group), from[i].bits};
    }
    c->sketches = sketches;
    c->sketch_count = count;
    c->sketch_words = (draft->sketch_bits + 63) / 64;
    return sketches;
}

bool assemble_catalog(struct draft *draft)
{
    struct catalog *c = draft->catalog;

    if (!append_exclude_pointers(draft))
        return false;
    c->rows = move_to_arena(draft->arena, &draft->rows);
    c->row_count = DRAFT_COUNT(struct catalog_row, draft->rows);
    c->pipelines = move_to_arena(draft->arena, &draft->pipelines);
    c->pipeline_count = DRAFT_COUNT(struct normalizer, draft->pipelines);
    c->pointer_count = DRAFT_COUNT(struct pointer, draft->pointers);
    c->roots = move_to_arena(draft->arena, &draft->roots);
    c->root_count = DRAFT_COUNT(struct pointer, draft->roots);
    c->excludes = move_to_arena(draft->arena, &draft->excludes);
    c->exclude_count = DRAFT_COUNT(struct catalog_exclude, draft->excludes);
    c->ids.items = move_to_arena(draft->arena, &draft->id_pointers);
    c->ids.count = DRAFT_COUNT(struct pointer, draft->id_pointers);
    c->reshapes = move_to_arena(draft->arena, &draft->reshapes);
    c->reshape_count = DRAFT_COUNT(struct catalog_reshape, draft->reshapes);
    c->warnings = move_to_arena(draft->arena, &draft->warnings);
    c->warning_count = DRAFT_COUNT(struct catalog_warning, draft->warnings);
    c->groups = move_group_names(draft);
    c->group_count = DRAFT_COUNT(struct draft_group, draft->groups);
    return c->rows && c->pipelines && c->roots && c->excludes && c->ids.items && c->reshapes &&
           c->warnings && c->groups && !draft->prefixes.failed && !draft->directives.failed &&
           !draft->row_offsets.failed && move_carries(draft) &&
           list_all_rows(c, draft->arena) && make_sketches(draft) && build_tries(draft);
}
