#!/usr/bin/env python3
"""Keeps a view of the objects that Quayside tells of, one line for each effect.

Every event is applied once, whatever arrives twice, late or broken: first the effect is durable, then it is printed,
then the position is committed. What comes again after a crash finds its identity and its fence in the view.
"""
import argparse
import base64
import json
import os
import re
import signal
import sys
from collections import Counter
from typing import NamedTuple

from confluent_kafka import Consumer, KafkaException

from view import Effect, View

KINDS = {
    "io.quayside.object.uploaded.v1": "uploaded",
    "io.quayside.object.thumbnailed.v1": "thumbnailed",
    "io.quayside.object.deleted.v1": "deleted",
}
LARGEST = 2**63 - 1


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
        data = data_of(attributes)
    else:
        attributes = {name[3:]: text for name, text in headers.items() if name.startswith("ce_")}
        attributes["datacontenttype"] = content_type
        data = value or b""
    if attributes.get("specversion") != "1.0" or not all(attributes.get(name) for name in ("id", "source", "type")):
        raise Skipped("it is no CloudEvent")
    return Event(attributes, data)


def data_of(envelope):
    if "data_base64" in envelope:
        return base64.b64decode(envelope["data_base64"])
    # As publishers write and sign it: without spaces between its tokens.
    return json.dumps(envelope.get("data"), ensure_ascii=False, separators=(",", ":")).encode(errors="replace")


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
        "thumbnailed": lambda: str(len(data.get("thumbnails") or [])),
        "deleted": lambda: text(data.get("reason")),
    }[kind]()
    return Effect(kind, key, int(sequence), text(data.get("etag")), detail, attributes["source"], attributes["id"])


def check_signature(signatures, event, key):
    try:
        signed = signatures.verify(event.attributes, event.data)
    except ValueError as reason:
        raise Refused(reason) from None
    if "sequence" not in signed:
        raise Refused("its sequence is not signed")
    # Nobody signs the record key, but it is the partition key, which is signed when there is one.
    if key and key != (event.attributes.get("partitionkey") if "partitionkey" in signed else None):
        raise Refused("its key is not the signed one")


def text(value):
    return value if isinstance(value, str) and value else "-"


def number(value):
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else "-"


def apply(records, view, signatures, counts):
    """On return what the records come to is durable and printed."""
    effects = []
    for record in records:
        where = f"{record.topic()}/{record.partition()}/{record.offset()}"
        try:
            effect = read_effect(record, signatures)
            verdict = view.admit(effect)
            counts[verdict] += 1
            if verdict == "applied":
                effects.append(effect)
        except Skipped as reason:
            what = type(reason).__name__.lower()
            counts[what] += 1
            print(f"{what} {where}: {reason}", file=sys.stderr)
    if effects:
        view.append(effects)
        sys.stdout.buffer.write(b"".join(effect.to_line() for effect in effects))
        sys.stdout.buffer.flush()


def consume(options, signatures, counts):
    consumer = Consumer(
        {
            "bootstrap.servers": options.bootstrap_servers,
            "group.id": options.group,
            # The view belongs to one process: it has its partitions back at once after a restart.
            "group.instance.id": options.group,
            "enable.auto.commit": False,
            "auto.offset.reset": "earliest",
        }
    )
    topics = [options.uploaded_topic, options.thumbnailed_topic, options.deleted_topic]
    check_topics(consumer, topics)
    stopping = []
    signal.signal(signal.SIGTERM, lambda *_: stopping.append(True))
    signal.signal(signal.SIGINT, lambda *_: stopping.append(True))
    view = View(options.view)
    consumer.subscribe(topics)
    while not stopping:
        records = consumer.consume(num_messages=500, timeout=1.0)
        for failed in (record for record in records if record.error()):
            print(failed.error().str(), file=sys.stderr)
        records = [record for record in records if not record.error()]
        apply(records, view, signatures, counts)
        if records:
            consumer.commit(asynchronous=False)
    consumer.close()


def check_topics(consumer, topics):
    try:
        known = consumer.list_topics(timeout=10).topics
    except KafkaException:
        sys.exit("Kafka does not answer: is it running? --bootstrap-servers says where")
    missing = [topic for topic in topics if topic not in known]
    if missing:
        sys.exit(f"there is no topic {', '.join(missing)}: start Quayside first, or name yours (--help)")


def load_signatures(options):
    if not options.public_key:
        return None
    try:
        from signatures import Signatures
    except ImportError:
        sys.exit("--public-key needs the package cryptography: install it, or leave the option out")
    try:
        return Signatures(options.public_key, options.key_id)
    except (OSError, ValueError):
        sys.exit(f"--public-key {options.public_key} is no readable Ed25519 public key in PEM")


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0], allow_abbrev=False)
    env = os.environ.get
    parser.add_argument(
        "--bootstrap-servers",
        default=env("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092"),
        help="where Kafka is (KAFKA_BOOTSTRAP_SERVERS, 127.0.0.1:9092)",
    )
    parser.add_argument(
        "--group", default=env("KAFKA_GROUP_ID", "example-python"), help="consumer group (KAFKA_GROUP_ID, example-python)"
    )
    parser.add_argument("--view", default="view.tsv", help="the view (view.tsv)")
    for event in ("uploaded", "thumbnailed", "deleted"):
        topic = f"oss.object.{event}.v1"
        parser.add_argument(f"--{event}-topic", default=topic, help=topic)
    parser.add_argument("--public-key", help="PEM file; refuse what is not signed by its owner")
    parser.add_argument("--key-id", help="the only key id accepted (any)")
    return parser.parse_args()


def main():
    options = parse_options()
    counts = Counter()
    consume(options, load_signatures(options), counts)
    names = ("applied", "duplicate", "stale", "skipped", "refused")
    print(", ".join(f"{name} {counts[name]}" for name in names), file=sys.stderr)


if __name__ == "__main__":
    main()
