#!/bin/sh
# Programs as they are, traced: beside strace's own record of the same ones, call for call; and
# what a program does to whoever follows it.
. "${srcdir:-.}/tests/lib.sh"

talk=$builddir/tests/talk
"$SOCKTUTOR" trace true true >/dev/null 2>err || {
	cat err
	skip 'no process can be traced here'
}

#
# Beside strace.
#

calls='network,read,write,readv,writev,close,dup,dup2,dup3,fcntl,ioctl,poll,ppoll,select'
calls=$calls',pselect6,epoll_ctl,epoll_wait,epoll_pwait'
recording="-f -y -s 32 --seccomp-bpf -e trace=$calls"

# beside MODE ADDRESS [sorted]: both sides under strace, and under trace.
beside() {
	mode=$1
	address=$2
	rm -f "$address" ready server.txt client.txt
	mkfifo ready
	strace $recording -o server.txt "$server" $3 "$mode" server "$address" >ready 2>/dev/null &
	strace_pid=$!
	read -r word <ready
	strace $recording -o client.txt "$client" $3 "$mode" client "$address" >/dev/null 2>&1
	wait "$strace_pid"
	rm -f "$address"
	"$SOCKTUTOR" trace --server A --format json -o both.json \
		"'$server' $3 $mode server $address" "'$client' $3 $mode client $address" \
		>out 2>&1 || cat out
	[ "$address" = talk.sock ] && over="$address" || over='a port'
	check "$mode, $over: the server as strace has it" \
		"$python" "$srcdir/tests/trace.py" server.txt both.json A $4
	check "$mode, $over: the client as strace has it" \
		"$python" "$srcdir/tests/trace.py" client.txt both.json B $4
}

# begun MODE: a server that has begun to listen; $begun is its process.
begun() {
	rm -f talk.sock ready
	mkfifo ready
	"$talk" "$1" server talk.sock >ready 2>/dev/null &
	begun=$!
	read -r word <ready
}
# beside_attached MODE [sorted]: strace and trace are attached to a server that waits.
beside_attached() {
	begun "$1"
	rm -f attached
	mkfifo attached
	strace -f -y -s 32 -e trace="$calls" -p "$begun" -o server.txt 2>attached &
	strace_pid=$!
	exec 3<attached
	read -r word <&3
	"$talk" "$1" client talk.sock >/dev/null 2>&1
	wait "$strace_pid"
	exec 3<&-
	begun "$1"
	"$SOCKTUTOR" trace --format json -o both.json --attach A="$begun" \
		"'$talk' $1 client talk.sock" >out 2>&1 || cat out
	check "$1, attached to: the server as strace has it" \
		"$python" "$srcdir/tests/trace.py" server.txt both.json A attached $2
}

python=$(python3 -c 'import sys; print(sys.executable)' 2>/dev/null)
if [ -z "$python" ] || ! strace -f -o /dev/null true 2>/dev/null; then
	leave_out 'beside strace: python3 or strace is not there, or strace may not trace'
else
	server=$talk
	client=$talk
	port=$("$python" -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])')
	for address in talk.sock "$port"; do
		beside kinds "$address" '' ''
		beside end "$address" '' ''
		beside kill "$address" '' ''
		beside fork "$address" '' sorted
		beside threads "$address" '' sorted
	done
	beside_attached kinds ''
	beside_attached end ''
	beside_attached kill ''
	beside_attached fork sorted
	beside_attached threads sorted
	cat >talk.py <<'END'
import os, selectors, socket, sys
_, mode, side, address = sys.argv
family, where = socket.AF_UNIX, address
if address.isdigit():
    family, where = socket.AF_INET, ("127.0.0.1", int(address))
s = socket.socket(family)
if side == "server":
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(where)
    s.listen()
    print("ready", flush=True)
    c, _ = s.accept()
    with selectors.DefaultSelector() as wait:
        wait.register(c, selectors.EVENT_READ)
        wait.select()
    c.sendall(c.recv(100).upper())
    c.recv(100)
    c.close()
else:
    s.settimeout(5)
    s.connect(where)
    s.sendall(b"hello, you")
    s.recv(4)
    s.recv(100)
    s.shutdown(socket.SHUT_WR)
