# Wrong: EADDRINUSE does not say whether the one who has the name is alive.
import os
import socket

path = os.environ["SOCKTUTOR_SOCKET"]
listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
try:
    listener.bind(path)
except OSError:
    os.unlink(path)
    listener.bind(path)
listener.listen()
while True:
    client, _ = listener.accept()
    client.send(b"ready\n")
    client.close()
