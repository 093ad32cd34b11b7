# usage: COUNT EXECUTABLE [ARGUMENT...]
PSIJ_PROCESS_COUNT=$1
export PSIJ_PROCESS_COUNT
shift

# A copy in the background would read /dev/null. If standard input is a file, each copy opens it for
# itself and reads all of it; anything else is shared.
exec 3<&0
if [ -f /dev/fd/3 ] && [ -r /dev/fd/3 ]; then
  own_input=yes
else
  own_input=no
fi

copy() {
  PSIJ_PROCESS_INDEX=$index
  export PSIJ_PROCESS_INDEX
  if [ "$own_input" = yes ]; then
    exec 0</dev/fd/3
  else
    exec 0<&3
  fi
  exec 3<&-
  exec "$@"
}

pids=
index=0
while [ "$index" -lt "$PSIJ_PROCESS_COUNT" ]; do
  copy "$@" &
  pids="$pids $!"
  index=$((index + 1))
done
exec 3<&-

# who tells this to end tells the copies too, and they may have a last step to take
trap told=yes INT QUIT TERM USR1 USR2 XCPU

first_failure=0
for pid in $pids; do
  told=yes
  while [ -n "$told" ]; do # a signal ends the wait, but not the copy
    told=
    wait "$pid"
    code=$?
  done
  if [ "$first_failure" -eq 0 ]; then
    first_failure=$code
  fi
done
exit "$first_failure"
