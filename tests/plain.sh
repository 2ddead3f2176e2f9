#!/bin/sh
# The whole course without a screen: every lesson is walked through by a reader who
# answers every prompt, and the progress afterwards is complete.
. "${srcdir:-.}/tests/lib.sh"

walk="$builddir/tests/walk"

# reader NAME COMMAND...: what it says and its exit status go to files NAME.*. All read at once.
reader() {
	name=$1
	shift
	status=0
	"$@" >"$name.out" 2>"$name.err" || status=$?
	echo "$status" >"$name.status"
}
well() {
	check "$1: nothing went wrong" test "$(cat "$1.status")" -eq 0
	[ "$(cat "$1.status")" -eq 0 ] || cat "$1.err"
}

# In another language, by somebody who only ever presses Enter.
hasty() {
	yes '' | head -n 400 | XDG_STATE_HOME=$PWD/$1 "$SOCKTUTOR" --lang "$1" --plain \
		--no-predictions open "$2"
}

for lesson in "$srcdir"/lessons/*.md; do
	id=$(basename "$lesson" .md)
	reader "$id" "$walk" "$SOCKTUTOR" --plain open "$id" &
done
for lesson in "$srcdir"/lessons/*/*.md; do
	lang=$(basename "$(dirname "$lesson")")
	id=$(basename "$lesson" .md)
	reader "$lang-$id" hasty "$lang" "$id" &
done
wait

for lesson in "$srcdir"/lessons/*.md; do
	id=$(basename "$lesson" .md)
	demos=$(grep -c '^<!-- demo:' "$lesson")
	check "$id: read to its end" grep -q 'That was the last page of this lesson' "$id.out"
	check "$id: all $demos demos were carried out" \
		test "$(grep -c 'That was the last step of this demo' "$id.out")" -eq "$demos"
	refuse "$id: nothing else was seen than the tables say" grep -q '; seen: ' "$id.out"
	well "$id"
done
"$SOCKTUTOR" progress >out
check 'all lessons are done' grep -q ' 12 done' out

# Progress is that of the lesson, in whatever language it was read.
for lesson in "$srcdir"/lessons/*/*.md; do
	lang=$(basename "$(dirname "$lesson")")
	id=$(basename "$lesson" .md)
	demos=$(grep -c '^<!-- demo:' "$lesson")
	well "$lang-$id"
	check "$lang/$id: it was read" grep -qF "$(sed -n 's/^title: //p' "$lesson")" "$lang-$id.out"
	XDG_STATE_HOME=$PWD/$lang "$SOCKTUTOR" progress >out
	check "$lang/$id: all $demos demos count for the lesson" \
		grep -q "^$id .*demos $demos/$demos " out
done

# A table can be listened to, and the lesson that was left is called by its title.
printf '2\n\nQ\n' | XDG_STATE_HOME=$PWD/left "$SOCKTUTOR" --plain >out 2>&1
check 'a row begins with its first cell' \
	grep -q '^• a connection over: a Unix stream socket$' out
check 'and each further cell stands after its heading' \
	grep -q '^    is found by: the path of a file, such as /run/demo.sock$' out
refuse 'no columns are drawn' grep -q '│' out
printf 'Q\n' | XDG_STATE_HOME=$PWD/left "$SOCKTUTOR" --plain >out 2>&1
check 'one goes on where one left off' grep -q 'in the lesson “Unix domain sockets”' out

# Nothing but lines: no escape sequence, no control character but the newline.
"$walk" "$SOCKTUTOR" --plain open broken-pipe >out 2>&1
check 'no control characters' sh -c "! tr -d '\\n' <out | LC_ALL=C grep -q '[[:cntrl:]]'"

status=0
ACCESSIBLE=1 "$SOCKTUTOR" </dev/null >out 2>&1 || status=$?
check 'ACCESSIBLE asks for it' grep -q '^The lessons:' out
check 'the end of the input leaves' test "$status" -eq 0
status=0
TERM=dumb "$SOCKTUTOR" </dev/null >out 2>&1 || status=$?
check 'so does a dumb terminal' grep -q '^The lessons:' out
printf 'x\n99\n/FIN\n1\nQ\n' | "$SOCKTUTOR" --plain >out 2>&1
check 'a choice that is none is told' grep -q "There is no choice 'x'" out
check 'a search finds lessons' grep -q '^  1  ' out
printf '\nq\nQ\n' | "$SOCKTUTOR" --plain --no-predictions open broken-pipe#classic >out 2>&1
check 'predictions can be switched off' sh -c '! grep -q "Before you look" out'

