# Output to a file by its name: whole and on disk, or not at all.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR"
    catalog 'a|/a|g|exact'
    mkdir d # what is made there is all that is made
    for i in $(seq 3000); do echo '{"a":"'$i'"}'; done >in
    whorl --select=values in >want
    echo old >old
}

# Run whorl with its output to a file.
to() {
    whorl --select=values -o "$@"
}

# The directory d has only the files given.
only() {
    diff <(ls -A d) <(printf '%s\n' "$@")
}

# Run whorl with the fault given.
fault() {
    inject "$1" "$WHORL" --catalog test.catalog --select=values "${@:2}"
}

@test "a new file has the mode that umask leaves, an old one keeps its own" {
    umask 027
    run --separate-stderr to d/f in
    expect 0 ''
    cmp want d/f
    [ "$(stat -c %a d/f)" = 640 ]
    cp old d/f
    chmod 604 d/f
    run --separate-stderr to d/f in
    expect 0 ''
    cmp want d/f
    [ "$(stat -c %a d/f)" = 604 ]
    only f
}

@test "-o and --output, the name - and a name that begins with it" {
    to d/f in; cmp want d/f
    whorl --select=values --output=d/g in; cmp want d/g
    run --separate-stderr to - in
    [ "$output" = "$(cat want)" ]
    (cd d && "$WHORL" --catalog ../test.catalog --select=values -o ./-x ../in)
    cmp want d/-x
    only -x f g
}

@test "O15: the output may be an input" {
    cp in d/f
    run --separate-stderr to d/f d/f
    expect 0 ''
    cmp want d/f
    cp in d/f
    run --separate-stderr to d/f - <d/f
    cmp want d/f
    only f
}

@test "O15 O16: standard output that is an input is refused, unless it is empty" {
    cp in d/f
    run --separate-stderr bash -c 'timeout 20 "$WHORL" --catalog test.catalog d/f >>d/f'
    expect 2 '' 'whorl: d/f: the input is also an output and would never end: expected another file'
    cmp in d/f
    run --separate-stderr bash -c 'timeout 20 "$WHORL" --catalog test.catalog <d/f >>d/f'
    expect 2 '' 'whorl: -: the input is also an output and would never end: expected another file'
    cmp in d/f
    run --separate-stderr bash -c '"$WHORL" --catalog test.catalog d/f >d/f'
    expect 0 ''
    [ ! -s d/f ]
}

@test "O02: with -o a closed standard output does not matter" {
    run --separate-stderr bash -c '"$WHORL" --catalog test.catalog --select=values -o d/f in >&-'
    expect 0 ''
    cmp want d/f
}

@test "O17: an output that cannot be made is reported before any input is read" {
    ln -s nowhere d/link
    for try in '/nonexistent/x No such file or directory' '. Is a directory' \
        'd/link No such file or directory' 'in/x Not a directory' 'd/new/ No such file or directory'; do
        run --separate-stderr to "${try%% *}" none
        expect 2 '' "whorl: ${try%% *}: ${try#* }"
    done
    [ -L d/link ]
    only link
}

@test "O17: a directory or file without permission to write is reported" {
    cp old d/f
    chmod 444 d/f
    if [ "$(id -u)" = 0 ]; then
        as='setpriv --reuid=65534 --regid=65534 --clear-groups'
        # All directories of the path too, because a closed path gives the same message.
        chmod 755 . .. "$BATS_RUN_TMPDIR"
        $as "$WHORL" --version >/dev/null 2>&1 && $as cat "$PWD/want" >/dev/null || skip 'nobody may not run it'
    fi
    chmod 555 d
    run --separate-stderr ${as-} "$WHORL" --catalog test.catalog -o d/f none
    expect 2 '' 'whorl: d/f: Permission denied'
    run --separate-stderr ${as-} "$WHORL" --catalog test.catalog -o d/g none
    expect 2 '' 'whorl: d/g: Permission denied'
    # The mode of the file decides, even if the directory would allow the file to be replaced.
    chmod 777 d
    run --separate-stderr ${as-} "$WHORL" --catalog test.catalog -o d/f none
    expect 2 '' 'whorl: d/f: Permission denied'
    cmp old d/f
    only f
}

