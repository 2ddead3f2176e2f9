#!/bin/sh
# Every outcome in every lesson holds on this kernel, and what `run` prints can
# be run again. What this machine cannot show is no failure of the lesson.
. "${srcdir:-.}/tests/lib.sh"

# kept NAME ARGS...: socktutor ARGS, with what it says and its exit status in files NAME.*.
kept() {
	name=$1
	shift
	status=0
	"$SOCKTUTOR" "$@" >"$name.out" 2>"$name.err" || status=$?
	echo "$status" >"$name.status"
}

# try LESSON RUN-ARGS...: in a directory of its own. Most of its time a lesson waits, so all
# are tried at once. The programs of labs are for tests/programs.sh.
try() {
	lesson=$1
	shift
	mkdir -p "${lesson#"$srcdir"/lessons/}" && cd "${lesson#"$srcdir"/lessons/}" || return
	kept lint lint --no-programs "$lesson" &
	kept run run "$@"
	cp run.out again.md
	kept again run again.md
	wait
}

# held WORDS LESSON NAME: it must have exited with status 0; what it said is shown. Status 2 is
# right where the machine does not let the wire be seen or changed.
held() {
	status=$(cat "$2/$3.status")
	if [ "$status" -eq 2 ] && grep -qE 'Segments cannot be seen|cannot be made to miss' "$2/$3.err"; then
		leave_out "$2: $1"
		return
	fi
	check "$2: $1" test "$status" -eq 0
	[ "$status" -eq 0 ] || cat "$2/$3.err"
}

for lesson in "$srcdir"/lessons/*.md; do
	try "$lesson" "$lesson" &
done
# The same in other languages.
for lesson in "$srcdir"/lessons/*/*.md; do
	id=${lesson##*/}
	code=${lesson%/*}
	try "$lesson" --lang "${code##*/}" "${id%.md}" &
done
wait

for lesson in "$srcdir"/lessons/*.md "$srcdir"/lessons/*/*.md; do
	name=${lesson#"$srcdir"/lessons/}
	held 'nothing to find for lint' "$name" lint
	held 'all that it says is seen' "$name" run
	held 'what run printed runs again' "$name" again
	case $name in
	*/*) check "$name: it is the translation that ran" grep -q '[^ -~→µ…]' "$name/run.out" ;;
	esac
done

# A lesson that says what is not so must fail, at its line.
cat >wrong.md <<'EOF'
# Wrong

| Process A | Process B |
|-----------|-----------|
|           | `close()` |
| `send()`  |           |
| `= 5`     |           |
EOF
status=0
"$SOCKTUTOR" run wrong.md >out 2>err || status=$?
check 'an outcome that does not hold: exit status 1' test "$status" -eq 1
check 'it is told with its file and line' grep -q '^wrong.md:7: Process A: expected = 5, saw ' err
finish
