"""Processes that outlive the command that started them, known by pid and start time so that a reused pid is no mistake."""
import os
import signal
import subprocess
import time
from pathlib import Path


def spawn(argv, log, user=None, env=None, cwd=None):
    """Starts `argv` in a session of its own (as `user`, when we are root); returns its identity [pid, start time]."""
    identity = {"user": user, "group": user, "extra_groups": []} if user and os.getuid() == 0 else {}
    with open(log, "ab") as out:
        child = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True, cwd=cwd,
                                 env=env, **identity)
    child.returncode = 0  # it is not ours to wait for; reap() collects it should it end before us
    return [child.pid, started(child.pid)]


def _stat(pid):
    """The fields of /proc/PID/stat from the state on, or None."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return None


def started(pid):
    fields = _stat(pid)
    return int(fields[19]) if fields else None


def alive(process):
    pid, since = process
    reap(pid)
    fields = _stat(pid)
    return bool(fields) and fields[0] != "Z" and int(fields[19]) == since


def reap(pid):
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        pass


def tree(process):
    """The process and all its descendants; they may have left its process group."""
    children = {}
    for entry in os.listdir("/proc"):
        fields = _stat(entry) if entry.isdigit() else None
        if fields:
            children.setdefault(int(fields[1]), []).append([int(entry), int(fields[19])])
    found = [process]
    for parent, _ in found:
        found += children.get(parent, [])
    return found


def kill(processes):
    """SIGKILL to whole trees; returns when all of them are gone."""
    doomed = [member for process in processes if alive(process) for member in tree(process)]
    for process in doomed:
        send(process, signal.SIGKILL)
    wait_gone(doomed, 10)


def send(process, number):
    if alive(process):
        try:
            os.kill(process[0], number)
        except ProcessLookupError:
            pass


def wait_gone(processes, seconds):
    deadline = time.monotonic() + seconds
    while any(alive(process) for process in processes):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True