s.close()
END
	server=$python
	client=$python
	beside python talk.sock talk.py ''
	beside python "$port" talk.py ''
	client=$talk
	sed 's/"sendto\|send"//; s/"result":4/"result":3/' both.json >wrong.json
	refuse 'one result changed is found' \
		sh -c '"$0" "$1" client.txt wrong.json B >/dev/null' "$python" "$srcdir/tests/trace.py"
	sed '/"text":"close(3)"/d' both.json | grep -v '"call":1,' >wrong.json
	refuse 'a call that is missing is found' \
		sh -c '"$0" "$1" client.txt wrong.json B >/dev/null' "$python" "$srcdir/tests/trace.py"
fi

#
# What it shows.
#

# trace MODE [OPTION]...: the table of both sides goes to `out`.
trace() {
	mode=$1
	shift
	rm -f talk.sock
	"$SOCKTUTOR" trace --server A "$@" "$talk $mode server talk.sock" \
		"$talk $mode client talk.sock" >out 2>err
}

trace end
check 'a conversation is traced' grep -qF '`send(3, "last", 4, 0) = 4`' out
check 'its other end is named' sh -c 'grep -F "recv(4, buf, 16, 0)" out | grep -q "| B 3 "'
check 'also where the two are joined' sh -c 'grep -F "accept(3, NULL, NULL) = 4" out | grep -q "| B 3 "'
check 'the ends are told' test "$(grep -c 'exited with 0' out)" -eq 2
check 'what a program prints is not in the table' sh -c '! grep -q "^ready" out && grep -qx ready err'
check 'nor are its own calls for that' sh -c '! grep -qF "write(1," out'
trace end -o file
check 'with a file, it stays where it is' sh -c 'test "$(cat out)" = ready && grep -qF "accept(" file'

trace signal
check 'a call that a signal interrupts returns EINTR' \
	test "$(grep -cF 'recv(3, buf, 16, 0) = -1 EINTR' out)" -eq 1
check 'one that goes on afterwards is one row' \
	test "$(grep -cF 'recv(3, buf, 16, 0)' out)" -eq 2
check 'with what it returned in the end' grep -qF 'recv(3, buf, 16, 0) = "x"' out
check "the handler's own call is a row" grep -qF 'send(3, "again", 5, 0) = 5' out
check 'the signals are told' test "$(grep -c 'SIGALRM --- handler runs' out)" -eq 2

trace fork
check 'a child is followed' grep -qF 'A.2: send(4, "again", 5, 0) = 5' out
check 'to its end' grep -qF 'A.2: +++ exited with 7 +++' out
trace threads
check 'threads are followed' grep -qF 'A.3: recv(' out
trace exec
check 'a program that becomes another one is followed' grep -qF '"hello\n", 6) = 6' out
trace become --until B
check 'a thread that becomes another program takes the place of all' \
	grep -qF 'B.2: +++ exited with 5 +++' out
check 'its end is that of the program' grep -q 'exited with 0\|SIGTERM' out
cat >several.py <<'END'
import os, socket, threading
def child():
    a, b = socket.socketpair()
    t = threading.Thread(target=lambda: a.send(b"x"))
    t.start()
    b.recv(1)
    os._exit(0)
for i in range(60):
    p = os.fork()
    if p == 0:
        child()
    if i % 3 == 0:
        os.kill(p, 9)
for i in range(60):
    os.wait()
END
if [ -n "$python" ]; then
	"$SOCKTUTOR" trace "$python several.py" "$python several.py" >out 2>err
	check 'the ends of many that are killed as they begin are all told' \
		test "$(grep -c '+++' out)" -eq 122
fi
trace stop
check 'one that is stopped stays so until it is let go on' \
	sh -c 'grep -qF "B.2: --- SIGSTOP ---" out && grep -qF "B.2: +++ exited with 3 +++" out &&
		grep -qF "last" out'
trace kill
check 'one that is killed is said so' grep -qF 'killed by SIGKILL' out
check 'and its call for the other side' sh -c 'grep -F "recv(3, buf, 16, 0)" out | grep -q EOF'

mkfifo pipe
"$SOCKTUTOR" trace 'echo over the pipe >pipe' 'cat pipe' >out 2>err
check 'a pipe with a name is between them' grep -qF '"over the pipe\n", 14) = 14' out
check 'it is read at the other end' grep -q 'read(3.* = "over the pipe' out
"$SOCKTUTOR" trace 'echo x | cat' true >out 2>err
check "a program's own pipes are left out" sh -c '! grep -q "pipe" out'
"$SOCKTUTOR" trace --pipes 'echo x | cat' true >out 2>err
check 'unless they are asked for' grep -qF 'write(1, "x\n", 2) = 2' out

