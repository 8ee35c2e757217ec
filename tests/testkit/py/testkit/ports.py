"""Free TCP ports on loopback, below the range that outgoing connections use."""
import fcntl
import os
import random
import socket
import tempfile
import time

RANGE = range(18000, 32000)
RESERVED_SECONDS = 180  # between choosing a port here and a server listening on it, which may take two minutes


def take(count):
    """`count` ports that nobody listens on and no other process of this user was given lately."""
    path = os.path.join(tempfile.gettempdir(), f"repitbot-ports-{os.getuid()}")
    with open(path, "a+", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        now = time.time()
        given = [line.split() for line in file if now - float(line.split()[1]) < RESERVED_SECONDS]
        reserved = {int(port) for port, _ in given}
        found = []
        while len(found) < count:
            port = random.choice(RANGE)
            if port not in reserved and is_free(port):
                reserved.add(port)
                found.append(port)
        file.seek(0)
        file.truncate()
        file.writelines(f"{port} {moment}\n" for port, moment in [*given, *((port, now) for port in found)])
    return found


def is_free(port):
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def answers(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
