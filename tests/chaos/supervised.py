"""An instance of the service under a supervisor that starts it again however it ends, as systemd would."""
import os
import subprocess
import threading
import time
import urllib.request


class Supervised:
    def __init__(self, command, folder, settings, port):
        self.command, self.folder, self.port = command, folder, port
        self.env = {**os.environ, **settings, "NOTIFICATION_PORT": str(port)}
        self.url = f"http://127.0.0.1:{port}"
        self.process = None
        self._wanted = True
        self._thread = threading.Thread(target=self._supervise, daemon=True)
        self._thread.start()

    def _supervise(self):
        with open(self.folder / f"log.{self.port}", "ab") as log:
            while self._wanted:
                self.process = subprocess.Popen(["/usr/bin/setpriv", "--pdeathsig", "KILL", *self.command], cwd=self.folder,
                                                env=self.env, stdout=log, stderr=log)
                self.process.wait()
                time.sleep(0.1)

    def ready(self):
        try:
            urllib.request.urlopen(self.url + "/health/ready", timeout=2).close()
        except OSError:
            return False
        return True

    def wait_ready(self, seconds=60):
        deadline = time.monotonic() + seconds
        while not self.ready():
            assert time.monotonic() < deadline, f"no start; the end of the log:\n{self.log_tail()}"
            time.sleep(0.02)

    def kill(self, for_good=False):
        """SIGKILL; the moment after which it did nothing any more."""
        self._wanted = not for_good
        process = self.process
        process.kill()
        process.wait()
        return time.monotonic()

    def stop(self):
        """SIGTERM; its exit code."""
        self._wanted = False
        process = self.process
        process.terminate()
        code = process.wait(timeout=30)
        self._thread.join()
        return code

    def log_tail(self):
        return "\n".join((self.folder / f"log.{self.port}").read_text().splitlines()[-20:])
