# What the CLI tests share. Each test has a directory of its own, $BATS_TEST_TMPDIR, and
# calls the program by $WHORL only.

bats_require_minimum_version 1.5.0

: "${WHORL:?the program to test}" "${top_srcdir:?the source tree}"

# For process.py; the sources may be read-only.
export PYTHONPATH="$top_srcdir/tests/cli" PYTHONDONTWRITEBYTECODE=1

# What script(1) runs its commands with.
export SHELL=/bin/sh

# Catalog from the words given: one per line, cells separated by | for easy reading.
catalog() {
    printf '%s\n' '@catalog|test|1' "$@" | tr '|' '\t' >"$BATS_TEST_TMPDIR/test.catalog"
}

# whorl with the catalog made last.
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
# Only the warnings about signals that no record has are left out, because most tests have a record
# or two: cli/absent.bats tests them.
expect() {
    local stderr=${stderr-}
    [[ $stderr != *': warning: no record has '* ]] || stderr=$(grep -v ': warning: no record has ' <<<"$stderr") || :
    if [ "$status" != "$1" ] || [ "$output" != "$2" ] || [ "${stderr-}" != "${3-}" ]; then
        printf 'status %s, expected %s\n' "$status" "$1"
        diff -u <(printf '%s\n' "$2") <(printf '%s\n' "$output") | sed 's/^/output: /'
        diff -u <(printf '%s\n' "${3-}") <(printf '%s\n' "${stderr-}") | sed 's/^/stderr: /'
        return 1
    fi
}

# What --diff reports of the other arguments, finding differences but no trouble, is the file $1.
reports() {
    local want=$1
    shift
    run --separate-stderr "$WHORL" --diff "$@"
    expect 1 "$(cat "$want")"
}

# Skip a test that limits memory where sanitizers reserve more address space than there is.
limits_memory() {
    if grep -q __asan_init "$WHORL"; then skip 'sanitizers need more address space'; fi
}

# Skip a test that traces where strace is not here or may not.
traces() {
    command -v strace >/dev/null || skip 'no strace'
    strace -f -qq -o /dev/null true 2>/dev/null || skip 'strace cannot trace here'
    export ASAN_OPTIONS=detect_leaks=0 # leaks cannot be looked for under a tracer
}

# The command, with the system calls failing that FAULT says, as `read:error=EIO:when=2`; before
# it may come options of strace, as -P FILE. What was done is in the file `injected`.
inject() {
    local fault=$1
    shift
    strace -f -qqq -o injected -e trace="${fault%%:*}" -e inject="$fault" "$@"
}

# The fault that inject() was given last was met, $1 times or more.
met() {
    [ "$(grep -c ' (INJECTED)' injected)" -ge "$1" ]
}

# Skip a test that needs a terminal where none can be had.
needs_terminal() {
    [ "$(script -qec 'test -t 1 && echo one' /dev/null </dev/null 2>/dev/null | tr -d '\r')" = one ] ||
        skip 'no terminal can be had here'
}

# How to become who may mount: as root, or in a name space of one's own.
mounter() {
    local as
    mkdir mountable
    for as in 'unshare -m' 'unshare -rm'; do
        if $as mount -t tmpfs -o size=64k tmpfs mountable 2>/dev/null; then
            rmdir mountable
            echo "$as"
            return
        fi
    done
}

# Standard input to standard output, a pipe, $1 bytes a time, none before all others were read,
# until its reader leaves.
paced() {
    python3 -c '
import array, fcntl, os, select, sys, termios, time
reader = select.poll()
reader.register(1, 0)
while piece := os.read(0, int(sys.argv[1])):
    waiting = array.array("i", [1])
    while waiting[0]:
        if reader.poll(0):
            sys.exit()
        fcntl.ioctl(1, termios.FIONREAD, waiting)
        time.sleep(0.0005 if waiting[0] else 0)
    try:
        os.write(1, piece)
    except BrokenPipeError:
        break
' "$1"
}

# Wait until the command succeeds: for a test whose outcome does not depend on how long.
await() {
    local i
    for ((i = 0; i < 6000; i++)); do
        if "$@"; then return; fi
        sleep 0.01
    done
    echo "await: in vain: $*"
    return 1
}

# whorl with the catalog made last, only the values.
values() {
    whorl --select=values "$@"
}

# usage_error MESSAGE COMMAND...: the command refuses its options with this message, and says where help is.
usage_error() {
    local message=$1
    shift
    run --separate-stderr "$@"
    expect 2 '' "whorl: $message
whorl: try 'whorl --help'"
}

# A Python that has NumPy: on Debian it is not always the first one.
numpy() {
    local python
    for python in python3 /usr/bin/python3; do
        if "$python" -c 'import numpy' 2>/dev/null; then
            "$python" "$@"
            return
        fi
    done
    skip "no NumPy"
}
