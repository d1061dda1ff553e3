#include "config.h"

#include "base/integer.h"

static void trim(struct integer *number)
{
    while (number->count && !number->limbs[number->count - 1])
        number->count--;
}

struct integer integer_of(uint64_t number)
{
    struct integer made = {.limbs = {(uint32_t)number, (uint32_t)(number >> 32)}, .count = 2};

    trim(&made);
    return made;
}

struct integer integer_sum(struct integer a, struct integer b)
{
    uint64_t carry = 0;
    uint32_t i, most = a.count > b.count ? a.count : b.count;

    for (i = 0; i < INTEGER_LIMBS && (i < most || carry); i++) {
        carry += (uint64_t)a.limbs[i] + b.limbs[i];
        a.limbs[i] = (uint32_t)carry;
        carry >>= 32;
    }
    a.count = i;
    return a;
}

struct integer integer_difference(struct integer a, struct integer b)
{
    uint64_t borrow = 0;

    if (integer_order(&a, &b) <= 0)
        return integer_of(0);
    for (uint32_t i = 0; i < a.count; i++) {
        uint64_t limb = (uint64_t)a.limbs[i] - b.limbs[i] - borrow;
        a.limbs[i] = (uint32_t)limb;
        borrow = limb >> 63;
    }
    trim(&a);
    return a;
}

struct integer integer_product(struct integer a, struct integer b)
{
    struct integer product = {.count = a.count + b.count};

    if (product.count > INTEGER_LIMBS)
        product.count = INTEGER_LIMBS;
    for (uint32_t i = 0; i < a.count; i++) {
        uint64_t carry = 0;
        for (uint32_t j = 0; i + j < product.count; j++) {
            carry += (uint64_t)a.limbs[i] * b.limbs[j] + product.limbs[i + j];
            product.limbs[i + j] = (uint32_t)carry;
            carry >>= 32;
        }
    }
    trim(&product);
    return product;
}

int integer_order(const struct integer *a, const struct integer *b)
{
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    for (uint32_t i = a->count; i-- > 0;)
        if (a->limbs[i] != b->limbs[i])
            return a->limbs[i] < b->limbs[i] ? -1 : 1;
    return 0;
}
