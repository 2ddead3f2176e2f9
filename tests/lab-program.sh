#!/bin/sh
# `socktutor lab`: a lab with a program of one's own; and `report`, which shows many learners'.
. "${srcdir:-.}/tests/lib.sh"

command -v python3 >/dev/null || skip 'there is no python3'

# A shelf of its own. Row numbers of the goal: 1 connects, 3 sends, 5 what came, 6 closes.
mkdir -p lessons/ko lessons/programs/hello there
SOCKTUTOR_LESSONS=$PWD/lessons
export SOCKTUTOR_LESSONS
cat >lessons/first.md <<'END_OF_LESSON'
---
title: First
order: 1
---

# First

<!-- lab: id=hello link=unix a=program patience=10s title="Say hello" -->

Connect, and say hello.

| Process A (yours) | Process B     |
|-------------------|---------------|
| connects          |               |
|                   | accept()      |
| sends "hello\n"   |               |
|                   | recv()        |
|                   | = "hello\n"   |
| closes            |               |

<!-- hint -->

The call is `connect()`.

<!-- hint -->

Then comes `send()`.
END_OF_LESSON
cat >lessons/second.md <<'END_OF_LESSON'
---
title: Second
order: 2
---

# Second

<!-- lab: id=by-hand link=unix -->

Make B see the end.

| Process A | Process B |
|-----------|-----------|
|           | EOF       |

<!-- solution -->

| Process A | Process B |
|-----------|-----------|
| close()   |           |
|           | recv()    |
|           | EOF       |

<!-- wrong -->

| Process A | Process B |
|-----------|-----------|
| send()    |           |
|           | recv()    |
|           | = "hello" |
END_OF_LESSON
sed 's/^title: First/title: 첫째/' lessons/first.md >lessons/ko/first.md

# right.py, and what is wrong: it says nothing, says something else, or does not even connect.
cat >right.py <<'END_OF_PROGRAM'
# It says hello.
import os, socket, sys
s = socket.socket(socket.AF_UNIX)
s.connect(os.environ["SOCKTUTOR_SOCKET"])
print("said")
sys.stdout.flush()
print("aside", file=sys.stderr)
s.sendall(b"hello\n")
s.close()
END_OF_PROGRAM
sed 's/hello.n"/hallo\\n"/; s/says hello/says hallo/' right.py >wrong.py
sed '/s.connect/d; /sendall/d' right.py >deaf.py
cp wrong.py lessons/programs/hello/start.py
cp right.py lessons/programs/hello/good-plain.py
cp deaf.py lessons/programs/hello/bad-deaf.py
echo 'int main(void) { return 0; }' >lessons/programs/hello/start.c

# status WANT COMMAND...: it ends with that exit status; what it prints is in out and err.
status() {
	want=$1
	shift
	got=0
	"$@" >out 2>err </dev/null || got=$?
	[ "$got" -eq "$want" ] || {
		echo "exit status $got, not $want:"
		cat out err
		return 1
	}
}

#
# What needs no stage.
#

check 'list: it is a lab for programs' sh -c \
	'"$0" list | grep -q "first#hello  Say hello  (lab for a program of yours)"' "$SOCKTUTOR"
check 'list: the other is not' sh -c \
	'"$0" list | grep -q "second#by-hand .*(lab)"' "$SOCKTUTOR"

check 'without a program it is said how to begin' status 0 "$SOCKTUTOR" lab hello
check 'in the languages that there are' grep -q -e '--start c$' out
check 'in all of them' grep -q -e '--start py$' out
refuse 'and in no other' grep -q -e '--start go' out
check 'which role it plays' grep -q 'plays Process A' out

check '--start writes a file' sh -c 'cd there && "$0" lab hello --start c >../out' "$SOCKTUTOR"
check 'the one of the lab' cmp -s there/hello.c lessons/programs/hello/start.c
check 'it says how to build it' grep -q 'cc -Wall -o hello hello.c -pthread' out
check 'and how to try it' grep -q 'socktutor lab hello -- ./hello$' out
for name in python Python py python3; do
	rm -f hello.py
	check "--start $name" status 0 "$SOCKTUTOR" lab hello --start "$name"
	check "--start $name: there it is" cmp -s hello.py wrong.py
