# The same with asyncio, and with a limit for each answer.
import asyncio
import os


async def answer(reader, number):
    while True:
        line = (await reader.readline()).decode()
        if not line.endswith("\n"):
            raise EOFError  # the end in place of an answer
        # An answer to an older number may still come. It is not ours.
        if line.split()[0] == str(number):
            return line


async def main():
    writer = None
    for number, what in enumerate(["pay 5", "pay 3"], start=1):
        while True:
            try:
                if writer is None:
                    path = os.environ["SOCKTUTOR_SOCKET"]
                    reader, writer = await asyncio.open_unix_connection(path)
                # The number stays the same: the server knows it again.
                writer.write(f"{number} {what}\n".encode())
                await writer.drain()
                line = await asyncio.wait_for(answer(reader, number), 3)
                print(line, end="")
                break
            except (OSError, EOFError, asyncio.TimeoutError):
                if writer:
                    writer.close()
                writer = None
                await asyncio.sleep(0.1)


asyncio.run(main())
