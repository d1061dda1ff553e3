# shellcheck shell=sh
# Sourced by quickstart, check, fuzz, bench and .ci/run, which set $top to the root of the checkout:
# what is needed to build and test whorl, where it comes from, and how a checkout is built. All
# functions write to stderr or to a file; stdout belongs to the caller.

# What is needed, one line each: how to test for it, the Debian package that has it, and what it is,
# for systems on which the package has another name.
setup_table()
{
    case $1 in
    build)
        # Faster than zlib, not needed, and in Debian only for this kind of processor.
        [ ! -f /etc/debian_version ] || [ "$(uname -m)" != x86_64 ] ||
            echo 'library libisal     libisal-dev      ISA-L 2.30 or later, library and headers'
        cat <<'END'
program cc          gcc              a C11 compiler
header  stdio.h     libc6-dev        the headers of the C library
program make        make             make
program autoreconf  autoconf         autoconf 2.71 or later
program automake    automake         automake 1.16 or later
program pkg-config  pkg-config       pkg-config or pkgconf, with its pkg.m4
header  jsmn.h      libjsmn-dev      jsmn, the header jsmn.h
library libxxhash   libxxhash-dev    xxHash 0.8 or later, library and headers
library libutf8proc libutf8proc-dev  utf8proc 2.8 or later, library and headers
library libzstd     libzstd-dev      zstd 1.4 or later, library and headers
library zlib        zlib1g-dev       zlib 1.2 or later, library and headers
END
        ;;
    check) cat <<'END' ;;
program bats        bats             bats-core 1.5 or later
program jq          jq               jq
file    /usr/share/i18n/locales/tr_TR  locales  the sources of the locales, for localedef
program mandoc      mandoc           mandoc
program mlr         miller           Miller 6 or later
program python3     python3          Python 3
module  numpy       python3-numpy    NumPy for Python 3
program script      bsdutils         script, of util-linux
program sqlite3     sqlite3          sqlite3
program strace      strace           strace
program xxhsum      xxhash           xxhsum, of xxHash
program xz          xz-utils         xz
program zstd        zstd             zstd
END
    bench) cat <<'END' ;;
program cargo       cargo            cargo and rustc
program go          golang-go        Go
program node        nodejs           node
program zstd        zstd             zstd
file    /usr/share/doc/librust-serde-json-dev/copyright            librust-serde-json-dev             the crate serde_json
file    /usr/share/doc/librust-unicode-normalization-dev/copyright librust-unicode-normalization-dev  the crate unicode-normalization
file    /usr/share/doc/librust-xxhash-rust-dev/copyright           librust-xxhash-rust-dev            the crate xxhash-rust
file    /usr/share/gocode/src/golang.org/x/text/doc.go             golang-golang-x-text-dev           the Go package x/text
file    /usr/share/gocode/src/github.com/cespare/xxhash/xxhash.go  golang-github-cespare-xxhash-dev   the Go package xxhash
program jq          jq               jq
module  xxhash      python3-xxhash   xxHash for Python 3
END
    oracle) cat <<'END' ;;
module  xxhash      python3-xxhash   xxHash for Python 3
module  icu         python3-icu      PyICU for Python 3, ICU 72 or later
END
    threads) cat <<'END' ;;
program valgrind    valgrind         valgrind
END
    fuzz) cat <<'END' ;;
program clang       clang            clang
runtime fuzzer      libclang-rt-dev  the sanitizer and fuzzer runtimes of clang
END
    generate) cat <<'END' ;;
file    /usr/share/unicode/extracted/DerivedGeneralCategory.txt  unicode-data  the Unicode Character Database 15.0
file    /usr/share/zoneinfo/tzdata.zi  tzdata  the time zone database, as text
END
    esac
}

setup_say()
{
    printf '%s: %s\n' "${0##*/}" "$*" >&2
}

# Is the thing THING of the kind KIND here?
setup_has()
{
    # shellcheck disable=SC2086 # CPPFLAGS is a list
    case $1 in
    program) command -v "$2" ;;
    module) python3 -c "import $2" || /usr/bin/python3 -c "import $2" ;;
    file) test -r "$2" ;;
    library) pkg-config --exists "$2" ;;
    header) echo "#include <$2>" | ${CC:-cc} ${CPPFLAGS-} -E -x c - ;;
    runtime) echo 'int LLVMFuzzerTestOneInput(void) { return 0; }' |
        clang "-fsanitize=$2" -x c - -o /dev/null ;;
    esac >/dev/null 2>&1
}

# The lines of the tables named by the arguments whose thing is not here.
setup_missing()
{
    for setup_name; do
        setup_table "$setup_name"
    done | while read -r kind thing package what; do
        setup_has "$kind" "$thing" || echo "$kind $thing $package $what"
    done
}

