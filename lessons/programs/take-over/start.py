# A server. It begins as most do: it removes the file of its name, and takes
# the name. Run it, and see who had the name.
import os
import socket

path = os.environ["SOCKTUTOR_SOCKET"]
if os.path.exists(path):
    os.unlink(path)
listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
listener.bind(path)
listener.listen()
while True:
    client, _ = listener.accept()
    client.send(b"ready\n")
    client.close()
