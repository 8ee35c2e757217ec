"""The fake Bot API server (../../botapi.mjs) as a Python object."""
import json
import subprocess
import urllib.request
from pathlib import Path

TOKEN = "1234567890:AAtest_token_of_the_test_kit_000000"
PROGRAM = Path(__file__).resolve().parents[2] / "botapi.mjs"


class BotApi:
    """Ends with close(), and in any case when this process ends."""

    def __init__(self, *arguments):
        self._process = subprocess.Popen(["/usr/bin/setpriv", "--pdeathsig", "KILL", "node", PROGRAM, *arguments],
                                         stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        line = self._process.stdout.readline()
        if not line.startswith("listening "):
            raise RuntimeError("the fake Bot API server did not start")
        self.url = f"http://127.0.0.1:{int(line.split()[1])}"

    def close(self):
        self._process.kill()
        self._process.wait()
        self._process.stdout.close()

    def control(self, path, body=None, method=None, seconds=60):
        """One call of /_control/<path>; GET unless there is a body or a method."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/_control/{path}", data=data, method=method)
        with urllib.request.urlopen(request, timeout=seconds) as answer:
            return json.load(answer)

    def reset(self):
        self.control("reset", {})

    def order(self, kind, **details):
        """Something to go wrong, such as order("rate_limited", chat_id=5, retry_after=1, times=2)."""
        self.control("outcomes", {"kind": kind, **details})

    def says(self, user, text):
        """A person writes to the bot."""
        return self.control("updates", {"from": user, "text": text})[0]

    def messages(self, chat=None):
        return self.control("messages" + (f"?chat_id={chat}" if chat is not None else ""))

    def wait(self, count, chat=None, seconds=20):
        """The messages, once there are `count` of them; AssertionError when they do not come."""
        where = f"&chat_id={chat}" if chat is not None else ""
        came = self.control(f"wait?messages={count}&timeout_ms={int(seconds * 1000)}{where}", seconds=seconds + 10)
        assert came["enough"], f"{came['messages']} messages of {count} came in {seconds} s"
        return self.messages(chat)

    def stats(self):
        return self.control("stats")
