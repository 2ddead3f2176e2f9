# A client that sends a line ten times a second.
#
# Python ignores SIGPIPE before your first line runs. So you are told of the
# broken pipe by an exception. Run this, and see what becomes of it.
import os
import socket
import time

sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
sock.connect(os.environ["SOCKTUTOR_SOCKET"])
while True:
    sock.sendall(b"tick\n")
    time.sleep(0.1)
