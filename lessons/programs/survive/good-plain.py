# The exception is caught where it can be answered.
import os
import socket
import time

sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
sock.connect(os.environ["SOCKTUTOR_SOCKET"])
try:
    while True:
        sock.sendall(b"tick\n")
        time.sleep(0.1)
except BrokenPipeError as error:
    print("the server is gone:", error.strerror)