# As root, or as root through sudo.
setup_as_root()
{
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

# apt-get, asking nothing: neither the user nor a script's stdin.
setup_apt()
{
    setup_as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y "$@" </dev/null >&2
}

# Install the packages of the arguments. The lists are fetched if they do not have a package, or if
# they are so old that the mirror no longer has what they name.
setup_install()
{
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        setup_say "run this as root, or install sudo, or install by hand: $*"
        exit 2
    fi
    setup_say "installing $*"
    apt-cache show "$@" >/dev/null 2>&1 || setup_apt update || :
    setup_apt install --no-install-recommends "$@" ||
        { setup_apt update && setup_apt install --no-install-recommends "$@"; } || :
}

# Make sure that everything in the tables named by the arguments is here. If that is not possible,
# name what is missing and exit 2.
setup_need()
{
    setup_lack=$(setup_missing "$@")
    if [ -n "$setup_lack" ] && [ -f /etc/debian_version ] && command -v apt-get >/dev/null; then
        # shellcheck disable=SC2046 # one word a package
        setup_install $(echo "$setup_lack" | awk '{ print $3 }')
        setup_lack=$(setup_missing "$@")
    fi
    [ -n "$setup_lack" ] || return 0
    setup_say 'these are needed and not found; please install them:'
    echo "$setup_lack" | while read -r kind thing package what; do
        echo "    $what ($kind $thing; on Debian: $package)" >&2
    done
    exit 2
}

# make in the build directory $1 of the checkout, the other arguments its own.
setup_make()
{
    setup_dir=$1
    shift
    make --no-print-directory -C "$top/$setup_dir" -j "$(getconf _NPROCESSORS_ONLN)" "$@"
}

# Make configure, where it is missing or older than what automake does not watch.
setup_bootstrap()
{
    if [ ! -f configure ] || [ ! -f Makefile.in ] || [ ! -f config.h.in ] ||
        [ ! -f build-aux/tap-driver.sh ] ||
        [ -n "$(find VERSION configure.ac -newer configure)" ]; then
        autoreconf -fi
    fi
}

# configure with the arguments $2… in the directory $1, once.
setup_configure()
{
    [ ! -f "$1/Makefile" ] || return 0
    mkdir -p "$1" && cd "$1" && shift && ../configure -q "$@"
}

# Build in the directory $1 of the checkout, configured with the other arguments. What is
# there already is brought up to date by make. False if any of it fails.
setup_build()
{
    (cd "$top" && setup_bootstrap && setup_configure "$@") >&2 && setup_make "$1" >&2
}

# What `make check` is to run bats files with: bats, or where bash cannot give it pipes as
# files, as in a chroot without /proc, what reports each file as skipped.
setup_bats()
{
    if bash -c ': < <(:)' 2>/dev/null; then
        echo bats
    else
        setup_say 'bats needs /dev/fd, and /proc mounted for that: its tests are skipped'
        echo "sh '$top/tests/no-bats'"
    fi
}

# What the tests that failed under the directory $1 say of it: of each log the failures with
# the lines below them, 40 lines at most, and the last lines of one without a failure.
setup_explain()
{
    find "$1" -name '*.trs' -exec grep -lE '^:test-result: (FAIL|XPASS|ERROR)' {} + |
        while read -r setup_trs; do
            echo "-- ${setup_trs%.trs}.log"
            awk '/^(not )?ok /   { failure = /^not ok/ }
                 failure && shown < 40 { print; shown++ }
                                 { last[NR % 10] = $0 }
                 END { for (i = NR - 9; !shown && i <= NR; i++) if (i > 0) print last[i % 10] }
                ' "${setup_trs%.trs}.log"
        done
}

# Have the program that python3 runs first in PATH. A python3 that is a script and looks for the
# program, as that of pyenv is, takes longer than most tests.
setup_python()
{
    setup_path=$(python3 -c 'import sys; print(sys.executable)') &&
        PATH=$(dirname -- "$setup_path"):$PATH
}

# Run the targets $2… of make in the build directory $1, which leave .trs files under tests/,
# and print as the last line how many tests passed and failed. False if one failed, if none
# ran, or if make failed for another reason, which counts as one more failure.
setup_test()
{
    setup_dir=$1
    shift
    find "$top/$setup_dir/tests" -name '*.trs' -exec rm -f {} +
    setup_status=0
    for setup_target; do
        (setup_python && setup_make "$setup_dir" -k BATS="$(setup_bats)" "$setup_target") ||
            setup_status=1
    done
    setup_explain "$top/$setup_dir/tests"
    find "$top/$setup_dir/tests" -name '*.trs' -exec cat {} + |
        awk -v broken="$setup_status" '
            /^:test-result: (PASS|XFAIL)/ { passed++ }
            /^:test-result: (FAIL|XPASS|ERROR)/ { failed++ }
            /^:test-result: SKIP/ { skipped++ }
            END {
                if (!failed && (broken || !passed))
                    failed = 1
                printf "%d passed, %d failed", passed, failed
                if (skipped)
                    printf ", %d skipped", skipped
                print ""
                exit failed > 0
            }'
}
