#!/bin/sh
# A lab that a program plays, without a screen: the command is asked for, what the program does is told,
# and what came of it. And two processes without any goal, played by hand.
. "${srcdir:-.}/tests/lib.sh"

export XDG_STATE_HOME="$PWD/state"
lab=$srcdir/tests/screen/files/program.md#outlive
ln -s "$builddir/tests/asks" asks
printf '\nq\n' | "$SOCKTUTOR" --plain >/dev/null

# plays LINE...: these lines are typed.
plays() {
	printf '%s\n' "$@" | "$SOCKTUTOR" --plain open "$lab" >out 2>err
}

plays '' ./asks 2 './asks ignore' 3 1 4
check 'nothing goes wrong' test ! -s err
check 'the calls are told' grep -q '^Process A: connect(3, ".*demo.sock") = 0' out
check 'its end is told' grep -q '^Process A was ended by SIGPIPE[.]' out
check 'what did not come about is said' grep -q 'survives was wanted; seen: ' out
check 'and how many rows held' grep -q '^4 of 6 rows hold' out
check 'what it prints is told' grep -q '^Process A prints: the server has gone' out
check 'a hint is given' grep -q 'has not said anything about it' out
check 'and counts, as any other' grep -q '"hints": 1' state/socktutor/progress.json
check 'another program meets the goal, twice' test "$(grep -c 'The goal is met' out)" -eq 2

plays '' ./nothing 4
check 'a program that is not there is said' grep -q 'there is no program' out
refuse 'and meets nothing' grep -q 'The goal is met' out
plays '' q
refuse 'who gives no command runs nothing' grep -q 'rows hold' out

printf '%s\n' 'A send()' 'B recv()' 'A exit(0)' u t q | "$SOCKTUTOR" --plain play >out 2>err
check 'play needs no screen' test ! -s err
check 'what is typed is done' grep -q '^Process B: recv(sock, buf, 4096, 0) = "hello"' out
check 'the long prompt is said once' test "$(grep -c 'what it does' out)" -eq 1
sed -n '/^<!-- demo/,/^A or B/{/^A or B/d;p}' out >played.md
status=0
"$SOCKTUTOR" run played.md >ran || status=$?
check 'the table of it can be run' test "$status" -eq 0
finish
