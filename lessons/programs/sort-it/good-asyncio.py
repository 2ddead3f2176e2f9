# asyncio calls it write_eof(): it sends what is left, and then the end.
import asyncio
import os


async def main():
    reader, writer = await asyncio.open_connection(
        os.environ["SOCKTUTOR_HOST"], os.environ["SOCKTUTOR_PORT"]
    )
    writer.write(b"3\n1\n2\n")
    writer.write_eof()
    print((await reader.read()).decode(), end="")
    writer.close()


asyncio.run(main())
