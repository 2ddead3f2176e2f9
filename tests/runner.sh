#!/bin/sh
# The unit runner cannot pass by mistake: suites that are wrong on purpose
# (tests/unit/selftest.c) must fail it, with exit status 1 and no other.
. "${srcdir:-.}/tests/lib.sh"

selftest=$builddir/tests/unit/selftest

# expect STATUS CLOSING-LINE ARGS...: run the self-test and look at both.
expect() {
	want_status=$1 want_line=$2
	shift 2
	status=0
	"$selftest" "$@" >out 2>err || status=$?
	check "selftest $*: exit status $want_status" test "$status" -eq "$want_status"
	if [ -n "$want_line" ]; then
		check "selftest $*: closes with '$want_line'" test "$(tail -n 1 out)" = "$want_line"
	else
		check "selftest $*: claims no result" test "$(grep -c passed out)" -eq 0
	fi
}

expect 0 '2 passed, 0 failed' good
expect 0 '1 passed, 0 failed' good/second
expect 0 '1 passed, 0 failed' bad/passes
expect 0 '3 passed, 0 failed' good bad/passes

for test in number cunit first-of-two fatal text null; do
	expect 1 '0 passed, 1 failed' "bad/$test"
done
expect 1 '1 passed, 6 failed' bad
expect 1 '3 passed, 6 failed' good bad
expect 1 '0 passed, 1 failed' no-start
expect 1 '2 passed, 1 failed' no-end
expect 1 '0 passed, 1 failed' silent

# What a machine does not allow is skipped, but not where all must be seen.
unset SOCKTUTOR_TEST_ALL
expect 0 '1 passed, 0 failed, 2 skipped' good/first skipping/rest skipping/all
expect 1 '0 passed, 0 failed, 1 skipped' skipping/rest
expect 1 '1 passed, 1 failed' good/first skipping/failed
SOCKTUTOR_TEST_ALL=yes
export SOCKTUTOR_TEST_ALL
expect 1 '1 passed, 2 failed' good/first skipping/rest skipping/all

# What does not exist, or is empty, or stands there twice, is no success.
for name in nothing good/third go good/ /first '' none twice; do
	expect 1 '' "$name"
done
expect 1 '' good nothing
expect 1 ''

# A failure names its file and line, and what was seen.
"$selftest" bad/number >out 2>&1
check 'a failure shows FILE:LINE and both numbers' \
	grep -q 'selftest\.c:[0-9][0-9]*: 2 + 2 is 4, expected 5' out
"$selftest" bad/text >out 2>&1
check 'a failure shows both texts' grep -q '"right", expected "wrong"' out
check '--list names every test' test "$("$selftest" --list | grep -c /)" -eq 19
finish
