# lib.sh - what every tests/*.sh begins with: `. "${srcdir:-.}/tests/lib.sh"`.
#
# From the environment (make check sets it): srcdir, the source tree; builddir,
# the build tree; SOCKTUTOR, the program. Without, they are the current
# directory and its build/, so that a test can be started by hand.
#
# The test runs in a new directory of its own, which goes when it ends, so
# tests never meet, however many run at the same time; what the program keeps
# for a learner, it keeps there. Nor does a test meet who starts it: the locale,
# the terminal, the home and what else of the environment speaks to the program
# or to a tool are the same for all.
#
#     check WORDS COMMAND...   COMMAND must succeed; WORDS say what that means
#     refuse WORDS COMMAND...  COMMAND must fail, and not by a signal
#     leave_out WORDS          this machine cannot show it: counts as skipped
#     skip WORDS               this machine cannot run the test at all: end here
#     needs_programs LAB COMMAND...   skip the test where no program can be played:
#                              COMMAND, which need not meet its goal, is tried in LAB
#     finish                   the last line: 'N passed, N failed', exit 0 or 1
#
# Where SOCKTUTOR_TEST_ALL is set, as in CI, what is skipped has failed.
# A test that ends without `finish`, or without having checked anything, fails.
# Exit statuses are 0, 1 and, for skip, 77, which is automake's word for it.
set -u

srcdir=$(cd "${srcdir:-.}" && pwd -P) || exit 1
if [ -z "${builddir:-}" ]; then
	builddir=$srcdir/build
	[ -e "$builddir/socktutor" ] || builddir=$srcdir
fi
builddir=$(cd "$builddir" && pwd -P) || exit 1
SOCKTUTOR=${SOCKTUTOR:-$builddir/socktutor}
case $SOCKTUTOR in
/*) ;;
*) SOCKTUTOR=$PWD/$SOCKTUTOR ;;
esac
LC_ALL=C.UTF-8
TERM=xterm-256color
export srcdir builddir SOCKTUTOR LC_ALL TERM
unset LANG LANGUAGE NO_COLOR ACCESSIBLE COLUMNS LINES ESCDELAY CDPATH POSIXLY_CORRECT \
	SOCKTUTOR_LESSONS SOCKTUTOR_DATA SOCKTUTOR_LOCALE SOCKTUTOR_NOTES SOCKTUTOR_SOCKET \
	SOCKTUTOR_HOST SOCKTUTOR_PORT XDG_CACHE_HOME XDG_CONFIG_HOME \
	SCREEN_DIRECTORY SCREEN_PATIENCE SCREEN_RECORD

test_passed=0
test_failed=0
test_skipped=0
test_finished=no
test_dir=$(mktemp -d "${TMPDIR:-/tmp}/socktutor-test.XXXXXX") || exit 1

test_end() {
	status=$?
	trap - EXIT
	cd / && chmod -R u+w "$test_dir" && rm -rf "$test_dir"
	if [ "$test_finished" = no ]; then
		echo "FAILED: the test ended early, with exit status $status"
		status=1
	fi
	exit "$status"
}
trap test_end EXIT
XDG_STATE_HOME=$test_dir/state
HOME=$test_dir/home
export XDG_STATE_HOME HOME
trap 'exit 1' HUP INT TERM
cd "$test_dir" || exit 1

test_tell() {
	if [ "$1" -eq 0 ]; then
		test_passed=$((test_passed + 1))
		printf 'ok: %s\n' "$2"
	else
		test_failed=$((test_failed + 1))
		printf 'FAILED: %s\n' "$2"
	fi
}

check() {
	test_words=$1
	shift
	test_status=0
	"$@" || test_status=1
	test_tell "$test_status" "$test_words"
}

refuse() {
	test_words=$1
	shift
	test_status=0
	"$@" || test_status=$?
	if [ "$test_status" -gt 0 ] && [ "$test_status" -lt 126 ]; then
		test_tell 0 "$test_words"
	else
		test_tell 1 "$test_words (exit status $test_status)"
	fi
}

leave_out() {
	if [ -n "${SOCKTUTOR_TEST_ALL:-}" ]; then
		test_tell 1 "$1 (not possible here, but SOCKTUTOR_TEST_ALL is set)"
	else
		test_skipped=$((test_skipped + 1))
		printf 'skipped: %s\n' "$1"
	fi
}

skip() {
	leave_out "$1"
	[ "$test_failed" -eq 0 ] || finish
	test_finished=yes
	exit 77
}

needs_programs() {
	needs_lab=$1
	shift
	"$SOCKTUTOR" lab "$needs_lab" -- "$@" >out 2>err || [ $? -eq 1 ] || {
		cat err
		skip 'no program can be played here'
	}
}

finish() {
	test_finished=yes
	printf '%d passed, %d failed' "$test_passed" "$test_failed"
	[ "$test_skipped" -eq 0 ] || printf ', %d skipped' "$test_skipped"
	echo
	[ "$test_failed" -eq 0 ] && [ "$test_passed" -gt 0 ]
	exit $?
}
