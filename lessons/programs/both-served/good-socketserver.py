# socketserver makes a thread for each connection.
import os
import socketserver


class Conversation(socketserver.BaseRequestHandler):
    def handle(self):
        while piece := self.request.recv(4096):
            self.request.sendall(piece)


path = os.environ["SOCKTUTOR_SOCKET"]
with socketserver.ThreadingUnixStreamServer(path, Conversation) as server:
    server.serve_forever()
