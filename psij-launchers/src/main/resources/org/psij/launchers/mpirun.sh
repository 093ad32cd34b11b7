# usage: COUNT PER_NODE CORES EXECUTABLE [ARGUMENT...]
# PER_NODE is empty where the scheduler spreads the processes; CORES is for each process.
count=$1
per_node=$2
cores=$3
shift 3

if ! command -v mpirun >/dev/null 2>&1; then
  echo "psij: mpirun was not found in PATH=$PATH" >&2
  exit 127
fi

# mpirun would take an argument that is a lone colon for the start of another program.
for argument in "$@"; do
  if [ "$argument" = : ]; then
    script="exec"
    for word in "$@"; do
      script="$script '$(printf '%s.' "$word" | sed "s/'/'\\\\''/g")"
      script="${script%.}'"
    done
    set -- /bin/bash -p -c "$script"
    break
  fi
done

nodes=1
if [ -n "${PSIJ_NODEFILE-}" ] && [ -r "$PSIJ_NODEFILE" ]; then
  nodes=$(sort -u "$PSIJ_NODEFILE" | wc -l)
fi

case "$(mpirun --version 2>&1 </dev/null)" in
  *"Open MPI"* | *OpenRTE* | *open-mpi*)
    if [ "$nodes" -gt 1 ] && [ -n "$per_node" ]; then
      map="ppr:$per_node:node:OVERSUBSCRIBE"
    else
      map=:OVERSUBSCRIBE
    fi
    set -- --map-by "$map" -n "$count" "$@"
    if [ "$cores" -gt 1 ]; then
      set -- --bind-to none "$@" # each of one or two processes would be kept on a single core
    fi
    if [ "$(id -u)" -eq 0 ]; then
      set -- --allow-run-as-root "$@"
    fi
    exec mpirun "$@"
    ;;
  *HYDRA* | *MPICH* | *"Intel(R) MPI"*)
    stopped=
    trap stopped=yes TERM
    if [ "$nodes" -gt 1 ] && [ -n "$per_node" ]; then
      mpirun -ppn "$per_node" -n "$count" "$@"
    else
      mpirun -n "$count" "$@"
    fi
    code=$?
    # told to end, it may return 0 as if all had gone well
    if [ "$code" -eq 0 ] && [ -n "$stopped" ]; then
      trap - TERM
      kill -TERM $$
    fi
    exit "$code"
    ;;
  *)
    exec mpirun -n "$count" "$@"
    ;;
esac
