"""Hashes: whorl-vector.5 HASHES."""
import xxhash


def hash64(data):
    """XXH3-64 as a number; 0 becomes 1 when it is made."""
    return xxhash.xxh3_64_intdigest(data) or 1


def hash128(data):
    """XXH3-128 as 16 bytes, the most significant first; 0 becomes 1."""
    return (xxhash.xxh3_128_intdigest(data) or 1).to_bytes(16, "big")


def raw128(data):
    """XXH3-128 where 0 stays 0 (BINARY OUTPUT, End)."""
    return xxhash.xxh3_128_intdigest(data).to_bytes(16, "big")


def hex64(number):
    return "%016x" % number
