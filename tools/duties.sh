#!/usr/bin/env bash
# Runs the acceptance tests of the duties and prints one line per duty: id, what, state, number of tests.
#   tools/duties.sh [build directory, default build-test]
# States: pass, part (what is there passes, but the duty asks for more), fail, — (no test yet). Test paths begin with the duty id.
set -u
cd "$(dirname "$0")/.."
build=${1:-${LANTING_TEST_BUILD:-build-test}}
work=$(mktemp -d)
pgdir=
finish() {
    [ -n "$pgdir" ] && tests/support/pg_cluster.sh stop "$pgdir" >/dev/null 2>&1
    rm -rf "$work"
}
trap finish EXIT

duties() {
    cat <<'TABLE'
LM-1|answers to the operations director
LM-2|leasing plans for year, quarter, month
LM-3|market research, competitors
LM-4|customer files, follow-up, archive of signed customers
LM-5|daily report, channels, monthly channel analysis
LM-6|reviews each lease, then issues the payment order
LM-7|runs the leasing centre day to day
LM-8|morning and evening meeting
LM-9|discipline: attendance, appearance, attitude
LM-10|key-account negotiation, complaints
LS-1|supervisor answers to the manager
LS-2|shares management, delegation
LS-3|follows the manager's direction
LS-4|follows company rules
LS-5|works by the leasing process
LS-6|develops customers, monthly task
LS-7|reports each customer's state daily
LS-8|market research and forecast
LS-9|collects market and customer information
LS-10|new merchants, channels, target files
LS-11|visits and revisits on schedule
LS-12|answers calls, records customers
LS-13|receives visitors, explains policy
LS-14|daily meeting: problems and solutions
LS-15|follows up hopeful customers
LS-16|helps a customer choose a unit
LS-17|letter of intent, lease, customer record
LS-18|helps the customer prepare to open
LS-19|visit plans, visit reports on time
LS-20|leasing materials complete
LS-21|leasing centre clean and orderly
LS-22|other assigned work
LC-1|enters, organises, archives customer information
LC-2a|keeps the seal
LC-2b|classifies customer papers, files
LC-3|leasing statistics
LC-4|department administration
LC-5|attendance of the leasing centre
LC-6|enters and classifies visits, calls, customers
LC-7|complete, correct, timely reports
LC-8|prepares and replenishes site materials
LC-9|sorts, classifies, archives documents
LC-10|coordination between departments
LC-11|keeps office supplies
LC-12|minutes of meetings
LC-13|ad-hoc work
OM-1|answers to the operations director
OM-2|annual plan and budget
OM-3|positioning and tenant mix
OM-4|entry, fit-out, opening of signed merchants
OM-5|operations management agreement
OM-6|opening preparation with authorities
OM-7|fit-out procedures, safe work, licences
OM-8|watches merchants, corrects violations
OM-9|visits merchants, plans activities
OM-10|advertising space
OM-11|adjusts tenant mix, replaces weak merchants
OM-12|builds the team
OM-13|trains staff
OM-14|attendance, areas of responsibility
OM-15|processes, scope and standards of work
OM-16|daily morning and evening meetings
OM-17|assesses staff against targets
OM-18|interface with property services
OM-19|other work
OS-1|answers to the operations manager
OS-2|carries out assigned tasks
OS-3|joint acceptance of the unit
OS-4|signs agreements, arranges entry
OS-5|storefront sign, drawings
OS-6|supervises fit-out
OS-7|daily timed patrol
OS-8|knows each merchant's business
OS-9|solves what troubles merchants
OS-10|shift handover
OS-11|move-out with settlement
OS-12|promotions and events
OS-13|complaints within own scope
OS-14|supervisor oversees subordinates
OS-15|collects rent on time and in full
OS-16|regular visits to all merchants
OS-17|other work
OC-1|enters and archives merchant information
OC-2|keeps the operations seal
OC-3|keeps merchant information confidential
OC-4|operations statistics
OC-5|department administration
OC-6|attendance
OC-7|income and expense ledger
OC-8|coordination
OC-9|office supplies
OC-10|minutes
OC-11|other work
LF-1|answer the call
LF-2|receive the visit
LF-3|from the call to trading, one chain
TABLE
}

