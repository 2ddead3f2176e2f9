# Wrong: recv() returned nothing, so nothing is wrong?
import os
import socket
import time


class Server:
    """A connection that is made when it is needed."""

    def __init__(self):
        self.sock = None

    def ask(self, number, what):
        """Ask once. The answer, or an exception."""
        if self.sock is None:
            self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self.sock.connect(os.environ["SOCKTUTOR_SOCKET"])
            self.answers = self.sock.makefile("r")
        self.sock.sendall(f"{number} {what}\n".encode())
        while True:
            line = self.answers.readline()
            if not line.endswith("\n"):
                self.hang_up()
                return line
            # An answer to an older number may still come. It is not ours.
            if line.split()[0] == str(number):
                return line

    def hang_up(self):
        self.sock.close()
        self.sock = None


server = Server()
for number, what in enumerate(["pay 5", "pay 3"], start=1):
    while True:
        try:
            # The number stays the same: the server knows it again.
            print(server.ask(number, what), end="")
            break
        except OSError:
            server.hang_up()
            time.sleep(0.1)
