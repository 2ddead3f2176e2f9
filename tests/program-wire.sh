#!/bin/sh
# Whose a program's segments are, whichever of its threads and children has the socket.
. "${srcdir:-.}/tests/lib.sh"

command -v python3 >/dev/null || skip 'there is no python3'
python=$(python3 -c 'import sys; print(sys.executable)')

mkdir lessons
SOCKTUTOR_LESSONS=$PWD/lessons
export SOCKTUTOR_LESSONS
cat >lessons/wire.md <<'END_OF_LESSON'
# Wire

<!-- lab: id=client link=tcp a=program patience=10s -->

Say hello.

| Process A         | Process B        |
|-------------------|------------------|
| connects          |                  |
|                   | accept()         |
| `sends "hello\n"` |                  |
|                   | recv()           |
|                   | `= "hello\n"`    |
|                   | `send(sock, "fine\n")` |
| `reads "fine\n"`  |                  |

<!-- lab: id=server link=none b=program patience=10s -->

Be called at the port that you are told, say fine to hello.

| Process A                         | Process B         |
|-----------------------------------|-------------------|
|                                   | listens           |
| `sock = socket(AF_INET)`          |                   |
| `connect(sock, "127.0.0.1:7000")` |                   |
|                                   | accepts           |
| `send(sock, "hello\n")`           |                   |
|                                   | `reads "hello\n"` |
|                                   | `sends "fine\n"`  |
| recv()                            |                   |
| `= "fine\n"`                      |                   |

<!-- lab: id=datagram link=udp a=program patience=10s -->

Say hello.

| Process A         | Process B     |
|-------------------|---------------|
| `sends "hello\n"` |               |
|                   | `recv()`      |
|                   | `= "hello\n"` |
END_OF_LESSON
cat >program.py <<'END_OF_PROGRAM'
import os, socket, sys, threading
peer = (os.environ["SOCKTUTOR_HOST"], int(os.environ["SOCKTUTOR_PORT"]))

def client():
    with socket.create_connection(peer) as s:
        s.sendall(b"hello\n")
        s.recv(64)

def serve(s):
    s.recv(64)
    s.sendall(b"fine\n")
    s.recv(64)

def server(how=lambda what, *args: what(*args)):
    with socket.socket() as listener:
        listener.bind(peer)
        listener.listen()
        how(serve, listener.accept()[0])

def datagram():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.sendto(b"hello\n", peer)

def in_thread(what, *args):
    t = threading.Thread(target=what, args=args)
    t.start()
    t.join()

def in_child(what, *args):
    pid = os.fork()
    if pid == 0:
        what(*args)
        os._exit(0)
    os.waitpid(pid, 0)

what, how = sys.argv[1:]
how = {"itself": lambda what: what(), "thread": in_thread, "child": in_child}[how]
how({"client": client, "server": server, "datagram": datagram}[what])
END_OF_PROGRAM
cat >senders.py <<'END_OF_PROGRAM'
import json, sys
segments = [e for e in map(json.loads, open("out")) if e["kind"] == "segment"]
for start, role in zip(("hello", "fine"), sys.argv[1]):
    found = [e.get("role") for e in segments if e.get("start", "").startswith(start)]
    assert found == [role], (start, segments)
END_OF_PROGRAM

# whose LAB HOW SENDERS: HOW is who has the socket; SENDERS are who says hello, and who fine.
whose() {
	"$SOCKTUTOR" lab "lessons/wire.md#$1" --format json -- "$python" program.py "$1" "$2" \
		>out 2>err || { cat err; return 1; }
	"$python" senders.py "$3"
}

needs_programs lessons/wire.md#client true
for how in itself thread child; do
	check "a client, $how" whose client "$how" AB
	check "a server, $how" whose server "$how" AB
	check "datagrams, $how" whose datagram "$how" A
done
finish
