#!/usr/bin/env bash
# Compares what the program derives from its tables with the copies under tests/golden, or rewrites them.
set -uo pipefail
cd "$(dirname "$0")/.."
program=$1
mode=$2
status=0
one() {
    local file=tests/golden/$1
    shift
    if [ "$mode" = write ]; then
        "$program" "$@" >"$file"
    elif ! "$program" "$@" | diff -u "$file" - >/tmp/lanting-golden.$$; then
        head -40 /tmp/lanting-golden.$$
        echo "$file differs; look at the difference, then: make golden"
        status=1
    fi
    rm -f /tmp/lanting-golden.$$
}
one schema.sqlite.sql dump-schema --sqlite
one schema.pg.sql dump-schema --pg
one openapi.json dump-openapi
one permissions.txt dump-permissions
one entities.txt dump-entities
exit $status
