#!/bin/bash
# Records the samples beside this file anew, with the real tsp: ./record.sh
cd "${0%/*}" || exit
TMPDIR=$(mktemp -d)
export TMPDIR TS_SOCKET=$TMPDIR/socket TS_SLOTS=2 LC_ALL=C TZ=UTC
unset TS_ENV

# NAME COMMAND...: keeps standard output, standard error and exit code.
record() {
  local name=$1
  shift
  "$@" >"$name.out" 2>"$name.err"
  echo $? >"$name.code"
}

run() {
  tsp -B -N "${slots:-1}" -L "$1" timeout --kill-after=1 "${limit:-60}" /bin/bash -c "$2"
}

record list-empty tsp -l
run success 'exit 0' >/dev/null
run 'exit code' 'exit 3' >/dev/null
run 'killed [x]' 'sleep 60' >/dev/null
limit=1 run 'time limit' 'sleep 60' >/dev/null
tsp -B -L skipped -D 1 true >/dev/null
sleep 0.5
tsp -k 2
sleep 2
run $'two\n9    finished   x   0   0.00/0.00/0.00 lines' 'sleep 60' >/dev/null
slots=9 run waits 'exit 0' >/dev/null
record submit run another 'sleep 60'
record list tsp -l
record info-success tsp -i 0
record info-exit tsp -i 1
record info-killed tsp -i 2
record info-limit tsp -i 3
record info-running tsp -i 5
record info-unknown tsp -i 77
record state-unknown tsp -s 77
record remove-running tsp -r 5
record kill-queued tsp -k 6
record kill-running tsp -k 5
record no-server env TS_SOCKET=/nonexistent/socket tsp -B true
record list-no-server env TS_SOCKET=/nonexistent/socket tsp -l
tsp -k 7
tsp -K
rm -r "$TMPDIR"
