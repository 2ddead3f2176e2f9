# A server that sends back what its clients send.
#
# It serves one client to its end, and then the next. Run it, and see what the
# second client gets while the first is silent.
import os
import socket

listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
listener.bind(os.environ["SOCKTUTOR_SOCKET"])
listener.listen()
while True:
    client, _ = listener.accept()
    while piece := client.recv(4096):
        client.sendall(piece)
    client.close()
