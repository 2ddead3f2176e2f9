# Wrong: it takes whatever comes for the answer. A part of one is none.
import os
import socket
import sys


def answer(sock):
    return sock.recv(4096)


sock = socket.create_connection(
    (os.environ["SOCKTUTOR_HOST"], os.environ["SOCKTUTOR_PORT"])
)
sock.settimeout(1)
for _ in range(2):
    sock.sendall(b"ping\n")
    try:
        print(answer(sock).decode(), end="")
    except OSError:
        print("no answer", file=sys.stderr)
        sys.exit(2)
