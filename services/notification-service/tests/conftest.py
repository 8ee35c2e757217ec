"""Black-box tests: a notification-service of their own, on free ports, with its data in a folder of its own.

RB_BIN names the folder of the binaries; without it the newest build of this tree is used.
"""
import os
import subprocess
import sys
import time
from pathlib import Path

import jwt
import pytest
import requests

TREE = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(TREE / "tests/testkit/py"))

from testkit import ports  # noqa: E402

SECRET = "a-secret-of-the-tests-with-enough-bytes"


def binary(name):
    if "RB_BIN" in os.environ:
        return Path(os.environ["RB_BIN"]) / name
    built = sorted(TREE.glob(f"build/*/bin/{name}"), key=lambda path: path.stat().st_mtime)
    assert built, f"there is no {name}: run script/build"
    return built[-1]


class Service:
    def __init__(self, folder, **settings):
        self.folder = folder
        self.settings = settings
        self.port = ports.take(1)[0]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None

    def start(self):
        env = {"PATH": os.environ["PATH"], "HOST": "127.0.0.1", "NOTIFICATION_PORT": str(self.port),
               "JWT_SECRET_KEY": SECRET, "DATABASE_URL": f"sqlite:///{self.folder}/test.sqlite3",
               "PUBLIC_URL": "https://school.example", **self.settings}
        self.log = open(self.folder / "log", "ab")
        self.process = subprocess.Popen([binary("notification-service")], cwd=self.folder, env=env, stdout=self.log,
                                        stderr=self.log)
        wait_until(self.answers, 30)

    def answers(self):
        assert self.process.poll() is None, (self.folder / "log").read_text()
        try:
            return requests.get(self.url + "/health", timeout=2).status_code == 200
        except requests.ConnectionError:
            return False

    def stop(self):
        self.process.terminate()
        code = self.process.wait(20)
        self.log.close()
        return code

    def call(self, method, path, who="admin 9", **request):
        headers = request.pop("headers", {})
        if who:
            headers["Authorization"] = "Bearer " + token(who)
        return requests.request(method, self.url + path, headers=headers, timeout=20, **request)

    def get(self, path, **request):
        return self.call("GET", path, **request)

    def post(self, path, body, **request):
        return self.call("POST", path, json=body, **request)


def token(who):
    role, user = who.split()
    return jwt.encode({"sub": user, "role": role, "exp": int(time.time()) + 600}, SECRET, algorithm="HS256")


def wait_until(done, seconds=10):
    """What `done` gives as soon as it gives something true."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = done()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("never happened")


@pytest.fixture(scope="session")
def service(tmp_path_factory):
    service = Service(tmp_path_factory.mktemp("service"))
    service.start()
    yield service
    assert service.stop() == 0, (service.folder / "log").read_text()
