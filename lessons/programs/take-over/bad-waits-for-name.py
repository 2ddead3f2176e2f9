# Wrong: it waits until the name is free. Nobody frees it: the file stays when
# its server is gone.
import os
import socket
import time

path = os.environ["SOCKTUTOR_SOCKET"]
while os.path.exists(path):
    time.sleep(0.25)
listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
listener.bind(path)
listener.listen()
while True:
    client, _ = listener.accept()
    client.send(b"ready\n")
    client.close()
