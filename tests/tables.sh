#!/bin/sh
# Tables that no lesson has: what holds, what does not and what is said of it, and Markdown as
# others write it.
. "${srcdir:-.}/tests/lib.sh"

data=$srcdir/tests/unit/data

# ran STATUS ARGS...: socktutor ARGS; the exit status must be STATUS.
ran() {
	want=$1
	shift
	status=0
	"$SOCKTUTOR" "$@" >out 2>err || status=$?
	check "$*: exit status $want" test "$status" -eq "$want"
	[ "$status" -eq "$want" ] || cat err
}

# said TEXT: standard error has this line, and it once.
said() {
	check "it says: $1" test "$(grep -cF -- "$1" err)" -eq 1
}

# What holds does so at any pace, and what was printed of it runs again.
ran 0 lint "$data/holds.md"
status=0
"$SOCKTUTOR" run "$data/holds.md" >out 2>err || status=$?
if [ "$status" -eq 2 ] && grep -qE 'Segments cannot be seen|cannot be cut' err; then
	leave_out 'what holds: this machine does not let segments be seen'
else
	check 'what holds does' test "$status" -eq 0
	cat err
	cp out again.md
	ran 0 run again.md
	ran 0 run --pace 300ms "$data/holds.md#peeked" "$data/holds.md#urgent" \
		"$data/holds.md#interrupted" "$data/holds.md#no-room"
fi

# What does not is told as it was seen.
ran 1 run "$data/differs.md#after-the-end"
said 'differs.md:11: Process A: expected = 5, saw = -1 EPIPE (Broken pipe)'
said 'differs.md:12: Process A cannot take this action: it has ended'
said 'differs.md:13: Process A: expected EOF, saw +++ killed by SIGPIPE +++'
# shellcheck disable=SC2016
check 'a call that was not made has returned nothing' grep -qF '| `Terminated` |' out
ran 1 run "$data/differs.md#too-sure"
said 'differs.md:31: Process A: expected EPIPE + SIGPIPE, saw = -1 EPIPE (Broken pipe)'
if "$SOCKTUTOR" run "$data/differs.md#one-segment" 2>&1 >/dev/null | grep -q 'Segments cannot'; then
	leave_out 'a segment is told once: this machine does not let segments be seen'
else
	ran 1 run "$data/differs.md#one-segment"
	said 'differs.md:23: Process B: expected EOF, saw = -1 ECONNRESET (Connection reset by peer)'
	check 'a segment of which both cells speak is told once' \
		test "$(grep -F 'GotRST' out | grep -o 'A→B RST' | wc -l)" -eq 1
fi

# Two hundred rows.
{
	echo '| Process A | Process B |'
	echo '|---|---|'
	for i in $(seq 66); do
		echo "| send(sock, \"r$i\") | |"
		echo '| | recv() |'
		echo "| | = \"r$i\" |"
	done
} >long.md
ran 0 run --link unix-seqpacket long.md
check 'each of its rows is printed' test "$(grep -c '| = "r' out)" -eq 66

# As others write it: a byte order mark, CRLF, tabs, no newline at the end, bars that are missing.
printf '\357\273\277# T\r\n\r\n<!-- demo: id=crlf\r\n     link=unix -->\r\n\r\n' >odd.md
printf '|\tProcess A\t|\tProcess B\t|\r\n|:--|--:|\r\n|\t`send()`\t|\t|\r\n| | `recv()` |' >>odd.md
ran 0 run odd.md
cat >odd.md <<'EOF'
Setext
======

Process A | Process B
--- | ---
`send()` |
= 5 |
 | `recv()`
 | = "hello"

1. > | Process A | Process B |
   > |---|---|
   > | **`close()`** | |
   > | | [`recv()`](#setext) |
   > | | *EOF* |

```
| Process A | Process B |
|---|---|
| `sned()` | |
```
EOF
ran 0 run odd.md
check 'a table in a quote in a list is a demo' test "$(grep -c '^<!-- demo' out)" -eq 2

# One mistake is one line, however many demos of the file are asked for.
cat >bad.md <<'EOF'
| Process A | Process B |
|---|---|
| send(sock, "a|b") | |
| = 3 | |
EOF
ran 2 run bad.md#a bad.md#b bad.md
said 'bad.md:3: this row has more cells than the table has columns; a bar in a cell is written \|'
check 'and nothing else' test "$(wc -l <err)" -eq 1
ran 2 run nothing.md
said 'nothing.md: cannot be opened: No such file or directory'
ran 2 runn bad.md
said "no command 'runn' (did you mean 'run'?)"
finish
