# makefile() gives an object like a file. It collects, and hands out lines.
import os
import socket

sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
sock.connect(os.environ["SOCKTUTOR_SOCKET"])
with sock.makefile("rb") as lines:
    for line in lines:
        sock.sendall(b"%d\n" % (len(line) - 1))
