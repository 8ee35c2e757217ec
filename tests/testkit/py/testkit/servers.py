"""The servers of one folder, by name."""
import os
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .mail import Mail
from .postgres import Postgres
from .rabbit import Rabbit
from .redis import Redis
from . import watchdog

KINDS = {kind.name: kind for kind in (Postgres, Rabbit, Redis, Mail)}
MARK = ".repitbot-servers"  # a folder with this file is ours to remove


class Servers:
    def __init__(self, folder):
        self.folder = Path(folder).resolve()

    def start(self, *names, **options):
        """Starts what is not running yet, all at once; returns the settings of these servers."""
        self._own_folder()
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda name: self.server(name).start(**options), names))
        return {key: value for name in names for key, value in self.server(name).env().items()}

    def stop(self, *names):
        for name in names or KINDS:
            self.server(name).stop()

    def kill(self, *names):
        for name in names or KINDS:
            self.server(name).kill()

    def restart(self, *names):
        self.stop(*names)
        self.start(*names)

    def env(self):
        return {key: value for name in KINDS for server in [self.server(name)] if server.state
                for key, value in server.env().items()}

    def fresh(self, name):
        """A database, virtual host… of its own for one test: the settings that reach it."""
        return self.server(name).fresh()

    def wipe(self):
        """Ends everything at once and removes the folder."""
        if (self.folder / MARK).exists():
            self.kill()
            shutil.rmtree(self.folder, ignore_errors=True)

    def watch(self, pid):
        """Wipes when process `pid` ends, however it ends."""
        self._own_folder()
        watchdog.start(pid, self.wipe)

    def server(self, name):
        return KINDS[name](self.folder)

    def _own_folder(self):
        mark = self.folder / MARK
        if not mark.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            if any(self.folder.iterdir()) and not mark.exists():
                raise SystemExit(f"{self.folder} is not empty and not a folder of test servers")
            mark.touch()
            self.folder.chmod(0o755)


def shared_servers():
    """The servers that all tests of a run share: in RB_TEST_SERVERS (script/test), else in a folder that ends with us."""
    global _shared
    if _shared is None:
        folder = os.environ.get("RB_TEST_SERVERS")
        _shared = Servers(folder or tempfile.mkdtemp(prefix="repitbot-test."))
        if not folder:
            _shared.watch(os.getpid())
    return _shared


_shared = None
