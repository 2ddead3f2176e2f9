# One thread: selectors takes the best of poll(), epoll and the like.
import os
import selectors
import socket

listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
listener.bind(os.environ["SOCKTUTOR_SOCKET"])
listener.listen()
news = selectors.DefaultSelector()
news.register(listener, selectors.EVENT_READ)
while True:
    for key, _ in news.select():
        if key.fileobj is listener:
            client, _ = listener.accept()
            news.register(client, selectors.EVENT_READ)
            continue
        piece = key.fileobj.recv(4096)
        if piece:
            key.fileobj.sendall(piece)
        else:
            news.unregister(key.fileobj)
            key.fileobj.close()
