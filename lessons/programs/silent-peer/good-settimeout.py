# settimeout() gives every call on the socket a limit: a second. When it is
# over, there is an exception, TimeoutError, which is one of OSError.
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
sock.settimeout(1)
for _ in range(2):
    sock.sendall(b"ping\n")
    try:
        print(answer(sock).decode(), end="")
    except OSError:
        print("no answer", file=sys.stderr)
        sys.exit(2)
