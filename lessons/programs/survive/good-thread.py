# A thread of its own sends. It catches the exception itself: one that leaves a
# thread is printed and forgotten.
import os
import socket
import threading
import time


def tick(sock):
    try:
        while True:
            sock.send(b"tick\n")
            time.sleep(0.1)
    except OSError as error:
        print("the server is gone:", error.strerror)


sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
sock.connect(os.environ["SOCKTUTOR_SOCKET"])
sender = threading.Thread(target=tick, args=(sock,))
sender.start()
sender.join()
