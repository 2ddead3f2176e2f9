# Wrong: it takes the next line for the answer to its request. It may be a
# late answer to an older one.
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
        line = self.answers.readline()
        if not line.endswith("\n"):
            raise EOFError  # the end in place of an answer
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
        except (OSError, EOFError):
            server.hang_up()
            time.sleep(0.1)
