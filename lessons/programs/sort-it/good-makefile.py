# With objects like files: what was written must be out before the end is
# said.
import os
import socket

sock = socket.create_connection(
    (os.environ["SOCKTUTOR_HOST"], os.environ["SOCKTUTOR_PORT"])
)
with sock.makefile("rw") as server:
    for number in 3, 1, 2:
        print(number, file=server)
    server.flush()
    sock.shutdown(socket.SHUT_WR)
    print(server.read(), end="")
