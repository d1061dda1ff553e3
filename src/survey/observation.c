#include "config.h"

#include "survey/observation.h"

#include <stddef.h>

#include "base/buf.h"

#define PADDING 8

/* What is written before the observations of a record. */
struct observe_header {
    struct observe_record record;
    size_t bytes;              /* of all that follows */
    size_t copied;             /* of these the text of the record, padded; or */
    const unsigned char *text; /* the text itself */
};

/* An observation as it is written: its texts are places in that of the record. The bytes of a name
 * that is not there follow, padded. */
struct observe_stored {
    struct observation observation; /* its spans are not set */
    struct extent name, text, key, paired;
    bool named; /* the name follows */
};

static void put_padded(struct buf *out, struct span bytes)
{
    buf_put(out, bytes);
    while (!out->failed && out->n % PADDING)
        buf_putc(out, 0);
}

/* Where PART is in TEXT; no bytes are at 0. */
static struct extent place_in(struct span text, struct span part)
{
    return (struct extent){part.n ? (uint32_t)(part.p - text.p) : 0, (uint32_t)part.n};
}

size_t observation_put(struct buf *out, const struct observation *observation, struct span text,
                       bool named)
{
    size_t at = out->n;
    struct observe_stored stored = {
        .observation = *observation,
        .name = named ? (struct extent){0, (uint32_t)observation->name.n}
                      : place_in(text, observation->name),
        .text = place_in(text, observation->text),
        .key = place_in(text, observation->key),
        .paired = place_in(text, observation->paired),
        .named = named};

    buf_put(out, span_of(&stored, sizeof stored));
    if (named)
        put_padded(out, observation->name);
    return at;
}

void observation_set_value(struct buf *out, size_t at, uint64_t hash)
{
    if (out->failed)
        return;
    memcpy(out->p + at + offsetof(struct observe_stored, observation.value), &hash,
           sizeof hash);
    memcpy(out->p + at + offsetof(struct observe_stored, observation.form), &hash, sizeof hash);
}

size_t observation_begin(struct buf *out, struct span text, bool lasting)
{
    struct observe_header header = {.text = lasting ? text.p : NULL};
    size_t began = out->n;

    if (!lasting)
        header.copied = (text.n + PADDING - 1) / PADDING * PADDING;
    buf_put(out, span_of(&header, sizeof header));
    if (!lasting)
        put_padded(out, text);
    return began;
}

void observation_end(struct buf *out, size_t began, const struct observe_record *record)
{
    struct observe_header header;

    if (out->failed)
        return;
    memcpy(&header, out->p + began, sizeof header);
    header.record = *record;
    header.bytes = out->n - began - sizeof header;
    memcpy(out->p + began, &header, sizeof header);
}

bool observation_next_record(struct span *bytes, struct observe_record *record,
                             struct observation_reader *reader)
{
    struct observe_header header;
    size_t n = sizeof header;

    if (!bytes->n)
        return false;
    memcpy(&header, bytes->p, sizeof header);
    *record = header.record;
    reader->text = header.text ? header.text : bytes->p + n;
    reader->bytes = span_of(bytes->p + n + header.copied, header.bytes - header.copied);
    *bytes = span_cut(*bytes, n + header.bytes, bytes->n);
    return true;
}

bool observation_next(struct observation_reader *reader, struct observation *observation)
{
    struct observe_stored stored;
    size_t n = sizeof stored;

    if (!reader->bytes.n)
        return false;
    memcpy(&stored, reader->bytes.p, sizeof stored);
    *observation = stored.observation;
    observation->name = stored.named ? span_of(reader->bytes.p + n, stored.name.n)
                                     : span_at(reader->text, stored.name);
    observation->text = span_at(reader->text, stored.text);
    observation->key = span_at(reader->text, stored.key);
    observation->paired = span_at(reader->text, stored.paired);
    if (stored.named)
        n += (stored.name.n + PADDING - 1) / PADDING * PADDING;
    reader->bytes = span_cut(reader->bytes, n, reader->bytes.n);
    return true;
}
