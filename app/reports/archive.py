"""What makes a file one to keep: facts about itself, metadata, and what its colours mean.

PDF/A-2b (ISO 19005-2, level B) wants the metadata of the file twice, in its old and in its new
form and saying the same, and a profile of the colours its numbers stand for.
"""

from codecs import BOM_UTF16_BE
from collections.abc import Mapping
from datetime import date
from functools import cache
from html import escape
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFInfo,
    PDFName,
    PDFStream,
    PDFString,
)

from app.paths import resources
from app.reports.seal import FACT_NAMES, OPEN_SEAL, SEAL_NAME

PROGRAM = "Blue Carbon Desk"
_PROFILE_NAME = "sRGB IEC61966-2.1"


class FileInfo(PDFInfo):
    """Title, subject, day of issue, the facts of the document, and the place of the seal."""

    def __init__(self, title: str, subject: str, issued_on: date, facts: Mapping[str, str]) -> None:
        super().__init__()
        self.title, self.subject, self.issued_on, self.facts = title, subject, issued_on, facts
        self.author = self.creator = PROGRAM

    def digest(self, md5object: object) -> None:
        """Let the identifier of the file follow from the facts too."""
        super().digest(md5object)
        for value in (self.issued_on.isoformat(), *self.facts.values()):
            md5object.update(value.encode())  # type: ignore[attr-defined]

    def format(self, document: PDFDocument) -> bytes:
        """Return the dictionary as it stands in the file."""
        day = f"D:{self.issued_on:%Y%m%d}000000+00'00'"
        texts = {
            "Title": self.title,
            "Author": self.author,
            "Subject": self.subject,
            "Creator": self.creator,
            "Producer": self.producer,
            "CreationDate": day,
            "ModDate": day,
            SEAL_NAME: OPEN_SEAL,
        }
        held = {name: PDFString(text) for name, text in texts.items()}
        facts = {FACT_NAMES[key]: _coded(value) for key, value in self.facts.items() if value}
        return PDFDictionary({**held, **facts, "Trapped": PDFName("False")}).format(document)

    def metadata(self) -> str:
        """Return the same as XMP packet (ISO 16684-1)."""
        day = f"{self.issued_on.isoformat()}T00:00:00+00:00"
        title, subject, author = map(_plain, (self.title, self.subject, self.author))
        return _PACKET.format(
            title=title,
            subject=subject,
            author=author,
            creator=_plain(self.creator),
            producer=_plain(self.producer),
            day=day,
        )


_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{day}</xmp:CreateDate>
<xmp:ModifyDate>{day}</xmp:ModifyDate>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def _coded(text: str) -> PDFString:
    """A text of plain letters, or UTF-16: never the letters of PDF alone, which few can read."""
    if text.isascii():
        return PDFString(text)
    return PDFString(BOM_UTF16_BE + text.encode("utf-16-be"), enc="raw")


def _plain(text: str) -> str:
    return escape(text, quote=False)


def archived(document: Any, info: FileInfo) -> None:
    """Put facts, metadata and the profile of colours into a file that is being written.

    `document` is reportlab's `PDFDocument`, whose parts its types do not name.
    """
    _end_streams_on_a_line()
    document.info = info
    catalog = document.Catalog
    metadata = PDFStream(
        PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}),
        content=info.metadata().encode(),
    )
    catalog.Metadata = metadata
    profile = PDFStream(PDFDictionary({"N": 3}), content=_profile())
    intent = PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString(_PROFILE_NAME),
            "Info": PDFString(_PROFILE_NAME),
            "DestOutputProfile": document.Reference(profile),
        }
    )
    catalog.OutputIntents = PDFArray([intent])
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]


@cache
def _end_streams_on_a_line() -> None:
    """Let each stream of a file end before the line of `endstream`, as PDF/A wants (6.1.7.1)."""
    written = PDFStream.format

    def format_stream(stream: PDFStream, document: PDFDocument) -> bytes:
        return written(stream, document).removesuffix(b"endstream\n") + b"\nendstream\n"

    PDFStream.format = format_stream  # type: ignore[method-assign,assignment]


@cache
def _profile() -> bytes:
    return (resources() / "colour" / "sRGB.icc").read_bytes()
