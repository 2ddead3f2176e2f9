# Wrong: it asks for the file, and not for the server. A file says nothing
# about who listens.
import os
import socket
import time

path = os.environ["SOCKTUTOR_SOCKET"]
while not os.path.exists(path):
    time.sleep(0.25)
sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
sock.connect(path)
sock.sendall(b"hello\n")
sock.close()
