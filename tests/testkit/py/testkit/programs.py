"""Our own programs under test: each on free ports, with its data in a folder of its own.

RB_BIN names the folder of the binaries; without it the newest build of this tree is used.
"""
import os
import subprocess
import time
from pathlib import Path

import jwt
import requests

from . import ports

TREE = Path(__file__).resolve().parents[4]
SECRET = "a-secret-of-the-tests-with-enough-bytes"


def binary(name):
    if "RB_BIN" in os.environ:
        return Path(os.environ["RB_BIN"]) / name
    built = sorted(TREE.glob(f"build/*/bin/{name}"), key=lambda path: path.stat().st_mtime)
    assert built, f"there is no {name}: run script/build"
    return built[-1]


def token(who):
    """A JWT of "tutor 1", "service bot" and so on."""
    role, user = who.split()
    return jwt.encode({"sub": user, "role": role, "exp": int(time.time()) + 3600}, SECRET, algorithm="HS256")


def wait_until(done, seconds=10):
    """What `done` gives as soon as it gives something true."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = done()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("never happened")


class Program:
    """`command` such as ["repitbot", "serve"]; `listens` names the setting of the port that calls go to."""

    def __init__(self, folder, command, listens, **settings):
        notification, analytics, bot = (str(port) for port in ports.take(3))
        self.folder = folder
        self.command = command
        self.env = {"PATH": os.environ["PATH"], "HOST": "127.0.0.1", "NOTIFICATION_PORT": notification, "BOT_PORT": bot,
                    "ANALYTICS_PORT": analytics,
                    "JWT_SECRET_KEY": SECRET, "DATABASE_URL": f"sqlite:///{folder}/test.sqlite3", **settings}
        self.url = f"http://127.0.0.1:{self.env[listens]}"
        self.process = None

    def start(self):
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen([binary(self.command[0]), *self.command[1:]], cwd=self.folder, env=self.env,
                                            stdout=log, stderr=log)
        wait_until(self.answers, 30)
        return self

    def log(self):
        return (self.folder / "log").read_text()

    def answers(self):
        assert self.process.poll() is None, self.log()
        try:
            return requests.get(self.url + "/health", timeout=5).status_code == 200
        except requests.ConnectionError:
            return False

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
        return self.process.wait(20)

    def run(self, *command):
        """Another program with the settings of this one, to its end."""
        return subprocess.run([binary(command[0]), *command[1:]], cwd=self.folder, env=self.env, capture_output=True,
                              text=True, timeout=60, check=False)

    def call(self, method, path, who="admin 9", **request):
        headers = request.pop("headers", {})
        if who:
            headers["Authorization"] = "Bearer " + token(who)
        return requests.request(method, self.url + path, headers=headers, timeout=20, **request)

    def get(self, path, **request):
        return self.call("GET", path, **request)

    def post(self, path, body, **request):
        return self.call("POST", path, json=body, **request)
