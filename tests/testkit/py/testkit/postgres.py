"""PostgreSQL 15."""
import signal
import subprocess
import uuid

from . import processes
from .server import PASSWORD, USER, Server

BIN = "/usr/lib/postgresql/15/bin/"
CONFIGURATION = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = ''
max_connections = 200
fsync = {fsync}
full_page_writes = {fsync}
dynamic_shared_memory_type = mmap
log_line_prefix = '%m [%p] %d '
"""


class Postgres(Server):
    name = "pg"
    system_user = "postgres"
    stop_signal = signal.SIGINT  # fast: open connections are closed
    pid_file = "data/postmaster.pid"

    def prepare(self, options):
        self.own(self.folder)
        password = self.folder / "password"
        password.write_text(PASSWORD)
        self.own(password)
        initdb = processes.spawn(
            [BIN + "initdb", "-D", self.folder / "data", "-U", USER, f"--pwfile={password}", "-A", "scram-sha-256",
             "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"],
            self.folder / "initdb.log", user=self.system_user)
        processes.wait_gone([initdb], 60)
        with open(self.folder / "data/postgresql.conf", "a", encoding="utf-8") as file:
            file.write(CONFIGURATION.format(port=self.port(), fsync=options.get("fsync") or "on"))

    def first_started(self):
        self._execute("postgres", f"create database {USER}")

    def launch(self):
        return [processes.spawn([BIN + "postgres", "-D", self.folder / "data"], self.folder / "log", user=self.system_user)]

    def ready(self):
        lines = self._own_words()
        return len(lines) > 7 and lines[0] == str(self.state["processes"][-1][0]) and lines[7].strip() == "ready"

    def shared_memory(self):
        """The number of its segment; PostgreSQL gives it back, unless it is killed."""
        lines = self._own_words()
        return lines[6].split()[1] if len(lines) > 6 else None

    def _end_all(self):
        segment = self.shared_memory()
        super()._end_all()
        if segment:  # after a power cut it would be gone, too
            subprocess.run(["ipcrm", "-m", segment], stderr=subprocess.DEVNULL, check=False)

    def env(self):
        return {"DATABASE_URL": self._url(USER)}

    def fresh(self):
        """A database of its own."""
        name = "test_" + uuid.uuid4().hex[:12]
        self._execute(USER, f"create database {name}")
        return {"DATABASE_URL": self._url(name)}

    def _own_words(self):
        try:
            return (self.folder / self.pid_file).read_text().splitlines()
        except FileNotFoundError:
            return []

    def _execute(self, database, statement):
        subprocess.run([BIN + "psql", "-X", "-q", "-c", statement, self._url(database)], check=True)

    def _url(self, database):
        return f"postgresql://{USER}:{PASSWORD}@127.0.0.1:{self.port()}/{database}"
