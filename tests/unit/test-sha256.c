#include "config.h"

#include "unit.h"

#include <stdlib.h>

#include "base/buf.h"
#include "text/hash.h"
#include "text/sha256.h"

/* Check the SHA-256 of S, at an odd address and with nothing after it. */
static void check_sha256(struct span s, const char *expected)
{
    struct buf out = BUF_EMPTY;
    unsigned char bytes[SHA256_BYTES], *p = malloc(s.n + 1);

    if (!p)
        abort();
    if (s.n)
        memcpy(p + 1, s.p, s.n);
    sha256(bytes, span_of(p + 1, s.n));
    for (int i = 0; i < SHA256_BYTES; i += 8)
        hash_put64(&out, hash_from_big_endian(bytes + i));
    CHECK_TEXT(buf_span(&out), expected);
    buf_free(&out);
    free(p);
}

/* NIST's examples for FIPS 180-4: "abc", 448 bits, 896 bits, a million times "a". */
UNIT_TEST(the_examples_of_the_standard)
{
    enum { MILLION = 1000000 };
    unsigned char *many = malloc(MILLION);

    if (!many)
        abort();
    memset(many, 'a', MILLION);
    check_sha256(span_text("abc"),
                 "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    check_sha256(span_text("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
                 "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    check_sha256(span_text("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                           "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu"),
                 "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
    check_sha256(span_of(many, MILLION),
                 "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(many);
}

/* NIST's CAVP, SHA256ShortMsg.rsp: lengths of 0, 8, 16 and 24 bits. */
UNIT_TEST(short_messages_of_cavp)
{
    check_sha256(span_of(NULL, 0),
                 "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    check_sha256(span_text("\xd3"),
                 "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1");
    check_sha256(span_text("\x11\xaf"),
                 "5ca7133fa735326081558ac312c620eeca9970d1e70a4b95533d956f072d1f98");
    check_sha256(span_text("\xb4\x19\x0e"),
                 "dff2e73091f6c05e528896c4c831b9448653dc2ff043528f6769437bc7b975c2");
}

/* The first 0 to 200 of the characters 0123456789 again and again, by sha256sum:
 *
 *     for n in $(seq 0 200); do
 *         yes 0123456789 | tr -d '\n' | head -c $n | sha256sum | head -c 64
 *     done | sha256sum
 */
UNIT_TEST(every_length_to_200_as_sha256sum)
{
    struct buf sums = BUF_EMPTY;
    unsigned char text[200], bytes[SHA256_BYTES];

    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (unsigned char)('0' + i % 10);
    for (size_t n = 0; n <= sizeof text; n++) {
        sha256(bytes, span_of(text, n));
        for (int i = 0; i < SHA256_BYTES; i += 8)
            hash_put64(&sums, hash_from_big_endian(bytes + i));
    }
    check_sha256(buf_span(&sums),
                 "d38454a23372ce2ee9a901038858b9db56cda322f8404c22643c6f843195bf26");
    buf_free(&sums);
}

int main(void)
{
    return unit_run();
}
