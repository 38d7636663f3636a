#!/usr/bin/env python3
"""Makes the vectors beside it anew, with a new key: python3 generate.py. The keys are forgotten when it ends.

Written from the text of the extension alone, for verifiers to be held against; openssl signs.
"""
import base64
import copy
import hashlib
import json
import pathlib
import subprocess
import tempfile

HERE = pathlib.Path(__file__).parent
TYPE = "https://cloudevents.io/verifiability/dsse/v0.1"
SIGNED = ["recordedtime", "partitionkey", "sequence"]
UTC = "2026-03-01T12:00:00Z"


class Key:
    def __init__(self, folder, name):
        self.file = pathlib.Path(folder, name)
        subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", self.file], check=True)
        self.public = subprocess.run(
            ["openssl", "pkey", "-in", self.file, "-pubout"], check=True, capture_output=True, text=True
        ).stdout

    def sign(self, message):
        file = self.file.with_suffix(".message")
        file.write_bytes(message)
        command = ["openssl", "pkeyutl", "-sign", "-rawin", "-inkey", self.file, "-in", file]
        return subprocess.run(command, check=True, capture_output=True).stdout


def sha256(value):
    return hashlib.sha256(value.encode() if isinstance(value, str) else value).digest()


def b64(value):
    return base64.b64encode(value).decode()


def event(kind, data, **attributes):
    key = f"{data['bucket']}/{data['key']}"
    return {
        "specversion": "1.0",
        "id": "5CF3E7821AB22D0FDB86704E",
        "source": "acs:oss:cn-hangzhou:1050784833268046:uploads",
        "type": f"io.quayside.object.{kind}.v1",
        "subject": data["key"],
        "time": "2026-03-01T12:00:00.123456Z",
        "dataschema": f"https://quayside.io/schemas/object-{kind}.v1.schema.json",
        "recordedtime": "2026-03-01T12:00:00.654321Z",
        "partitionkey": key,
        "sequence": "1772366400654321",
        "ingestpath": "callback",
        "datacontenttype": "application/json",
        **attributes,
        "data": json.dumps(data, ensure_ascii=False, separators=(",", ":")),
    }


def material(e, names, utc, recorded):
    """What is signed; utc and recorded are the times as they count: in UTC, to the second."""
    core = [sha256(e.get(n, "")) for n in "id source specversion type datacontenttype dataschema subject".split()]
    core += [sha256(utc), sha256(e["data"])]
    content = {"core": b64(sha256(b"".join(core)))}
    if names:
        values = [sha256(recorded if name == "recordedtime" else e.get(name, "")) for name in names]
        content |= {"ext": b64(sha256(b"".join(values))), "signedextattrs": names}
    return content


def as_json(content):
    return json.dumps(content).encode()


def pae(payload, payload_type=TYPE):
    return f"DSSEv1 {len(payload_type)} {payload_type} {len(payload)} ".encode() + payload


def envelope(payload, signatures, payload_type=TYPE):
    entries = [{"keyid": key_id, "sig": b64(signature)} for key_id, signature in signatures]
    return {"payload": b64(payload), "payloadType": payload_type, "signatures": entries}


def sign(e, key, names=SIGNED, utc=UTC, recorded=UTC, key_id="test-1"):
    payload = as_json(material(e, names, utc, recorded))
    return {**e, "dssematerial": b64(as_json(envelope(payload, [(key_id, key.sign(pae(payload)))])))}


def binary(e):
    headers = {f"ce_{n}": v for n, v in e.items() if n not in ("data", "datacontenttype")}
    return {**headers, "content-type": e["datacontenttype"]}, e["data"].encode()


def structured(e, beside=()):
    members = {n: v for n, v in e.items() if n != "data"}
    head = json.dumps(members, ensure_ascii=False, separators=(",", ":"))
    value = f'{head[:-1]},"data":{e["data"]}}}'.encode()
    return {**dict(beside), "content-type": "application/cloudevents+json; charset=utf-8"}, value


