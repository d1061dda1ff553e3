#include "config.h"

#include "diff/rule_index.h"

#include "base/sort.h"

void diff_rule_index_free(struct diff_rule_index *index, struct quota *quota)
{
    quota_free(quota, index->order, index->rules * sizeof *index->order);
    quota_free(quota, index->nodes, index->rules * sizeof *index->nodes);
    *index = (struct diff_rule_index){.count = 0};
}

static int order_names(enum diff_kind a, struct span x, enum diff_kind b, struct span y)
{
    return a == b ? span_compare(x, y) : a < b ? -1 : 1;
}

static int order_rules(const void *a, const void *b, void *context)
{
    const struct diff_rule *items = context;
    const struct diff_rule *x = &items[*(const uint32_t *)a];
    const struct diff_rule *y = &items[*(const uint32_t *)b];

    return order_names(x->kind, x->name, y->kind, y->name);
}

/* Make ALLOWANCE at least as much as TOLERANCE. */
static void extend_allowance(struct diff_allowance *allowance,
                             const struct diff_tolerance *tolerance)
{
    allowance->any = true;
    allowance->share.share = true;
    if (tolerance->share && tolerance->millionths > allowance->share.millionths)
        allowance->share = *tolerance;
    if (!tolerance->share && tolerance->count > allowance->number.count)
        allowance->number = *tolerance;
}

static bool allowance_allows(const struct diff_allowance *allowance, uint64_t count,
                             uint64_t all)
{
    return allowance->any && (diff_expect_allows(&allowance->number, count, all) ||
                              diff_expect_allows(&allowance->share, count, all));
}

/* The node outside of all that begin with PARENT, or PARENT, where NAME goes. */
static uint32_t find_outer(const struct diff_rule_index *index, uint32_t parent,
                           enum diff_kind kind, struct span name)
{
    while (parent != DIFF_RULE_NONE &&
           !(index->nodes[parent].kind == kind && span_begins(name, index->nodes[parent].name)))
        parent = index->nodes[parent].outer;
    return parent;
}

/* Say where node number I is among those outside of it, which are known. A jump leads so far
 * that there are O(log n) of them to the outermost. */
static void nest_node(struct diff_rule_index *index, uint32_t i, uint32_t outer)
{
    struct diff_rule_node *node = &index->nodes[i];

    node->outer = node->jump = outer;
    if (outer == DIFF_RULE_NONE)
        return;
    const struct diff_rule_node *parent = &index->nodes[outer];
    node->depth = parent->depth + 1;
    node->prefix = parent->prefix;
    if (parent->jump == DIFF_RULE_NONE || index->nodes[parent->jump].jump == DIFF_RULE_NONE)
        return;
    const struct diff_rule_node *next = &index->nodes[parent->jump];
    if (parent->depth - next->depth == next->depth - index->nodes[next->jump].depth)
        node->jump = next->jump;
}

static void make_nodes(struct diff_rule_index *index, const struct diff_rule *items)
{
    for (uint32_t from = 0, end; from < index->rules; from = end) {
        const struct diff_rule *first = &items[index->order[from]];
        struct diff_rule_node *node = &index->nodes[index->count];
        for (end = from + 1; end < index->rules; end++)
            if (order_rules(&index->order[from], &index->order[end], (void *)(uintptr_t)items))
                break;
        *node = (struct diff_rule_node){
            .kind = first->kind, .name = first->name, .from = from, .end = end};
        nest_node(index, index->count,
                  find_outer(index, index->count ? index->count - 1 : DIFF_RULE_NONE,
                             first->kind, first->name));
        for (uint32_t i = from; i < end; i++) {
            const struct diff_rule *rule = &items[index->order[i]];
            extend_allowance(rule->prefix ? &node->prefix : &node->exact, &rule->tolerance);
        }
        index->count++;
    }
}

bool diff_rule_index_make(struct diff_rule_index *index, const struct diff_rule *items,
                          uint32_t count, struct quota *quota)
{
    diff_rule_index_free(index, quota);
    if (!count)
        return true;
    index->order = quota_calloc(quota, count, sizeof *index->order);
    index->nodes = quota_calloc(quota, count, sizeof *index->nodes);
    index->rules = count;
    if (!index->order || !index->nodes)
        return false;
    for (uint32_t i = 0; i < count; i++)
        index->order[i] = i;
    /* There is room in the nodes for what sorting needs. */
    sort_array(index->order, count, sizeof *index->order, order_rules, (void *)(uintptr_t)items,
               index->nodes);
    make_nodes(index, items);
    return true;
}

/* The last node that is not after NAME of KIND; DIFF_RULE_NONE if all are. */
static uint32_t last_before(const struct diff_rule_index *index, enum diff_kind kind,
                            struct span name)
{
    uint32_t from = 0, end = index->count;

    while (from < end) {
        uint32_t middle = from + (end - from) / 2;
        const struct diff_rule_node *node = &index->nodes[middle];
        if (order_names(node->kind, node->name, kind, name) <= 0)
            from = middle + 1;
        else
            end = middle;
    }
    return from ? from - 1 : DIFF_RULE_NONE;
}

uint32_t diff_rule_index_find(const struct diff_rule_index *index, enum diff_kind kind,
                              struct span name)
{
    uint32_t i = last_before(index, kind, name);
    size_t common = 0;

    if (i == DIFF_RULE_NONE || index->nodes[i].kind != kind)
        return DIFF_RULE_NONE;
    /* It is outside of the node found, or that: as long as what both have in common, at most.
     */
    const struct diff_rule_node *node = &index->nodes[i];
    while (common < node->name.n && common < name.n && node->name.p[common] == name.p[common])
        common++;
    while (i != DIFF_RULE_NONE && index->nodes[i].name.n > common) {
        uint32_t jump = index->nodes[i].jump;
        bool far = jump != DIFF_RULE_NONE && index->nodes[jump].name.n > common;
        i = far ? jump : index->nodes[i].outer;
    }
    return i;
}

/* Does node number FOUND, found for NAME, have exactly that name? */
static bool is_exact(const struct diff_rule_index *index, uint32_t found, struct span name)
{
    return index->nodes[found].name.n == name.n;
}

static void mark_rules(const struct diff_rule_index *index, struct diff_rule *items,
                       const struct diff_rule_node *node, bool prefix)
{
    for (uint32_t i = node->from; i < node->end; i++)
        items[index->order[i]].used |= items[index->order[i]].prefix == prefix;
}

void diff_rule_index_use(struct diff_rule_index *index, struct diff_rule *items, uint32_t found,
                         struct span name)
{
    if (found == DIFF_RULE_NONE)
        return;
    if (is_exact(index, found, name))
        mark_rules(index, items, &index->nodes[found], false);
    for (; found != DIFF_RULE_NONE && !index->nodes[found].used;
         found = index->nodes[found].outer) {
        index->nodes[found].used = true;
        mark_rules(index, items, &index->nodes[found], true);
    }
}

bool diff_rule_index_allows(const struct diff_rule_index *index, uint32_t found,
                            struct span name, uint64_t count, uint64_t all)
{
    return found != DIFF_RULE_NONE &&
           (allowance_allows(&index->nodes[found].prefix, count, all) ||
            (is_exact(index, found, name) &&
             allowance_allows(&index->nodes[found].exact, count, all)));
}

bool diff_rule_index_matches(const struct diff_rule_index *index, uint32_t found,
                             struct span name)
{
    return found != DIFF_RULE_NONE &&
           (index->nodes[found].prefix.any ||
            (is_exact(index, found, name) && index->nodes[found].exact.any));
}
