"""The private servers start, answer, keep their data over stop, kill and restart, and end with their owner."""
import email.message
import imaplib
import json
import os
import signal
import smtplib
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pika
import psycopg2
import pytest

from testkit import Servers, ports

SCRIPT = Path(__file__).resolve().parents[2] / "servers"


@pytest.fixture
def own():
    """Servers of one test's own."""
    servers = Servers(tempfile.mkdtemp(prefix="repitbot-test."))
    servers.watch(os.getpid())
    yield servers
    servers.wipe()


def query(url, statement):
    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None


def test_each_test_has_a_database_of_its_own(postgres):
    assert query(postgres["DATABASE_URL"], "select count(*) from information_schema.tables where table_schema = 'public'") == 0
    assert postgres["DATABASE_URL"] != "" and query(postgres["DATABASE_URL"], "show fsync") == "off"


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_a_database_comes_back_on_the_same_port_with_its_data(own, end):
    url = own.start("pg")["DATABASE_URL"]
    query(url, "create table kept as select 42 as answer")
    getattr(own, end)("pg")
    with pytest.raises(psycopg2.OperationalError):
        psycopg2.connect(url)
    assert own.start("pg")["DATABASE_URL"] == url
    assert query(url, "select answer from kept") == 42


@pytest.mark.parametrize("end", ["stop", "kill", "wipe"])
def test_a_database_leaves_no_shared_memory(own, end):
    own.start("pg")
    segment = own.server("pg").shared_memory()
    assert segment in segments()
    getattr(own, end)(*([] if end == "wipe" else ["pg"]))
    assert segment not in segments()


def segments():
    lines = Path("/proc/sysvipc/shm").read_text(encoding="ascii").splitlines()[1:]
    return [line.split()[1] for line in lines]


def test_each_test_has_a_virtual_host_of_its_own_and_quorum_queues_work(rabbit):
    with pika.BlockingConnection(pika.URLParameters(rabbit["RABBITMQ_URL"])) as connection:
        channel = connection.channel()
        channel.confirm_delivery()
        channel.queue_declare("work", durable=True, arguments={"x-queue-type": "quorum"})
        channel.basic_publish("", "work", b"hello", pika.BasicProperties(delivery_mode=2))
        assert channel.basic_get("work")[2] == b"hello"


def test_each_test_has_a_redis_database_of_its_own(redis):
    number = redis["REDIS_URL"].rpartition("/")[2]
    assert int(number) > 0


def message_to(recipient, size=10):
    message = email.message.EmailMessage()
    message["From"], message["To"], message["Subject"] = "school@example.test", recipient, "Урок"
    message.set_content("x" * 60 + "\n" if size < 100 else ("x" * 60 + "\n") * (size // 61))
    return message


def smtp(mail):
    client = smtplib.SMTP(mail["EMAIL_HOST"], int(mail["EMAIL_PORT"]), timeout=20)
    client.starttls(context=ssl.create_default_context(cafile=mail["TLS_CA_FILE"]))
    client.login(mail["EMAIL_USERNAME"], mail["EMAIL_PASSWORD"])
    return client


@pytest.mark.parametrize("recipient, code", [("reject", 550), ("tempfail", 451), ("greylist", 450)])
def test_some_recipients_are_refused(mail, recipient, code):
    with smtp(mail) as client, pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        client.send_message(message_to(f"{recipient}@example.test"))
    assert [answer[0] for answer in refused.value.recipients.values()] == [code]


def test_a_message_over_a_megabyte_is_refused(mail):
    with smtp(mail) as client, pytest.raises(smtplib.SMTPException) as refused:
        client.send_message(message_to("anna@example.test", size=1_200_000))
    assert refused.value.smtp_code == 552


def test_mail_needs_tls_and_the_right_password(mail):
    with smtplib.SMTP(mail["EMAIL_HOST"], int(mail["EMAIL_PORT"]), timeout=20) as client:
        assert client.docmd("MAIL FROM:<school@example.test>")[0] == 530
    with pytest.raises(smtplib.SMTPAuthenticationError):
        smtp({**mail, "EMAIL_PASSWORD": "wrong"})


def test_an_accepted_message_can_be_read_by_imap(mail):
    context = ssl.create_default_context(cafile=mail["TLS_CA_FILE"])
    with smtplib.SMTP_SSL(mail["EMAIL_HOST"], int(mail["SMTPS_PORT"]), context=context, timeout=20) as client:
        client.login(mail["EMAIL_USERNAME"], mail["EMAIL_PASSWORD"])
        client.send_message(message_to("imap-reader@example.test"))
    with imaplib.IMAP4_SSL(mail["EMAIL_HOST"], int(mail["IMAPS_PORT"]), ssl_context=context) as box:
        box.login(mail["EMAIL_USERNAME"], mail["EMAIL_PASSWORD"])
        deadline = time.monotonic() + 20
        found = [b""]
        while found == [b""] and time.monotonic() < deadline:
            box.select()
            found = box.search(None, "HEADER", "Delivered-To", "imap-reader@example.test")[1]
        assert len(found[0].split()) == 1


def test_who_reads_the_state_of_a_server_while_it_is_written_sees_it_whole(own):
    own.start("redis")
    with open(own.folder / "redis" / "state.json", encoding="utf-8") as reader:
        own.stop("redis")
        assert json.load(reader)["processes"] != []


def test_servers_end_and_their_folder_goes_when_the_owner_is_killed(own):
    owner = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    url = subprocess.run([SCRIPT, "start", "redis", "--dir", own.folder, "--watch", str(owner.pid)],
                         check=True, capture_output=True, text=True).stdout
    port = int(url.rpartition(":")[2].partition("/")[0])
    assert ports.answers(port)
    os.kill(owner.pid, signal.SIGKILL)
    owner.wait()
    deadline = time.monotonic() + 20
    while own.folder.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not own.folder.exists() and not ports.answers(port)


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path):
    (tmp_path / "precious").touch()
    done = subprocess.run([SCRIPT, "start", "redis", "--dir", tmp_path], capture_output=True, text=True)
    assert done.returncode != 0 and "not empty" in done.stderr
    subprocess.run([SCRIPT, "wipe", "--dir", tmp_path], check=True)
    assert (tmp_path / "precious").exists()


def test_a_port_that_is_in_use_is_not_handed_out():
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", ports.take(1)[0]))
        assert busy.getsockname()[1] < 32768 and not ports.is_free(busy.getsockname()[1])


def test_the_bot_api_server_keeps_what_it_got(bot_api):
    bot_api.order("blocked", chat_id=7)
    assert bot_api.stats()["messages"] == 0
    assert bot_api.says(5, "/start") == 1
