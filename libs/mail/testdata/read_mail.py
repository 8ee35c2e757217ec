"""Prints as JSON how Python's e-mail package, a reader that shares no code with us, understands a mail.

read_mail.py FILE"""
import base64
import email
import email.policy
import json
import sys
from pathlib import Path


def tree(part):
    if part.is_multipart():
        return {"type": part.get_content_type(), "parts": [tree(child) for child in part.iter_parts()]}
    content = part.get_content()
    return {"type": part.get_content_type(), "charset": part.get_param("charset"), "method": part.get_param("method"),
            "disposition": part.get_content_disposition(), "filename": part.get_filename(), "cid": part["Content-ID"],
            "content": content.replace("\r\n", "\n") if isinstance(content, str) else base64.b64encode(content).decode()}


message = email.message_from_bytes(Path(sys.argv[1]).read_bytes(), policy=email.policy.default)
defects = [str(defect) for part in message.walk() for defect in part.defects]
defects += [str(defect) for value in message.values() for defect in value.defects]
json.dump({"defects": defects, "headers": {name: str(value) for name, value in message.items()}, "body": tree(message)},
          sys.stdout)
