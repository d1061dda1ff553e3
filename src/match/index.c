#include "config.h"

#include "match/index.h"

#include "base/ascii.h"
#include "format/little_endian.h"
#include "json/validate.h"
#include "text/hash_stream.h"

#define INDEX_HASH 16
#define TEXT_MOST  ((uint32_t)1 << 26) /* bytes of an id, as of a line of output */

static struct fault damaged(const char *what)
{
    return fault_unreadable(0, what);
}

static const char not_index[] = "no index of whorl --match: expected a file that --index wrote";
static const char broken[] =
    "the index is damaged: make it again from the outputs that it was made of";

/* N bytes, which stay in the window. Null if there is a fault already, or a new one in *FAULT. */
static const unsigned char *take_bytes(struct match_index *index, size_t n, struct fault *fault)
{
    struct span have = window_have(&index->window);

    if (fault->status != STATUS_OK)
        return NULL;
    while (have.n < n && !index->window.ended) {
        *fault = window_fill(&index->window);
        if (fault->status != STATUS_OK)
            return NULL;
        have = window_have(&index->window);
    }
    if (have.n < n) {
        *fault = damaged(broken);
        return NULL;
    }
    window_take(&index->window, n);
    hash_stream_add(index->hash, span_cut(have, 0, n));
    return have.p;
}

static uint32_t take_u32(struct match_index *index, struct fault *fault)
{
    const unsigned char *p = take_bytes(index, sizeof(uint32_t), fault);

    return p ? get_u32(p) : 0;
}

static uint64_t take_u64(struct match_index *index, struct fault *fault)
{
    const unsigned char *p = take_bytes(index, sizeof(uint64_t), fault);

    return p ? get_u64(p) : 0;
}

/* The hashes of signals: COUNT of them, which stay as they are. */
static void take_cells(struct match_index *index, uint64_t *cells, uint32_t count,
                       struct fault *fault)
{
    size_t n = count * sizeof *cells;
    const unsigned char *p = take_bytes(index, n, fault);

    if (p)
        memcpy(cells, p, n);
}

static struct span take_text(struct match_index *index, struct fault *fault)
{
    uint32_t n = take_u32(index, fault);

    if (fault->status == STATUS_OK && n > TEXT_MOST)
        *fault = damaged(broken);
    const unsigned char *p = take_bytes(index, n, fault);
    return span_of(p, p ? n : 0);
}

struct fault match_index_open(struct match_index *index, const char *path, int windows,
                              struct match_index_head *head)
{
    struct fault fault = FAULT_NONE;

    *index = (struct match_index){.texts = BUF_EMPTY};
    index->hash = hash_stream_new();
    if (!window_init(&index->window, windows) || !index->hash)
        return fault_memory();
    int error = window_open(&index->window, path, NULL);
    if (error)
        return fault_system(error);
    const unsigned char *mark = take_bytes(index, MATCH_INDEX_MARK_N, &fault);
    if (fault.status == STATUS_UNREADABLE || (mark && memcmp(mark, MATCH_INDEX_MARK, MATCH_INDEX_MARK_N)))
        return damaged(not_index);
    uint32_t version = take_u32(index, &fault);
    if (fault.status == STATUS_OK && version != MATCH_INDEX_VERSION)
        return damaged("the index is of a version that this whorl does not know");
    uint32_t source = take_u32(index, &fault);
    struct extent label = buf_keep(&index->texts, take_text(index, &fault)),
                  by = buf_keep(&index->texts, take_text(index, &fault));
    *head = (struct match_index_head){.source = source == MATCH_GROUPS ? MATCH_GROUPS
                                                                       : MATCH_SIGNALS,
                                      .label = span_at(index->texts.p, label),
                                      .by = span_at(index->texts.p, by),
                                      .records = take_u64(index, &fault)};
    if (fault.status == STATUS_OK && source > MATCH_GROUPS)
        return damaged(broken);
    return index->texts.failed ? fault_memory() : fault;
}

void match_index_close(struct match_index *index)
{
    window_free(&index->window);
    hash_stream_free(index->hash);
    buf_free(&index->texts);
}

/* Read the value of lasting component I of the next combination into SIGNATURE. */
static void read_value(struct match_index *index, const struct match_known *known, uint32_t i,
                       struct match_signature *signature, struct fault *fault)
{
    const struct match_component *component = &known->components->items[i];
    uint64_t *cells = signature->cells + component->cells;
    uint32_t number = take_u32(index, fault), count = known->values[i].table.count;