# What a duty asks for beyond what there is; its tests cover the rest.
lacks() {
    case $1 in
    LM-1 | OM-1) echo "plans to submit (LM-2)" ;;
    LS-6) echo "personal targets" ;;
    LF-3) echo "the chain after the handover" ;;
    OM-14) echo "attendance" ;;
    esac
}

# One line "ok|bad <path>" per test of a program. A test that aborts takes the rest along: those run again, each alone.
run_program() {
    local program=$1 out
    out=$work/$(basename "$program")
    "$program" -l 2>/dev/null | grep '^/' | sort -u >"$out.list"
    timeout 900 "$program" --tap >"$out.tap" 2>"$out.err"
    grep -aE '^ok [0-9]+ /' "$out.tap" | grep -av '# SKIP' | awk '{ print $3 }' | sort -u >"$out.ok"
    grep -aE '^ok [0-9]+ /.*# SKIP' "$out.tap" | awk '{ print $3 }' | sort -u >"$out.skip"
    sort -u "$out.ok" "$out.skip" | comm -23 "$out.list" - | while read -r path; do
        if timeout 300 "$program" --tap -p "$path" >"$out.one" 2>>"$out.err" && grep -qaE "^ok .*$path" "$out.one"; then
            grep -qa '# SKIP' "$out.one" || echo "$path" >>"$out.ok"
        else
            echo "$path" >>"$out.bad"
        fi
    done
    sed 's/^/ok /' "$out.ok"
    if [ -f "$out.bad" ]; then sed 's/^/bad /' "$out.bad"; fi
}

if ! ls "$build"/duties_* >/dev/null 2>&1; then
    echo "no tests in $build; build first: cmake -S . -B $build -G Ninja -DLANTING_SANITIZE=ON && cmake --build $build" >&2
    exit 2
fi
if [ -z "${LANTING_TEST_PG:-}" ]; then
    pgdir=$(mktemp -d -u)
    if url=$(tests/support/pg_cluster.sh start "$pgdir" 2>/dev/null); then
        export LANTING_TEST_PG=$url
    else
        pgdir=
        echo "PostgreSQL could not be started: the embedded engine alone" >&2
    fi
fi
export work
export -f run_program
find "$build" -maxdepth 1 -type f -name 'duties_*' -perm -u+x | sort \
    | xargs -P "${JOBS:-$(nproc)}" -I{} bash -c 'run_program {}' >"$work/results"

printf '%-6s %-52s %-5s %5s\n' duty what state tests
total=0 passed=0 failed=0 partly=0
while IFS='|' read -r id what; do
    good=$(grep -c "^ok /$id/" "$work/results")
    bad=$(grep -c "^bad /$id/" "$work/results")
    state=— lack=$(lacks "$id")
    total=$((total + 1))
    if [ "$bad" -gt 0 ]; then
        state=fail failed=$((failed + 1))
    elif [ "$good" -gt 0 ] && [ -n "$lack" ]; then
        state=part partly=$((partly + 1)) what="$what (lacks: $lack)"
    elif [ "$good" -gt 0 ]; then
        state=pass passed=$((passed + 1))
    fi
    printf '%-6s %-52s %-5s %5d\n' "$id" "$what" "$state" "$((good + bad))"
done < <(duties)
grep '^bad ' "$work/results" | sed 's/^bad /failed: /'
printf '%d duties: %d pass, %d in part, %d fail, %d without a test\n' "$total" "$passed" "$partly" "$failed" \
    "$((total - passed - partly - failed))"
[ "$failed" = 0 ]
