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

from events import Refused

PAYLOAD_TYPE = "https://cloudevents.io/verifiability/dsse/v0.1"
CONTEXT = ("id", "source", "specversion", "type", "datacontenttype", "dataschema", "subject")
NEVER_LISTED = {*CONTEXT, "time", "dssematerial"}
TIMESTAMPS = {"recordedtime"}


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
        Raises Refused unless the event is as the holder of the key signed it."""
        if not attributes.get("dssematerial"):
            raise Refused("it is not signed")
        try:
            envelope = json.loads(decode(attributes["dssematerial"]))
            payload = decode(envelope["payload"])
            if envelope["payloadType"] != PAYLOAD_TYPE or not self._is_signed(envelope["signatures"], payload):
                raise Refused("its signature is not by this key")
            return check(json.loads(payload), attributes, data)
        except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
            raise Refused("its verification material is not readable") from None

    def _is_signed(self, signatures, payload):
        return any(self._is_by_key(signature, payload) for signature in signatures)

    def _is_by_key(self, signature, payload):
        if self.key_id is not None and signature.get("keyid") != self.key_id:
            return False
        signed = b"DSSEv1 %d %s %d %s" % (len(PAYLOAD_TYPE), PAYLOAD_TYPE.encode(), len(payload), payload)
        try:
            self.key.verify(decode(signature["sig"]), signed)
            return True
        except InvalidSignature:
            return False


def check(material, attributes, data):
    names = material.get("signedextattrs", [])
    if not isinstance(names, list) or ("ext" in material) != ("signedextattrs" in material):
        raise Refused("its verification material is not readable")
    if len(set(names)) < len(names) or NEVER_LISTED.intersection(names):
        raise Refused("it lists as signed what may not be listed")
    core = [value(attributes, name) for name in CONTEXT] + [in_utc(attributes.get("time")), data]
    if decode(material["core"]) != digest(core):
        raise Refused("it is not what was signed")
    if "ext" in material and decode(material["ext"]) != digest(value(attributes, name) for name in names):
        raise Refused("its extension attributes are not what was signed")
    return set(names)


def value(attributes, name):
    if name in TIMESTAMPS:
        return in_utc(attributes.get(name))
    return str(attributes.get(name) or "").encode(errors="replace")


def digest(values):
    return hashlib.sha256(b"".join(hashlib.sha256(value).digest() for value in values)).digest()


def in_utc(time):
    """In UTC and to the second, which is all that is signed of a time."""
    if not time:
        return b""
    # Without the fraction, in which Python before 3.11 reads three or six digits only, and without Z.
    whole = re.sub(r"\.[0-9]+", "", time).replace("Z", "+00:00")
    return datetime.fromisoformat(whole).astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ").encode()


def decode(text):
    return base64.b64decode(text.replace("-", "+").replace("_", "/"), validate=True)