done
echo mine >hello.py
check '--start never over a file' status 2 "$SOCKTUTOR" lab hello --start py
check 'it says so' grep -q 'hello.py is there already' err
check 'it is as it was' test "$(cat hello.py)" = mine
rm hello.py
ln -s nowhere hello.py
check '--start does not follow a link to nowhere' status 2 "$SOCKTUTOR" lab hello --start py
check 'which leads there still' test ! -e nowhere
rm hello.py
check '--start in a language that is not there' status 2 "$SOCKTUTOR" lab hello --start go
check 'names those that are' grep -q "'go'; there is: c, py" err
check '--start for a lab by hand' status 2 "$SOCKTUTOR" lab by-hand --start c
check 'says that it is one' grep -q 'it is done by hand' err
check 'a translation has the programs of its original' \
	status 0 "$SOCKTUTOR" --lang ko lab hello --start py
check 'the same' cmp -s hello.py wrong.py
check 'a lab by LESSON#LAB' status 0 "$SOCKTUTOR" lab first#hello
check 'a lab by FILE#LAB' status 0 "$SOCKTUTOR" lab lessons/first.md#hello

check 'a hint' status 0 "$SOCKTUTOR" lab hello --hint
check 'the first' grep -q 'The call is connect()' out
refuse 'not the second' grep -q 'send()' out
check 'another hint' status 0 "$SOCKTUTOR" lab hello --hint
check 'the second' grep -q 'Then comes send()' out
check 'and no more' status 0 "$SOCKTUTOR" lab hello --hint
check 'it says so' grep -q 'no more hints' out

check 'no such lab' status 2 "$SOCKTUTOR" lab helo
check 'a near one is named' grep -q "did you mean 'hello'" err
check 'no lab at all' status 2 "$SOCKTUTOR" lab
check 'no such lesson' status 2 "$SOCKTUTOR" lab furst#hello
check 'two labs' status 2 "$SOCKTUTOR" lab hello by-hand
check 'no program behind --' status 2 "$SOCKTUTOR" lab hello --
check '--watch without a program' status 2 "$SOCKTUTOR" lab hello --watch
check 'it is said what is missing' grep -q -e '--watch needs a program' err
check '--format without a program' status 2 "$SOCKTUTOR" lab hello --format json
check 'a format that is none' status 2 "$SOCKTUTOR" lab hello --format xml -- true
check '--start with a program' status 2 "$SOCKTUTOR" lab hello --start c -- true
check 'a program for a lab by hand' status 2 "$SOCKTUTOR" lab by-hand -- true
check 'is refused in words' grep -q "no role is a program's" err
check 'a lab by hand without a terminal' status 2 "$SOCKTUTOR" lab by-hand
check 'a program that is not there' status 2 "$SOCKTUTOR" lab hello -- ./nothing
check 'is named' grep -q './nothing cannot be run: No such file' err
check 'one that cannot be run' status 2 "$SOCKTUTOR" lab hello -- ./right.py
check 'is named, and why' grep -q './right.py cannot be run: Permission denied' err
check 'what cannot be built is not tried' status 2 "$SOCKTUTOR" lab hello --build 'exit 3' -- true
check 'it says so' grep -q 'nothing is tried: `exit 3` failed' err

#
# Programs.
#

needs_programs hello python3 deaf.py

check 'a program that meets the goal' status 0 "$SOCKTUTOR" lab hello -- python3 right.py
check 'it says so' grep -q '4 of 4 rows of the goal hold. The goal is met.' out
check 'a row that holds, and its call' grep -q '| connects .*✓ connect(3, .*) = 0' out
check 'what the script did' grep -q '| recv() .*recv(sock, .*) = "hello\\n" ' out
check 'what it printed, to where' grep -q '^    1| said$' out
check 'and its errors' grep -q '^    2| aside$' out
refuse 'no hint for who has met it' grep -q -e '--hint' out

check 'a program that does not' status 1 "$SOCKTUTOR" lab hello -- python3 wrong.py
check 'how far it came' grep -q '^1 of 4 rows of the goal hold.$' out
check 'what was wanted' grep -q '^Row 3 does not hold. Process A: wanted sends "hello\\n", seen: ' out
check 'its row' grep -q '| `*sends "hello\\n"`* .*✗' out
check 'a row that was not reached' grep -q '| closes .*·' out
check 'the calls before' grep -q '^    connect(3, .*) = 0$' out
check 'none that came before the program was there' sh -c '! grep -q "^    .*listen(" out'

# An event loop looks again and again whether something has happened; what it did is more than that.
cat >loop.py <<'END_OF_PROGRAM'
import os, select, socket
s = socket.socket(socket.AF_UNIX)
s.connect(os.environ["SOCKTUTOR_SOCKET"])
loop = select.epoll()
for i in range(9):
    loop.poll(0)
