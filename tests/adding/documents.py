"""Small documents to take texts from."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader, PdfWriter

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Noise at the harbour | Harbour Post</title>
<meta name="author" content="Ada Example"><meta property="og:site_name" content="Harbour Post">
<link rel="canonical" href="https://harbour.example/noise"></head><body><nav><a href="/">Home</a></nav><article>
<h1>Noise at the harbour</h1>
<p>The Harbour Board told Port Radio on 4 March 2021 that it had received 120 complaints about noise in January and
February 2021, against 80 in the two months before.</p>
<p>The board meets again in May. Nobody knows what caused the rise, and the board did not say what it will do.</p>
</article><footer>© 2021</footer></body></html>"""


_LOOK = "/MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >>"


def pdf(*pages: str, title: str = "", password: str = "") -> bytes:
    """A PDF with a line of words on each page."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{4 + 2 * i} 0 R' for i in range(len(pages)))}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, words in enumerate(pages):
        stream = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET"
        objects += [
            f"<< /Type /Page /Parent 2 0 R {_LOOK} /Contents {5 + 2 * number} 0 R >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    made, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(made))
        made += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R >>"
    whole = made + f"{end}\nstartxref\n{len(made)}\n%%EOF\n".encode()
    if not title and not password:
        return whole
    writer = PdfWriter(clone_from=PdfReader(BytesIO(whole)))
    if title:
        writer.add_metadata({"/Title": title, "/Author": "Ada Example"})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    written = BytesIO()
    writer.write(written)
    return written.getvalue()
