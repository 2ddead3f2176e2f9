#!/bin/sh
# What a learner has done is never lost: not to kill -9, a full disk, two tutors at
# once, or a damaged file; and two machines' files become one. Through the front door.
. "${srcdir:-.}/tests/lib.sh"

kept=$XDG_STATE_HOME/socktutor/progress.json

progress() {
	"$SOCKTUTOR" progress "$@"
}
# seen DEMO WHEN: the progress of who has seen that demo of `sockets`.
seen() {
	printf '{"socktutor-progress": 1, "lessons": {"sockets": {"demos": {"%s": {"when": %d}}}}}\n' \
		"$1" "$2"
}
says() {
	grep -qF -- "$1" "$2"
}

#
# What the command says and does.
#
check 'an empty progress is printed' eval 'progress >out 2>err'
check 'each lesson has its line' test "$(grep -c '^[a-z-]* *demos 0/' out)" -eq \
	"$("$SOCKTUTOR" list 2>/dev/null | grep -c '^[^ ]')"
check 'nothing is begun' grep -q '^0 of [0-9]* lessons begun, 0 done$' out
check 'nothing is complained of' test ! -s err
check 'nothing is written' test ! -e "$kept"
demo=$("$SOCKTUTOR" list 2>/dev/null | sed -n 's/^    sockets#\([a-z0-9-]*\) .*/\1/p' | head -n 1)
seen "$demo" 7 >one.json
check 'it is imported' eval 'progress import one.json >out'
check 'and counted' eval 'progress | grep -q "^sockets .*demos 1/.* begun$"'
check 'export prints what is kept' eval 'progress export | cmp -s - "$kept"'
check 'export to a file, too' eval 'progress export copy.json && cmp -s copy.json "$kept"'
check 'import reads standard input' eval 'progress import - <copy.json >out'
check 'and changes nothing' cmp -s copy.json "$kept"
refuse 'export to a full disk is an error' progress export /dev/full 2>err
check 'and said' says 'No space left on device' err
refuse 'a subcommand that does not exist' progress improt one.json 2>err
check 'is named' says "progress knows no 'improt'" err
refuse 'import asks for a file' progress import 2>err
refuse 'import of what is not there' progress import nothing.json 2>err
check 'says so' says 'nothing.json cannot be read' err
echo '{"x": 1}' >wrong.json
refuse 'import of something else' progress import wrong.json 2>err
check 'says why' says 'wrong.json: it is no progress of socktutor: it has no "socktutor-progress"' err
check 'and changes nothing' cmp -s copy.json "$kept"

refuse 'reset asks, so it needs a terminal' progress reset 2>err
check 'or --yes' says '--yes' err
check 'and nothing is forgotten' cmp -s copy.json "$kept"
refuse 'reset of a lesson that does not exist' progress reset sokets --yes 2>err
check 'proposes one' says "did you mean 'sockets'" err
seen x 1 | sed 's/"sockets"/"gone"/' | progress import - >out
check 'reset of one lesson' progress reset --yes sockets >out
check 'leaves the others' says '"gone"' "$kept"
refuse 'and forgets that one' says '"sockets"' "$kept"
check 'also one that is in the course no more' progress reset gone --yes >out
progress import one.json >out
check 'reset of all' progress reset --yes >out
refuse 'forgets all' says '"lessons"' "$kept"

#
# From machine to machine, both ways.
#
on() {
	machine=$1
	shift
	XDG_STATE_HOME=$test_dir/$machine "$SOCKTUTOR" progress "$@"
}
for i in 1 2 3; do
	seen "a$i" "$i" | on a import - >out
	seen "b$i" "$i" | on b import - >out
	seen both "1$i" | on a import - >out
	seen both "2$i" | on b import - >out
done
on a export >a.json
on b export >b.json
check 'the two know different things' eval '! cmp -s a.json b.json'
on a import b.json >out
on b import a.json >out
check 'and the same, once each has imported the other' \
	cmp -s a/socktutor/progress.json b/socktutor/progress.json
check 'which is all' test "$(grep -c '"[ab][123]": {' a/socktutor/progress.json)" -eq 6
check 'with the earlier time' eval 'grep -A 1 "\"both\"" a/socktutor/progress.json | says ": 11" -'

#
# A damaged file.
#
printf '{"socktutor-progress": 1, "less' >"$kept"
cp "$kept" damaged.json
check 'a damaged file does not stop it' eval 'progress >out 2>err'
check 'it says where it is kept' says "it is kept as $kept.damaged-1" err
check 'and keeps it there' cmp -s damaged.json "$kept.damaged-1"
progress import one.json >out 2>err
check 'a new one begins' test ! -s err
cp damaged.json "$kept"
progress import one.json >out 2>err
check 'a second damaged file has a name of its own' cmp -s damaged.json "$kept.damaged-2"
check 'what comes after it is kept' says "\"$demo\"" "$kept"
rm "$kept".damaged-*

