# A thread for each client. One may sleep in recv(), the others do not notice.
import os
import socket
import threading


def conversation(client):
    with client:
        while piece := client.recv(4096):
            client.sendall(piece)


listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
listener.bind(os.environ["SOCKTUTOR_SOCKET"])
listener.listen()
while True:
    client, _ = listener.accept()
    threading.Thread(target=conversation, args=(client,), daemon=True).start()
