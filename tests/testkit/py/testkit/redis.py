"""Redis 7."""
import socket

from . import processes
from .server import PASSWORD, Server

CONFIGURATION = """
bind 127.0.0.1
port {port}
dir {folder}
requirepass {password}
databases 4096
maxmemory 128mb
maxmemory-policy allkeys-lru
save ""
"""


class Redis(Server):
    name = "redis"
    system_user = "redis"

    def prepare(self, options):
        configuration = self.folder / "redis.conf"
        configuration.write_text(CONFIGURATION.format(port=self.port(), folder=self.folder, password=PASSWORD))
        self.own(self.folder, configuration)

    def launch(self):
        return [processes.spawn(["/usr/bin/redis-server", self.folder / "redis.conf"], self.folder / "log",
                                user=self.system_user)]

    def ready(self):
        try:
            return self._command("PING") == "+PONG"
        except OSError:
            return False

    def env(self):
        return {"REDIS_URL": self._url(0)}

    def fresh(self):
        """A numbered database of its own; number 0 only counts them."""
        return {"REDIS_URL": self._url(int(self._command("INCR databases")[1:]))}

    def _command(self, line):
        with socket.create_connection(("127.0.0.1", self.port()), timeout=5) as connection:
            connection.sendall(f"AUTH {PASSWORD}\r\n{line}\r\n".encode())
            replies = connection.makefile("r", newline="\r\n")
            replies.readline()
            return replies.readline().rstrip()

    def _url(self, database):
        return f"redis://:{PASSWORD}@127.0.0.1:{self.port()}/{database}"
