# Wrong: it waits for a newline, and throws away what stood behind it.
import os
import socket

sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
sock.connect(os.environ["SOCKTUTOR_SOCKET"])
have = b""
while piece := sock.recv(4096):
    have += piece
    if b"\n" in have:
        line, _ = have.split(b"\n", 1)
        sock.sendall(b"%d\n" % len(line))
        have = b""