#
# What runs already.
#

# running: a server that waits for its client; $server is its process.
running() {
	rm -f talk.sock ready-now
	mkfifo ready-now
	"$talk" end server talk.sock >ready-now 2>server.err &
	server=$!
	read -r word <ready-now
}
# unharmed: it serves a client as it always does, and ends well.
unharmed() {
	"$talk" end client talk.sock >client.out 2>&1 && wait "$server"
}
# attached: until the tutor whose lines are descriptor 3 has told that the server is in accept().
attached() {
	while read -r line <&3; do
		case $line in
		*accept\(*) return 0 ;;
		esac
	done
	return 1
}
running
check 'a process is attached to' \
	"$SOCKTUTOR" trace --attach A="$server" --until B "$talk end client talk.sock" >out 2>err
check 'and is none the worse for it' wait "$server"
check 'the call that it is in is shown' grep -qF 'accept(3, NULL, NULL) = 4' out
check 'its calls are' grep -qF 'recv(4, buf, 16, 0) = "last"' out
check 'what they are about is joined to the other program' \
	sh -c 'grep -F "recv(4, buf, 16, 0)" out | grep -q "| B 3 "'
mkfifo lines
for signal in INT TERM HUP KILL; do
	running
	"$SOCKTUTOR" trace --format json --attach A="$server" 'sleep 1000' >lines 2>err &
	tutor=$!
	exec 3<lines
	attached
	(trap '' INT; kill -"$signal" "$tutor")
	cat <&3 >rest
	exec 3<&-
	wait "$tutor" 2>/dev/null
	check "SIG$signal to the tutor leaves what it attached to as it was" unharmed
done
if [ -n "$python" ]; then
	cat >threads.py <<'END'
import socket, threading
pairs = [socket.socketpair() for _ in range(5)]
def serve(s):
    while s.recv(10):
        s.send(b"yes")
    s.close()
threads = [threading.Thread(target=serve, args=(b,)) for _, b in pairs]
for t in threads: t.start()
print("up", flush=True)
input()
for a, _ in pairs:
    for i in range(3):
        a.send(b"well?")
        assert a.recv(10) == b"yes"
    a.close()
for t in threads: t.join()
END
	rm -f ready-now input
	mkfifo ready-now input
	"$python" threads.py <input >ready-now &
	server=$!
	exec 4>input
	read -r word <ready-now
	"$SOCKTUTOR" trace --format json --attach A="$server" --until A true >lines &
	exec 3<lines
	for i in 1 2 3 4 5; do
		while read -r line <&3; do
			case $line in *'"recv('*) break ;; esac
		done
	done
	echo >&4
	exec 4>&-
	cat <&3 >rest
	exec 3<&-
	check 'a process with threads is unharmed' wait "$server"
	check 'the calls of all its threads are seen' test "$(grep -c '"bytes":"well?"' rest)" -eq 15
fi
if [ -n "$python" ]; then
	cat >busy.py <<'END'
import os, socket, threading
wrong = []
def serve(s):
    while d := s.recv(64):
        s.sendall(d[::-1])
def ask(s, i):
    n = 0
    while not os.path.exists("enough"):
        n += 1
        text = b"%d of %d" % (n, i)
        s.sendall(text)
        if s.recv(64) != text[::-1]:
            wrong.append(text)
    s.close()
pairs = [socket.socketpair() for _ in range(4)]
threads = [threading.Thread(target=serve, args=(b,)) for _, b in pairs]
threads += [threading.Thread(target=ask, args=(a, i)) for i, (a, _) in enumerate(pairs)]
for t in threads: t.start()
print("up", flush=True)
for t in threads: t.join()
assert not wrong, wrong
END
	rm -f ready-now enough
	mkfifo ready-now
	"$python" busy.py >ready-now &
	server=$!
	read -r word <ready-now
	for signal in INT TERM KILL INT TERM KILL; do
		"$SOCKTUTOR" trace --format json --attach A="$server" true >lines 2>err &
		tutor=$!
		exec 3<lines
		head -n 300 <&3 >some
		(trap '' INT; kill -"$signal" "$tutor")
		cat <&3 >rest
		exec 3<&-
		wait "$tutor" 2>/dev/null
	done
	: >enough
	check 'one with much to do is unharmed, again and again' wait "$server"
	check 'and was watched' test "$(grep -c '"kind":"call","role":"A"' some)" -gt 50
