"""Files of every binary format, built byte by byte from invented text."""

import gzip
import io
import zipfile

CONTAINER = """<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
PACKAGE = """<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Low Water</dc:title><dc:creator>Ann Lee</dc:creator>
<dc:creator>Bo Tan</dc:creator><dc:date>2019-04-02</dc:date><dc:language>en</dc:language></metadata>
<manifest><item id="b" href="two.xhtml"/><item id="a" href="one%20a.xhtml"/></manifest>
<spine><itemref idref="a"/><itemref idref="b"/></spine></package>"""


def zipped(members: dict[str, str | bytes]) -> bytes:
    """A zip archive of these members, in order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def epub(**extra: str | bytes) -> bytes:
    """A book of two chapters."""
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OEBPS/book.opf": PACKAGE,
            "OEBPS/two.xhtml": "<html><body><h2>Second</h2><p>The tide came back.</p></body></html>",
            "OEBPS/one a.xhtml": "<html><body><h1>Low Water</h1><p>The tide went&nbsp;out.</p></body></html>",
            **extra,
        }
    )


def docx(paragraphs: list[tuple[str, str]], **extra: str | bytes) -> bytes:
    """A document of (style, text) paragraphs."""
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
        for style, text in paragraphs
    )
    head = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    return zipped(
        {"[Content_Types].xml": "<Types/>", "word/document.xml": f"{head}{body}</w:body></w:docume"
                                                                 f"nt>", **extra}
    )


def pdf(pages: list[list[str]], title: str = "") -> bytes:
    """Pages of lines in one of the fonts that every reader has."""
    bodies: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    for lines in pages:
        shown = " ".join(f"({line}) Tj T*" for line in lines)
        stream = f"BT /F1 12 Tf 14 TL 50 700 Td {shown} ET".encode("latin-1")
        page, content = len(bodies) + 1, len(bodies) + 2
        kids.append(f"{page} 0 R")
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {content} 0 R /Resources <<"
            f" /Font"
            " << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>".encode()
        )
        bodies.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    bodies[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    bodies.append(f"<< /Title ({title}) /Author (Ann Lee) /CreationDate (D:20190402101112Z) >>".encode())
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(bodies) + 1,
        len(bodies),
        start,
    )
    return bytes(out)


def warc(pages: dict[str, bytes], *, squeezed: bool = False, status: str = "200 OK", headers: str = "") -> bytes:
    """A web archive of responses, by address; `squeezed` compresses it record by record."""
    out = b""
    for address, body in pages.items():
        http = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n{headers}\r\n".encode() + body
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nContent-Length: {len(http)}\r\n\r\n"
        record = head.encode() + http + b"\r\n\r\n"
        out += gzip.compress(record) if squeezed else record
    return out


def page(title: str, *paragraphs: str) -> bytes:
    """A small web page."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></ht"
        f"ml>".encode()
    )
