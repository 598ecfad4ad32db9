"""Reads WARC files with warcio, which checks every digest: read_warc.py FILE...

Prints a JSON line for each response and revisit: kind, address, SHA-256 of the payload as warcio unpacks it.
"""

import hashlib
import json
import sys

from warcio.archiveiterator import ArchiveIterator

for path in sys.argv[1:]:
    with open(path, "rb") as stream:
        for record in ArchiveIterator(stream, check_digests="raise"):
            payload = record.content_stream().read()
            if record.rec_type in ("response", "revisit"):
                address = record.rec_headers["WARC-Target-URI"]
                print(json.dumps([record.rec_type, address, hashlib.sha256(payload).hexdigest()]))
