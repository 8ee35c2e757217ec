"""Producers that know what was accepted: what they got no yes for they send again, under the same id, until they do."""
import json
import random
import threading
import time
import urllib.error
import urllib.request

import pika

STUDENTS = 20


def homework(tag, student):
    return {"specversion": "1.0", "id": tag, "source": "/chaos", "type": "homework.assigned",
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "data": {"homework_id": tag, "student_id": student, "description": f"задача {tag}"}}


class Producer:
    """A thread that makes events from `seed` until stop(); `accepted` are their ids."""

    def __init__(self, name, seed):
        self.accepted, self.refused = [], 0
        self._name, self._random, self._made = name, random.Random(f"{name} {seed}"), 0
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self):
        self._thread.start()
        return self

    def stop(self):
        """Ends when the last events have been accepted too."""
        self._stopped.set()
        self._thread.join(timeout=60)
        assert not self._thread.is_alive(), f"{self._name}: events are not accepted any more"

    def _run(self):
        while not self._stopped.is_set():
            batch = []
            for _ in range(self._random.randint(1, 10)):
                self._made += 1
                batch.append(homework(f"{self._name}{self._made}x", self._random.randint(1, STUDENTS)))
            while not self.deliver(batch):
                self.refused += 1
                time.sleep(0.05)
            self.accepted += [event["id"] for event in batch]
            time.sleep(self._random.uniform(0.02, 0.2))

    def deliver(self, batch):
        """True when all of them were accepted."""
        raise NotImplementedError


class OverHttp(Producer):
    """Asks one instance after another, as a load balancer does."""

    def __init__(self, seed, urls, token):
        super().__init__("h", seed)
        self._urls, self._token = list(urls), token

    def deliver(self, batch):
        self._urls.append(self._urls.pop(0))
        request = urllib.request.Request(self._urls[0] + "/api/v1/events", json.dumps(batch).encode(),
                                         {"Content-Type": "application/json", "Authorization": f"Bearer {self._token}"})
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                results = json.load(answer)["results"]
        except urllib.error.HTTPError as error:
            assert error.code == 503, error.read()
            return False
        except (OSError, ValueError):
            return False
        assert all(result["status"] in ("accepted", "duplicate") for result in results), results
        return True


class OverAmqp(Producer):
    """Publishes with confirms."""

    def __init__(self, seed, url):
        super().__init__("a", seed)
        self._parameters = pika.URLParameters(url + "?blocked_connection_timeout=5&socket_timeout=5")
        self._channel = None

    def deliver(self, batch):
        try:
            if self._channel is None:
                self._channel = pika.BlockingConnection(self._parameters).channel()
                self._channel.confirm_delivery()
            for event in batch:
                properties = pika.BasicProperties(content_type="application/cloudevents+json", message_id=event["id"],
                                                  delivery_mode=2)
                self._channel.basic_publish("repitbot.events", event["type"], json.dumps(event).encode(), properties,
                                            mandatory=True)
        except (pika.exceptions.AMQPError, OSError):
            self._channel = None
            return False
        return True