END_OF_PROGRAM
check 'a program that mostly looks' status 1 env XDG_STATE_HOME="$PWD/apart" "$SOCKTUTOR" lab hello -- python3 loop.py
check 'what it did is not lost in that' grep -q '^    connect(3, .*) = 0$' out

# The last that is heard of a program that waits in vain is the stage's own signal.
sed 's/^| closes .*/| waits 100ms | |\n| closes | |/; s/id=hello/id=waiting/; s/patience=10s/patience=4s/' \
	lessons/first.md >waiting.md
sed 's/s.close()/import time; time.sleep(9)/' right.py >idle.py
check 'a program that waits' status 1 env XDG_STATE_HOME="$PWD/apart" \
	"$SOCKTUTOR" lab waiting.md#waiting -- python3 idle.py
check 'of a wait nothing is seen' grep -q '^| waits 100ms .*| `✓` *|$' out

printf '#!/no/such/interpreter\n' >odd
chmod +x odd
check 'a program that cannot be run' status 1 env XDG_STATE_HOME=$PWD/apart \
	"$SOCKTUTOR" lab hello -- ./odd
check 'is not said to be missing' grep -q "seen: './odd' is there, but cannot be run" out

check 'a program that does nothing' status 1 "$SOCKTUTOR" lab hello -- python3 deaf.py
check 'holds no row' grep -q '^0 of 4 rows of the goal hold.$' out

check 'events' status 0 "$SOCKTUTOR" lab hello --format json -- python3 right.py
check 'one a line' python3 -c '
import json
events = [json.loads(line) for line in open("out")]
assert events[-1]["kind"] == "done", events[-1]
assert [e["text"] for e in events if e["kind"] == "output"] == ["said", "aside"]
assert all(e["demo"] == "first#hello" for e in events)
assert all(e["verdict"] == "holds" for e in events if e["kind"] == "verdict")'
check 'events, not met' status 1 "$SOCKTUTOR" lab hello --format json -- python3 wrong.py

check '--build comes first' status 0 "$SOCKTUTOR" lab hello --build 'cp right.py made.py' \
	-- python3 made.py

#
# What is kept, and the report.
#

attempts() {
	python3 -c '
import json, sys
lab = json.load(open(sys.argv[1]))["lessons"]["first"]["tries"]["hello"]
print(lab["attempts"], lab["hints"], lab["held"], lab["rows"], lab["first"] < lab["last"])' \
		"$XDG_STATE_HOME/socktutor/progress.json"
}
check 'attempts are kept, and hints, and the best' test "$(attempts)" = '7 2 4 4 True'
check 'what was not tried is no attempt' sh -c '! "$0" lab hello -- ./nothing 2>err' "$SOCKTUTOR"
check 'it is not counted' test "$(attempts)" = '7 2 4 4 True'

XDG_STATE_HOME=$test_dir/ann
check 'a report' status 1 "$SOCKTUTOR" lab hello --report ann.json --name 'Ann | B' \
	-- python3 wrong.py
cat >is.py <<'END_OF_PROGRAM'
import json, sys
name, lab = sys.argv[2:4]
wanted = dict(zip(("met", "attempts", "hints", "held", "rows"), json.loads(sys.argv[4])))
report = json.load(open(sys.argv[1]))
assert report["socktutor-report"] == 1 and report["name"] == name, report
have = report["labs"][lab]
assert all(have[k] == v for k, v in wanted.items()), have
assert set(have) == set(wanted) | {"first", "last"}, have
assert set(report) == {"socktutor-report", "name", "labs"}, report
END_OF_PROGRAM
check 'what is in it' python3 is.py ann.json 'Ann | B' first#hello '[false, 1, 0, 1, 4]'
check 'a hint counts' status 0 "$SOCKTUTOR" lab hello --hint
check 'it goes on' status 0 "$SOCKTUTOR" lab hello --report ann.json --name 'Ann | B' \
	-- python3 right.py
check 'what is in it then' python3 is.py ann.json 'Ann | B' first#hello '[true, 2, 1, 4, 4]'
check 'what was met stays met' status 1 "$SOCKTUTOR" lab hello --report ann.json --name 'Ann | B' \
	-- python3 deaf.py
check 'what is in it at last' python3 is.py ann.json 'Ann | B' first#hello '[true, 3, 1, 4, 4]'
check 'nothing else is left' test "$(echo ann.json*)" = ann.json

XDG_STATE_HOME=$test_dir/bob
check 'the report of another is left alone' status 2 "$SOCKTUTOR" lab hello --report ann.json \
	--name Bob -- python3 right.py
