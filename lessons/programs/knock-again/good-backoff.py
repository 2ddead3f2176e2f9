# Each pause is longer than the one before, up to a second.
import os
import socket
import time

sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
pause = 0.02
while True:
    try:
        sock.connect(os.environ["SOCKTUTOR_SOCKET"])
        break
    except (FileNotFoundError, ConnectionRefusedError):
        time.sleep(pause)
        pause = min(2 * pause, 1)
sock.sendall(b"hello\n")
sock.close()
