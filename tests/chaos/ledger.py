"""What the providers got, against what was accepted."""
import re
from collections import defaultdict

IN_HAND = 256 + 68  # Leases::kMostInHand and a round of new ones: what one process has begun and not yet written down
READING = 2  # seconds until the provider has read what was sent before the kill
WRITING = 2  # seconds that writing down an outcome may take on a busy machine
RETURN = 10  # seconds until everything works again after the database has come back
TAG = re.compile(r"\b[ah]\d+x\b")


class Ledger:
    def __init__(self, accepted, bot_api, mails):
        self.accepted = set(accepted)
        self.copies = defaultdict(list)  # (channel, tag): moments
        self.mail_ids = defaultdict(set)
        for message in bot_api.messages():
            self._add("telegram", message["text"], message["at_us"] / 1e6)
        for mail in mails:
            tag = self._add("email", mail.message.get_body(("plain",)).get_content(), mail.moment)
            if tag:
                self.mail_ids[tag].add(mail.message["Message-ID"])

    def _add(self, channel, text, moment):
        found = TAG.findall(text)
        if found:
            self.copies[channel, found[0]].append(moment)
        return found[0] if found else None

    def lost(self):
        return [f"{tag} by {channel}" for tag in sorted(self.accepted) for channel in ("telegram", "email")
                if (channel, tag) not in self.copies]

    def repeated(self):
        """[moment of a copy that was followed by another one]"""
        return [moment for moments in self.copies.values() for moment in sorted(moments)[:-1]]

    def unexplained(self, kills, outages):
        """Repeated messages that were not under way at a kill: their outcome should have been written down by then."""
        def explained(moment):
            return any(-READING <= kill - moment <= WRITING + unwritable(moment, kill) for kill in kills)

        def unwritable(since, until):
            return sum(max(0, min(end + RETURN, until) - max(begin, since)) for begin, end in outages)
        return [f"{key}: {[round(moment - kills[0], 2) for moment in moments]} s after the first kill"
                for key, moments in self.copies.items() if not all(map(explained, sorted(moments)[:-1]))]

    def mails_without_stable_id(self):
        """Events whose mail came under several Message-IDs."""
        return [tag for tag, ids in self.mail_ids.items() if len(ids) > 1]
