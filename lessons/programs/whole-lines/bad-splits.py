# Wrong: it knows that two lines may come together, and forgets that one may
# come in two pieces.
import os
import socket

sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
sock.connect(os.environ["SOCKTUTOR_SOCKET"])
while piece := sock.recv(4096):
    for line in piece.splitlines():
        sock.sendall(b"%d\n" % len(line))
