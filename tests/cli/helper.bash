# What the CLI tests share. Each test has a directory of its own, $BATS_TEST_TMPDIR, and
# calls the program by $WHORL only.

bats_require_minimum_version 1.5.0

: "${WHORL:?the program to test}" "${top_srcdir:?the source tree}"

# Catalogue from the words given: one a line, cells separated by | for easy reading.
catalog() {
    printf '%s\n' '@catalog|test|1' "$@" | tr '|' '\t' >"$BATS_TEST_TMPDIR/test.catalog"
}

# whorl with the catalogue made last.
whorl() {
    "$WHORL" --catalog "$BATS_TEST_TMPDIR/test.catalog" "$@"
}

# XXH3-64 and XXH3-128 of a text, by the stock tool.
h64() {
    printf '%s' "$1" | xxhsum -H3 | grep -o '[0-9a-f]\{16\}'
}
h128() {
    printf '%s' "$1" | xxhsum -H2 | cut -d' ' -f1
}

# The same of bytes given as hexadecimal digits.
bytes() {
    printf '%s' "$*" | tr -d ' ' | sed 's/../\\x&/g' | { read -r b; printf "$b"; }
}
h64_bytes() {
    bytes "$@" | xxhsum -H3 | grep -o '[0-9a-f]\{16\}'
}
h128_bytes() {
    bytes "$@" | xxhsum -H2 | cut -d' ' -f1
}

# Standard output, standard error and status, all three, exactly. The first argument is the
# status, the second the output, the third the messages; `run --separate-stderr` came before.
expect() {
    if [ "$status" != "$1" ] || [ "$output" != "$2" ] || [ "${stderr-}" != "${3-}" ]; then
        printf 'status %s, expected %s\n' "$status" "$1"
        diff -u <(printf '%s\n' "$2") <(printf '%s\n' "$output") | sed 's/^/output: /'
        diff -u <(printf '%s\n' "${3-}") <(printf '%s\n' "${stderr-}") | sed 's/^/stderr: /'
        return 1
    fi
}
