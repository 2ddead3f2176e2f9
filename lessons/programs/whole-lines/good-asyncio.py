# asyncio's readline() waits until a line is complete.
import asyncio
import os


async def main():
    path = os.environ["SOCKTUTOR_SOCKET"]
    reader, writer = await asyncio.open_unix_connection(path)
    while line := await reader.readline():
        writer.write(b"%d\n" % (len(line) - 1))
        await writer.drain()
    writer.close()


asyncio.run(main())
