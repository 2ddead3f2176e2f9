# Wrong: it serves all clients, and sends each line to all of them.
import os
import selectors
import socket

listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
listener.bind(os.environ["SOCKTUTOR_SOCKET"])
listener.listen()
news = selectors.DefaultSelector()
news.register(listener, selectors.EVENT_READ)
clients = []
while True:
    for key, _ in news.select():
        if key.fileobj is listener:
            clients.append(listener.accept()[0])
            news.register(clients[-1], selectors.EVENT_READ)
            continue
        piece = key.fileobj.recv(4096)
        if not piece:
            news.unregister(key.fileobj)
            clients.remove(key.fileobj)
            key.fileobj.close()
            continue
        for client in clients:
            client.sendall(piece)
