"""repitbot doctor: what is wrong is said with its cure; nothing is sent unless asked for."""
import pytest
from testkit.botapi import TOKEN
from testkit.programs import Program

NOWHERE = "127.0.0.1:9"


@pytest.fixture
def doctor(tmp_path):
    """Runs it with these settings: (exit code, what it says about each thing by its English name)."""
    def run(*options, **settings):
        done = Program(tmp_path, ["repitbot"], "NOTIFICATION_PORT", **settings).run("repitbot", "doctor", *options)
        blocks = [line for line in done.stdout.splitlines() if not line.startswith("    ")]
        return done.returncode, {line[2:].split(":")[0].split(" · ")[-1]: line for line in blocks}, done.stdout
    return run


@pytest.fixture
def mailbox(mail):
    return {**mail, "EMAIL_FROM_ADDRESS": "tutor@example.org"}


def marks(said):
    return {about: line[0] for about, line in said.items()}


def test_a_new_machine_without_settings_is_well_and_is_told_what_it_could_have(doctor, tmp_path):
    code, said, text = doctor()
    assert code == 0
    assert marks(said) == {"settings": "✓", "disk": "✓", "database": "•", "event bus": "✓", "cache": "✓",
                           "Telegram": "•", "e-mail": "•", "service": "•"}
    assert "BOT_TOKEN" in text and "EMAIL_USERNAME" in text and "repitbot serve" in text
    assert not list(tmp_path.glob("*.sqlite3")), "it changes nothing"


def test_real_servers_that_can_be_reached_are_well(doctor, postgres, rabbit, redis, bot_api, mailbox):
    code, said, text = doctor(**postgres, **rabbit, **redis, **mailbox, BOT_TOKEN=TOKEN, TELEGRAM_API_URL=bot_api.url,
                              PUBLIC_URL="https://school.example")
    assert code == 0, text
    assert {name for name, mark in marks(said).items() if mark == "✓"} >= {"event bus", "cache", "Telegram", "e-mail"}
    assert "@" in said["Telegram"]
    assert bot_api.stats()["messages"] == 0


def test_servers_that_are_away_are_named_with_what_to_do(doctor):
    code, said, text = doctor(DATABASE_URL=f"postgresql://a:secret@{NOWHERE}/x", RABBITMQ_URL=f"amqp://a:secret@{NOWHERE}/",
                              REDIS_URL=f"redis://{NOWHERE}/0", EMAIL_HOST="127.0.0.1", EMAIL_PORT="9", EMAIL_USE_TLS="false",
                              EMAIL_FROM_ADDRESS="a@example.org", BOT_TOKEN=TOKEN, TELEGRAM_API_URL=f"http://{NOWHERE}")
    assert code == 1
    assert {name for name, mark in marks(said).items() if mark == "✗"} == {"database", "event bus", "cache", "Telegram", "e-mail"}
    for setting in ("DATABASE_URL", "RABBITMQ_URL", "REDIS_URL", "EMAIL_HOST", "TELEGRAM_PROXY"):
        assert setting in text
    assert "secret" not in text


def test_a_wrong_mail_password_is_told_apart_from_a_wrong_server(doctor, mailbox):
    code, said, text = doctor(**{**mailbox, "EMAIL_PASSWORD": "wrong"})
    assert code == 1
    assert said["e-mail"].startswith("✗")
    assert "пароль приложения" in text


def test_smoke_sends_one_mail_and_one_message(doctor, bot_api, mailbox):
    code, said, text = doctor("--smoke", "--chat", "77", **mailbox, BOT_TOKEN=TOKEN, TELEGRAM_API_URL=bot_api.url)
    assert marks(said)["test mail"] == marks(said)["test message"] == "✓", text
    assert [message["chat_id"] for message in bot_api.messages()] == [77]


def test_another_program_on_our_port_is_noticed(doctor, bot_api):
    port = bot_api.url.rsplit(":", 1)[1]
    code, said, text = doctor(NOTIFICATION_PORT=port)
    assert code == 1
    assert "NOTIFICATION_PORT" in text


