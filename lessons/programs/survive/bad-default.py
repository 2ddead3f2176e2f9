# Wrong: it takes Python's plan for SIGPIPE away, as many tools do that print
# into a pipeline. For a program with a socket it is the end.
import os
import signal
import socket
import time

signal.signal(signal.SIGPIPE, signal.SIG_DFL)
sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
sock.connect(os.environ["SOCKTUTOR_SOCKET"])
try:
    while True:
        sock.sendall(b"tick\n")
        time.sleep(0.1)
except BrokenPipeError as error:
    print("the server is gone:", error.strerror)
