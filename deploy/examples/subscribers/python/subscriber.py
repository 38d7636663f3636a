#!/usr/bin/env python3
"""Keeps a view of the objects that Quayside tells of, one line for each effect.

Every event is applied once, whatever arrives twice, late or broken: first the effect is durable, then it is printed,
then the position is committed. What comes again after a crash finds its identity and its fence in the view.
"""
import argparse
import os
import signal
import sys
from collections import Counter

from confluent_kafka import Consumer, KafkaException

from events import Skipped, read_effect
from view import View


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
    parser = argparse.ArgumentParser(
        description=__doc__.splitlines()[0], usage="%(prog)s [options]; --help lists them", allow_abbrev=False
    )
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
