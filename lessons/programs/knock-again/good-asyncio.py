# The same with asyncio: other tasks could run during the pause.
import asyncio
import os


async def main():
    while True:
        try:
            path = os.environ["SOCKTUTOR_SOCKET"]
            reader, writer = await asyncio.open_unix_connection(path)
            break
        except (FileNotFoundError, ConnectionRefusedError):
            await asyncio.sleep(0.25)
    writer.write(b"hello\n")
    await writer.drain()
    writer.close()
    await writer.wait_closed()


asyncio.run(main())
