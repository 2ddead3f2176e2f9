# wait_for() gives any wait a limit, however many pieces come in between.
import asyncio
import os
import sys


async def main():
    reader, writer = await asyncio.open_connection(
        os.environ["SOCKTUTOR_HOST"], os.environ["SOCKTUTOR_PORT"]
    )
    for _ in range(2):
        writer.write(b"ping\n")
        try:
            line = await asyncio.wait_for(reader.readline(), 1)
        except asyncio.TimeoutError:
            print("no answer", file=sys.stderr)
            sys.exit(2)
        print(line.decode(), end="")


asyncio.run(main())
