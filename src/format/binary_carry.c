#include "config.h"

#include "format/binary_carry.h"

#include "text/number.h"

static bool of_double(double x, enum plain type, uint64_t *bits)
{
    switch (type) {
    case PLAIN_U64:
        if (!(x >= 0 && x < 0x1p64) || (double)(uint64_t)x != x)
            return false;
        *bits = (uint64_t)x;
        return true;
    case PLAIN_I64:
        if (!(x >= -0x1p63 && x < 0x1p63) || (double)(int64_t)x != x)
            return false;
        *bits = (uint64_t)(int64_t)x;
        return true;
    case PLAIN_F64:
        memcpy(bits, &x, sizeof x);
        return true;
    case PLAIN_NONE:
    case PLAIN_HASH:
        break;
    }
    return false;
}

static bool of_integer(struct span text, enum plain type, uint64_t *bits)
{
    const uint64_t sign = UINT64_C(1) << 63;
    bool negative;
    uint64_t magnitude;

    if (!number_integer(text, &negative, &magnitude))
        return false;
    if (type == PLAIN_U64 ? negative : magnitude - negative >= sign)
        return false;
    *bits = negative ? -magnitude : magnitude;
    return true;
}

bool binary_carry_fact(struct span text, enum plain type, uint64_t *bits)
{
    if (type != PLAIN_HASH)
        return number_is_json(text) && of_double(number_parse(text), type, bits);
    *bits = hash64(text);
    return true;
}

bool binary_carry_member(struct span text, enum plain type, uint64_t *bits)
{
    if (!text.n)
        return false;
    if (type == PLAIN_U64 || type == PLAIN_I64)
        return number_is_json(text) && of_integer(text, type, bits);
    return binary_carry_fact(text, type, bits);
}
