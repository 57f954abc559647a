#!/usr/bin/env bash
# Makes the demo centre when there is no database yet, then serves. LANTING_DB and LANTING_LISTEN override.
set -eu
program=$1
db=${LANTING_DB:-data/lanting.db}
export LANTING_DB=$db
case "$db" in
postgres*) "$program" demo ;;
*) [ -e "$db" ] || { echo "making the demo centre (about a minute)"; "$program" demo; } ;;
esac
exec "$program" serve
