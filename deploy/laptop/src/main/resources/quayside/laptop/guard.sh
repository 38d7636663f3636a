# Runs a command and stops it when our standard input closes, so that no server outlives the one who started it, not
# even after kill -9. Usage: bash -c "$(cat guard.sh)" guard SIGNAL COMMAND...
# Job control gives the command a process group of its own: Ctrl-C in a terminal reaches whoever started it, who then
# stops its servers in order.
set -m
signal=$1
shift
exec 3<&0
"$@" 3<&- </dev/null &
child=$!
# From here on whoever reads our output may be gone, and a message of the shell's would end us.
exec >/dev/null 2>&1
trap : INT
trap 'kill -s "$signal" "$child" 2>/dev/null' TERM HUP
{
  cat <&3 >/dev/null
  kill -s "$signal" "$child"
  # The application may write its cache of classes at the end, which takes a while.
  sleep 60
  kill -s KILL "$child"
} 2>/dev/null &
watcher=$!
# Not a job of ours any more: its end is not worth a message.
disown "$watcher"
# A trapped signal ends `wait` early.
while kill -0 "$child" 2>/dev/null; do
  wait "$child"
  status=$?
done
kill -s KILL -- "-$watcher" 2>/dev/null
exit "${status:-0}"
