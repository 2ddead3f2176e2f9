#!/bin/sh
# `run --pace`: rows are begun as slowly as a learner begins them, and a table that holds
# only for the quick is found.
. "${srcdir:-.}/tests/lib.sh"

# A timer of one second ends the call.
cat >timer.md <<'EOF'
| Process A                                                | Process B | Why        |
|----------------------------------------------------------|-----------|------------|
| `setsockopt(sock, SOL_SOCKET, SO_RCVTIMEO, {1, 0})`      |           |            |
| `recv()`                                                 |           |            |
|                                                          |           | (A waits.) |
| `blocks`                                                 |           |            |
| `EAGAIN`                                                 |           |            |
EOF

# ran STATUS ARGS...: socktutor run ARGS; the exit status must be STATUS.
ran() {
	want=$1
	shift
	status=0
	"$SOCKTUTOR" run "$@" >out 2>err || status=$?
	check "run $*: exit status $want" test "$status" -eq "$want"
}

# began ROW: when the director began it in the newest run, in milliseconds.
began() {
	sed -n "s/.*\"ns\":\([0-9]*\),\"kind\":\"row\",\"row\":$1}.*/\1/p" out |
		awk '{ ms = int($1 / 1000000) } END { print ms }'
}

# apart A B LEAST: row B was begun at least LEAST ms after row A.
apart() {
	check "row $2 waits for $3 ms after row $1" test $(($(began "$2") - $(began "$1"))) -ge "$3"
}

ran 0 timer.md
ran 0 --pace 0 timer.md
ran 1 --pace 1200ms timer.md
check 'the row that holds only for the quick is told' \
	grep -q '^timer.md:6: Process A: expected blocks, saw = -1 EAGAIN' err

ran 0 --pace 150ms --repeat 2 --format json timer.md
check 'both runs are paced' test "$(grep -c '"kind":"row","row":5}' out)" -eq 2
apart 0 1 150
apart 1 2 150
apart 2 4 150
apart 4 5 150

{
	head -n 2 timer.md
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		echo '| | | Nothing. |'
	done
	echo '| `close()` | | |'
} >empty.md
timeout 9 "$SOCKTUTOR" run --pace 1s empty.md >out 2>&1
check 'nobody looks at a row that is only a note' test "$?" -eq 0

# With the rows in one step it holds for the slow, too.
{
	echo '<!-- demo: link=unix at-once=2-4 -->'
	cat timer.md
} >once.md
ran 0 --pace 1200ms --format json once.md
apart 0 1 1200
apart 1 2 1200
apart 4 5 1200
ran 0 once.md

for wrong in '' 3 -1s 1h 11m soon; do
	ran 2 --pace "$wrong" timer.md
	check 'and what would be right is said' grep -q -- '--pace takes a time such as' err
done
finish
