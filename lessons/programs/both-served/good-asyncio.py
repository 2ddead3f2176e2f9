# asyncio: a conversation that has nothing to read steps aside for the others.
import asyncio
import os


async def conversation(reader, writer):
    while piece := await reader.read(4096):
        writer.write(piece)
        await writer.drain()
    writer.close()


async def main():
    path = os.environ["SOCKTUTOR_SOCKET"]
    server = await asyncio.start_unix_server(conversation, path)
    await server.serve_forever()


asyncio.run(main())