check 'it says whose it is' grep -q 'ann.json is the report of Ann | B, not of Bob' err
check 'as it was' python3 is.py ann.json 'Ann | B' first#hello '[true, 3, 1, 4, 4]'
echo '{"my": "file"}' >other.json
check 'a file that is no report is left alone' status 2 "$SOCKTUTOR" lab hello \
	--report other.json --name Bob -- python3 right.py
check 'it is as it was' grep -q my other.json
check 'nothing was tried' test ! -e "$XDG_STATE_HOME/socktutor/progress.json"
check 'the name is that of the user' env USER=Bob "$SOCKTUTOR" lab hello --report bob.json \
	-- python3 right.py >out
check 'so it is' python3 is.py bob.json Bob first#hello '[true, 1, 0, 4, 4]'
check '--name without a report' status 2 "$SOCKTUTOR" lab hello --name Bob -- true
check 'a report that cannot be written' status 2 "$SOCKTUTOR" lab hello --name Bob \
	--report nowhere/bob.json -- python3 right.py

sed 's/first#hello/first#other/; s/"Bob"/"Cem"/; s/"met": true/"met": false/; s/"held": 4/"held": 2/' \
	bob.json >cem.json
check 'the report of many' status 0 "$SOCKTUTOR" report ann.json bob.json cem.json
check 'who has met it, in how many attempts' grep -q '^| Ann \\| B *| ✓ 3 *| *|$' out
check 'how far one is' grep -q '^| Cem *| *| 2/4 · 1 *|$' out
check 'how many have met it' grep -q '^| met by *| 2 of 3 *| 0 of 3 *|$' out
check 'as JSON' status 0 "$SOCKTUTOR" report --format json ann.json cem.json
check 'one lab a line' python3 -c '
import json
lines = [json.loads(line) for line in open("out")]
assert [(l["learner"], l["lab"], l["met"]) for l in lines] == [
    ("Ann | B", "first#hello", True), ("Cem", "first#other", False)], lines'
printf '{' >broken.json
check 'a broken one is skipped' status 2 "$SOCKTUTOR" report broken.json bob.json nothing.json
check 'and named' grep -q 'broken.json: line 1' err
check 'one that is not there too' grep -q 'nothing.json: there is no such file' err
check 'the others are shown' grep -q '^| Bob ' out
check 'two of one name are told apart' status 0 "$SOCKTUTOR" report bob.json ./bob.json
check 'by their files' grep -q '^| Bob (./bob.json) ' out
for wrong in 's/"met": true/"met": 1/' 's/"held": 4/"held": -4/' 's/"name": "Bob"/"name": ""/' \
	's/"labs": {/"labs": 3, "x": {/' 's/report": 1/report": 2/' 's/"hints": 0/"hints": "0"/'; do
	sed "$wrong" bob.json >broken.json
	refuse "there was something to change: $wrong" cmp -s bob.json broken.json
	check "no report: $wrong" status 2 "$SOCKTUTOR" report broken.json
done
sed 's/"Bob"/"B\\u001b[31m"/' bob.json >wild.json
check 'names are cleaned' status 0 "$SOCKTUTOR" report wild.json
refuse 'of what a terminal obeys' grep -q "$(printf '\033')" out

#
# Watching. What it prints is read line by line, so nothing is waited for by the clock.
#

XDG_STATE_HOME=$test_dir/watch
mkdir watched
cp wrong.py watched/me.py
mkfifo watching

# until LINE: read on until a line has LINE in it; all that was read is in seen.
until_line() {
	: >seen
	while read -r line <&3; do
		printf '%s\n' "$line" >>seen
		case $line in *"$1"*) return 0 ;; esac
	done
	return 1
}
(cd watched && exec "$SOCKTUTOR" lab hello --watch --report r.json --name Eve \
	--build 'cp me.py built.bin; exec >>builds; echo built' -- python3 built.bin) \
	>watching 2>&1 &
