#!/usr/bin/env bash
# The one test command: builds with sanitizers, starts a temporary PostgreSQL, runs everything, prints the sum.
set -u
cd "$(dirname "$0")/.."
export LANTING_TEST_DEPS=1
tools/deps.sh || exit 1
build=${LANTING_TEST_BUILD:-build-test}
failed=0
passed=0
note() { printf '\n== %s\n' "$1"; }

note "layers and style"
if tools/check_layers && tools/check_style; then passed=$((passed + 1)); else failed=$((failed + 1)); fi

note "build with sanitizers"
cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DLANTING_SANITIZE=ON >"$build.log" 2>&1 || { cat "$build.log"; exit 1; }
cmake --build "$build" -j "$(nproc)" >"$build.log" 2>&1 || { grep -E 'error|FAILED' -A5 "$build.log" | head -60; exit 1; }

note "PostgreSQL"
pgdir=$(mktemp -d -u)
LANTING_TEST_PG=$(tests/support/pg_cluster.sh start "$pgdir") || exit 1
export LANTING_TEST_PG
trap 'tests/support/pg_cluster.sh stop "$pgdir"' EXIT
export G_SLICE=always-malloc ASAN_OPTIONS=detect_leaks=1

note "C tests on both engines"
ctest --test-dir "$build" -j 4 --output-on-failure --timeout 2400 2>&1 | tee "$build-ctest.log" | grep -vE '^ *(Start|Test project)' | tail -n 120
p=$(grep -cE ' Passed ' "$build-ctest.log"); f=$(grep -cE '\*\*\*(Failed|Exception|Timeout|Not Run)' "$build-ctest.log")
passed=$((passed + p)); failed=$((failed + f))

note "golden files"
if tools/golden.sh "$build/lanting" compare; then passed=$((passed + 1)); else failed=$((failed + 1)); fi

note "web: types, unit tests, size"
for step in typecheck lint test budget; do
    if (cd web && npm run --silent "$step"); then passed=$((passed + 1)); else echo "web $step failed"; failed=$((failed + 1)); fi
done

if ls tests/browser/*.test.mjs >/dev/null 2>&1; then
    note "browser"
    for t in tests/browser/*.test.mjs; do
        if LANTING_PROGRAM="$PWD/$build/lanting" node --test --test-timeout 1200000 "$t"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
    done
fi

printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
