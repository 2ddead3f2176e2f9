# A client that has its numbers sorted.
#
# It sends them, and reads the answer to its end. Run it, and see who waits
# for whom.
import os
import socket

sock = socket.create_connection(
    (os.environ["SOCKTUTOR_HOST"], os.environ["SOCKTUTOR_PORT"])
)
sock.sendall(b"3\n1\n2\n")
while piece := sock.recv(4096):
    print(piece.decode(), end="")
