"""Writes pages with warcio, in every form that servers send them: write_warc.py PAGES OUT

PAGES holds a line for each page, its address and its file with a tab between. OUT gets `packed.warc.gz` and `plain.warc`,
both with every page as it is, packed, in chunks, in packed chunks, and as browsers archive it: unpacked under the headers of packed chunks.
"""

import gzip
import io
import sys
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PACKED = ("Content-Encoding", "gzip")
CHUNKED = ("Transfer-Encoding", "chunked")


def main(pages: Path, out: Path) -> None:
    lines = [line.split("\t") for line in pages.read_text(encoding="utf-8").splitlines()]
    for path in (out / "packed.warc.gz", out / "plain.warc"):
        with open(path, "wb") as stream:
            writer = WARCWriter(stream, gzip=path.suffix == ".gz")
            writer.write_record(writer.create_warcinfo_record(path.name, {"software": "warcio"}))
            for address, file in lines:
                write(writer, address, Path(file).read_bytes())


def write(writer: WARCWriter, address: str, page: bytes) -> None:
    packed = gzip.compress(page, mtime=0)
    for body, headers in (
        (page, []),
        (packed, [PACKED]),
        (chunks(page), [CHUNKED]),
        (chunks(packed), [CHUNKED, PACKED]),
        (page, [CHUNKED, PACKED]),
    ):
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8"), *headers], protocol="HTTP/1.1")
        record = writer.create_warc_record(address, "response", payload=io.BytesIO(body), http_headers=head)
        writer.write_record(record)
    fields = io.BytesIO(b"via: nothing\r\n")
    writer.write_record(writer.create_warc_record(address, "metadata", payload=fields, warc_content_type="application/warc-fields"))
    writer.write_record(writer.create_warc_record(address, "resource", payload=io.BytesIO(page), warc_content_type="text/html"))


def chunks(body: bytes) -> bytes:
    half = len(body) // 2
    parts = (body[:half], body[half:], b"")
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)


main(Path(sys.argv[1]), Path(sys.argv[2]))