UPLOADED = event(
    "uploaded",
    {
        "bucket": "uploads", "key": "照片/a b.jpg", "etag": "5D41402ABC4B2A76B9719D911017C592", "size": 1234567,
        "crc64": "18446744073709551615", "contentMd5": None, "mimeType": "image/jpeg",
        "image": {"width": 4000, "height": 3000, "format": "jpg"}, "operation": "PutObject",
        "requestId": "5CF3E7821AB22D0FDB86704E", "owner": "1050784833268046", "requester": None,
        "clientIp": "198.51.100.7", "vpcId": None, "variables": {"x:album": "été \"1\""}, "fields": {},
        "verification": {"level": "grant", "keyUrl": None, "signatureVersion": None, "grantId": "g-1", "subject": None},
    },
)  # fmt: skip
THUMBNAILED = event(
    "thumbnailed",
    {
        "bucket": "uploads", "key": "b.png", "etag": "0CC175B9C0F1B6A831C399E269772661", "width": 640, "height": 480,
        "format": "png",
        "thumbnails": [
            {"preset": "small", "bucket": "uploads", "key": "thumbnails/0CC175B9C0F1B6A831C399E269772661/small.webp",
             "mimeType": "image/webp", "width": 128, "height": 96, "size": 4321},
        ],
    },
    id="5CF3E7821AB22D0FDB867050-thumbnails",
    causationid="5CF3E7821AB22D0FDB867050",
)  # fmt: skip
DELETED = event(
    "deleted",
    {"bucket": "uploads", "key": "c.txt", "reason": "not-found", "observedAt": "2026-03-01T12:00:00Z"},
    id="gone-18ac3e7343f016890c510e93f935261169d9e3f565436429830faf0934f4f8e4",
    ingestpath="reconcile",
)


