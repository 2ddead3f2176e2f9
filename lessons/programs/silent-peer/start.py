# A client that asks twice, and gets two answers, it hopes.
#
# It even has a plan for a server that does not answer: to say so, and end
# with status 2. Run it, and see when that happens.
import os
import socket
import sys


def answer(sock):
    line = b""
    while not line.endswith(b"\n"):
        piece = sock.recv(4096)
        if not piece:
            sys.exit("the server has gone")
        line += piece
    return line


sock = socket.create_connection(
    (os.environ["SOCKTUTOR_HOST"], os.environ["SOCKTUTOR_PORT"])
)
for _ in range(2):
    sock.sendall(b"ping\n")
    try:
        print(answer(sock).decode(), end="")
    except OSError:
        print("no answer", file=sys.stderr)
        sys.exit(2)
