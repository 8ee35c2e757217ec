"""What all servers have in common: a private folder, ports that stay the same over restarts, start, stop and kill."""
import fcntl
import json
import os
import shutil
import signal
import time
from contextlib import contextmanager
from pathlib import Path

from . import ports, processes

USER, PASSWORD = "repitbot", "secret"
START_SECONDS = 120
STOP_SECONDS = 30


class Unsupported(Exception):
    """This machine or user cannot run the server; the text says why."""


class Server:
    name = ""
    system_user = None  # who runs it when we are root
    port_names = ("port",)
    stop_signal = signal.SIGTERM
    pid_file = None  # under the folder; a killed server leaves it, and a process that nobody has collected yet would own it

    def __init__(self, base):
        self.folder = Path(base) / self.name
        self._state = self.folder / "state.json"
        self.state = json.loads(self._state.read_text()) if self._state.exists() else None

    # A kind of server says these, and `fresh` where its tests share one server.
    def prepare(self, options):
        """Writes the configuration and makes the data; once."""

    def launch(self):
        """Starts the processes; returns their identities, the main one last."""
        raise NotImplementedError

    def first_started(self):
        """What can only be made in the running server; once."""

    def ready(self):
        raise NotImplementedError

    def env(self):
        """The settings by which a service reaches this server, under the names the services use."""
        raise NotImplementedError

    def port(self, name="port"):
        return self.state["ports"][name]

    @property
    def running(self):
        return bool(self.state) and bool(self.state["processes"]) and processes.alive(self.state["processes"][-1])

    def start(self, port=None, **options):
        with self._locked():
            if self.running:
                return
            if not self.state:
                self._create(port, options)
            self.state["processes"] = []
            self._save()
            deadline = time.monotonic() + START_SECONDS
            self.state["processes"] = self.launch()
            self._save()
            while not self.ready():
                if not self.running or time.monotonic() > deadline:
                    processes.kill(self.state["processes"])
                    raise RuntimeError(f"{self.name} did not start; the end of its log:\n{self.log_tail()}")
                time.sleep(0.02)
            if not self.state.get("complete"):
                self.first_started()
                self.state["complete"] = True
                self._save()

    def stop(self):
        """As an administrator would: the server finishes what it is doing."""
        with self._locked():
            if self.running:
                processes.send(self.state["processes"][-1], self.stop_signal)
                processes.wait_gone(self.state["processes"][-1:], STOP_SECONDS)
            self._end_all()

    def kill(self):
        """As a power cut would."""
        with self._locked():
            self._end_all()

    def _end_all(self):
        if self.state:
            processes.kill(self.state["processes"])
            self.state["processes"] = []
            self._save()
            if self.pid_file:
                (self.folder / self.pid_file).unlink(missing_ok=True)

    def log_tail(self):
        logs = [path for path in self.folder.rglob("*log*") if path.is_file()]
        return "\n".join(f"{path.name}: {line}" for path in logs
                         for line in path.read_text(errors="replace").splitlines()[-15:])

    def own(self, *paths):
        """Gives files to the account that the server runs under."""
        if os.getuid() == 0 and self.system_user:
            for path in paths:
                shutil.chown(path, self.system_user, self.system_user)

    def _create(self, port, options):
        self.folder.mkdir(exist_ok=True)
        self.folder.chmod(0o755)
        given = [port] if port else []
        self.state = {"ports": dict(zip(self.port_names, given + ports.take(len(self.port_names) - len(given)))),
                      "options": options, "processes": []}
        self.prepare(options)
        self._save()

    def _save(self):
        new = self._state.with_suffix(".new")
        new.write_text(json.dumps(self.state))
        new.replace(self._state)  # who only asks for the settings takes no lock

    @contextmanager
    def _locked(self):
        with open(self.folder.parent / f"{self.name}.lock", "w", encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            self.state = json.loads(self._state.read_text()) if self._state.exists() else None
            yield
