# shellcheck shell=bash disable=SC2034
# What the scripts of the testbed share: its folder, its ports, and how daemons start and end.
umask 022

dir=${PSIJ_TESTBED_DIR:-/var/tmp/psij-testbed}
port=${PSIJ_TESTBED_PORT:-16800}
host=$(uname -n)
host=${host%%.*}
system_path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

say() { echo "testbed: $*" >&2; }

die() {
  say "$@"
  exit 1
}

# wait_for SECONDS COMMAND…
wait_for() {
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < end)) || return 1
    sleep 0.1
  done
}

close_inherited_files() {
  local file
  for file in /proc/"$BASHPID"/fd/*; do
    file=${file##*/}
    ((file <= 2)) || eval "exec $file>&-"
  done
}

# launch LOG COMMAND…: jobs inherit the environment of the daemons, and an open file keeps the reader of
# a pipe waiting, so a daemon gets neither from the caller.
launch() {
  local log=$1
  shift
  (
    cd /
    close_inherited_files
    exec env -i PATH="$system_path" LANG=C.UTF-8 "$@"
  ) </dev/null >>"$log" 2>&1
}

# The processes with this name that have to do with this folder; of an earlier run, too.
daemons() {
  local pid
  for pid in $(pgrep -x "$1"); do
    if grep -qsaF "$dir/" "/proc/$pid/environ" "/proc/$pid/cmdline"; then
      echo "$pid"
    fi
  done
}

none_runs() { [ -z "$(daemons "$1")" ]; }

# end_daemons NAME…: in this order
end_daemons() {
  local name pid
  for name in "$@"; do
    for pid in $(daemons "$name"); do
      kill "$pid" 2>/dev/null || true
    done
    wait_for 10 none_runs "$name" && continue
    for pid in $(daemons "$name"); do
      say "$name ($pid) did not end in 10 s and is killed"
      kill -KILL "$pid" 2>/dev/null || true
    done
  done
}

kill_tree() {
  local child
  for child in $(pgrep -P "$1"); do
    kill_tree "$child"
  done
  kill -KILL "$1" 2>/dev/null || true
}

# kill_with_children NAME…: for what takes long to end well and has nothing to keep, and for what should
# be gone already
kill_with_children() {
  local name pid
  for name in "$@"; do
    for pid in $(daemons "$name"); do
      kill_tree "$pid"
    done
    wait_for 10 none_runs "$name" || say "$name still runs"
  done
}

# Keeps the logs of one earlier start.
new_logs() {
  rm -rf "$1.previous"
  if [ -d "$1" ]; then
    mv "$1" "$1.previous"
  fi
  mkdir -p "$1"
}

# die_with_logs FOLDER REASON…
die_with_logs() {
  local logs=$1
  shift
  say "$@"
  tail -n 5 "$logs"/*.log >&2 || true
  exit 1
}

# wrappers NAME VARIABLE=VALUE… -- PROGRAM…: a folder of its own for the commands of a scheduler, which
# find it with nothing set
wrappers() {
  local folder=$dir/commands/$1 variables=() program
  shift
  while [ "$1" != -- ]; do
    variables+=("$1")
    shift
  done
  shift
  rm -rf "$folder"
  mkdir -p "$folder"
  for program in "$@"; do
    {
      echo "#!/bin/sh"
      echo "export ${variables[*]}"
      echo "exec $program \"\$@\""
    } >"$folder/${program##*/}"
  done
  chmod 755 "$folder"/*
}
