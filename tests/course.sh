#!/bin/sh
# `socktutor lint --course`: the lessons are a course, and it says what keeps others from
# being one.
. "${srcdir:-.}/tests/lib.sh"

# Programs are for tests/programs.sh.
"$SOCKTUTOR" lint --no-programs --course >out 2>err
check 'the lessons are a course' test "$?" -eq 0
cat err

# told STATUS TEXT: what lint --course says of the lessons in here/.
told() {
	status=0
	SOCKTUTOR_LESSONS=$PWD/here "$SOCKTUTOR" lint --course >out 2>err || status=$?
	check "exit status $1${2:+: $2}" test "$status" -eq "$1"
	if [ -n "$2" ]; then
		check "it says: $2" grep -qF -- "$2" err
	else
		check 'nothing is said' test ! -s err
	fi
	check 'nothing on standard output' test ! -s out
}

mkdir here
told 2 'there are no lessons here'

# question: a right one.
question() {
	printf 'Why?\n\n- [x] So.\n\n  Because.\n\n- [ ] Or so.\n\n  No.\n\nGood.\n\n'
}
demo() {
	printf '<!-- demo: id=%s -->\n\n| Process A | Process B |\n|---|---|\n' "$1"
	printf '| | `close()` |\n| `recv()` | |\n| `EOF` | |\n\n'
}
{
	printf -- '---\ntitle: T\nsummary: S\nminutes: 5\norder: 1\n---\n\n# T\n\n'
	printf 'After this lesson you can say:\n\n- this.\n\nCall `close()` and `recv()`.\n\n'
	echo '<!-- predict: row=3 choices="EOF; blocks; ECONNRESET" -->'
	demo one
	demo two
	demo three
	question
	question
	question
} >here/first.md
told 0 ''
sed 's/order: 1/order: 2/' here/first.md >here/second.md
told 0 ''
sed 's/order: 1/order: 3\nafter: [fourth]/' here/first.md >here/third.md
told 2 "no lesson 'fourth'"
sed 's/order: 1/order: 3\nafter: [second]/' here/first.md >here/third.md
told 0 ''
sed 's/order: 1/order: 5/' here/first.md >here/fourth.md
told 2 'fourth.md: no lesson has the order 4; this one has 5'
rm here/fourth.md
sed 's/`recv()`\.$/all that./' here/first.md >new
mv new here/first.md
told 2 'first.md:22: recv() is used before the text has named it'
sed 's/`EOF`/`EFO`/' here/first.md >new
mv new here/first.md
told 2 'EFO'

# One file by itself is asked for its predictions, too.
sed 's/row=3/row=1/' here/second.md >file.md
"$SOCKTUTOR" lint file.md 2>err
check 'a wrong predict comment: exit status 2' test "$?" -eq 2
check 'with its line' grep -q '^file.md:16: row 1 says nothing' err
"$SOCKTUTOR" lint here/second.md 2>err
check 'a right one: exit status 0' test "$?" -eq 0

refuse '--course takes no file' "$SOCKTUTOR" lint --course file.md 2>err
check 'and says so' grep -q 'course looks at all lessons' err
finish
