#!/bin/sh
# Programs that do harm, or try to: they are bounded, it is said, and nothing of the learner's is
# touched.
. "${srcdir:-.}/tests/lib.sh"

# By a path of its own: another run of this test at the same time is not what is left of this one.
hostile=$test_dir/hostile
cp "$builddir/tests/hostile" "$hostile"
mkdir lessons
cat >lessons/one.md <<'END'
---
title: One
---

# One

<!-- lab: id=quiet link=unix a=program patience=1s title="Quiet" -->

Exit in peace.

| Process A | Process B   |
|-----------|-------------|
|           | `accept()`  |
| exited 0  |             |

<!-- hint -->

None.
END
# A row of it has the time for 20,000 calls, also where they are slow.
sed 's/id=quiet/id=patient/; s/patience=1s/patience=20s/' lessons/one.md >lessons/two.md
SOCKTUTOR_LESSONS=$PWD/lessons
export SOCKTUTOR_LESSONS
echo precious >precious
mkdir outside
"$SOCKTUTOR" lab quiet -- true >out 2>err || {
	cat out err
	grep -q 'no program can be run here' out err && skip 'programs cannot be confined here'
}

lab=quiet
# tries WORDS WAY [ARG]...: what it does is over soon, got it nothing, and left nothing.
tries() {
	words=$1
	shift
	status=0
	timeout 20 "$SOCKTUTOR" lab "$lab" --format json -- "$hostile" "$@" >out 2>err || status=$?
	check "$words: it is over" test "$status" -lt 124
	check "$words: it got nothing" sh -c '! grep ESCAPED out'
	check "$words: nothing is left" sh -c '! pgrep -f "^$0"' "$hostile"
}
said() {
	check "$words: $1" grep -q "$1" out
}

tries 'forks for ever' fork
said 'more than 64 processes and threads'
tries 'threads for ever' threads
said 'more than 64 processes and threads'
tries 'prints for ever' prints
said '"cut": *true'
check 'what is kept of that is bounded' test "$(grep -c '"output"' out)" -lt 4000
tries 'holds the pipe that it prints to' holds
tries 'ignores all signals' stays
said 'kill -9'
tries 'leaves children behind' leaves
tries 'closes descriptors that are not its own' closes
tries 'traces others' traces
said 'ptrace() is not one of the calls'
tries 'kills all' kills
tries 'goes to the network' network
tries 'mounts' mounts
said 'mount() is not one of the calls'
tries 'makes namespaces' unshare
tries 'makes namespaces another way' clone
tries 'goes past the filter' io_uring
tries 'eats memory' eats
tries 'fills the disk' fills
lab=patient
tries 'calls for ever' calls
lab=quiet
said 'more than 20000 calls'
find . ! -name out ! -name err ! -path './state*' ! -name before >before
tries 'deletes files' deletes "$PWD/precious" precious outside /etc/passwd "$HOME/.profile" "$hostile"
check 'what was there is as it was' sh -c 'test "$(cat precious)" = precious && test -d outside'
find . ! -name out ! -name err ! -path './state*' ! -name before ! -name after >after
check 'and nothing is new' cmp before after

# Somebody's socket: this machine's.
python=$(python3 -c 'import sys; print(sys.executable)' 2>/dev/null)
if [ -n "$python" ]; then
	mkfifo up
	"$python" -c 'import socket, time
s = socket.socket(socket.AF_UNIX)
s.bind("door")
s.listen()
open("up", "w").close()
s.accept()
open("opened", "w").close()' &
	door=$!
	: <up
	tries 'knocks at a door outside' knocks "$PWD/door"
	said 'is a socket outside the stage'
	tries 'knocks with a path of its own' knocks door
	said 'is a socket outside the stage'
	check 'nobody came in' test ! -e opened
	kill "$door"
	wait "$door" 2>/dev/null
fi

# The test itself: what gets away is found.
(cd outside && "$hostile" deletes ../precious) >out
check 'what gets away is found' grep -q ESCAPED out
finish
