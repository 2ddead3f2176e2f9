# Wrong: "except: pass" makes no difference between a pause and a death. This
# program talks to nobody for ever.
import os
import socket
import time

sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
sock.connect(os.environ["SOCKTUTOR_SOCKET"])
while True:
    try:
        sock.sendall(b"tick\n")
    except OSError:
        pass
    time.sleep(0.1)
