"""Private real servers for tests and benchmarks: PostgreSQL, RabbitMQ, Redis, Postfix with Dovecot. Standard library only."""
from .servers import Servers, shared_servers
from .server import Unsupported

__all__ = ["Servers", "Unsupported", "shared_servers"]
