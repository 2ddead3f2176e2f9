# What was received is collected. The lines that are complete are taken out,
# and the rest waits for its end.
import os
import socket

sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
sock.connect(os.environ["SOCKTUTOR_SOCKET"])
have = b""
while piece := sock.recv(4096):
    have += piece
    *lines, have = have.split(b"\n")
    for line in lines:
        sock.sendall(b"%d\n" % len(line))
