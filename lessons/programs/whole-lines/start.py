# A client that answers each line with its length.
#
# It calls recv(), takes what comes for a line, and answers. Run it, and see
# what it takes for a line.
import os
import socket

sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
sock.connect(os.environ["SOCKTUTOR_SOCKET"])
while line := sock.recv(4096):
    # The newline at its end does not count.
    sock.sendall(b"%d\n" % (len(line) - 1))
