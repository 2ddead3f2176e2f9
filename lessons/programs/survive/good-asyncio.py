# With asyncio, drain() is where an error of a former write() comes out.
import asyncio
import os


async def main():
    path = os.environ["SOCKTUTOR_SOCKET"]
    reader, writer = await asyncio.open_unix_connection(path)
    try:
        while True:
            writer.write(b"tick\n")
            await writer.drain()
            await asyncio.sleep(0.1)
    except OSError as error:
        print("the server is gone:", error)


asyncio.run(main())
