# usage: OPTIONS AND COMMAND OF SRUN...
stopped=
trap stopped=yes TERM
srun "$@"
code=$?
# told to end, it returns 0 when its step ends later than it likes to wait
if [ "$code" -eq 0 ] && [ -n "$stopped" ]; then
  trap - TERM
  kill -TERM $$
fi
exit "$code"
