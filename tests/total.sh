#!/bin/sh
# The closing line of ./check adds up what the tests said, and cannot pass when
# a test failed or none ran.
. "${srcdir:-.}/tests/lib.sh"

# ran NAME RESULT LAST-LINE: what `make check` leaves of a test.
ran() {
	echo ":global-test-result: $2" >"tests/$1.trs"
	printf 'ok: something\n%s\n' "$3" >"tests/$1.log"
}
# total STATUS LINE
total() {
	status=0
	sh "$srcdir/scripts/total.sh" . >out || status=$?
	check "exit status $1" test "$status" -eq "$1"
	check "it closes with '$2'" test "$(cat out)" = "$2"
	rm -rf tests
	mkdir -p tests/unit
}
mkdir -p tests/unit

total 1 '0 passed, 0 failed'
ran unit/unit PASS '90 passed, 0 failed'
ran layers PASS '10 passed, 0 failed'
total 0 '100 passed, 0 failed'
ran unit/unit PASS '90 passed, 0 failed, 2 skipped'
ran other PASS 'no count'
total 0 '91 passed, 0 failed, 2 skipped'
ran unit/unit FAIL '90 passed, 3 failed, 1 skipped'
ran layers PASS '10 passed, 0 failed'
total 1 '100 passed, 3 failed, 1 skipped'
ran crashed FAIL '10 passed, 0 failed'
total 1 '10 passed, 1 failed'
ran silent FAIL 'Segmentation fault'
total 1 '0 passed, 1 failed'
ran broken ERROR 'no count'
ran layers PASS '1 passed, 0 failed'
total 1 '1 passed, 1 failed'
ran layers SKIP 'no terminal'
total 1 '0 passed, 0 failed, 1 skipped'
ran lying PASS '3 passed, 1 failed'
total 1 '3 passed, 1 failed'
finish
