#!/bin/sh
# Every fault on every link, as tables that `run` carries out and `lint` reads: it does what it
# says, or both say why there is nothing of the kind on that link.
. "${srcdir:-.}/tests/lib.sh"

# table LINK DEED ROWS: a demo that begins with the deed.
table() {
	printf '<!-- demo: id=t link=%s patience=%s -->\n| Process A | Process B |\n|---|---|\n' "$1" \
		"${patience:-3s}"
	printf '| | `%s` |\n' "$2"
	printf '%s\n' "$3"
}

# expect STATUS WORDS COMMAND...
expect() {
	wanted=$1 words=$2
	shift 2
	status=0
	"$SOCKTUTOR" "$@" >out 2>err || status=$?
	if [ "$status" -eq 2 ] && grep -qE 'cannot be (cut|held up|filled|made to miss)' err; then
		leave_out "$words"
		return
	fi
	check "$words" test "$status" -eq "$wanted"
	[ "$status" -eq "$wanted" ] || cat out err
}

# works LINK DEED ROWS WRONG-ROWS: the rows hold, others do not.
works() {
	table "$1" "$2" "$3" >right.md
	patience=100ms table "$1" "$2" "$4" >wrong.md
	expect 0 "$1: $2" run right.md
	expect 1 "$1: $2, and what it does not do" run wrong.md
	expect 0 "$1: lint takes $2" lint right.md
}

# no_such LINK DEED REASON: there is nothing to do it to, so the bytes arrive.
no_such() {
	table "$1" "$2" '| `send()` | |
| | `recv()` |
| | `= "hello"` |' >none.md
	expect 0 "$1: $2 changes nothing" run none.md
	check "$1: run says why" grep -q "^none.md:.*$2: $3\|$2: $3" err
	expect 2 "$1: lint refuses $2" lint none.md
	check "$1: lint says why" grep -q "^none.md:4: '$2' cannot be done with link=$1: $3" err
}

lost='| `send()` | |
| `= 5` | |
| | `recv()` |
| | blocks |'
comes='| `send()` | |
| | `recv()` |
| | `= "hello"` |'
late='| `send()` | |
| | `recv()` |
| | blocks |
| | `= "hello"` |'
full='| | `send(sock, "x", 1, MSG_DONTWAIT)` |
| | EAGAIN |'
fits='| | `send(sock, "x", 1, MSG_DONTWAIT)` |
| | `= 1` |'
killed='| | Killed |'
lives='| | `getpid()` |
| | `= 1` |'

for link in tcp tcp6 udp; do
	works $link 'cut wire' "$lost" "$comes"
	works $link 'mend wire' "$comes" "$lost"
	works $link 'misses data' "$lost" "$comes"
	works $link 'misses all' "$lost" "$comes"
	works $link 'misses nothing' "$comes" "$lost"
	works $link 'delay 80ms' "$late" "$full"
	works $link 'delay 0ms' "$comes" "$lost"
done
for link in tcp tcp6; do
	# B closes after A, who has heard of nothing: what A's kernel says never gets there.
	works $link 'misses FIN' '| `close()` | |
| FIN | |
| | `recv()` |
| | blocks |' '| `close()` | |
| | GotFIN |'
	works $link 'misses RST' '| `setsockopt(sock, SOL_SOCKET, SO_LINGER, {1, 0})` | |
| `close()` | |
| RESET | |
| | `recv()` |
| | blocks |' '| `setsockopt(sock, SOL_SOCKET, SO_LINGER, {1, 0})` | |
| `close()` | |
| | GotRST |'
done
for link in unix unix-dgram unix-seqpacket pair tcp tcp6; do
	works $link 'fill buffer' "$full" "$fits"
done
for link in unix unix-dgram unix-seqpacket pair tcp tcp6 udp; do
	works $link 'kill -9' "$killed" "$lives"
done
for link in unix unix-dgram unix-seqpacket pair; do
	no_such $link 'cut wire' 'there is no wire between Unix sockets'
	no_such $link 'mend wire' 'there is no wire between Unix sockets'
	no_such $link 'misses FIN' 'there are no segments between Unix sockets'
	no_such $link 'misses all' 'there are no segments between Unix sockets'
	no_such $link 'delay 80ms' 'nothing travels between Unix sockets'
done
no_such udp 'misses FIN' 'UDP has no FIN and no RST'
no_such udp 'fill buffer' 'the buffer of a UDP socket does not stay full'

# What run prints of them runs again, with how it was done in the last column.
table unix 'fill buffer' "$full" >again.md
"$SOCKTUTOR" run again.md >first.md 2>err
check 'how many bytes it took is in the last column' \
	grep -q '`fill buffer ([0-9]* bytes, then it is full)' first.md
expect 0 'what run printed runs again' run first.md
finish