watcher=$!
exec 3<watching
check 'watch: the first try' until_line 'waits until'
check 'watch: how far it came' grep -q '^1 of 4 rows' seen
refuse 'watch: nothing to compare with' grep -q 'since the last try' seen
check 'watch: built once' test "$(wc -l <watched/builds)" -eq 1
cp right.py watched/new && mv watched/new watched/me.py
check 'watch: a save is tried' until_line 'waits until'
check 'watch: it is met' grep -q 'The goal is met' seen
check 'watch: what changed' grep -q '^| 3 .*sends "hello\\n".*✗ .*| ✓ *|$' seen
refuse 'watch: and nothing else' grep -q '^| 1 .*✓' seen
check 'watch: the build has not set it off' test "$(wc -l <watched/builds)" -eq 2
touch watched/.hidden watched/me.py~
cp wrong.py watched/me.py && : >>watched/me.py && : >>watched/me.py
check 'watch: a burst of saves' until_line 'waits until'
check 'watch: what changed, back' grep -q '^| 3 .*| ✓ *| ✗ ' seen
check 'watch: is one try' test "$(wc -l <watched/builds)" -eq 3
: >>watched/me.py
check 'watch: saved as it was' until_line 'waits until'
check 'watch: nothing changed' grep -q 'Nothing changed since the last try' seen
check 'watch: the report is kept up' python3 is.py watched/r.json Eve first#hello \
	'[true, 4, 0, 4, 4]'
check 'watch: it still runs' kill -0 "$watcher"
rm -rf watched
until_line 'no such line' || :
wait "$watcher"
check 'watch: without a directory there is nothing to watch' test $? -eq 2
exec 3<&-

mkdir watched
cp right.py watched/me.py
(cd watched && exec "$SOCKTUTOR" lab hello --watch -- python3 me.py) >watching 2>&1 &
watcher=$!
exec 3<watching
check 'watch: again' until_line 'waits until'
# A background job of sh ignores SIGINT; what Ctrl-C does is what TERM does.
kill -TERM "$watcher"
wait "$watcher"
check 'watch: a signal ends it' test $? -eq 143
exec 3<&-

#
# lint.
#

# It is killed while a compiler works: what was built goes all the same.
mkdir tools building
mkfifo compiling
cat >tools/cc <<'END_OF_TOOL'
#!/bin/sh
echo $$ >compiling
exec sleep 1000
END_OF_TOOL
chmod +x tools/cc
for signal in KILL TERM; do
	PATH=$PWD/tools:$PATH TMPDIR=$PWD/building "$SOCKTUTOR" lint lessons/first.md 2>err &
	lint=$!
	read -r compiler <compiling
	check "lint: SIG$signal meets it at work" test -n "$(ls building)"
	kill -"$signal" "$lint"
	wait "$lint" 2>/dev/null
	kill "$compiler"
	check "lint: SIG$signal leaves nothing behind" \
		timeout 20 sh -c 'while [ -n "$(ls building)" ]; do :; done'
done
rm -r tools building compiling
check 'lint: good and bad ones do what they are there for' status 0 "$SOCKTUTOR" lint \
	lessons/first.md
cp right.py lessons/programs/hello/bad-right.py
check 'lint: a bad one that is good' status 2 "$SOCKTUTOR" lint lessons/first.md
check 'lint: is named' grep -q 'bad-right.py: it meets the goal of hello; it must not' err
mv lessons/programs/hello/bad-right.py lessons/programs/hello/start.sh
sed -i '1i exec python3 "'"$PWD"'/right.py"' lessons/programs/hello/start.sh
check 'lint: a start that is good' status 2 "$SOCKTUTOR" lint lessons/first.md
check 'lint: is named too' grep -q 'start.sh: it meets the goal' err
rm lessons/programs/hello/start.sh
cp wrong.py lessons/programs/hello/good-wrong.py
check 'lint: a good one that is bad' status 2 "$SOCKTUTOR" lint lessons/first.md
check 'lint: is named, with what was seen' \
	grep -q 'good-wrong.py: it does not meet the goal of hello: row 3: ' err
rm lessons/programs/hello/good-wrong.py
if command -v cc >/dev/null; then
	echo 'int main(void) { return nothing; }' >lessons/programs/hello/bad-spelt.c
	check 'lint: one that cannot be built' status 2 "$SOCKTUTOR" lint lessons/first.md
	check 'lint: is named as well' grep -q 'bad-spelt.c: it cannot be built' err
	rm lessons/programs/hello/bad-spelt.c
fi
for use in start good bad; do
	mkdir away
	mv lessons/programs/hello/"$use"* away
	check "lint: without any $use" status 2 "$SOCKTUTOR" lint lessons/first.md
	check "lint: $use is missed" grep -q "programs/LAB/$use" err
	mv away/* lessons/programs/hello && rmdir away
done
check 'lint: the program has no action' sh -c \
	'sed "s/^| connects /| close()  /" lessons/first.md >lessons/odd.md
	"$0" lint lessons/odd.md 2>err; test $? -eq 2' "$SOCKTUTOR"
check 'lint: it says why' grep -q 'its column can hold outcomes alone' err
finish
