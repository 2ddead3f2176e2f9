#!/bin/sh
# `compare`: a demo run twice with one thing changed. What differs between the two runs is
# told, explained and the exit status; what the table promises is not.
. "${srcdir:-.}/tests/lib.sh"

TMPDIR=$PWD/tmp
export TMPDIR
mkdir tmp
links='unix unix-dgram unix-seqpacket pair tcp tcp6 udp'

# compared STATUS ARGS...: socktutor compare ARGS; the exit status must be STATUS.
compared() {
	want=$1
	shift
	status=0
	"$SOCKTUTOR" compare "$@" >out 2>err || status=$?
	check "compare $*: exit status $want" test "$status" -eq "$want"
	[ "$status" -eq "$want" ] || cat out err
}

# row N: the Nth row of the table that was printed.
row() {
	sed -n "s/^| $1 *|//p" out
}

# told N TEXT, not_told N TEXT: what row N holds.
told() {
	check "row $1 tells: $2" sh -c 'case $1 in *"$2"*) ;; *) exit 1; esac' - "$(row "$1")" "$2"
}

not_told() {
	refuse "row $1 does not tell: $2" sh -c 'case $1 in *"$2"*) ;; *) exit 1; esac' - \
		"$(row "$1")" "$2"
}

# says TEXT: the sentence below the table.
says() {
	check "it says: $1" sh -c 'tail -n 1 out | grep -qF -- "$1"' - "$1"
}

#
# Both tables that everybody tells, Unix against TCP.
#
compared 1 broken-pipe#classic --link unix,tcp
told 3 '`EPIPE + SIGPIPE`'
told 3 '`= 5`'
told 3 '**here the two part**'
told 4 'lives on'
not_told 2 'differs'
says 'over unix send() fails with EPIPE + SIGPIPE; over tcp send() returns 5.'
says 'knows at once that nobody will read'
compared 1 broken-pipe#classic --link tcp,unix
says 'over tcp send() returns 5; over unix send() fails with EPIPE + SIGPIPE.'
says 'knows at once that nobody will read'
compared 1 --link tcp broken-pipe#classic
told 3 '`EPIPE + SIGPIPE`'

"$SOCKTUTOR" run connection-reset#classic >out 2>err
if grep -qE 'Segments cannot be seen|cannot be made to miss' err; then
	leave_out 'compare connection-reset#classic: the wire cannot be seen here'
else
	compared 1 connection-reset#classic --link unix,tcp
	told 2 '`send()` → `EPIPE + SIGPIPE, Terminated`'
	told 2 '**here the two part**'
	told 3 'unseen'
	told 3 '`RESET`'
	not_told 3 'differs'
	told 5 'not made'
	told 6 '`ECONNRESET`'
	says 'Over unix there are no segments: nothing is missed there.'

	compared 1 connection-reset#classic --a-misses FIN,none
	told 6 '`ECONNRESET`'
	told 6 '`EOF`'
	told 6 '**here the two part**'
	says 'Where the FIN was lost, the RST is the first news'
	compared 0 connection-reset#classic --a-misses FIN
	says 'Both runs show the same.'
	compared 1 connection-reset#classic --a-misses FIN+RST
	says 'It was sent, and lost on its way.'

	compared 1 connection-reset#write-first-tcp --link unix,tcp
	told 8 '`ECONNRESET`'
	says 'A Unix socket has no segments'
	# What its process did not live to do is not what was seen.
	told 13 'nothing'
	not_told 13 'lives on'
	compared 0 half-close#half --link unix,tcp
	told 3 'unseen'
fi

compared 1 broken-pipe#classic --a-sigpipe default,ignore
says 'with SIGPIPE ignored in A, send() fails with EPIPE. The error is the same'
compared 0 broken-pipe#classic --b-sigpipe ignore
compared 1 broken-pipe#classic --link unix,unix-seqpacket
says 'Linux raises SIGPIPE for streams'
compared 1 broken-pipe#classic --link unix,unix-dgram
says 'A datagram looks for its receiver each time'
compared 1 sockets#glued --link unix,unix-seqpacket
says 'A stream keeps no boundaries'

