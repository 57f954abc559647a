#!/usr/bin/env bash
# Makes the demo centre when there is no database yet, then serves. LANTING_DB and LANTING_LISTEN override.
set -eu
program=$1
own=data/lanting.db
db=${LANTING_DB:-$own}
export LANTING_DB=$db
# The demo's own file of an earlier state of development is put aside, never deleted; anybody else's database is refused by the program itself.
if [ "$db" = "$own" ] && [ -e "$own" ] && ! why=$("$program" migrate 2>&1); then
    case $why in
    *differs* | *不符*)
        aside=data/lanting-$(date +%Y%m%d-%H%M%S).db
        echo "the demo centre was made by an earlier version; it is kept as $aside and made anew"
        for f in "" -wal -shm; do
            if [ -e "$own$f" ]; then mv "$own$f" "$aside$f"; fi
        done
        ;;
    esac
fi
case "$db" in
postgres*) "$program" demo ;;
*) [ -e "$db" ] || { echo "making the demo centre (about a minute)"; "$program" demo; } ;;
esac
exec "$program" serve