@test "a file is written in the working directory, also if the path from the root is closed" {
    mkdir d/e
    cp in old want test.catalog d/e
    cd d/e
    chmod 777 . old
    ln -s old link
    if [ "$(id -u)" = 0 ]; then
        as='setpriv --reuid=65534 --regid=65534 --clear-groups'
        $as "$WHORL" --version >/dev/null 2>&1 || skip 'nobody may not run it'
    fi
    chmod 600 ..
    for name in old new ./new2; do
        run --separate-stderr ${as-} "$WHORL" --catalog ./test.catalog --select=values -o $name in
        expect 0 ''
        cmp want $name
    done
    run --separate-stderr ${as-} "$WHORL" --catalog ./test.catalog -o link in
    expect 2 '' 'whorl: link: Permission denied'
    chmod 700 ..
    cmp want old
    diff <(ls -A) <(printf '%s\n' in link new new2 old test.catalog want)
}

@test "a symbolic link stays, and the file that it points to is replaced" {
    mkdir d/e
    cp old d/e/f
    ln -s e/f d/link
    run --separate-stderr to d/link in
    expect 0 ''
    [ -L d/link ]
    cmp want d/e/f
    [ "$(ls -A d/e)" = f ]
}

@test "devices, FIFOs and descriptors are written directly" {
    run --separate-stderr to /dev/full in
    expect 2 '' 'whorl: /dev/full: No space left on device'
    run --separate-stderr to /dev/null in
    expect 0 ''
    [ -c /dev/null ]
    mkfifo d/p
    cat d/p >got 3>&- &
    run --separate-stderr to d/p in
    expect 0 ''
    wait $!
    [ -p d/p ]
    cmp want got
    for name in - /dev/stdout /dev/fd/1 /proc/self/fd/1; do
        (echo before; to $name in; echo after) >got
        cmp got <(echo before; cat want; echo after)
    done
    (echo before >&7; to /dev/fd/7 in; echo after >&7) 7>got
    cmp got <(echo before; cat want; echo after)
    to >(cat >got; touch done) in
    while [ ! -e done ]; do :; done
    cmp want got
    run --separate-stderr to /dev/fd/77 in
    expect 2 '' 'whorl: /dev/fd/77: Bad file descriptor'
}

@test "a file is made if records were rejected, and is not made with status 2" {
    cp old d/f
    echo '{' >bad
    run --separate-stderr to d/f bad in
    [ "$status" = 1 ]
    cmp want d/f
    cp old d/f
    run --separate-stderr to d/f in none
    expect 2 '' 'whorl: none: No such file or directory'
    cmp old d/f
    run --separate-stderr to d/g in none
    expect 2 '' 'whorl: none: No such file or directory'
    only f
}

@test "of several outputs all are made, or none is" {
    cp old d/f
    run --separate-stderr whorl --dictionary=d/d -o d/f in
    expect 0 ''
    [ "$(wc -l <d/d)" = 3000 ]
    cp old d/f; cp old d/d
    run --separate-stderr whorl --dictionary=/dev/full -o d/f in
    expect 2 '' 'whorl: /dev/full: No space left on device'
    cmp old d/f
    run --separate-stderr "$WHORL" --catalog test.catalog=d/f --catalog test.catalog=/dev/full --dictionary=d/d in
    expect 2 '' 'whorl: /dev/full: No space left on device'
    cmp old d/f; cmp old d/d
    only d f
}

@test "if one output cannot be opened, the others stay empty, without a header" {
    cp old d/f
    run --separate-stderr whorl --format=binary --dictionary=/nonexistent/x none
    expect 2 '' 'whorl: /nonexistent/x: No such file or directory'
    run --separate-stderr whorl --format=binary -o d/f --dictionary=/nonexistent/x none
    expect 2 '' 'whorl: /nonexistent/x: No such file or directory'
    cmp old d/f
    only f
}

@test "O14: when writing, fsync or rename fails, the old file stays and nothing is left over" {
    traces
    cp old d/f
    for call in write fsync rename,renameat,renameat2; do
        run --separate-stderr fault "$call:error=EIO:when=1" -o d/f in
        expect 2 '' 'whorl: d/f: Input/output error'
        cmp old d/f
        only f
    done
    run --separate-stderr fault fsync:error=EIO:when=1 -o d/new in
    expect 2 '' 'whorl: d/new: Input/output error'
    only f
    # The second fsync is that of the directory, when the file has its name: status 2, for a crash
    # of the system could still undo it, but it is whole.
    run --separate-stderr fault fsync:error=EIO:when=2 -o d/f in
    expect 2 '' 'whorl: d/f: Input/output error'
    cmp want d/f
    only f
    # Calls that are interrupted, as on network file systems, are repeated.
    run --separate-stderr fault fsync:error=EINTR:when=1+2 -o d/f in
    expect 0 ''
    met 2
    # Some file systems do not support it.
    run --separate-stderr fault fsync:error=EINVAL:when=2 -o d/f in
    expect 0 ''
    met 1
}

