# A client that says hello.
#
# It expects its server to be there. When both are started at the same time,
# that is a matter of luck. Run it, and see what it is told.
import os
import socket

sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
sock.connect(os.environ["SOCKTUTOR_SOCKET"])
sock.sendall(b"hello\n")
sock.close()
