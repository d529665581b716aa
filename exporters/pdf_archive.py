"""What PDF/A-1b asks of a file beside its pages: properties as XMP, what its colours mean, which glyphs its fonts hold."""

import struct
from datetime import datetime

from exporters.made import Properties
from exporters.opc import xml_text

PRODUCER = "goalform"


def pdf_date(moment: datetime) -> str:
    """«D:20261130093000+08'00'»."""
    zone = moment.strftime("%z") or "+0000"
    return f"D:{moment:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'"


def xmp(properties: Properties, *, for_archive: bool) -> bytes:
    """The same properties as an XMP packet. `for_archive`: it says that the file is one to keep (ISO 19005-1, level B)."""
    author, made = properties.author, properties.made
    parts = [
        _alternative("dc:title", properties.title),
        f"<dc:creator><rdf:Seq><rdf:li>{xml_text(author)}</rdf:li></rdf:Seq></dc:creator>" if author else "",
        _alternative("dc:description", properties.subject),
        "<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>",
        f"<pdf:Producer>{PRODUCER}</pdf:Producer>",
        "<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>" if for_archive else "",
    ]
    if made is not None:
        moment = made.isoformat(timespec="seconds")
        parts.append(f"<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>")
    names = "".join(f' xmlns:{name}="{place}"' for name, place in _NAMES)
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about=""{names}>{"".join(parts)}</rdf:Description></rdf:RDF></x:xmpmeta>\n'
        '<?xpacket end="w"?>'
    )
    return packet.encode()


_NAMES = (
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("pdf", "http://ns.adobe.com/pdf/1.3/"),
    ("pdfaid", "http://www.aiim.org/pdfa/ns/id/"),
    ("xmp", "http://ns.adobe.com/xap/1.0/"),
)


def _alternative(name: str, text: str) -> str:
    if not text:
        return ""
    return f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{xml_text(text)}</rdf:li></rdf:Alt></{name}>'


def colour_profile() -> bytes:
    """An ICC profile of version 2 with the colours of sRGB and a plain curve; the pages are black."""
    curve = b"curv" + bytes(4) + struct.pack(">IHxx", 1, round(2.2 * 256))
    words = b"sRGB"
    tags = {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", len(words) + 1) + words + bytes(1 + 4 + 4 + 2 + 1 + 67 + 3),
        b"cprt": b"text" + bytes(4) + b"none\0\0\0\0",
        b"wtpt": _xyz(0.9642, 1.0, 0.8249),
        b"rXYZ": _xyz(0.4361, 0.2225, 0.0139),
        b"gXYZ": _xyz(0.3851, 0.7169, 0.0971),
        b"bXYZ": _xyz(0.1431, 0.0606, 0.7141),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    place, table, data = 128 + 4 + 12 * len(tags), b"", b""
    for name, value in tags.items():
        value += bytes(-len(value) % 4)
        table += name + struct.pack(">II", place + len(data), len(value))
        data += value
    size = place + len(data)
    header = struct.pack(">I4sI", size, bytes(4), 0x02100000) + b"mntrRGB XYZ "
    header += struct.pack(">6H", 2022, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + struct.pack(">3i", *_WHITE)
    return header + bytes(128 - len(header)) + struct.pack(">I", len(tags)) + table + data


_WHITE = (0xF6D6, 0x10000, 0xD32D)


def _xyz(*values: float) -> bytes:
    return b"XYZ " + bytes(4) + struct.pack(">3i", *(round(value * 65536) for value in values))


def glyph_set(count: int) -> bytes:
    """The bits of a CIDSet whose first `count` glyphs are all there."""
    return b"\xff" * (count // 8) + (bytes((0xFF00 >> count % 8 & 0xFF,)) if count % 8 else b"")
