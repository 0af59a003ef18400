"""Small PDF and Word documents, made here: for the functional tests, and (run as a program) for the cases in tests/formats.

    tests/functional/documents.py tests/formats
"""
import hashlib
import io
import pathlib
import struct
import sys
import zipfile

PAGE = (595, 842)


def rc4(key, data):
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


class Page:
    """Texts and lines; y is measured from the top of the page, in points."""

    def __init__(self):
        self.operators = []

    def text(self, x, y, text, size=10, bold=False):
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        self.operators.append(f"BT /F{2 if bold else 1} {size} Tf {x} {PAGE[1] - y} Td ({escaped}) Tj ET")
        return self

    def lines(self, x, y, texts, pitch=13, size=10):
        for i, text in enumerate(texts):
            self.text(x, y + i * pitch, text, size)
        return self

    def rule(self, x1, y1, x2, y2):
        self.operators.append(f"0.8 w {x1} {PAGE[1] - y1} m {x2} {PAGE[1] - y2} l S")
        return self

    def grid(self, left, top, widths, rows, height=18):
        """A table drawn with lines around every cell."""
        edges = [left]
        for width in widths:
            edges.append(edges[-1] + width)
        for r in range(len(rows) + 1):
            self.rule(left, top + r * height, edges[-1], top + r * height)
        for x in edges:
            self.rule(x, top, x, top + len(rows) * height)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                self.text(edges[c] + 4, top + r * height + 13, cell)
        return self


