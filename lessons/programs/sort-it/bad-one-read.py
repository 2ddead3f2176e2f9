# Wrong: it takes what one recv() brings for the whole answer.
import os
import socket

sock = socket.create_connection(
    (os.environ["SOCKTUTOR_HOST"], os.environ["SOCKTUTOR_PORT"])
)
sock.sendall(b"3\n1\n2\n")
sock.shutdown(socket.SHUT_WR)
print(sock.recv(4096).decode(), end="")
