# A client that has two payments made. Each request has its number.
#
# It sends one, waits for the answer, and sends the next. Run it, and see what
# it knows when the server goes away in between.
import os
import socket
import sys

sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
sock.connect(os.environ["SOCKTUTOR_SOCKET"])
answers = sock.makefile("r")
for number, what in enumerate(["pay 5", "pay 3"], start=1):
    sock.sendall(f"{number} {what}\n".encode())
    line = answers.readline()
    if not line.endswith("\n"):
        sys.exit(f"no answer to number {number}")
    print(line, end="")
