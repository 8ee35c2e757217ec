"""The two sizes of an installation, and waiting for what it should come to."""
import os
import tempfile
import time

import requests
from testkit import Servers
from testkit.programs import binary


class Embedded:
    """One process with everything in it."""
    instances = 1
    command = [binary("repitbot").resolve(), "serve", "--only", "notification"]
    servers = ()

    def __init__(self, folder):
        self.env = {"DATABASE_URL": f"sqlite:///{folder}/school.sqlite3"}

    def close(self):
        pass


class Distributed:
    """Two instances on PostgreSQL, RabbitMQ and Redis of their own."""
    instances = 2
    command = [binary("notification-service").resolve()]
    servers = ("pg", "rabbit")

    def __init__(self, _folder):
        self.all = Servers(tempfile.mkdtemp(prefix="repitbot-test."))  # the servers' accounts cannot enter pytest's folder
        self.all.watch(os.getpid())
        self.env = self.all.start("pg", "rabbit", "redis", fsync="off")

    def outage(self, name, chance):
        """The server goes, by stop or by power cut, and comes again; when."""
        begin = time.monotonic()
        self.all.stop(name) if chance.random() < 0.5 else self.all.kill(name)
        time.sleep(chance.uniform(0.2, 2))
        self.all.start(name)
        return begin, time.monotonic()

    def close(self):
        self.all.wipe()


def wait_until(done, seconds, what):
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, what()
        time.sleep(0.1)


def waiting(url, headers):
    """Messages that are not sent yet."""
    stats = requests.get(url + "/api/v1/notifications/stats/summary", headers=headers, timeout=10)
    return sum(stats.json()["queue"].values())
