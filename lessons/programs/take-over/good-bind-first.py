# It asks for the name, and only when that is taken it looks by whom.
import errno
import os
import socket
import time

path = os.environ["SOCKTUTOR_SOCKET"]
listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
while True:
    try:
        listener.bind(path)
        break
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as sock:
        if sock.connect_ex(path) == errno.ECONNREFUSED:
            os.unlink(path)
        else:
            time.sleep(0.25)
listener.listen()
while True:
    client, _ = listener.accept()
    client.send(b"ready\n")
    client.close()
