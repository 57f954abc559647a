#!/usr/bin/env bash
# Measures the program on a large database and prints the figures beside their goals.
#   bench/run.sh PROGRAM [--write] [--only REGEX]
# --write also writes bench/results.md. LANTING_BENCH_LEADS is the size (200,000 leads), LANTING_BENCH_DIR the place that
# keeps the database (/tmp/lanting-bench), LANTING_BENCH_PG a PostgreSQL address with an empty or formerly filled database.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
program=${1:?usage: bench/run.sh PROGRAM [--write] [--only REGEX]}
shift
program=$(realpath "$program")
leads=${LANTING_BENCH_LEADS:-200000}
work=${LANTING_BENCH_DIR:-/tmp/lanting-bench}
mkdir -p "$work"
build=$(dirname "$program") # the tree that the program was built in has most of what is needed
[ -e "$build/CMakeCache.txt" ] || build=$work/build
extra=()
while [ $# -gt 0 ]; do
    case $1 in
    --write) extra+=(--write "$here/bench/results.md") ;;
    --only) extra+=(--only "${2:?--only wants a pattern}") && shift ;;
    *) echo "bench/run.sh: what is $1?" >&2 && exit 2 ;;
    esac
    shift
done

# wrk and nginx are wanted for the comparison only; without them that part says so.
missing=""
command -v wrk >/dev/null || missing="$missing wrk"
[ -x /usr/sbin/nginx ] || command -v nginx >/dev/null || missing="$missing nginx-light"
command -v python3 >/dev/null || missing="$missing python3"
if [ -n "$missing" ]; then
    sudo=""
    [ "$(id -u)" = 0 ] || sudo=sudo
    # shellcheck disable=SC2086
    { $sudo apt-get update -q && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -q --no-install-recommends $missing; } \
        >/dev/null 2>&1 || echo "could not install:$missing"
fi

cmake -S "$here" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DLANTING_BENCH=ON >"$work/build.log" 2>&1 &&
    cmake --build "$build" --target bench_data bench_bare bench_terms bench_bill >>"$work/build.log" 2>&1 || { tail -20 "$work/build.log" >&2; exit 1; }

"$build/bench_terms"
rm -f "$work"/bill.db*
"$build/bench_bill" "$work/bill.db"
rm -f "$work"/bill.db*

# The data are made once for each size and shape of the tables.
shape=$("$program" dump-schema | cat - "$here"/bench/*.[ch] | sha256sum | cut -c1-12)
if [ -n "${LANTING_BENCH_PG:-}" ]; then
    db=$LANTING_BENCH_PG
    if ! grep -qsx "$db $leads $shape" "$work/pg.made"; then
        "$build/bench_data" "$db" "$leads" && echo "$db $leads $shape" >"$work/pg.made"
    fi
else
    db=$work/bench-$leads-$shape.db
    if [ ! -e "$db.made" ]; then
        rm -f "$work"/bench-*.db* "$work"/demo.db*
        echo "making a database with $leads leads (some minutes, once)"
        "$build/bench_data" "$db" "$leads"
        touch "$db.made"
    fi
fi
exec python3 "$here/bench/measure.py" "$program" --bare "$build/bench_bare" --db "$db" --work "$work" "${extra[@]}"
