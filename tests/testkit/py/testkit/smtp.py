"""An SMTP server that takes every mail and remembers when it came: for counting, where Postfix is not needed."""
import asyncio
import email
import email.policy
import threading
import time
from collections import namedtuple

Mail = namedtuple("Mail", "moment recipient message")  # seconds of the monotonic clock, address, EmailMessage


class SmtpSink:
    """Listens on loopback without TLS, on a thread of its own, until close(). Of `crowded` domains it says «too many»;
    `refused` are the recipients it said it of."""

    def __init__(self, crowded=()):
        self._mails, self._crowded, self.refused = [], crowded, []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        server = asyncio.run_coroutine_threadsafe(asyncio.start_server(self._serve, "127.0.0.1", 0), self._loop).result()
        self.port = server.sockets[0].getsockname()[1]

    def env(self):
        return {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(self.port), "EMAIL_USE_TLS": "false",
                "EMAIL_FROM_ADDRESS": "school@example.test"}

    def mails(self):
        return [Mail(moment, recipient, email.message_from_bytes(text, policy=email.policy.default))
                for moment, recipient, text in list(self._mails)]

    def count(self):
        return len(self._mails)

    def close(self):
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    async def _serve(self, reader, writer):
        recipient = ""
        writer.write(b"220 sink\r\n")
        try:
            while line := (await reader.readline()).decode():
                verb = line[:4].upper()
                if verb == "EHLO":
                    writer.write(b"250-sink\r\n250 SIZE 10000000\r\n")
                    continue
                if verb == "RCPT":
                    recipient = line[line.index("<") + 1:line.index(">")]
                    if recipient.partition("@")[2] in self._crowded:
                        self.refused.append(recipient)
                        writer.write(f"450 4.7.28 <{recipient}> gets too many messages\r\n".encode())
                        continue
                if verb == "DATA":
                    writer.write(b"354 go on\r\n")
                    text = await reader.readuntil(b"\r\n.\r\n")
                    self._mails.append((time.monotonic(), recipient, text[:-5].replace(b"\r\n..", b"\r\n.")))
                writer.write(b"221 bye\r\n" if verb == "QUIT" else b"250 ok\r\n")
                if verb == "QUIT":
                    break
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        writer.close()