def pdf(pages, password=None):
    """The bytes of a PDF; with a password it is needed to open it (40-bit RC4)."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", None,
               "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
               "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>"]
    kids = []
    for page in pages:
        number = len(objects) + 1
        kids.append(f"{number} 0 R")
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE[0]} {PAGE[1]}] /Contents {number + 1} 0 R "
                       "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>")
        objects.append("\n".join(page.operators).encode("cp1252"))
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    identity = b"0123456789abcdef"
    key, trailer = None, ""
    if password is not None:
        padded = (password.encode() + PADDING)[:32]
        owner = rc4(hashlib.md5(padded).digest()[:5], padded)
        key = hashlib.md5(padded + owner + struct.pack("<i", -4) + identity).digest()[:5]
        user = rc4(key, PADDING)
        objects.append(f"<< /Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{user.hex()}> /P -4 >>")
        trailer = f"/Encrypt {len(objects)} 0 R /ID [<{identity.hex()}> <{identity.hex()}>]"
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        if isinstance(content, bytes):
            if key:
                own = hashlib.md5(key + struct.pack("<I", number)[:3] + b"\0\0").digest()[:10]
                content = rc4(own, content)
            body = b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream"
        else:
            body = content.encode()
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        out += b"%010d 00000 n \n" % offset
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def report():
    """Three pages: prose under headings, a table without lines, and one with lines that goes over two pages."""
    first = (Page().text(72, 40, "Northwind annual report 2024", 8).text(72, 90, "Customers and churn", 20, True)
             .text(72, 130, "1 Summary", 14, True)
             .lines(72, 152, ["Churn fell to 4.2 percent in 2024, the lowest value since the company was founded.",
                              "The main reason was the new onboarding programme, which reached nine of ten custom-",
                              "ers in their first week."])
             .lines(72, 205, ["Revenue per customer rose by eleven percent over the same period."])
             .text(72, 240, "2 Regions", 14, True)
             .lines(72, 262, ["The table shows customers and churn by region at the end of the year."])
             .text(72, 300, "Table 1: Churn by region", 10, True).text(72, 800, "Page 1", 8))
    for i, row in enumerate([("Region", "Customers", "Churn", "Since"), ("North", "1,204", "3.9 %", "2019-01-15"),
                             ("South", "987", "4.8 %", "2020-06-01"), ("East", "1,532", "4.1 %", "2018-03-20"),
                             ("West", "640", "4.4 %", "2021-11-05")]):
        for x, cell in zip((72, 190, 300, 400), row):
            first.text(x, 325 + i * 16, cell)
    header = ("Order", "Product", "Amount")
    rows = [(str(1000 + i), f"Product {chr(65 + i % 26)}", f"{(i * 37) % 500 + 10}.50") for i in range(50)]
    second = (Page().text(72, 40, "Northwind annual report 2024", 8).text(72, 80, "3 Orders", 14, True)
              .lines(72, 102, ["All orders of the last week are listed here."])
              .grid(72, 130, (90, 200, 110), [header] + rows[:35]).text(72, 800, "Page 2", 8))
    third = (Page().text(72, 40, "Northwind annual report 2024", 8).grid(72, 70, (90, 200, 110), [header] + rows[35:])
             .text(72, 420, "4 Outlook", 14, True)
             .lines(72, 442, ["We recommend to keep the onboarding programme and to extend it to partners."])
             .text(72, 800, "Page 3", 8))
    return pdf([first, second, third])


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def paragraph(text, style=None, properties=""):
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{style}{properties}</w:pPr><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>"


def cell(content, properties=""):
    body = content if content.startswith("<w:") else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{body}</w:tc>"


def table(rows):
    return "<w:tbl><w:tblPr/>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"


def docx(body, footnotes="", margins=()):
    """The bytes of a Word document with this body; margins: ("header" or "footer", content) of its pages."""
    styles = (f'<w:styles {W}><w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
              '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="H1"/></w:style>'
              '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="caption"/></w:style></w:styles>')
    types = ('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
             'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
             'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
    package = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    parts = {
        "[Content_Types].xml": types,
        "_rels/.rels": f'{package}<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'{package}<Relationship Id="r1" Type="{RELATIONS}/styles" Target="styles.xml"/>'
                                        f'<Relationship Id="r2" Type="{RELATIONS}/footnotes" Target="footnotes.xml"/></Relationships>',
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": styles,
        "word/footnotes.xml": f"<w:footnotes {W}>{footnotes}</w:footnotes>",
    }
    for number, (kind, content) in enumerate(margins, 3):
        part, root = f"{kind}{number}.xml", {"header": "hdr", "footer": "ftr"}[kind]
        parts[f"word/{part}"] = f"<w:{root} {W}>{content}</w:{root}>"
        relation = f'<Relationship Id="r{number}" Type="{RELATIONS}/{kind}" Target="{part}"/></Relationships>'
        parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace("</Relationships>", relation)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            archive.writestr(info, text)
    return out.getvalue()


def minutes():
    """Headings, a list, struck text, a note, merged cells, a table inside of a cell, and one that only arranges text."""
    deleted = '<w:p><w:r><w:t>Kept</w:t></w:r><w:del><w:r><w:delText> deleted</w:delText><w:t> gone</w:t></w:r></w:del><w:r><w:t> text.</w:t></w:r></w:p>'
    item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    header = '<w:trPr><w:tblHeader/></w:trPr>'
    budget = table([
        [header, cell("Team"), cell("Budget 2024", '<w:gridSpan w:val="2"/>')],
        [header, cell(""), cell("Plan"), cell("Actual")],
        [cell("Sales", '<w:vMerge w:val="restart"/>'), cell("1,000.50"), cell("900.25")],
        [cell("", "<w:vMerge/>"), cell("2,000.00"), cell("2,100.75")],
        [cell("Support"), cell("500.00"), cell("480.10")],
    ])
    inner = table([[cell("Name"), cell("Votes")], [cell("Ada"), cell("7")], [cell("Grace"), cell("9")]])
    outer = table([[cell(paragraph("Results below") + inner + paragraph(""))]])
    body = (paragraph("Minutes of the board", "H1") + paragraph("Present were all members of the board, and two guests.")
            + paragraph("Decisions", "H2") + paragraph("Open an office in Lisbon", None, item)
            + paragraph("Close the office in Turin", None, item) + deleted
            + paragraph("Table 1: Budget by team", "C") + budget + paragraph("Votes", "H2") + outer
            + "<w:sectPr/>")
    notes = ('<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:t>line</w:t></w:r></w:p></w:footnote>'
             '<w:footnote w:id="2">' + paragraph("Figures were not audited.") + "</w:footnote>")
    return docx(body, notes)


def letter():
    """What stands above and below the pages: the same text on first and other pages, a table that arranges, a number."""
    address = table([[cell("Northwind Traders"), cell("12 Harbour Street")]])
    return docx(paragraph("Dear customer, your order is on its way."), margins=[
        ("header", paragraph("Confidential draft")), ("header", paragraph("Confidential draft") + address),
        ("footer", paragraph("3")), ("footer", paragraph("Page 3 of the zircon agreement"))])


def main():
    folder = pathlib.Path(sys.argv[1])
    made = {
        "report.pdf": report(),
        "needs_password.pdf": pdf([Page().text(72, 100, "secret")], "open sesame"),
        "owner_password.pdf": pdf([Page().lines(72, 100, ["Anybody may read this page, but not change it."])], ""),
        "cut_off.pdf": report()[:300],
        "blank.pdf": pdf([Page()]),
        "minutes.docx": minutes(),
        "docx_named_pdf.pdf": docx(paragraph("A letter with a wrong name.")),
        "page_margins.docx": letter(),
        "empty.docx": docx(""),
        "broken_xml.docx": docx("<w:p><w:r></w:p>"),
    }
    for name, content in made.items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    main()
