#!/bin/sh
# What a machine does not allow is said in one sentence, and the rest goes on:
# no namespaces, no copies of descriptors, no tracing.
. "${srcdir:-.}/tests/lib.sh"

refused="$builddir/tests/refuse"

# expect STATUS WORDS CALLS ARGS...: socktutor ARGS where CALLS are refused.
expect() {
	wanted=$1
	words=$2
	calls=$3
	shift 3
	status=0
	# Where ptrace is refused, the leak checker cannot work.
	ASAN_OPTIONS=${ASAN_OPTIONS:-}:detect_leaks=0 TMPDIR=$test_dir "$refused" "$calls" "$SOCKTUTOR" "$@" >out 2>err </dev/null || status=$?
	check "$words" test "$status" -eq "$wanted"
	[ "$status" -eq "$wanted" ] || cat out err
}

cat >unix.md <<'END'
| Process A | Process B |
|---|---|
| `send()` | |
| | `recv()` |
| | `= "hello"` |
| `getsockname(sock)` | |
| `= 0` | |
END
cat >wire.md <<'END'
| Process A | Process B |
|---|---|
| | `close()` |
| `send()` | |
| `= 5` | RESET |
END
cat >miss.md <<'END'
<!-- demo: link=tcp a-misses=FIN -->
| Process A | Process B |
|---|---|
| | `close()` |
| `recv()` | |
| blocks | |
END
cat >cut.md <<'END'
<!-- demo: link=tcp -->
| Process A | Process B |
|---|---|
| `cut wire` | |
| `send()` | |
| | `recv()` |
| | blocks |
END
cat >wrong.md <<'END'
<!-- demo: link=tcp -->
| Process A | Process B |
|---|---|
| `send()` | |
| EPIPE | |
END

cat >late.md <<'END'
<!-- demo: link=tcp -->
| Process A | Process B |
|---|---|
| | `delay 50ms` |
| `send()` | |
| | `recv()` |
| | `= "hello"` |
END
cat >fill.md <<'END'
| Process A | Process B |
|---|---|
| `fill buffer` | |
| `send()` | |
| blocks | |
END
cat >told.md <<'END'
<!-- demo: link=tcp -->
| Process A | Process B |
|---|---|
| `misses data` | |
| | `send()` |
| `recv()` | |
| blocks | |
END

expect 0 'unshare refused: a Unix demo runs' unshare run unix.md
check 'and nothing is said' test ! -s err
expect 2 'unshare refused: a row needs the wire' unshare run wire.md
check 'it is said at its line' grep -q '^wire.md:5: Process B: RESET cannot be checked' err
check 'and why, once' test "$(grep -c 'Segments cannot be seen here' err)" -eq 1
check 'the rest was seen' grep -q 'send(sock, "hello", 5, 0) = 5' out
expect 1 'unshare refused: what differs still differs' unshare run wrong.md
expect 2 'no filter on a socket can be set: said, not called wrong' unshare,pidfd_getfd run miss.md
check 'which role, and what' grep -q 'Process A cannot be made to miss' err
expect 2 'the wire cannot be cut: said, not called wrong' unshare,pidfd_getfd run cut.md
check 'in one sentence' grep -q 'The wire cannot be cut here' err
expect 0 'without a network of its own nothing is late' unshare run late.md
check 'which is said in one sentence' test "$(grep -c 'Segments cannot be held up here' err)" -eq 1
check 'and why' grep -q 'a network of its own' err
expect 0 'a buffer is filled all the same' unshare run fill.md
expect 2 'no descriptor can be borrowed: no buffer is filled' pidfd_getfd run fill.md
check 'which is said' grep -q 'No buffer can be filled here' err
expect 2 'nor does a role miss what it is told' unshare,pidfd_getfd run told.md
check 'which is said, too' grep -q 'cannot be made to miss segments here' err
expect 0 'pidfd_getfd refused: addresses are found all the same' pidfd_getfd run unix.md
expect 0 'so with TCP' unshare,pidfd_getfd run --link tcp unix.md
expect 2 'no IPv6: a demo over it cannot be set up' inet6 run --link tcp6 unix.md
check 'which call, and why' grep -q \
	'the set-up failed: .* = socket(AF_INET6, SOCK_STREAM, 0) = -1 EAFNOSUPPORT (Address family' err
expect 0 'others run' inet6 run --link tcp unix.md

# What the kernel holds.
lens() {
	grep '"kind":"lens"' out
}
expect 2 'unshare refused: what the kernel holds is seen all the same' unshare run --format json wire.md
check 'also of a socket that no process holds' grep -q '"role":"B".*"state":"FIN_WAIT' out
check 'and nobody else is looked at' test "$(lens | grep -o '"socket":[0-9]*' | sort -u | wc -l)" -eq 2
expect 0 'netlink refused: the demo runs' netlink run --format json wire.md
check 'a socket that a role holds is seen' grep -q '"role":"A".*"state":"ESTABLISHED"' out
check 'of the others it is said that they cannot be' grep -q '"role":"B".*"unseen":true' out
check 'and nothing is made up' test "$(lens | grep '"unseen":true' | grep -c unread)" -eq 0
check 'in one sentence, once' test "$(grep -c 'The kernel does not tell here' err)" -eq 1
expect 0 'a run that prints no events does not ask' netlink run wire.md
check 'and says nothing of it' test ! -s err
expect 0 'pidfd_getfd refused: what the kernel tells by netlink is seen' pidfd_getfd run --format json unix.md
check 'such as unread bytes' grep -q '"kind":"lens".*"unread":5' out
expect 0 'both refused: the demo runs' netlink,pidfd_getfd run --format json unix.md
expect 0 'the doctor where netlink is refused' netlink doctor
check 'says what cannot be seen' grep -q '^partly .*sockets in the kernel' out

expect 2 'ptrace refused: no demo runs' ptrace run unix.md
check 'and the doctor is named' grep -q 'doctor' err
expect 1 'the doctor finds it' ptrace doctor
check 'in plain words' grep -q '^no .*two traced processes' out
expect 0 'the doctor where namespaces are refused' unshare doctor
check 'says what is not there' grep -q '^partly .*a network of its own' out
check 'and what to do' grep -q '→' out

check 'no file is left' test "$(ls)" = "$(printf '%s\n' cut.md err fill.md late.md miss.md out told.md unix.md wire.md wrong.md)"
finish
