"""Verifies events as the CloudEvents extension "Verifiable CloudEvents with DSSE" says, with one Ed25519 key.

https://github.com/cloudevents/spec/blob/main/cloudevents/extensions/verifiability.md
"""
import base64
import hashlib
import json
import re
from datetime import datetime, timezone

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

PAYLOAD_TYPE = "https://cloudevents.io/verifiability/dsse/v0.1"
CONTEXT = ("id", "source", "specversion", "type", "datacontenttype", "dataschema", "subject")
NEVER_LISTED = {*CONTEXT, "time", "dssematerial", "signedextattrs"}


class Signatures:
    def __init__(self, path, key_id=None):
        """key_id is the only id accepted, None for any: the id is a hint, the key proves."""
        with open(path, "rb") as file:
            self.key = load_pem_public_key(file.read())
        if not isinstance(self.key, Ed25519PublicKey):
            raise ValueError("not an Ed25519 key")
        self.key_id = key_id

    def verify(self, attributes, data):
        """The names of the extension attributes that are signed; besides them, the context attributes and the data are.
        Raises ValueError, with a reason, unless the event is as the holder of the key signed it."""
        if not attributes.get("dssematerial"):
            raise ValueError("it is not signed")
        try:
            envelope = json.loads(decode(attributes["dssematerial"]))
            payload = decode(envelope["payload"])
            proven = envelope["payloadType"] == PAYLOAD_TYPE and any(
                self._is_by_key(signature, payload) for signature in envelope["signatures"]
            )
        except (KeyError, TypeError, ValueError):
            raise ValueError("its verification material is not readable") from None
        if not proven:
            raise ValueError("its signature is not by this key")
        names = signed_names(attributes)
        if payload != digest(attributes, data, names):
            raise ValueError("it is not what was signed")
        return set(names)

    def _is_by_key(self, signature, payload):
        if self.key_id is not None and signature.get("keyid") != self.key_id:
            return False
        signed = b"DSSEv1 %d %s %d %s" % (len(PAYLOAD_TYPE), PAYLOAD_TYPE.encode(), len(payload), payload)
        try:
            self.key.verify(decode(signature["sig"]), signed)
            return True
        except InvalidSignature:
            return False


def signed_names(attributes):
    listed = attributes.get("signedextattrs") or ""
    names = listed.split(",") if listed else []
    if len(set(names)) < len(names) or NEVER_LISTED.intersection(names):
        raise ValueError("it lists as signed what may not be listed")
    return names


def digest(attributes, data, names):
    parts = [sha256(text(attributes, name)) for name in CONTEXT]
    parts.append(sha256(in_utc(text(attributes, "time"))))
    parts.append(hashlib.sha256(data).digest())
    for name in names:
        parts += [sha256(name), sha256(text(attributes, name))]
    return hashlib.sha256(b"".join(parts)).digest()


def in_utc(time):
    """In UTC and to the second, which is all that is signed of a time."""
    if not time:
        return ""
    # Without the fraction, in which Python before 3.11 reads three or six digits only, and neither Z.
    whole = re.sub(r"\.[0-9]+", "", time).replace("Z", "+00:00")
    return datetime.fromisoformat(whole).astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def text(attributes, name):
    value = attributes.get(name)
    return "" if value is None else str(value)


def decode(text):
    return base64.b64decode(text.replace("-", "+").replace("_", "/"), validate=True)


def sha256(text):
    return hashlib.sha256(text.encode(errors="replace")).digest()
