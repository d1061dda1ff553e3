# databases.bash: DuckDB and ClickHouse for a test that speaks TAP. To be sourced; it goes into the directory $work,
# which is removed in the end, and reads $here.
#
# DuckDB is the package of npm, and ClickHouse that of Debian, unpacked into $work; or they are in $DUCKDB, a
# directory node_modules, and in $CLICKHOUSE, in which packages were unpacked. ClickHouse listens on loopback
# only.
DUCKDB=${DUCKDB-} CLICKHOUSE=${CLICKHOUSE-}
duckdb_release=1.5.6-r.1

work=$(mktemp -d) || exit
server=
stop()
{
    [ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null
    rm -rf "$work"
}
trap stop EXIT
cd "$work" || exit
count=0

report()
{
    echo "$1 $((++count)) - $2"
}

skip()
{
    report ok "$1 # SKIP $2"
}

# have_packages DIRECTORY FOUND PACKAGE...: packages of npm in DIRECTORY/node_modules, unless they are FOUND
# elsewhere.
have_packages()
{
    local program
    for program in node npm; do
        command -v "$program" >/dev/null || { echo "there is no $program"; return 1; }
    done
    [ -z "$2" ] || return 0
    mkdir -p "$1"
    (cd "$1" && timeout 300 npm install --ignore-scripts --no-audit --no-fund --silent --fetch-retries=0 \
        "${@:3}") >/dev/null 2>&1 || { echo "npm gives no ${*:3}"; return 1; }
}

have_duckdb()
{
    have_packages duckdb "$DUCKDB" "@duckdb/node-api@$duckdb_release"
}

# The programs of ClickHouse, from the packages that Debian would install.
have_clickhouse()
{
    local packages
    if [ -z "$CLICKHOUSE" ] && ! command -v clickhouse-server >/dev/null; then
        packages=$(apt-get install -s --no-install-recommends clickhouse-server clickhouse-client 2>/dev/null |
            sed -n 's/^Inst \([^ ]*\).*/\1/p')
        [ "$packages" ] || { echo 'apt-get knows no clickhouse-server'; return 1; }
        mkdir clickhouse
        # shellcheck disable=SC2086
        (cd clickhouse && timeout 300 apt-get download $packages && for file in *.deb; do
            dpkg -x "$file" . || exit; done) >/dev/null 2>&1 || { echo 'apt-get gives no clickhouse-server'; return 1; }
    fi
}

client()
{
    clickhouse-client --host=127.0.0.1 --port="$port" "$@"
}

start_clickhouse()
{
    local root=$CLICKHOUSE
    [ ! -d clickhouse ] || root=$work/clickhouse
    if [ "$root" ]; then
        export PATH=$root/usr/bin:$root/usr/sbin:$PATH
        LD_LIBRARY_PATH=$(printf '%s:' "$root"/usr/lib/*-linux-gnu "$root/usr/lib")${LD_LIBRARY_PATH-}
        export LD_LIBRARY_PATH
    fi
    port=$((20000 + $$ % 20000))
    mkdir data
    cat >config.xml <<end
<yandex><logger><level>warning</level><console>1</console></logger>
<tcp_port>$port</tcp_port><listen_host>127.0.0.1</listen_host>
<path>$work/data/</path><tmp_path>$work/data/tmp/</tmp_path><users_config>$work/users.xml</users_config>
<default_profile>default</default_profile><default_database>default</default_database>
<mark_cache_size>67108864</mark_cache_size></yandex>
end
    cat >users.xml <<'end'
<yandex><profiles><default><max_memory_usage>2000000000</max_memory_usage></default></profiles>
<users><default><password></password><networks><ip>127.0.0.1</ip></networks>
<profile>default</profile><quota>default</quota></default></users>
<quotas><default></default></quotas></yandex>
end
    clickhouse-server --config-file="$work/config.xml" >server.log 2>&1 &
    server=$!
    for _ in {1..300}; do
        client --query='SELECT 1' >/dev/null 2>&1 && return
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    echo "clickhouse-server does not start: $(head -n 1 server.log)"
    return 1
}
