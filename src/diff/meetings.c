#include "config.h"

#include "diff/meetings.h"

#include "format/schema.h"

void diff_meetings_init(struct diff_meetings *meetings, struct quota *quota)
{
    *meetings = (struct diff_meetings){.quota = quota};
}

void diff_meetings_free(struct diff_meetings *meetings)
{
    struct quota *quota = meetings->quota;

    for (uint32_t i = 0; i < meetings->sides[0].room; i++)
        quota_free(quota, meetings->old[i].with,
                   meetings->old[i].room * sizeof *meetings->old[i].with);
    quota_free(quota, meetings->old, meetings->sides[0].room * sizeof *meetings->old);
    for (unsigned side = 0; side < 2; side++) {
        struct diff_columns *columns = meetings->sides[side].columns;
        for (uint32_t i = 0; i < meetings->sides[side].count; i++)
            diff_columns_free(&columns[i], quota);
        quota_free(quota, columns, meetings->sides[side].room * sizeof *columns);
    }
    diff_meetings_init(meetings, quota);
}

/* Have SCHEMA a number on SIDE. One that it has of other meetings is not taken for its own. */
static bool number_schema(struct diff_meetings *meetings, unsigned side, struct schema *schema)
{
    uint32_t room = meetings->sides[side].room, count = meetings->sides[side].count;
    uint32_t number = schema->columns[side];
    struct quota *quota = meetings->quota;

    if (number && number <= count && meetings->sides[side].columns[number - 1].schema == schema)
        return true;

    if (count == room) {
        uint32_t want = room ? 2 * room : 4;
        struct diff_columns *columns =
            quota_realloc(quota, meetings->sides[side].columns, room * sizeof *columns,
                          want * sizeof *columns);
        if (!columns)
            return false;
        meetings->sides[side].columns = columns;
        if (side == 0) {
            void *old = quota_realloc(quota, meetings->old, room * sizeof *meetings->old,
                                      want * sizeof *meetings->old);
            if (!old)
                return false;
            meetings->old = old;
            memset(meetings->old + room, 0, (want - room) * sizeof *meetings->old);
        }
        meetings->sides[side].room = want;
    }
    diff_columns_init(&meetings->sides[side].columns[count], schema);
    schema->columns[side] = ++meetings->sides[side].count;
    return true;
}

/* The meeting of the old schema number O with the new one number N. */
static struct diff_meeting *meeting_of(struct diff_meetings *meetings, uint32_t o, uint32_t n)
{
    uint32_t room = meetings->old[o].room;
    struct diff_meeting *with = meetings->old[o].with;

    if (n >= room) {
        uint32_t want = n < 2 * room ? 2 * room : n + 1;
        with = quota_realloc(meetings->quota, with, room * sizeof *with, want * sizeof *with);
        if (!with)
            return NULL;
        memset(with + room, 0, (want - room) * sizeof *with);
        meetings->old[o].with = with;
        meetings->old[o].room = want;
    }
    return &with[n];
}

/* Tell FEATURES of the names of KIND, from number FROM[] on of each side: which sides have
 * them.
 */
static void tell_features(const struct diff_columns *const both[2], enum diff_kind kind,
                          const uint32_t from[2], struct diff_features *features)
{
    for (int side = 0; side < 2; side++) {
        const struct diff_columns *own = both[side], *other = both[!side];
        bool open = diff_columns_open(other, kind), whole = diff_columns_whole(other, kind);
        for (uint32_t i = from[side]; i < own->count[kind]; i++) {
            struct diff_feature *feature = &features->items[own->features[kind][i]];
            if (open || diff_columns_have(other, own->features[kind][i]))
                feature->has[0] = feature->has[1] = feature->compared = true;
            else if (whole)
                feature->has[side] = true;
        }
    }
}

/* How many names of KIND are the same in BOTH, from the first on: SAME are known to be. */
static uint32_t count_same(const struct diff_columns *const both[2], enum diff_kind kind,
                           uint32_t same)
{
    while (same < both[0]->count[kind] && same < both[1]->count[kind] &&
           both[0]->features[kind][same] == both[1]->features[kind][same])
        same++;
    return same;
}

static bool have_same_places(const struct diff_columns *const both[2])
{
    const struct schema *old = both[0]->schema, *new = both[1]->schema;

    return old->ids.count == new->ids.count &&count_same(both, DIFF_ID, 0) ==
               old->ids.count &&memcmp(old->ids_at, new->ids_at,
                                       old->ids.count * sizeof *old->ids_at) == 0 &&
           old->groups_at == new->groups_at && old->signals_at == new->signals_at;
}

/* The columns of BOTH are up to date, MEETING is not. */
static void renew_meeting(struct diff_meeting *meeting,
                          const struct diff_columns *const both[2],
                          struct diff_features *features)
{
    static const uint32_t first[2] = {0, 0};
    uint32_t from[2] = {meeting->signals[0], meeting->signals[1]};

    if (!meeting->met) {
        tell_features(both, DIFF_ID, first, features);
        tell_features(both, DIFF_GROUP, first, features);
        meeting->same_groups = count_same(both, DIFF_GROUP, 0);
        meeting->fits = have_same_places(both);
        meeting->met = true;
    }
    /* As long as a schema has no signals it does not tell which ones its catalog has. */
    for (int side = 0; side < 2; side++)
        if (!meeting->signals[!side] && both[!side]->count[DIFF_SIGNAL])
            from[side] = 0;
    tell_features(both, DIFF_SIGNAL, from, features);
    meeting->same_signals = count_same(both, DIFF_SIGNAL, meeting->same_signals);
    meeting->alike = meeting->fits;
    for (int side = 0; side < 2; side++) {
        meeting->signals[side] = both[side]->count[DIFF_SIGNAL];
        meeting->alike &= meeting->same_groups == both[side]->count[DIFF_GROUP] &&
                          meeting->same_signals == both[side]->count[DIFF_SIGNAL];
    }
}

const struct diff_meeting *diff_meetings_find(struct diff_meetings *meetings,
                                              struct diff_features *features,
                                              struct schema *old, struct schema *new)
{
    struct schema *const schemas[] = {old, new};
    const struct diff_columns *both[2];

    for (unsigned side = 0; side < 2; side++)
        if (!number_schema(meetings, side, schemas[side]))
            return NULL;
    struct diff_meeting *meeting =
        meeting_of(meetings, old->columns[0] - 1, new->columns[1] - 1);
    if (!meeting || (meeting->met && meeting->signals[0] == old->signals.count &&
                     meeting->signals[1] == new->signals.count))
        return meeting;
    for (unsigned side = 0; side < 2; side++) {
        struct diff_columns *columns =
            &meetings->sides[side].columns[schemas[side]->columns[side] - 1];
        if (!diff_columns_update(columns, features, meetings->quota))
            return NULL;
        both[side] = columns;
    }
    renew_meeting(meeting, both, features);
    return meeting;
}

const struct diff_columns *diff_meetings_columns(const struct diff_meetings *meetings,
                                                 unsigned side, const struct schema *schema)
{
    return &meetings->sides[side].columns[schema->columns[side] - 1];
}
