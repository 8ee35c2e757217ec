"""An SMTP server for what a well-behaved one never does. smtp_peer.py TRICK

TRICK is none, or what goes wrong:
  plain          offers no STARTTLS
  mute-auth      never answers AUTH
  lose-body      closes after the final dot instead of answering, the first time
  lose-second    does so at the second mail of a connection
  mute-body      never answers the final dot
  lose-rcpt      closes at RCPT
  drop-idle      closes each connection once its mail is accepted
  close-421      says 421 and closes at the second mail of a connection
  mute-quit      never answers QUIT and keeps the connection open
  two-faced      refuses every recipient by a reply of two lines
Prints "listening PORT", then a line for each connection, command, Message-ID and end of a connection.
"""
import asyncio
import sys

TRICK = sys.argv[1]
lost = False


def tell(line):
    print(line, flush=True)


class Session:
    def __init__(self, reader, writer):
        self.reader, self.writer, self.mails = reader, writer, 0

    def reply(self, text):
        self.writer.write(text.encode() + b"\r\n")

    async def forever(self):
        while await self.reader.read(1000):
            pass

    async def serve(self):
        tell("connected")
        self.reply("220 peer")
        try:
            while line := await self.reader.readline():
                tell(line.decode().strip())
                if not await self.answer(line.decode().strip().split(" ")[0].split(":")[0].upper()):
                    break
        except ConnectionError:
            pass
        tell("closed")
        self.writer.close()

    async def answer(self, verb):
        """Answers one command; False: the connection ends."""
        if verb == "EHLO":
            self.reply("250-peer\r\n250-AUTH PLAIN LOGIN\r\n250 SIZE 1000000")
        elif verb == "AUTH":
            if TRICK == "mute-auth":
                await self.forever()
                return False
            self.reply("235 2.7.0 ok")
        elif verb == "MAIL" and TRICK == "close-421" and self.mails == 1:
            self.reply("421 4.4.2 idle for too long")
            return False
        elif verb == "RCPT" and TRICK == "lose-rcpt":
            return False
        elif verb == "RCPT" and TRICK == "two-faced":
            self.reply("550-5.1.1 The account\r\n550 5.1.1 does not exist")
        elif verb == "DATA":
            self.reply("354 go on")
            return await self.mail()
        elif verb == "QUIT":
            if TRICK == "mute-quit":
                await self.forever()
            else:
                self.reply("221 bye")
            return False
        else:
            self.reply("250 2.0.0 ok")
        return True

    async def mail(self):
        global lost
        while (line := await self.reader.readline()) not in (b".\r\n", b""):
            if line.lower().startswith(b"message-id:"):
                tell(line.decode().strip())
        if TRICK == "mute-body":
            await self.forever()
        if TRICK == "lose-body" and not lost:
            lost = True
            return False
        if TRICK == "lose-second" and self.mails == 1:
            return False
        self.mails += 1
        self.reply(f"250 2.0.0 queued as {self.mails}")
        return TRICK != "drop-idle"


async def main():
    server = await asyncio.start_server(lambda reader, writer: Session(reader, writer).serve(), "127.0.0.1", 0)
    tell(f"listening {server.sockets[0].getsockname()[1]}")
    await server.serve_forever()


asyncio.run(main())