    if (fault->status != STATUS_OK)
        return;
    if (number > count) {
        *fault = damaged(broken);
    } else if (number < count) {
        signature->values[i] = match_known_value(known, i, number)->hash;
        memset(cells, 0, component->cell_count * sizeof *cells);
        if (number)
            memcpy(cells, match_known_cells(known, i, number),
                   component->cell_count * sizeof *cells);
    } else {
        take_cells(index, cells, component->cell_count, fault);
        signature->values[i] = match_component_value(cells, component->cell_count);
        if (match_known_number(known, i, signature->values[i]) != MATCH_NO_RECORD)
            *fault = damaged(broken); /* a value is defined once */
    }
}

/* Read the lasting values of a profile's combination into SIGNATURE. */
static void read_combination(struct match_index *index, const struct match_known *known,
                             struct match_signature *signature, struct fault *fault)
{
    uint32_t number = take_u32(index, fault), lasting = known->components->lasting;

    if (fault->status != STATUS_OK)
        return;
    if (number > known->combinations.count) {
        *fault = damaged(broken);
    } else if (number == known->combinations.count) {
        for (uint32_t i = 0; i < lasting; i++)
            read_value(index, known, i, signature, fault);
    } else {
        const uint32_t *values = keys_at(&known->combinations, number);
        for (uint32_t i = 0; i < lasting; i++) {
            const struct match_component *component = &known->components->items[i];
            signature->values[i] = match_known_value(known, i, values[i])->hash;
            memcpy(signature->cells + component->cells, match_known_cells(known, i, values[i]),
                   component->cell_count * sizeof *signature->cells);
        }
    }
}

/* Is TEXT the JSON of an id, a string or a number, without white space around it? It is written to
 * output as it is. */
static bool is_id(struct span text)
{
    const struct limits limits = {.depth = 1, .values = 1, .length = TEXT_MOST};
    struct json_counts counts;

    return text.n && (text.p[0] == '"' || text.p[0] == '-' || ascii_is_digit(text.p[0])) &&
           text.p[text.n - 1] > ' ' && validate(text, &limits, &counts).status == STATUS_OK;
}

/* Read one record. */
static struct fault read_record(struct match_index *index, struct match_known *known,
                                struct match_signature *signature)
{
    const struct match_components *c = known->components;
    struct fault fault = FAULT_NONE;
    const unsigned char *key = take_bytes(index, ROW_KEY, &fault);

    if (key)
        memcpy(signature->key, key, ROW_KEY);
    uint64_t device = take_u64(index, &fault);
    struct span id = take_text(index, &fault);
    struct buf copy = BUF_EMPTY;
    buf_put(&copy, id); /* what is read next moves it */
    signature->id = buf_span(&copy);
    uint32_t number = take_u32(index, &fault), count = known->profiles.count;
    bool defined = fault.status == STATUS_OK && number == count;
    if (fault.status == STATUS_OK && number > count && number != MATCH_NO_RECORD)
        fault = damaged(broken);
    if (fault.status == STATUS_OK && !copy.failed && !is_id(buf_span(&copy)))
        fault = damaged(broken);
    if (copy.failed)
        fault = fault_memory();
    if (defined) {
        read_combination(index, known, signature, &fault);
        take_cells(index, signature->values + c->lasting, c->count - c->lasting, &fault);
        take_cells(index, &signature->family, 1, &fault);
        take_cells(index, &signature->version_hash, 1, &fault);
        signature->version = match_components_version(c, le64toh(signature->version_hash));
    }
    if (fault.status == STATUS_OK && defined)
        fault = match_known_add(known, signature, device, 0);
    else if (fault.status == STATUS_OK)
        fault = match_known_append(known, signature, device, 0, number);
    if (fault.status == STATUS_OK && defined && known->profiles.count != count + 1)
        fault = damaged(broken); /* a profile is defined once */
    buf_free(&copy);
    return fault;
}

/* Read the end: the hash of all before it. */
static struct fault read_end(struct match_index *index)
{
    struct fault fault = FAULT_NONE;
    unsigned char expected[INDEX_HASH];
    struct hash128 hash = hash_stream_value(index->hash);

    row_key_put_hash(expected, hash);
    const unsigned char *stated = take_bytes(index, INDEX_HASH, &fault);
    if (stated && memcmp(stated, expected, INDEX_HASH) != 0)
        return damaged(broken);
    while (fault.status == STATUS_OK && !index->window.ended)
        fault = window_fill(&index->window);
    if (fault.status == STATUS_OK && window_have(&index->window).n)
        return damaged(broken);
    return fault;
}

struct fault match_index_read(struct match_index *index, const struct match_index_head *head,
                              struct match_known *known)
{
    struct match_signature_reader reader;
    struct fault fault = FAULT_NONE;

    if (!match_signature_init(&reader, known->components))
        fault = fault_memory();
    for (uint64_t i = 0; i < head->records && fault.status == STATUS_OK; i++)
        fault = read_record(index, known, &reader.signature);
    if (fault.status == STATUS_OK)
        fault = read_end(index);
    match_signature_free(&reader);
    known->loaded = known->record_count;
    return fault;
}
