#!/bin/bash
# A throw-away PostgreSQL for tests, on loopback.
#   pg_cluster.sh start DIR    makes a cluster in DIR (must not exist), prints its URL
#   pg_cluster.sh stop DIR     stops it and removes DIR
# Tests read the URL from LANTING_TEST_PG. No fsync: it is fast and keeps nothing.
set -eu

bin=${LANTING_PG_BIN:-/usr/lib/postgresql/15/bin}
dir=${2:?usage: pg_cluster.sh start|stop DIR}

# The server refuses to run as root.
as_postgres() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid=postgres --regid=postgres --init-groups "$@"
    else
        "$@"
    fi
}

free_port() {
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        port=$(shuf -i 20000-29999 -n 1)
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            echo "$port"
            return
        fi
    done
    echo "pg_cluster.sh: no free port found" >&2
    exit 1
}

start() {
    mkdir -m 700 "$dir"
    [ "$(id -u)" = 0 ] && chown postgres: "$dir"
    cd "$dir"
    as_postgres "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync \
        >"$dir/initdb.log" 2>&1 || { cat "$dir/initdb.log" >&2; exit 1; }
    for _ in 1 2 3; do
        port=$(free_port)
        if as_postgres "$bin/pg_ctl" -D "$dir/data" -l "$dir/server.log" -w -t 30 -o "-p $port -k $dir \
            -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c synchronous_commit=off \
            -c max_connections=200 -c synchronous_standby_names=nobody -c shared_buffers=64MB -c autovacuum=off -c log_min_messages=fatal" \
            start >/dev/null 2>&1; then
            echo "postgresql://postgres@127.0.0.1:$port/postgres"
            return
        fi
    done
    tail -n 20 "$dir/server.log" >&2
    exit 1
}

stop() {
    cd /
    [ -f "$dir/data/PG_VERSION" ] || { echo "pg_cluster.sh: no cluster in $dir" >&2; exit 1; }
    [ -f "$dir/data/postmaster.pid" ] && as_postgres "$bin/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null
    rm -rf "$dir"
}

case $1 in
start) start ;;
stop) stop ;;
*) echo "usage: pg_cluster.sh start|stop DIR" >&2; exit 2 ;;
esac