#
# Two writers.
#
write_many() {
	for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		seen "$1$i" "$i" | progress import - || return 1
	done
}
progress reset --yes >out
write_many w >w.out 2>&1 &
first=$!
write_many v >v.out 2>&1
v_status=$?
wait "$first"
check 'of two writers both succeed' test "$?$v_status" = 00
check 'and all that they wrote is there' test "$(grep -c '"[vw][0-9]*": {' "$kept")" -eq 40

#
# kill -9 at random moments, 100 times. The moments lie in what a whole run takes.
#
progress reset --yes >out
progress export >before.json
seen k 1 >k.json
began=$(date +%s%N)
timeout -s KILL 60 "$SOCKTUTOR" progress import k.json >out
took=$(($(date +%s%N) - began))
progress reset --yes >out
awk -v took="$took" 'BEGIN {
	srand()
	for (i = 0; i < 100; i++)
		printf "%.6f\n", 0.0001 + rand() * took / 1e9
}' >moments
killed=0 wrong=0 n=0
while read -r moment; do
	n=$((n + 1))
	progress export >before.json 2>err
	seen "k$n" "$n" >k.json
	status=0
	timeout -s KILL "$moment" "$SOCKTUTOR" progress import k.json >out 2>&1 || status=$?
	[ "$status" -ne 137 ] || killed=$((killed + 1))
	progress export >after.json 2>>err
	# Old or new: the same as before, or one more; when it ended by itself, one more.
	grew=$(($(grep -c '"k[0-9]*": {' after.json) - $(grep -c '"k[0-9]*": {' before.json)))
	case $status-$grew in
	0-1) says "\"k$n\"" after.json || wrong=$((wrong + 1)) ;;
	137-0) cmp -s before.json after.json || wrong=$((wrong + 1)) ;;
	137-1) says "\"k$n\"" after.json || wrong=$((wrong + 1)) ;;
	*) wrong=$((wrong + 1)) ;;
	esac
	[ ! -s err ] || wrong=$((wrong + 1))
done <moments
check "kill -9, 100 times, $killed in time: the old file or the new one" test "$wrong" -eq 0
check 'some were in time' test "$killed" -gt 0
check 'no file was damaged' test -z "$(ls "$XDG_STATE_HOME/socktutor" | grep damaged)"
seen last 1 | progress import - >out
check 'and nothing is left over' test "$(ls "$XDG_STATE_HOME/socktutor" | tr '\n' ' ')" = \
	'progress.json progress.lock '

#
# A full disk: a small one of its own.
#
cat >full.sh <<'END'
set -e
mkdir disk
mount -t tmpfs -o size=64k tmpfs disk
touch mounted
XDG_STATE_HOME=$PWD/disk
"$SOCKTUTOR" progress import one.json
cp disk/socktutor/progress.json before.json
cat /dev/zero >disk/zeros 2>/dev/null || :
status=0
"$SOCKTUTOR" progress import two.json >full.out 2>full.err || status=$?
echo "$status" >full.status
cp disk/socktutor/progress.json full.json
ls disk/socktutor >full.files
rm disk/zeros
"$SOCKTUTOR" progress import two.json
cp disk/socktutor/progress.json after.json
END
seen second 2 >two.json
if [ "$(id -u)" -eq 0 ]; then own=-m; else own=-Urm; fi
unshare "$own" sh full.sh >out 2>err
full=$?
if [ -e mounted ]; then
	check 'a disk of its own' test "$full" -eq 0
	check 'a full disk is an error' test "$(cat full.status)" -eq 2
	check 'and said' says 'progress.json cannot be written: No space left on device' full.err
	check 'the old file stays' cmp -s before.json full.json
	check 'alone' test "$(tr '\n' ' ' <full.files)" = 'progress.json progress.lock '
	check 'with room again all is kept' test "$(grep -c '"when"' after.json)" -eq 2
else
	cat err
	leave_out 'a full disk: no file system can be mounted here'
fi

#
# Somebody else has the lock.
#
if command -v flock >/dev/null; then
	lock=$XDG_STATE_HOME/socktutor/progress.lock
	mkfifo held go
	# hold: somebody has it, until something is written to `go`.
	hold() {
		flock "$lock" sh -c 'echo held >held; read -r word <go' &
		holder=$!
		read -r word <held
	}
	hold
	"$SOCKTUTOR" progress import one.json >out 2>err &
	waiter=$!
	echo go >go
	check 'who holds it for a while is waited for' wait "$waiter"
	wait "$holder"
	hold
	refuse 'but not for ever' progress import one.json 2>err
	check 'it is said' says 'Another socktutor holds' err
	echo go >go
	wait "$holder"
else
	leave_out 'a lock that is held: there is no flock here'
fi

#
# Nowhere to write.
#
touch no-directory
XDG_STATE_HOME=$test_dir/no-directory/state
check 'without a place the progress is printed all the same' eval 'progress >out 2>err'
check 'and it is said' says 'Progress cannot be kept' err
refuse 'what would be lost is an error' progress import one.json 2>err
finish