fi
# The kernel lets these fail when a process is stopped; where it can be mended, it is.
if [ "$(uname -m)" = x86_64 ]; then
	rm -f talk.sock ready-now input
	mkfifo ready-now input
	"$talk" patient server talk.sock >ready-now 2>server.err &
	server=$!
	exec 5<ready-now
	read -r word <&5
	"$talk" patient client talk.sock <input &
	exec 4>input
	for call in epoll_wait recv; do
		read -r word <&5 || break
		for signal in TERM KILL; do
			"$SOCKTUTOR" trace --format json --attach A="$server" --until A 'sleep 1000' \
				>lines 2>err &
			tutor=$!
			exec 3<lines
			while read -r line <&3; do
				case $line in *"\"$call("*) break ;; esac
			done
			kill -"$signal" "$tutor" 2>/dev/null
			cat <&3 >rest
			exec 3<&-
			wait "$tutor" 2>/dev/null
		done
		printf x >&4
	done
	exec 4>&- 5<&-
	check 'a call that a stop interrupts is waited in again' wait "$server"
fi
refuse 'a process that is not there cannot be attached to' \
	sh -c '"$0" trace --attach A=999999999 true >out 2>err' "$SOCKTUTOR"
check 'that is said' grep -q 'there is no process 999999999' err
refuse 'two cannot attach to one' \
	sh -c '"$0" trace --attach A=$$ --attach B=$$ >out 2>err' "$SOCKTUTOR"
check 'that is said too' grep -q 'is traced already' err
refuse 'a process has a number' sh -c '"$0" trace --attach A=x true 2>/dev/null' "$SOCKTUTOR"

#
# What cannot be done, and how it ends.
#

refuse 'a program that is not there is said' sh -c '"$0" trace no-such-program true >out 2>err' "$SOCKTUTOR"
check 'by its name' grep -q 'Process A could not be started: no-such-program' err
refuse 'calls cannot be held without a screen' \
	sh -c '"$0" trace --hold true true >out 2>err </dev/null' "$SOCKTUTOR"
check 'that is said in a sentence' grep -q -- '--hold needs a screen' err
check 'and nothing was started' test ! -s out
refuse 'one program is too few' sh -c '"$0" trace true 2>/dev/null' "$SOCKTUTOR"
refuse 'three are too many' sh -c '"$0" trace true true true 2>/dev/null' "$SOCKTUTOR"
check 'an exit status of 127 that is its own is no such thing' \
	sh -c '"$0" trace "$1 end nonsense x; $1; exit 127" true >/dev/null 2>&1' "$SOCKTUTOR" "$talk"

# What the kernel moves by itself from a socket to a pipe, and back.
cat >moves.py <<'END_OF_PROGRAM'
import os, socket
s, t = socket.socketpair()
r, w = os.pipe()
s.send(b"hello")
os.splice(t.fileno(), w, 5)
os.splice(r, t.fileno(), 5)
END_OF_PROGRAM
if python3 -c 'import os; os.splice' 2>/dev/null; then
	"$SOCKTUTOR" trace 'python3 moves.py' true >out 2>&1
	check 'splice() is seen, twice' test "$(grep -c 'splice(.* = 5' out)" = 2
fi

# Whatever they start has their standard output, a pipe to this test: it ends with the last of them.
stubborn='trap "" TERM INT HUP; echo up; while :; do sleep 1000; done'
gone() {
	timeout 20 cat <&3 >rest
}
mkfifo up
"$SOCKTUTOR" trace --until B \
	'trap "" TERM INT HUP; (while :; do sleep 1000; done) & : >is-up; while :; do sleep 1000; done' \
	'until [ -e is-up ]; do :; done' >out 2>up &
exec 3<up
check 'what does not end when the other has is killed, and nothing is left' gone
wait $!
check 'that is told' grep -qF 'kill -9' out
exec 3<&-
for signal in INT TERM KILL; do
	"$SOCKTUTOR" trace "$stubborn" "setsid sh -c '$stubborn'" >out 2>up &
	tutor=$!
	exec 3<up
	{ read -r word && read -r word; } <&3
	kill -"$signal" "$tutor"
	check "SIG$signal leaves nothing" gone
	wait "$tutor" 2>/dev/null
	[ "$signal" = KILL ] || check "SIG$signal: the table is printed" grep -qF 'SIGKILL' out
	exec 3<&-
done
finish
