#!/bin/sh
# What a program is started with besides its arguments: descriptors, signals, environment, umask,
# where it stands. None of that may change what is seen, and what goes wrong is said.
. "${srcdir:-.}/tests/lib.sh"

cat >demo.md <<'END_OF_DEMO'
| Process A         | Process B |
|-------------------|-----------|
|                   | `close()` |
| `send()`          |           |
| `EPIPE + SIGPIPE` |           |
| `Terminated`      |           |
END_OF_DEMO

# fine WORDS COMMAND...: it exits with 0, says nothing and prints the table with what was seen.
fine() {
	words=$1
	shift
	status=0
	"$@" >out 2>err || status=$?
	check "$words: exit status 0" test "$status" -eq 0
	check "$words: nothing is said" test ! -s err
	check "$words: the table is there" grep -q 'EPIPE (Broken pipe)' out
	cat err
}
# not_printed WORDS WHY REDIRECTION COMMAND...: exit status 2, and one line says so; it says why,
# unless that was too long ago.
not_printed() {
	words=$1
	why=$2
	redirection=$3
	shift 3
	status=0
	eval '"$@" 2>err' "$redirection" || status=$?
	check "$words: exit status 2" test "$status" -eq 2
	check "$words: it is said once" \
		test "$(grep -Ec "^socktutor: standard output: ($why|not all of it)" err)" -eq 1
	cat err
}

#
# Standard streams that are closed, or full.
#

fine 'no standard input' sh -c 'exec "$0" run demo.md <&-' "$SOCKTUTOR"
not_printed 'no standard output' 'Bad file descriptor' '>&-' "$SOCKTUTOR" run demo.md
not_printed 'nor for a list' 'Bad file descriptor' '>&-' "$SOCKTUTOR" list
not_printed 'neither input nor output' 'Bad file descriptor' '<&- >&-' "$SOCKTUTOR" run demo.md
status=0
"$SOCKTUTOR" run demo.md >out 2>&- || status=$?
check 'no standard error: exit status 0' test "$status" -eq 0
check 'no standard error: the table is there' grep -q 'EPIPE (Broken pipe)' out
status=0
"$SOCKTUTOR" run demo.md <&- >&- 2>&- || status=$?
check 'none of the three: exit status 2' test "$status" -eq 2
if [ -c /dev/full ]; then
	for command in 'run demo.md' list doctor 'explain EPIPE' --help 'progress export' \
		'trace true true' '--plain'; do
		# shellcheck disable=SC2086 # a command in words
		not_printed "$command on a full disk" 'No space left on device' \
			'</dev/null >/dev/full' "$SOCKTUTOR" $command
	done
fi

#
# Signals that whoever starts it ignores, and the umask.
#

for signal in PIPE CHLD HUP; do
	fine "SIG$signal is ignored" sh -c 'trap "" "$1"; exec "$0" run demo.md' "$SOCKTUTOR" "$signal"
done
for mask in 000 077 777; do
	fine "umask $mask" sh -c 'umask "$1"; exec "$0" run --no-rehearsal demo.md' "$SOCKTUTOR" "$mask"
done

#
# The environment.
#

fine 'an empty environment' env -i "$SOCKTUTOR" run demo.md
# kept_nowhere WORDS VARIABLE=VALUE...: it runs, and in one line it says that nothing is kept.
kept_nowhere() {
	words=$1
	shift
	status=0
	env -u HOME -u XDG_STATE_HOME "$@" "$SOCKTUTOR" run broken-pipe#classic >out 2>err || status=$?
	check "$words: exit status 0" test "$status" -eq 0
	check "$words: the table is there" grep -q 'EPIPE (Broken pipe)' out
	check "$words: it is said" grep -q '^socktutor: the rehearsal is not kept: ' err
	check "$words: once" test "$(wc -l <err)" -eq 1
	printf 'Q\n' | env -u HOME -u XDG_STATE_HOME "$@" "$SOCKTUTOR" --plain >out 2>err
	check "$words: the tutorial opens" grep -q '^The lessons:' out
	check "$words: it is said there, too" grep -q '^socktutor: Progress cannot be kept: ' err
}
kept_nowhere 'no home' TERM=dumb
kept_nowhere 'a home that cannot be' HOME=/dev/null/home

# Where there are no namespaces there is a directory in TMPDIR; sockets lie in it.
deep=$test_dir
for _ in 1 2 3 4 5 6 7 8 9 10 11; do
	deep=$deep/ten\ bytes.
done
mkdir -p "$deep" 'a b'
# plainly PLACE CALLS: the exit status of a run in TMPDIR=PLACE where CALLS are refused.
plainly() {
	status=0
	# The leak checker may not work there.
	ASAN_OPTIONS=${ASAN_OPTIONS:-}:detect_leaks=0 TMPDIR=$1 "$builddir/tests/refuse" "$2" \
		"$SOCKTUTOR" run demo.md >out 2>err || status=$?
}
# One that is too long for a name, is not there or is none: there is /tmp.
for place in "$PWD/a b" "$deep" a\ b /nowhere /dev/null ''; do
	plainly "$place" unshare
	check "TMPDIR '$place': exit status 0" test "$status" -eq 0
	check "TMPDIR '$place': the table is there" grep -q 'EPIPE (Broken pipe)' out
	cat err
done
plainly "$PWD/a b" unshare,mkdir,mkdirat
check 'no directory at all: exit status 2' test "$status" -eq 2
check 'no directory at all: it is said' \
	grep -q "(namespaces are refused .*; no directory to work in: $PWD/a b/socktutor-.*: Operation not permitted" err
cat err
check 'nothing is left there' test -z "$(find 'a b' ten* -name 'socktutor-*')"

# From a directory that has gone.
mkdir gone
fine 'a directory that has gone' sh -c \
	'cd gone && rmdir ../gone && exec "$0" run "$1"' "$SOCKTUTOR" "$PWD/demo.md"

#
# The tests themselves do not meet who starts them.
#

status=0
env LC_ALL=ko_KR.UTF-8 LANGUAGE=ko TERM=dumb ACCESSIBLE=1 NO_COLOR=1 COLUMNS=20 LINES=5 HOME= \
	POSIXLY_CORRECT=1 CDPATH=/ SOCKTUTOR_LESSONS=/nowhere SOCKTUTOR_DATA=/nowhere \
	SOCKTUTOR_LOCALE=/nowhere SOCKTUTOR_NOTES=x XDG_STATE_HOME=/nowhere \
	sh "$srcdir/tests/explain.sh" >out 2>&1 || status=$?
check 'a test whose starter has a strange environment' test "$status" -eq 0
[ "$status" -eq 0 ] || cat out
status=0
env -i PATH="$PATH" SOCKTUTOR="$SOCKTUTOR" srcdir="$srcdir" builddir="$builddir" \
	sh "$srcdir/tests/order.sh" >out 2>&1 || status=$?
check 'a test whose starter has none' test "$status" -eq 0
[ "$status" -eq 0 ] || cat out
status=0
env SOCKTUTOR_LESSONS=/nowhere SOCKTUTOR_DATA=/nowhere LC_ALL=C TERM=dumb \
	"$builddir/tests/unit/unit" card >out 2>&1 || status=$?
check 'and one of the unit tests' test "$status" -eq 0
[ "$status" -eq 0 ] || cat out
finish
