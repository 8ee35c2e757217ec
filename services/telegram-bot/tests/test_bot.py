"""The running bot from outside: on its own, and as a part of `repitbot serve`."""
import requests
from testkit import ports
from testkit.programs import wait_until

SEND = "/api/v1/notifications/send"


def health(program):
    return program.get("/health", who=None).json()


def answer_to(bot_api, user, text):
    """What the bot says next in the private chat."""
    before = len(bot_api.messages(user))
    bot_api.says(user, text)
    return bot_api.wait(before + 1, chat=user)[-1]["text"]


def connect(notifications, bot_api, chat):
    """Opens the link of person 3 in a chat; the bot's answer."""
    vera = {"full_name": "Вера Ким", "roles": ["parent"]}
    assert notifications.call("PUT", "/api/v1/contacts/3", json=vera).status_code == 200
    link = notifications.post("/api/v1/contacts/3/link", {}).json()
    return answer_to(bot_api, chat, f"/start {link['token']}")


def test_standard_endpoints_need_no_token(program):
    bot = program(["telegram-bot"])
    assert bot.get("/", who=None).json()["service"] == "telegram-bot"
    assert bot.get("/health/live", who=None).status_code == 200
    assert bot.get("/health/ready", who=None).status_code == 200
    assert "repitbot_build_info" in bot.get("/metrics", who=None).text
    assert "<html" in bot.get("/docs", who=None).text.lower()
    assert bot.get("/openapi.json", who=None).json()["openapi"].startswith("3.1")


def test_a_bot_without_a_token_says_so_and_is_well(program):
    notifications = program(["notification-service"], "NOTIFICATION_PORT")
    bot = program(["telegram-bot"], NOTIFICATION_SERVICE_URL=notifications.url)
    assert health(bot)["status"] == "healthy"
    assert health(bot)["checks"] == {"telegram": "not configured", "notification-service": "ok"}
    assert wait_until(lambda: bot.log().count("BOT_TOKEN is not set")) == 1


def test_two_programs_connect_a_chat_and_send_there(program, bot_api, telegram):
    notifications = program(["notification-service"], "NOTIFICATION_PORT", **telegram)
    bot = program(["telegram-bot"], NOTIFICATION_SERVICE_URL=notifications.url, **telegram)
    assert "Готово, Вера!" in connect(notifications, bot_api, 703)
    notifications.post(SEND, {"user_id": 3, "message": "Урок в 18:00"})
    assert "Урок в 18:00" in bot_api.wait(2, chat=703)[-1]["text"]
    assert health(bot)["status"] == "healthy"
    assert health(bot)["checks"] == {"telegram": "ok", "notification-service": "ok"}
    assert 'repitbot_bot_updates_total{wish="link"} 1' in bot.get("/metrics", who=None).text


def test_the_menu_is_set_and_people_who_read_english_get_english(program, bot_api, telegram):
    program(["telegram-bot"], **telegram)
    bot_api.control("updates", {"from": {"id": 704, "language_code": "en-GB"}, "text": "/help"})
    assert "switch notifications off" in bot_api.wait(1, chat=704)[0]["text"]
    assert [command["command"] for command in bot_api.control("commands")] == ["start", "stop", "help"]


def test_a_notification_service_with_another_key_is_named(program, bot_api, telegram):
    notifications = program(["notification-service"], "NOTIFICATION_PORT", JWT_SECRET_KEY="k" * 32)
    bot = program(["telegram-bot"], NOTIFICATION_SERVICE_URL=notifications.url, **telegram)
    assert "через минуту" in answer_to(bot_api, 705, "/start some-token")
    wait_until(lambda: "is its JWT_SECRET_KEY another one?" in bot.log())


def webhook(program, telegram, **more):
    """A telegram-bot that Telegram posts its updates to."""
    port = str(ports.take(1)[0])
    return program(["telegram-bot"], BOT_PORT=port, TELEGRAM_WEBHOOK_URL=f"http://127.0.0.1:{port}/telegram/webhook",
                   **telegram, **more)


