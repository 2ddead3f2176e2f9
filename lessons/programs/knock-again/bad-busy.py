# Wrong: "pass" is no pause. The loop takes a processor for itself.
import os
import socket

sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
while True:
    try:
        sock.connect(os.environ["SOCKTUTOR_SOCKET"])
        break
    except OSError:
        pass
sock.sendall(b"hello\n")
sock.close()
