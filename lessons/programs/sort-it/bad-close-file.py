# Wrong: it closes the object that it wrote through. The socket below stays
# open, and the server waits for the end.
import os
import socket

sock = socket.create_connection(
    (os.environ["SOCKTUTOR_HOST"], os.environ["SOCKTUTOR_PORT"])
)
with sock.makefile("w") as out:
    for number in 3, 1, 2:
        print(number, file=out)
with sock.makefile("r") as answer:
    print(answer.read(), end="")
