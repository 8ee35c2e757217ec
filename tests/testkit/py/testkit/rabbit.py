"""RabbitMQ 3.10 with its management API and an epmd of its own, so that no other node on the machine is met."""
import base64
import json
import secrets
import socket
import urllib.request
import uuid

from . import processes
from .server import PASSWORD, USER, Server

CONFIGURATION = """
listeners.tcp.1 = 127.0.0.1:{port}
management.tcp.ip = 127.0.0.1
management.tcp.port = {management}
default_user = {user}
default_pass = {password}
loopback_users = none
log.console = false
log.file = {folder}/rabbit.log
vm_memory_high_watermark.absolute = 3GB
disk_free_limit.absolute = 50MB
"""


class Rabbit(Server):
    name = "rabbit"
    system_user = "rabbitmq"
    port_names = ("port", "management", "distribution", "epmd")

    def prepare(self, options):
        files = {
            "rabbitmq.conf": CONFIGURATION.format(folder=self.folder, user=USER, password=PASSWORD, **self.state["ports"]),
            "advanced.config": "[].\n",
            "enabled_plugins": "[rabbitmq_management].\n",
            ".erlang.cookie": secrets.token_hex(16),
        }
        for name, text in files.items():
            path = self.folder / name
            path.write_text(text)
            self.own(path)
        (self.folder / ".erlang.cookie").chmod(0o400)
        self.own(self.folder)

    def launch(self):
        env = self._environment()
        epmd = processes.spawn(["/usr/bin/epmd", "-address", "127.0.0.1", "-port", str(self.port("epmd"))],
                               self.folder / "epmd.log", user=self.system_user, env=env)
        node = processes.spawn(["/usr/lib/rabbitmq/bin/rabbitmq-server"], self.folder / "console.log",
                               user=self.system_user, env=env, cwd=self.folder)
        return [epmd, node]

    def ready(self):
        """The broker listens to clients only when all of it has started."""
        try:
            with socket.create_connection(("127.0.0.1", self.port()), timeout=2) as connection:
                connection.sendall(b"AMQP\x00\x00\x09\x01")
                if connection.recv(1) != b"\x01":
                    return False
            return self.api("GET", "/overview")["node"] != ""
        except OSError:
            return False

    def env(self):
        return {"RABBITMQ_URL": self._url("%2F"),
                "RABBITMQ_API_URL": f"http://{USER}:{PASSWORD}@127.0.0.1:{self.port('management')}/api"}

    def fresh(self):
        """A virtual host of its own."""
        vhost = "test-" + uuid.uuid4().hex[:12]
        self.api("PUT", f"/vhosts/{vhost}", {})
        self.api("PUT", f"/permissions/{vhost}/{USER}", {"configure": ".*", "write": ".*", "read": ".*"})
        return {**self.env(), "RABBITMQ_URL": self._url(vhost)}

    def api(self, method, path, body=None):
        """One call of the management API: the parsed answer, or None for an empty one."""
        credentials = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port('management')}/api{path}", method=method,
                                         data=None if body is None else json.dumps(body).encode(),
                                         headers={"Authorization": f"Basic {credentials}",
                                                  "Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def _url(self, vhost):
        return f"amqp://{USER}:{PASSWORD}@127.0.0.1:{self.port()}/{vhost}"

    def _environment(self):
        folder = str(self.folder)
        return {
            "PATH": "/usr/lib/rabbitmq/bin:/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "HOME": folder,
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "ERL_EPMD_PORT": str(self.port("epmd")),
            "RABBITMQ_NODENAME": f"rabbit{self.port()}@localhost",
            "RABBITMQ_DIST_PORT": str(self.port("distribution")),
            "RABBITMQ_BASE": folder,
            "RABBITMQ_MNESIA_BASE": folder + "/mnesia",
            "RABBITMQ_LOG_BASE": folder,
            "RABBITMQ_CONFIG_FILE": folder + "/rabbitmq",
            "RABBITMQ_ADVANCED_CONFIG_FILE": folder + "/advanced.config",
            "RABBITMQ_CONF_ENV_FILE": folder + "/none",
            "RABBITMQ_ENABLED_PLUGINS_FILE": folder + "/enabled_plugins",
            "RABBITMQ_PID_FILE": folder + "/pid",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-noinput -kernel inet_dist_use_interface {127,0,0,1} +S 2:2",
            "detached": "yes",  # the start script becomes the node instead of watching over it
        }
