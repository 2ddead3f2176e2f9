#!/bin/sh
# The installed program finds the lessons that were installed with it.
# `make installcheck`, which distcheck runs too, says where it is: SOCKTUTOR.
. "${srcdir:-.}/tests/lib.sh"
unset SOCKTUTOR_LESSONS SOCKTUTOR_DATA

"$SOCKTUTOR" list >list
for lesson in "$srcdir"/lessons/*.md; do
	id=${lesson##*/}
	check "the lesson $id is there" grep -qw "${id%.md}" list
done
"$SOCKTUTOR" list --lang ko >ko
for lesson in "$srcdir"/lessons/ko/*.md; do
	id=${lesson##*/}
	title=$(sed -n 's/^title: //p' "$lesson")
	check "and $id in Korean" grep -q "^${id%.md}  $title" ko
done
"$SOCKTUTOR" run broken-pipe#classic >out
check 'one of its demos runs' test "$?" -eq 0
check 'and prints its table' grep -q 'EPIPE + SIGPIPE' out
"$SOCKTUTOR" explain EPIPE >out
check 'it finds the cards' grep -q 'EPIPE . error' out
"$SOCKTUTOR" explain --lang ko EPIPE >out
check 'in Korean, too' grep -q '파이프' out
if command -v msgfmt >/dev/null 2>&1; then
	"$SOCKTUTOR" --lang ko --help >out
	check 'it speaks Korean' grep -q '^사용법: socktutor' out
fi
"$SOCKTUTOR" lab survive --start c >out
check 'a program to begin with is there' cmp survive.c "$srcdir/lessons/programs/survive/start.c"
"$SOCKTUTOR" --version >out
check 'it says its version' grep -q '^socktutor [0-9]' out
finish