def test_updates_come_by_webhook_if_there_is_one(program, bot_api, telegram):
    notifications = program(["notification-service"], "NOTIFICATION_PORT", **telegram)
    bot = webhook(program, telegram, NOTIFICATION_SERVICE_URL=notifications.url)
    wait_until(lambda: health(bot)["checks"]["telegram"] == "ok")
    assert "Готово, Вера!" in connect(notifications, bot_api, 708)
    assert 'repitbot_bot_updates_total{wish="link"} 1' in bot.get("/metrics", who=None).text


def test_nobody_else_can_post_updates(program, bot_api, telegram):
    bot = webhook(program, telegram, TELEGRAM_WEBHOOK_SECRET="the-secret")
    wait_until(lambda: health(bot)["checks"]["telegram"] == "ok")
    update = {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": {"id": 709, "type": "private"},
                                          "from": {"id": 709, "is_bot": False, "first_name": "A"}, "text": "/help"}}

    def post(secret, body):
        return requests.post(bot.url + "/telegram/webhook", json=body, timeout=5,
                             headers={"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}).status_code

    assert [post(None, update), post("another", update)] == [401, 401]
    assert bot_api.messages(709) == []
    assert post("the-secret", update) == 200
    assert "/stop" in bot_api.wait(1, chat=709)[0]["text"]
    assert post("the-secret", [1]) == 422


def test_serve_runs_both_parts_in_one_process(program, bot_api, telegram):
    school = program(["repitbot", "serve"], "NOTIFICATION_PORT", **telegram)
    assert "Готово, Вера!" in connect(school, bot_api, 706)
    bot = requests.get(f"http://127.0.0.1:{school.env['BOT_PORT']}/health", timeout=5).json()
    assert bot["checks"] == {"telegram": "ok", "notification-service": "ok"}


def test_only_one_part_runs_if_one_is_asked_for(program, bot_api, telegram):
    notifications = program(["repitbot", "serve", "--only", "notification"], "NOTIFICATION_PORT", **telegram)
    program(["repitbot", "serve", "--only", "bot"], NOTIFICATION_SERVICE_URL=notifications.url, **telegram)
    assert "Готово" in connect(notifications, bot_api, 707)


def test_an_unknown_part_is_refused_with_one_line(program):
    unknown = program(["telegram-bot"]).run("repitbot", "serve", "--only", "bot,analitics")
    assert unknown.returncode == 2
    assert "analitics" in unknown.stderr and "notification, analytics, bot" in unknown.stderr
    assert unknown.stderr.count("\n") == 1


def test_a_port_that_is_taken_stops_the_start_with_one_line(program):
    first = program(["repitbot", "serve", "--only", "bot"])
    again = first.run("repitbot", "serve")
    assert again.returncode == 1
    assert again.stderr == (f"port {first.env['BOT_PORT']} of 127.0.0.1 is already in use: "
                            "stop the other program or set BOT_PORT\n")


def test_link_prints_address_and_qr_code(program, telegram):
    school = program(["repitbot", "serve"], "NOTIFICATION_PORT", **telegram)

    def link():
        made = school.run("repitbot", "link", "--user", "3")
        assert made.returncode == 0, made.stderr
        return made.stdout if "https://t.me/" in made.stdout else None

    text = wait_until(link)
    assert "?start=" in text
    assert sum(any(block in line for block in "█▀▄") for line in text.splitlines()) > 10


def test_link_without_a_bot_gives_the_words_to_send(program):
    school = program(["repitbot", "serve"], "NOTIFICATION_PORT")
    made = school.run("repitbot", "link", "--user", "3")
    assert made.returncode == 0
    assert "BOT_TOKEN" in made.stdout and "/start " in made.stdout


def test_link_says_that_nothing_runs(program):
    made = program(["telegram-bot"]).run("repitbot", "link", "--user", "3")
    assert made.returncode == 1
    assert "repitbot serve" in made.stderr and made.stderr.count("\n") == 1
