# Two exceptions mean "not yet". After each of them comes a pause, and the
# tries are counted: a program that waits for ever is no help to anybody.
import os
import socket
import sys
import time


def dial(path):
    for _ in range(100):
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            sock.connect(path)
            return sock
        except (FileNotFoundError, ConnectionRefusedError):
            sock.close()
            time.sleep(0.25)
    sys.exit("no server came")


with dial(os.environ["SOCKTUTOR_SOCKET"]) as sock:
    sock.sendall(b"hello\n")