def vectors(ours, other):
    """Name, event or (headers, value), whether it is valid, comment."""

    def altered(**changes):
        changed = sign(UPLOADED, ours)
        for name, value in changes.items():
            changed.pop(name) if value is None else changed.update({name: value})
        return changed

    def with_material(text):
        return {**UPLOADED, "dssematerial": text}

    def with_envelope(content):
        return with_material(b64(as_json(content)))

    def with_payload(content):
        payload = content if isinstance(content, bytes) else as_json(content)
        return with_envelope(envelope(payload, [("test-1", ours.sign(pae(payload)))]))

    def with_changes(**changes):
        return with_payload({n: v for n, v in {**content, **changes}.items() if v is not None})

    content = material(UPLOADED, SIGNED, UTC, UTC)
    payload = as_json(content)
    signature = ours.sign(pae(payload))
    good = envelope(payload, [("test-1", signature)])
    url_safe = copy.deepcopy(good)
    url_safe["payload"] = url_safe["payload"].replace("+", "-").replace("/", "_")
    url_safe["signatures"][0]["sig"] = url_safe["signatures"][0]["sig"].replace("+", "-").replace("/", "_")

    yield "uploaded", sign(UPLOADED, ours), True, "an upload"
    yield "thumbnailed", sign(THUMBNAILED, ours, [*SIGNED, "causationid"]), True, "a thumbnailing, its cause signed too"
    yield "deleted", sign(DELETED, ours), True, "a deletion"
    yield "no-extension-signed", sign(UPLOADED, ours, []), True, "valid, and its sequence proves nothing"
    yield "one-extension-signed", sign(UPLOADED, ours, ["sequence"]), True, "valid, and its record key proves nothing"
    yield "list-in-another-order", sign(UPLOADED, ours, SIGNED[::-1]), True, "the order is the publisher's"
    yield "listed-but-absent", sign(UPLOADED, ours, [*SIGNED, "causationid"]), True, (
        "a listed attribute that the event does not have counts as the empty text")
    offset = {**UPLOADED, "time": "2026-03-01T14:00:00.123456+02:00", "recordedtime": "2026-03-01T04:00:00-08:00"}
    yield "times-with-offset", sign(offset, ours), True, "the same moment as 12:00:00Z"
    fractions = {"time": "2026-03-01T12:00:00.999999999Z", "recordedtime": "2026-03-01T12:00:00Z"}
    yield "times-other-fraction", altered(**fractions), True, "times are signed to the second"
    yield "unsigned-attribute-altered", altered(ingestpath="journal"), True, "ingestpath changes on the way"
    yield "unsigned-attribute-added", altered(schemaid="7"), True, "as an intermediary may"
    nobody = {n: v for n, v in UPLOADED.items() if n not in ("subject", "partitionkey")}
    yield "no-subject", sign(nobody, ours, ["recordedtime", "sequence"]), True, "about no known object"
    two = envelope(payload, [("other", other.sign(pae(payload))), ("test-1", signature)])
    yield "two-signatures", with_envelope(two), True, "one of them is ours"
    yield "url-safe-alphabet", with_envelope(url_safe), True, "DSSE allows both alphabets of Base64"
    yield "members-added-to-envelope", with_envelope({**good, "later": 1}), True, "unknown members are ignored"
    yield "members-added-to-payload", with_changes(later=[1]), True, "unknown members are ignored"
    yield "structured", structured(sign(UPLOADED, ours)), True, "attributes in the envelope alone"
    beside = {n: v for n, v in binary(UPLOADED)[0].items() if n.startswith("ce_")}
    spelled = {**UPLOADED, "data": UPLOADED["data"].replace("été", "\\u00E9t\\u00e9 \\u001F").replace(":", ": ")}
    yield "structured-spelled-otherwise", structured(sign(spelled, ours)), True, "the bytes count, not what they say"
    yield "structured-with-headers", structured(sign(UPLOADED, ours), beside), True, "attributes in the headers too"

    yield "data-altered", altered(data=UPLOADED["data"].replace("1234567", "1234568")), False, "another size"
    yield "data-spaced", altered(data=UPLOADED["data"].replace(":1234567", ": 1234567")), False, "its bytes are signed"
    yield "id-altered", altered(id="5CF3E7821AB22D0FDB86704F"), False, "another id"
    yield "source-altered", altered(source="acs:oss:cn-hangzhou:1:uploads"), False, "another source"
    yield "type-altered", altered(type="io.quayside.object.deleted.v1"), False, "a deletion made of an upload"
    yield "subject-altered", altered(subject="b.jpg"), False, "another object"
    yield "subject-removed", altered(subject=None), False, "no object"
    yield "time-altered", altered(time="2026-03-01T12:00:01.123456Z"), False, "a second later"
    yield "dataschema-altered", altered(dataschema="https://example.org/"), False, "another schema"
    yield "content-type-altered", altered(datacontenttype="application/json; a=b"), False, "another type of the data"
    yield "sequence-altered", altered(sequence="9772366400654321"), False, "an old event made the newest"
    yield "recordedtime-altered", altered(recordedtime="2026-03-01T12:00:01.654321Z"), False, "a second later"
    yield "partitionkey-altered", altered(partitionkey="uploads/b.jpg"), False, "another record key"
    yield "partitionkey-removed", altered(partitionkey=None), False, "a signed attribute taken away"
    for name in ("id", "time", "datacontenttype", "dssematerial"):
        bad = sign(UPLOADED, ours, [*SIGNED, name])
        yield f"list-names-{name}", bad, False, "signed like that, but such a name may not be listed"
    repeated = sign(UPLOADED, ours, [*SIGNED, "sequence"])
    yield "list-repeats", repeated, False, "signed like that, but names may not repeat"
    yield "list-reordered", with_changes(signedextattrs=SIGNED[::-1]), False, "values signed in another order"
    yield "list-as-text", with_changes(signedextattrs=",".join(SIGNED)), False, "no array"
    yield "list-without-digest", with_changes(ext=None), False, "one is nothing without the other"
    yield "digest-without-list", with_changes(signedextattrs=None), False, "one is nothing without the other"
    yield "core-missing", with_changes(core=None), False, "nothing about the core attributes"
    yield "core-too-short", with_changes(core=b64(b"0" * 31)), False, "31 bytes are no SHA-256"
    yield "payload-is-digest", with_payload(sha256(payload)), False, "no JSON"
    yield "payload-is-array", with_payload([content]), False, "JSON, but no object"
    yield "other-key", sign(UPLOADED, other), False, "signed by somebody else under our key id"
    yield "other-key-id", sign(UPLOADED, ours, key_id="test-2"), False, "signed by our key under an id not asked for"
    yield "missing", dict(UPLOADED), False, "not signed"
    yield "empty", with_material(""), False, "not signed"
    yield "not-base64", with_material("%%%"), False, "no Base64"
    yield "not-json", with_material(b64(b"{")), False, "no JSON"
    yield "no-object", with_envelope([]), False, "JSON, but no object"
    yield "no-signatures", with_envelope({**good, "signatures": []}), False, "nobody signed it"
    unknown = TYPE.replace("v0.1", "v0.2")
    as_unknown = envelope(payload, [("test-1", ours.sign(pae(payload, unknown)))], unknown)
    yield "payload-type-unknown", with_envelope(as_unknown), False, "of a version that nobody knows here"
    raw = envelope(payload, [("test-1", ours.sign(payload))])
    yield "signed-without-encoding", with_envelope(raw), False, "the bare payload signed, not its encoding"
    cut = envelope(payload, [("test-1", signature[:63])])
    yield "signature-too-short", with_envelope(cut), False, "63 bytes are no Ed25519 signature"
    changed = {**sign(UPLOADED, ours), "data": UPLOADED["data"].replace("1234567", "1234568")}
    yield "structured-data-altered", structured(changed), False, "another size"


def main():
    with tempfile.TemporaryDirectory() as folder:
        ours, other = Key(folder, "ours"), Key(folder, "other")
        for old in HERE.glob("*.json"):
            old.unlink()
        for name, content, valid, comment in vectors(ours, other):
            headers, value = content if isinstance(content, tuple) else binary(content)
            vector = {
                "comment": comment, "valid": valid, "publicKeyPem": ours.public, "keyId": "test-1",
                "headers": headers, "value": b64(value),
            }  # fmt: skip
            text = json.dumps(vector, indent=2, ensure_ascii=False)
            HERE.joinpath(f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
