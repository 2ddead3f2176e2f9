#!/bin/sh
# The programs of lessons/programs: each that is right meets its lab's goal, none that is wrong
# does, and the first row that does not hold is the one that points at the mistake.
. "${srcdir:-.}/tests/lib.sh"

# What each wrong program does not do: the outcome of the first row that does not hold. The
# starters are wrong, too, and those in one language are wrong as those in the others.
cat >wrong <<'END'
both-served/start.c accepts
both-served/start.py accepts
both-served/bad-child-waits.c accepts
both-served/bad-ends-with-client.c = "more\n"
both-served/bad-newest-only.c sends "late\n"
both-served/bad-socketserver.py accepts
both-served/bad-to-everybody.py = "late\n"
both-served/bad-waits-for-greeting.c accepts
just-once/start.c ECONNREFUSED
just-once/start.py ECONNREFUSED
just-once/bad-any-answer.c waits 200ms
just-once/bad-any-answer.py waits 200ms
just-once/bad-busy.c waits 80ms
just-once/bad-end-is-yes.c sends "1 pay 5\n"
just-once/bad-end-is-yes.py sends "1 pay 5\n"
just-once/bad-new-number.c sends "1 pay 5\n"
just-once/bad-new-number.py sends "1 pay 5\n"
just-once/bad-once-more.c waits 80ms
just-once/bad-same-connection.c ECONNREFUSED
just-once/bad-sends-twice.c = "1 pay 5\n"
knock-again/start.c waits 150ms
knock-again/start.py waits 150ms
knock-again/bad-busy.c waits 150ms
knock-again/bad-busy.py waits 150ms
knock-again/bad-only-enoent.c waits 150ms
knock-again/bad-second-chance.c waits 150ms
knock-again/bad-sends-anyway.c ECONNREFUSED
knock-again/bad-waits-for-file.py ENOENT
silent-peer/start.c exited 2
silent-peer/start.py exited 2
silent-peer/bad-again.c exited 2
silent-peer/bad-connect-only.py exited 2
silent-peer/bad-impatient.c reads "pong\n"
silent-peer/bad-impatient.py reads "pong\n"
silent-peer/bad-part.c waits 700ms
silent-peer/bad-part.py waits 700ms
silent-peer/bad-poll-then-read.c exited 2
silent-peer/bad-restarts.c exited 2
sort-it/start.c EOF
sort-it/start.py EOF
sort-it/bad-close.c reads "1\n2\n"
sort-it/bad-close-file.py EOF
sort-it/bad-copy.c EOF
sort-it/bad-one-read.c reads "3\n"
sort-it/bad-one-read.py reads "3\n"
sort-it/bad-shut-both.c reads "1\n2\n"
sort-it/bad-shut-both.py reads "1\n2\n"
survive/start.c survives
survive/start.py exited 0
survive/bad-asks-first.c EPIPE
survive/bad-deaf.c exited 0
survive/bad-deaf.py exited 0
survive/bad-default.py survives
survive/bad-gives-up.c exited 0
survive/bad-handler.c exited 0
take-over/start.c connects
take-over/start.py connects
take-over/bad-busy.c waits 150ms
take-over/bad-gives-up.c waits 150ms
take-over/bad-never-unlinks.c listens
take-over/bad-no-listen.c listens
take-over/bad-unlink-in-use.c connects
take-over/bad-unlink-in-use.py connects
take-over/bad-waits-for-name.py connects
whole-lines/start.c sends "5\n"
whole-lines/start.py sends "5\n"
whole-lines/bad-ends-with-newline.c sends "5\n"
whole-lines/bad-loses-rest.c sends "11\n"
whole-lines/bad-loses-rest.py sends "11\n"
whole-lines/bad-sleeps.c sends "5\n"
whole-lines/bad-splits.py sends "5\n"
END

programs=$srcdir/lessons/programs
languages=c
command -v python3 >/dev/null && languages="$languages py"
command -v go >/dev/null && languages="$languages go"
: "${CC:=cc}"

# each WHAT: a list of the programs that WHAT names, as LAB/FILE.
each() {
	for suffix in $languages; do
		(cd "$programs" && ls -d -- */$1.$suffix 2>/dev/null)
	done
}

needs_programs survive true
for lab in "$programs"/*; do
	mkdir "${lab##*/}"
done
{ each 'start'; each 'good-*'; each 'bad-*'; } | grep '\.c$' | CC=$CC programs=$programs \
	xargs -P 4 -I FILE sh -c '"$CC" -Wall -Wextra -o FILE.x "$programs/FILE" -pthread' 2>warnings
check 'they are built without a warning' test ! -s warnings
cat warnings
for file in $(each 'start' | grep '\.go$'); do
	check "$file is built" go build -o "$file.x" "$programs/$file"
done

# try LAB/FILE: what it says goes to LAB/FILE.out, its exit status to LAB/FILE.status. The tutor's
# marks are kept for each of them: tries at the same time do not meet.
cat >try <<'END'
lab=${1%/*}
status=0
case $1 in
*.py) set -- "$1" python3 "$srcdir/lessons/programs/$1" ;;
*) set -- "$1" "./$1.x" ;;
esac
file=$1
shift
XDG_STATE_HOME=$PWD/$file.state timeout 60 "$SOCKTUTOR" lab "$lab" -- "$@" \
	>"$file.out" 2>&1 </dev/null || status=$?
echo "$status" >"$file.status"
END
# They wait, most of the time: many can do so at once. Those that never wait keep others, and each
# other, from their turn, and then look as if they did.
{ each 'start'; each 'good-*'; each 'bad-*'; } | grep -v busy | xargs -P 16 -n 1 sh ./try
each 'bad-busy*' | xargs -n 1 sh ./try

met() {
	[ "$(cat "$1.status")" = 0 ] || {
		cat "$1.out"
		return 1
	}
}

# missed FILE OUTCOME: it does not meet the goal, and OUTCOME is what it does not do.
missed() {
	[ "$(cat "$1.status")" = 1 ] && grep -qF -- " does not hold. " "$1.out" &&
		grep -qF -- ": wanted $2, seen: " "$1.out" || {
		cat "$1.out"
		return 1
	}
}

for file in $(each 'good-*'); do
	check "$file is right" met "$file"
done
while read -r file outcome; do
	case " $languages " in
	*" ${file##*.} "*) check "$file does not do it: $outcome" missed "$file" "$outcome" ;;
	esac
done <wrong
for file in $(each 'start' | grep '\.go$'); do
	check "$file does not do it, either" test "$(cat "$file.status")" = 1
done

{ each 'start' | grep -v '\.go$'; each 'bad-*'; } | sort >wanted
sed 's/ .*//' wrong | sort >known
case $languages in
*py*) check 'all that are wrong are listed here' cmp wanted known ;;
esac
finish
