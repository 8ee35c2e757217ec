"""What stops the start: one sentence that says what is wrong, where, and what to do, the same from both programs.

The sentences are kept in golden/start; RB_UPDATE_GOLDEN=1 writes them anew.
"""
import json
import os
import re
import socket
import sqlite3
import subprocess
import tempfile
from pathlib import Path

import pika
import pytest
from testkit import ports
from testkit.programs import SECRET, binary

GOLDEN = Path(__file__).parent / "golden/start"
PROGRAMS = {"notification-service": ["notification-service"], "repitbot": ["repitbot", "serve", "--only", "notification"]}


@pytest.fixture(params=PROGRAMS)
def program(request, tmp_path):
    """Runs the program with these settings until it ends by itself: (exit code, its last words)."""
    command = PROGRAMS[request.param]

    def run(user=None, **settings):
        env = {"PATH": os.environ["PATH"], "NOTIFICATION_PORT": str(ports.take(1)[0]), "JWT_SECRET_KEY": SECRET,
               "DATABASE_URL": f"sqlite:///{tmp_path}/school.sqlite3", **settings}
        done = subprocess.run([*(user or []), binary(command[0]), *command[1:]], cwd="/", timeout=60, capture_output=True,
                              text=True, env={name: value for name, value in env.items() if value is not None})
        last = done.stdout.strip().splitlines()[-1:]
        assert not done.stderr or not last or "error" not in last[0], "told twice"
        return done.returncode, done.stderr.strip() or json.loads(last[0])["message"]
    return run


def check(name, outcome, **unimportant):
    code, words = outcome
    for label, value in unimportant.items():
        words = words.replace(str(value), f"<{label}>")
    text = f"exit code {code}\n{words}\n"
    golden = GOLDEN / f"{name}.txt"
    if "RB_UPDATE_GOLDEN" in os.environ:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def parts_of(url):
    return re.fullmatch(r"\w+://(?P<user>\w+):(?P<password>\w+)@127.0.0.1:(?P<port>\d+)/(?P<name>.*)", url)


SETTINGS = {
    "bad_values": {"NOTIFICATION_PORT": "abc", "LOG_LEVEL": "loud", "EVENT_DEFAULT_TIMEZONE": "Mars/Base"},
    "bad_database_url": {"DATABASE_URL": "mysql://u:p@host/db"},
    "production_without_secret": {"ENVIRONMENT": "production", "JWT_SECRET_KEY": None},
    "production_with_short_secret": {"ENVIRONMENT": "production", "JWT_SECRET_KEY": "short"},
    "production_with_placeholders": {"ENVIRONMENT": "production", "JWT_SECRET_KEY": "your_super_secret_jwt_key",
                                     "BOT_TOKEN": "your_telegram_bot_token", "EMAIL_PASSWORD": "your_app_password"},
}


@pytest.mark.parametrize("name", SETTINGS)
def test_a_bad_setting_is_named(program, name):
    check(name, program(**SETTINGS[name]))


def test_a_database_that_is_not_there(program):
    port = ports.take(1)[0]
    check("database_unreachable", program(DATABASE_URL=f"postgresql://school:secret@127.0.0.1:{port}/school"), port=port)


def test_a_wrong_password_of_the_database(program, postgres):
    at = parts_of(postgres["DATABASE_URL"])
    check("database_password", program(DATABASE_URL=f"postgresql://{at['user']}:wrong@127.0.0.1:{at['port']}/{at['name']}"),
          port=at["port"])


def test_a_database_of_another_name(program, postgres):
    at = parts_of(postgres["DATABASE_URL"])
    check("database_name", program(DATABASE_URL=f"postgresql://{at['user']}:{at['password']}@127.0.0.1:{at['port']}/nobodys"),
          port=at["port"])


def test_a_port_in_use(program):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        check("port_in_use", program(NOTIFICATION_PORT=str(port)), port=port)


def test_a_queue_that_was_declared_otherwise(program, rabbit):
    connection = pika.BlockingConnection(pika.URLParameters(rabbit["RABBITMQ_URL"]))
    connection.channel().queue_declare("notification.events", durable=True)
    vhost = rabbit["RABBITMQ_URL"].rpartition("/")[2]
    check("queue_declared_otherwise", program(RABBITMQ_URL=rabbit["RABBITMQ_URL"]), vhost=vhost)
    connection.close()


def test_a_database_that_a_newer_program_has_changed(program, tmp_path):
    file = tmp_path / "school.sqlite3"
    with sqlite3.connect(file) as database:
        database.execute("create table notification_schema_migrations (version, name, checksum, applied_at)")
        database.execute("create table notification_schema_info (oldest_program)")
        database.execute("insert into notification_schema_info values ('99.0.0')")
    check("database_newer", program())


# Root may write everything: these run as somebody else then.
def as_nobody():
    return ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.getuid() == 0 else []


# Not in pytest's own folder: every pytest that starts beside this one closes that to others.
@pytest.fixture
def folder_of_another():
    with tempfile.TemporaryDirectory(prefix="repitbot-test-") as top:
        Path(top).chmod(0o711)
        folder = Path(top) / "data"
        folder.mkdir(mode=0o555)
        yield folder
        folder.chmod(0o755)


def test_a_database_file_that_may_not_be_written(program, folder_of_another):
    file = folder_of_another / "school.sqlite3"
    folder_of_another.chmod(0o777)
    file.touch(mode=0o400)
    check("database_file_protected", program(as_nobody(), DATABASE_URL=f"sqlite:///{file}"), folder=folder_of_another)


def test_a_folder_that_may_not_be_written(program, folder_of_another):
    check("database_folder_protected", program(as_nobody(), DATABASE_URL=f"sqlite:///{folder_of_another}/school.sqlite3"),
          folder=folder_of_another)


def test_a_folder_that_cannot_be_made(program, folder_of_another):
    check("database_folder_missing",
          program(as_nobody(), DATABASE_URL=f"sqlite:///{folder_of_another}/deeper/school.sqlite3"), folder=folder_of_another)


def test_help_names_the_settings_and_another_argument_is_refused():
    def run(argument):
        return subprocess.run([binary("notification-service"), argument], timeout=10, capture_output=True, text=True)
    assert "NOTIFICATION_PORT" in run("--help").stdout
    assert run("--version").stdout.startswith("notification-service ")
    refused = run("--port")
    assert (refused.returncode, refused.stderr) == (2, "notification-service takes no arguments but --help and --version\n")
