#!/bin/sh
# Calls that a program, or a library of it, makes at addresses that are none of the stage's: they
# meet no goal, and miss none.
. "${srcdir:-.}/tests/lib.sh"

command -v python3 >/dev/null || skip 'there is no python3'
python=$(python3 -c 'import sys; print(sys.executable)')

mkdir lessons
SOCKTUTOR_LESSONS=$PWD/lessons
export SOCKTUTOR_LESSONS
cat >lessons/far.md <<'END_OF_LESSON'
# Far away

<!-- lab: id=late link=none a=program patience=10s -->

Call before the server is there, and again.

| Process A            | Process B                     |
|----------------------|-------------------------------|
| ENOENT               |                               |
|                      | `listener = socket(AF_UNIX)`  |
|                      | `bind(listener, "demo.sock")` |
| ECONNREFUSED         |                               |

<!-- lab: id=stream link=tcp a=program patience=10s -->

Connect, and say hello.

| Process A            | Process B                     |
|----------------------|-------------------------------|
| connects             |                               |
| `sends "hello\n"`    |                               |
| `waits 100ms`        |                               |
| closes               |                               |

<!-- lab: id=datagram link=udp a=program patience=10s -->

Say hello.

| Process A            | Process B                     |
|----------------------|-------------------------------|
| `sends "hello\n"`    |                               |
|                      | `recv()`                      |
|                      | `= "hello\n"`                 |

<!-- lab: id=unix-datagram link=unix-dgram a=program patience=10s -->

Say hello.

| Process A            | Process B                     |
|----------------------|-------------------------------|
| `sends "hello\n"`    |                               |
|                      | `recv()`                      |
|                      | `= "hello\n"`                 |

<!-- lab: id=takes link=udp b=program patience=10s -->

Take it: A says hello until you do.

| Process A                                    | Process B         |
|----------------------------------------------|-------------------|
|                                              | blocks            |
| `sendto(sock, "hello\n", "127.0.0.1:7000")`  |                   |
|                                              | `reads "hello\n"` |
|                                              | `exited 0`        |

<!-- lab: id=takes-unix link=unix-dgram b=program patience=10s -->

Take it.

| Process A                            | Process B         |
|--------------------------------------|-------------------|
|                                      | blocks            |
| `sendto(sock, "hello\n", "b.sock")`  |                   |
|                                      | `reads "hello\n"` |
|                                      | `exited 0`        |
END_OF_LESSON

# What libraries do: the name service's cache, the log, names that are looked up, addresses that are
# sorted. The last argument says what the program does itself.
cat >program.py <<'END_OF_PROGRAM'
import os, socket, sys, time
unix, host = os.environ.get("SOCKTUTOR_SOCKET"), os.environ.get("SOCKTUTOR_HOST")
peer = (host, int(os.environ.get("SOCKTUTOR_PORT", 0)))
stream, datagram = socket.SOCK_STREAM, socket.SOCK_DGRAM

def tries(call, *args):
    try:
        call(*args)
    except OSError as e:
        print(e)

def looks_around():
    for path in "/var/run/nscd/socket", "/nowhere/at-all", "demo.sock":
        with socket.socket(socket.AF_UNIX, stream) as s:
            tries(s.connect, path)
    with socket.socket(socket.AF_UNIX, datagram) as s:
        tries(s.sendto, b"hello\n", "/nowhere/log")
    for family, address in (socket.AF_INET, ("127.0.0.53", 53)), (socket.AF_INET, ("192.0.2.1", 80)), \
            (socket.AF_INET6, ("2001:db8::1", 53)):
        for kind in datagram, stream:
            with socket.socket(family, kind) as s:
                s.settimeout(1)
                tries(s.connect, address)
                tries(s.send, b"hello\n")
    if host:
        with socket.socket(socket.AF_INET, datagram) as s:
            tries(s.connect, peer)
            tries(s.send, b"hello\n")
            tries(s.recv, 1)

def calls_late():
    while True:
        try:
            socket.socket(socket.AF_UNIX, stream).connect(unix)
        except ConnectionRefusedError:
            return
        except FileNotFoundError:
            time.sleep(0.01)

def says_hello():
    s = socket.create_connection(peer)
    s.sendall(b"hello\n")
    time.sleep(0.05)
    looks_around()
    time.sleep(0.2)
    s.close()

def one_socket():
    s = socket.socket(socket.AF_UNIX, stream)
    tries(s.connect, "/nowhere/at-all")
    tries(s.connect, unix)
    looks_around()
    calls_late()

def sends_hello():
    if unix:
        socket.socket(socket.AF_UNIX, datagram).sendto(b"hello\n", unix)
    else:
        socket.socket(socket.AF_INET, datagram).sendto(b"hello\n", peer)

def takes_hello():
    s = socket.socket(socket.AF_UNIX if unix else socket.AF_INET, datagram)
    s.bind(unix or peer)
    if s.recv(64) != b"hello\n":
        raise SystemExit(1)

looks_around()
for name in sys.argv[1:]:
    globals()[name]()
END_OF_PROGRAM

# met/missed LAB WHAT...: the program looks around and does WHAT.
met() {
	lab=$1
	shift
	"$SOCKTUTOR" lab "lessons/far.md#$lab" -- "$python" program.py "$@" >out 2>err
}
missed() {
	got=0
	met "$@" || got=$?
	[ "$got" -eq 1 ]
}

needs_programs lessons/far.md#late true

check 'ENOENT elsewhere is none' missed late
check 'no row holds' grep -q '^0 of 2 rows of the goal hold' out
check 'it is said where that was' grep -q "ENOENT .*, which is none of the stage's addresses" out
refuse 'and not as what was wanted' grep -q 'seen: ENOENT' out
check 'ENOENT where it counts' met late calls_late
check 'on a socket that was elsewhere before' met late one_socket
check 'a datagram socket connects to nobody where streams are' missed stream
check 'not one row holds' grep -q '^0 of 4 rows of the goal hold' out
check 'a stream does; to look around is to wait' met stream says_hello
check 'where datagrams are, a datagram counts' met datagram sends_hello
refuse 'and one that went elsewhere does not' grep -q 'sends .*"192.0.2.1' out
check 'a Unix datagram, too' met unix-datagram sends_hello
check 'as Process B, by UDP' met takes takes_hello
check 'and by a file' met takes-unix takes_hello

# A library that asks the name service's cache, as Python does where nobody says what HOME is.
check 'without HOME, nothing counts that Python does by itself' sh -c \
	'env -u HOME "$0" lab lessons/far.md#late -- "$1" -c pass >out 2>err; test $? -eq 1 &&
	grep -q "^0 of 2 rows" out' "$SOCKTUTOR" "$python"
finish