#
# All pairs of links.
#
cat >talk.md <<'END'
| Process A           | Process B            |
|---------------------|----------------------|
| `send()`            |                      |
| `= 5`               |                      |
|                     | `recv()`             |
|                     | `= "hello"`          |
| `recv()`            |                      |
| `blocks`            |                      |
|                     | `send(sock, "ok")`   |
| `= "ok"`            |                      |
| `getsockname(sock)` |                      |
| `getpid()`          | `copy = dup(sock)`   |
END
cat >gone.md <<'END'
| Process A | Process B |
|-----------|-----------|
|           | `close()` |
| `send()`  |           |
| `= 5`     |           |
END
# What send() does in gone.md over each link; the capital letters stand for it.
seen() {
	case $1 in
	unix | pair) echo A ;;
	unix-seqpacket) echo B ;;
	unix-dgram) echo C ;;
	*) echo D ;;
	esac
}
later=$links
for one in $links; do
	compared 0 talk.md --link "$one,$one"
	compared 0 gone.md --link "$one,$one"
	later=${later#"$one"}
	later=${later# }
	for other in $later; do
		compared 0 talk.md --link "$one,$other"
		compared "$([ "$(seen "$one")" = "$(seen "$other")" ] && echo 0 || echo 1)" \
			gone.md --link "$one,$other"
	done
done

#
# What the table promises is not what is compared.
#
cat >wrong.md <<'END'
# Wrong

| Process A | Process B |
|-----------|-----------|
|           | `close()` |
| `send()`  |           |
| `= 7`     |           |

## Made by hand

<!-- demo: link=none -->

| Process A                | Process B |
|--------------------------|-----------|
| `sock = socket(AF_UNIX)` |           |
| `connect(sock, "x")`     |           |
| `ENOENT`                 |           |
END
compared 0 wrong.md#wrong --link unix,pair
told 3 '`EPIPE + SIGPIPE, Terminated`'
compared 1 wrong.md#wrong --link unix,tcp

#
# JSON.
#
compared 1 broken-pipe#classic --link unix,tcp --format json
check 'a line for each row' test "$(grep -c '^{"kind":"row",' out)" -eq 4
check 'one line for the whole' test "$(grep -c '^{"kind":"comparison",' out)" -eq 1
check 'the first difference is told' grep -q '^{"kind":"comparison",.*"first":3,' out
check 'so is each that differs' test "$(grep -c '"differs":true' out)" -eq 2
compared 0 talk.md --link unix,tcp --format json
refuse 'without a difference there is no first' grep -q '"first":' out

#
# What cannot be compared, and why.
#
# no TEXT ARGS...: it cannot; TEXT is part of what is said.
no() {
	text=$1
	shift
	compared 2 "$@"
	check "it says: $text" grep -qF -- "$text" err
	check 'nothing is printed' test ! -s out
}
no "socktutor: --link 'unx': link=unx is wrong" broken-pipe#classic --link unx,tcp
no 'link= is wrong' broken-pipe#classic --link unix,
no 'two values at most' broken-pipe#classic --link unix,tcp,udp
no 'a-misses=FUN is wrong' connection-reset#classic --a-misses FUN
no 'no segments can be missed' broken-pipe#classic --a-misses FIN
no 'a-sigpipe=off is wrong' broken-pipe#classic --a-sigpipe off
no 'one change at a time: --link or --a-sigpipe' broken-pipe#classic --link tcp --a-sigpipe ignore
no 'what is to be changed' broken-pipe#classic
no 'one demo at a time' --link tcp
no 'one demo at a time' --link tcp broken-pipe#classic connection-reset#classic
no 'say which' broken-pipe --link tcp
no "no demo 'clasic'" broken-pipe#clasic --link tcp
no "no lesson 'broken'" broken#classic --link tcp
no "no format 'html'" broken-pipe#classic --link tcp --format html
no 'makes its sockets itself' wrong.md#made-by-hand --link tcp
no 'nobody makes the sockets' wrong.md#wrong --link none
no 'wrong.md has 2 demos' wrong.md --link tcp
compared 0 wrong.md#made-by-hand --a-sigpipe ignore

#
# Where namespaces are refused: one after the other, also with a name that both want.
#
status=0
"$builddir/tests/refuse" unshare "$SOCKTUTOR" compare broken-pipe#classic --link unix,tcp \
	>out 2>err || status=$?
check 'unshare refused: Unix and TCP differ all the same' test "$status" -eq 1
says 'knows at once that nobody will read'
not_told 2 'RST'
status=0
"$builddir/tests/refuse" unshare "$SOCKTUTOR" compare unix-domain-sockets#abstract \
	--a-sigpipe ignore >out 2>err || status=$?
check 'unshare refused: both runs can have the same name' test "$status" -eq 0
check 'it is said whose names they are' \
	grep -q "The demo's names are those of this machine" err

#
# A stage that is killed, and a tutor that is: said, and nothing is left.
#
cat >slow.md <<'END'
<!-- demo: patience=60s -->

| Process A  | Process B |
|------------|-----------|
| `recv()`   |           |
| `= "late"` |           |
END
# children PID: its children, one a word.
children() {
	cat "/proc/$1/task/$1/children" 2>/dev/null
}

# stands STAGE: its Process B is there, and so is all the rest.
stands() {
	for child in $(children "$1"); do
		grep -qx process-B "/proc/$child/comm" 2>/dev/null && return
	done
	return 1
}

# stage_of PID: its child, as soon as that stands.
stage_of() {
	stage=
	while [ -z "$stage" ] || ! stands "$stage"; do
		kill -0 "$1" 2>/dev/null || return 1
		stage=$(children "$1")
		stage=${stage% }
	done
	echo "$stage"
}
"$SOCKTUTOR" compare slow.md --link unix,tcp >out 2>err &
tutor=$!
stage=$(stage_of "$tutor")
kill -9 "$stage"
status=0
wait "$tutor" || status=$?
check 'a stage that is killed: exit status 2' test "$status" -eq 2
check 'it is said' grep -q 'The stage was ended by SIGKILL' err

"$SOCKTUTOR" compare slow.md --link unix,tcp >out 2>err &
tutor=$!
stage=$(stage_of "$tutor")
kill -9 "$tutor"
wait "$tutor" 2>/dev/null
# Whoever is left is nobody's child here: the test's own patience bounds this.
while kill -0 "$stage" 2>/dev/null && [ -n "$(children "$stage")" ]; do :; done
check 'a tutor that is killed takes its processes with it' test -z "$(children "$stage")"
check 'no directory is left' test -z "$(ls tmp)"
#
# Messages: what a call has not read of one is gone; a connection of messages has an end.
#
cat >messages.md <<'EOF'
# Messages

<!-- demo: id=rest link=unix -->
| Process A | Process B |
|---|---|
| `send(sock, "abc")` | |
| | `recv(sock, 2)` |
| | `recv()` |

<!-- demo: id=none link=unix -->
| Process A | Process B |
|---|---|
| | `recv(sock, 2)` |

<!-- demo: id=end link=unix -->
| Process A | Process B |
|---|---|
| `close()` | |
| | `recv()` |
EOF
compared 1 messages.md#rest --link unix,unix-dgram
says 'over unix recv() returns "c"; over unix-dgram recv() blocks.'
says 'of a message it is thrown away'
compared 1 messages.md#rest --link unix-seqpacket,pair
says 'of a message it is thrown away'
compared 0 messages.md#none --link unix,unix-dgram
compared 1 messages.md#end --link unix-dgram,unix-seqpacket
says 'A connection has an end, which the 0 tells.'
compared 1 messages.md#end --link unix-dgram,unix
says 'A stream has an end, which the 0 tells.'
compared 0 messages.md#end --link unix,unix-seqpacket

finish
