"""A service under fire: starts, is killed at random moments, is started again, while events keep coming."""
import json
import os
import random
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

BIN = Path(os.environ.get("RB_BIN", "build/release/bin"))
STUDENTS = 20


class School:
    def __init__(self, folder, settings, port):
        self.folder, self.port = folder, port
        self.env = {**os.environ, **settings, "NOTIFICATION_PORT": str(port), "LOG_LEVEL": "warning",
                    "JWT_SECRET_KEY": "a-secret-of-the-tests-with-enough-bytes", "TELEGRAM_MESSAGES_PER_SECOND": "0",
                    "TELEGRAM_CHAT_BURST": "0"}
        self.accepted = []
        self.process = None

    def start(self):
        self.process = subprocess.Popen([BIN.resolve() / "repitbot", "serve", "--only", "notification"], cwd=self.folder, env=self.env,
                                        stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            assert self.process.poll() is None, "the service ended by itself"
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/ready", timeout=2).close()
                return
            except OSError:
                time.sleep(0.02)
        raise AssertionError("the service does not start")

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)

    def token(self):
        out = subprocess.run([BIN.resolve() / "repitbot", "token", "--user", "1", "--role", "service"], cwd=self.folder,
                             env=self.env, capture_output=True, check=True)
        return out.stdout.decode().strip()

    def post(self, events):
        """The ids that the service took; none when it died meanwhile."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/api/v1/events", json.dumps(events).encode(),
                                         {"Content-Type": "application/json", "Authorization": f"Bearer {self.bearer}"})
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                results = json.load(answer)["results"]
        except (OSError, urllib.error.URLError, ValueError):
            return []
        return [r["id"] for r in results if r["status"] in ("accepted", "duplicate")]

    def people(self):
        self.bearer = self.token()
        people = [{"id": f"p{n}", "type": "user.registered",
                   "data": {"user_id": n, "role": "student", "full_name": f"Ученик {n}", "telegram_id": 500000000 + n}}
                  for n in range(1, STUDENTS + 1)]
        assert len(self.post(people)) == STUDENTS

    def fire(self, seconds):
        """Posts events for so long; remembers those that were accepted."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            number = len(self.accepted)
            batch = [f"t{number + i}x" for i in range(random.randint(1, 30))]
            taken = self.post([{"id": tag, "type": "homework.assigned", "source": "/chaos",
                                "data": {"homework_id": tag, "student_id": random.randint(1, STUDENTS),
                                         "description": f"задача {tag}"}} for tag in batch])
            self.accepted += taken
            if not taken:
                return
