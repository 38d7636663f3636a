"""Reads records: binary and structured mode, and what becomes of those that are no events."""
import base64
import json
import re
from typing import NamedTuple

from view import Effect

KINDS = {
    "io.quayside.object.uploaded.v1": "uploaded",
    "io.quayside.object.thumbnailed.v1": "thumbnailed",
    "io.quayside.object.deleted.v1": "deleted",
}
LARGEST = 2**63 - 1
JSON = json.JSONDecoder()
SPACE = re.compile("[ \\t\\r\\n]*")


class Skipped(Exception):
    """A record that is passed over, for this reason. Reading it again gives the same result."""


class Refused(Skipped):
    """A record that is passed over because its signature does not prove where it comes from."""


class Event(NamedTuple):
    """A CloudEvent: attributes by name, and the bytes of its data."""

    attributes: dict
    data: bytes


def read_event(headers, value):
    """Binary mode has the attributes in the headers, structured mode in the value; content-type says which it is."""
    headers = {name: (text or b"").decode("utf-8", "replace") for name, text in headers or []}
    content_type = headers.get("content-type", "")
    if content_type.startswith("application/cloudevents+json"):
        attributes = read_object(value, "its envelope")
        data = data_of(attributes, value)
    else:
        attributes = {name[3:]: text for name, text in headers.items() if name.startswith("ce_")}
        attributes["datacontenttype"] = content_type
        data = value or b""
    if attributes.get("specversion") != "1.0" or "-" in (text(attributes.get(n)) for n in ("id", "source", "type")):
        raise Skipped("it is no CloudEvent")
    return Event(attributes, data)


def data_of(envelope, value):
    if "data_base64" in envelope:
        try:
            return base64.b64decode(envelope["data_base64"])
        except (TypeError, ValueError):
            raise Skipped("its data is no Base64") from None
    return data_as_sent(value.decode("utf-8-sig")).encode(errors="replace")


def data_as_sent(envelope):
    """The member data of a JSON object, as it stands there: what is signed are bytes."""
    data, at = "", envelope.index("{")
    while envelope[at] != "}":
        name, at = JSON.raw_decode(envelope, skip_space(envelope, at + 1))
        start = skip_space(envelope, skip_space(envelope, at) + 1)
        _, at = JSON.raw_decode(envelope, start)
        if name == "data":
            data = envelope[start:at]
        at = skip_space(envelope, at)
    return data


def skip_space(text, at):
    return SPACE.match(text, at).end()


def read_object(value, what):
    try:
        members = json.loads(value or b"")
    except (ValueError, RecursionError):
        raise Skipped(f"{what} is no JSON") from None
    if not isinstance(members, dict):
        raise Skipped(f"{what} is no JSON object")
    return members


def read_effect(record, signatures):
    """The effect of an event about an object."""
    event = read_event(record.headers(), record.value())
    attributes = event.attributes
    kind = KINDS.get(attributes["type"])
    if kind is None:
        raise Skipped("its type is not known")
    key = (record.key() or b"").decode("utf-8", "replace")
    if signatures:
        check_signature(signatures, event, key)
    if not key:
        raise Skipped("it is about no object")
    sequence = str(attributes.get("sequence"))
    if not re.fullmatch("[0-9]{1,19}", sequence) or int(sequence) > LARGEST:
        raise Skipped("its sequence is no number of 64 bits")
    data = read_object(event.data, "its data")
    detail = {
        "uploaded": lambda: number(data.get("size")),
        "thumbnailed": lambda: count(data.get("thumbnails")),
        "deleted": lambda: text(data.get("reason")),
    }[kind]()
    return Effect(kind, key, int(sequence), text(data.get("etag")), detail, attributes["source"], attributes["id"])


def check_signature(signatures, event, key):
    signed = signatures.verify(event.attributes, event.data)
    if "sequence" not in signed:
        raise Refused("its sequence is not signed")
    # Nobody signs the record key, but it is the partition key, which is signed when there is one.
    if key and key != (event.attributes.get("partitionkey") if "partitionkey" in signed else None):
        raise Refused("its key is not the signed one")


def text(value):
    return value if isinstance(value, str) and value else "-"


def count(value):
    return str(len(value)) if isinstance(value, list) else "-"


def number(value):
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else "-"