# What a name means can be asked at any prompt, which comes again; so can the keys.
printf 'i epipe\n?\n\ni ECONREST\n\nQ\n' | XDG_STATE_HOME=$PWD/asides "$SOCKTUTOR" --plain --no-predictions \
	open broken-pipe#classic >out 2>&1
check 'a card is told' grep -q '^EPIPE · error 32 · Broken pipe$' out
check 'the nearest name is told' grep -q 'no card “ECONREST”. Did you mean “ECONNRESET”?' out
check 'the keys are told' grep -q 'says what the name means. ? says this$' out
check 'and the prompt comes again, in full' test "$(grep -c '^Enter carries out the next step' out)" -eq 4
printf '/EPIPE\n1\nQ\n' | "$SOCKTUTOR" --plain >out 2>&1
check 'a search finds cards' grep -q '^  1  card: EPIPE: ' out
check 'and tells the one that is chosen' grep -q '^EPIPE · error 32' out

# Enter always leads on: to the first lesson, and past what was read to its end.
XDG_STATE_HOME=$PWD/onward "$SOCKTUTOR" --plain </dev/null >out 2>&1
check 'at first Enter begins the first lesson' grep -q 'Enter begins the lesson “What is a socket?”' out
(printf '3\n'; yes s | head -n 100) | XDG_STATE_HOME=$PWD/onward "$SOCKTUTOR" --plain >out 2>&1
check 'a lesson is read to its end' grep -q 'That was the last page of this lesson' out
check 'then Enter begins the next' grep -q 'Enter begins the lesson “Connection reset”' out

# Each thing is told once, in words; what is answered through a pipe stands after its prompt.
cat >once.md <<'EOF'
<!-- demo: id=once link=unix -->

| Process A | Process B |
|-----------|-----------|
|           | `kill -9` |
|           | `Terminated` |
| `send()`  |           |
| `EPIPE + SIGPIPE` |   |
| `Terminated` |        |
EOF
yes '' | head -n 20 | "$SOCKTUTOR" --plain --no-predictions open once.md >out 2>&1
check 'a call is told once' test "$(grep -c 'send(sock, "hello", 5, 0)' out)" -eq 1
check 'so is an outcome' test "$(grep -c 'EPIPE + SIGPIPE, as the table says' out)" -eq 1
check 'what was done from outside is told in words' grep -q '^That is: ' out
check 'so is a signal' grep -q '^SIGPIPE reaches Process A\.$' out
check 'and an end' grep -q '^Process B was ended by SIGKILL\.$' out
check 'a step begins a line of its own' grep -q '^Step 1 of 5\.$' out

# Where the terminal takes ASCII only, that is all that comes; --ascii keeps what has no likeness.
yes '' | head -n 30 | LC_ALL=C XDG_STATE_HOME=$PWD/narrow "$SOCKTUTOR" --plain open sockets#talk >out 2>&1
check 'ASCII comes' grep -q 'asks for up to 4096 bytes \.\.\.$' out
check 'and nothing else' sh -c "! LC_ALL=C tr -d '\\000-\\177' <out | grep -q ."
check 'prompts come before their answers' grep -q '^Step 12 of 12\.$' out
printf 'Q\n' | LC_ALL=C.UTF-8 "$SOCKTUTOR" --ascii --lang ko --plain >out 2>&1
status=0
LC_ALL=C "$SOCKTUTOR" --plain </dev/null >/dev/full 2>err || status=$?
check 'what cannot be printed is an error then, too' test "$status" -eq 2
check 'and is said' grep -q 'standard output: No space left on device' err
check '--ascii takes quotation marks away' sh -c "! grep -q '[“”]' out"
check 'and no letters' grep -q '단원' out

# What the kernel holds, in words.
printf 'l\n\nl\nQ\n' | "$SOCKTUTOR" --plain --no-predictions open broken-pipe#classic >out 2>&1
check 'l says what the kernel holds' grep -q '^Process B: sock CONNECTED · unread 0$' out
check 'and what has become of it' grep -q '^Process A: sock peer gone · unread 0$' out

# A fault put in by hand: numbered, told as such, and the rest is said not to be possible.
printf '\nf\n2\n2\n\n\n\n\nQ\n' |
	XDG_STATE_HOME=$PWD/faults "$SOCKTUTOR" --plain --no-predictions open broken-pipe#classic >out 2>&1
check 'what cannot be done on a Unix link is said' grep -q '^cut wire: Not here: there is no wire' out
check 'what can be is numbered' grep -q '^  2  B: kill -9: ' out
check 'what is done is the director'"'"'s' grep -q 'By hand, to Process B: kill -9\.' out
XDG_STATE_HOME=$PWD/faults "$SOCKTUTOR" list >out 2>&1
check 'such a run does not count as seen' sh -c '! grep -q "classic.*seen" out'
finish
