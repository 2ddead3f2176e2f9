# Wrong: SHUT_RDWR says that it will send no more, and read no more.
import os
import socket

sock = socket.create_connection(
    (os.environ["SOCKTUTOR_HOST"], os.environ["SOCKTUTOR_PORT"])
)
sock.sendall(b"3\n1\n2\n")
sock.shutdown(socket.SHUT_RDWR)
while piece := sock.recv(4096):
    print(piece.decode(), end="")
