"""The view: a file with one line for each effect, and what is remembered of it."""
import os
import re
from typing import NamedTuple

ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
UNESCAPED = {escaped: plain for plain, escaped in ESCAPES.items()}


class Effect(NamedTuple):
    """What one event comes to. Its line has these fields with a tab between them, an absent one a hyphen, written as
    jq's @tsv writes them."""

    kind: str  # uploaded, thumbnailed or deleted
    object: str  # bucket/object, the record key
    sequence: int  # the fence: of two events about one object the larger one is the later one
    etag: str  # the version of the object
    detail: str  # bytes of an upload, number of thumbnails, reason of a deletion
    source: str  # with id, the identity of the event
    id: str

    def fence(self):
        """Uploads and deletions of an object share one fence, its thumbnailings have their own."""
        return (self.kind == "thumbnailed", self.object)

    def to_line(self):
        fields = (re.sub(r"[\\\t\n\r]", lambda m: ESCAPES[m[0]], str(field)) for field in self)
        return ("\t".join(fields) + "\n").encode(errors="replace")

    @staticmethod
    def of_line(line):
        fields = [re.sub(r"\\[\\tnr]", lambda m: UNESCAPED[m[0]], field) for field in line.split("\t")]
        return Effect(*fields)._replace(sequence=int(fields[2]))


class View:
    """The effects so far, in a file that is only appended to; the last line of an object is what it is now. Put your
    database here: what admit remembers and what append writes belong into one transaction. One process for each file.
    """

    def __init__(self, path):
        self.seen = set()
        self.fences = {}
        self.file = open(path, "a+b")
        self.file.seek(0)
        whole = 0
        for line in self.file:
            # A line without its end was being written when the process died: its event comes again.
            if line.endswith(b"\n"):
                whole += len(line)
                self._remember(Effect.of_line(line[:-1].decode()))
        self.file.truncate(whole)

    def admit(self, effect):
        """Decides on an event, and remembers it when it is to be applied."""
        if (effect.source, effect.id) in self.seen:
            return "duplicate"
        if effect.sequence <= self.fences.get(effect.fence(), -1):
            return "stale"
        self._remember(effect)
        return "applied"

    def append(self, effects):
        """On return the effects are on the disk."""
        self.file.write(b"".join(effect.to_line() for effect in effects))
        self.file.flush()
        os.fsync(self.file.fileno())

    def _remember(self, effect):
        self.seen.add((effect.source, effect.id))
        self.fences[effect.fence()] = max(effect.sequence, self.fences.get(effect.fence(), -1))