@test "O14: whichever close() fails, the file is the old or the new one, and the status says which" {
    traces
    failed=0
    for n in $(seq 40); do
        cp old d/f
        status=0
        fault "close:error=EDQUOT:when=$n" -o d/f in 2>messages || status=$?
        only f
        case $status in
        0) cmp want d/f ;;
        127) cmp old d/f ;; # the loader's: the program did not begin
        2)
            failed=$((failed + 1))
            [ "$(cat messages)" = 'whorl: d/f: Disk quota exceeded' ]
            cmp old d/f
            ;;
        *) false ;;
        esac
    done
    [ "$failed" = 1 ]
}

@test "O14: a close() of standard output that fails is status 2" {
    traces
    : >out
    status=0
    inject close:error=EDQUOT -P "$(realpath out)" "$WHORL" --catalog test.catalog --select=values in >out 2>messages || status=$?
    met 1
    [ "$status" = 2 ]
    [ "$(cat messages)" = 'whorl: standard output: Disk quota exceeded' ]
    cmp want out
}

@test "O13: interrupted writes are repeated" {
    traces
    run --separate-stderr fault write:error=EINTR:when=1+2 -o d/f in
    expect 0 ''
    met 1
    cmp want d/f
}

@test "O09: on a full disk the old file stays, a new one is not made, nothing is left over" {
    for ((i = 0; i < 20; i++)); do cat in; done >big
    as=$(mounter)
    [ "$as" ] || skip 'may not mount a small file system'
    run --separate-stderr $as bash -c 'mount -t tmpfs -o size=64k tmpfs d && cp old d/f &&
        for f in d/f d/new; do
            "$WHORL" --catalog test.catalog -o $f big
            echo "status $?"
            cmp old d/f && ls -A d
        done'
    expect 0 'status 2
f
status 2
f' 'whorl: d/f: No space left on device
whorl: d/new: No space left on device'
}

# Start whorl with -o d/f on a FIFO and wait until it reads there; its process is $pid.
begin() {
    rm -f fifo
    mkfifo fifo
    env --default-signal=HUP,INT,TERM,PIPE "$WHORL" --catalog test.catalog --select=values -o d/f fifo 3>&- 2>&1 >/dev/null &
    pid=$!
    exec 7>fifo
    cat in >&7
}

# How the process ended.
end() {
    exec 7>&-
    wait "$pid"
}

@test "O20: a signal ends whorl as that signal, and the temporary file is removed" {
    for signal in HUP INT TERM; do
        cp old d/f
        begin
        [ "$(ls -A d | wc -l)" = 2 ]
        kill -$signal "$pid"
        status=0
        end || status=$?
        [ "$status" = $((128 + $(kill -l $signal))) ]
        cmp old d/f
        only f
    done
}

@test "O20: a signal that was ignored stays ignored" {
    cp old d/f
    trap '' HUP
    mkfifo fifo
    "$WHORL" --catalog test.catalog --select=values -o d/f fifo 3>&- &
    pid=$!
    exec 7>fifo
    kill -HUP "$pid"
    cat in >&7
    exec 7>&-
    wait "$pid"
    cmp want d/f
}

@test "if the reader of one output closes it, the files of the others are not made" {
    cp old d/f
    mkfifo p
    for i in $(seq 100); do cat in; done >big
    head -c 1 p >/dev/null 3>&- &
    run --separate-stderr env --default-signal=PIPE "$WHORL" --catalog test.catalog=d/f --catalog test.catalog=p big
    expect 141 ''
    cmp old d/f
    only f
}

@test "O19: killed at once, the old file stays, and the next run is complete" {
    cp old d/f
    begin
    kill -KILL "$pid"
    status=0
    end || status=$?
    [ "$status" = 137 ]
    cmp old d/f
    to d/f in
    cmp want d/f
}

@test "O19: killed at any moment, the file is the old one or the new one" {
    for i in $(seq 20); do
        cp old d/f
        "$WHORL" --catalog test.catalog --select=values -o d/f in 3>&- &
        sleep "0.00$((i / 2))"
        kill -KILL $! 2>/dev/null || :
        wait $! || :
        cmp -s d/f old || cmp d/f want
    done
}
