"""Word files made by hand, part by part, and their comments read back by the format's own rules."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = (  # a square of eight grey pixels a side
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\0\x80\x80\x80\x80\x80\x80\x80\x80" * 8))
    + _chunk(b"IEND", b"")
)


def run(text, look=""):
    """A run with these words; `look` is what its rPr holds."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escaped}</w:t></w:r>'


def paragraph(*content):
    return f"<w:p>{''.join(content)}</w:p>"


def text_box(*paragraphs):
    """A run that holds a text box, in both of the forms that Word writes."""
    inside = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>'
        '<wp:extent cx="2000000" cy="600000"/><wp:docPr id="7" name="box"/>'
        "<a:graphic>"
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="2000000" cy="600000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        f"</a:prstGeom></wps:spPr><wps:txbx>{inside}</wps:txbx><wps:bodyPr/></wps:wsp>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f'<v:rect style="width:160pt;height:47pt"><v:textbox>{inside}</v:textbox></v:rect>'
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def picture(description, relation="rIdPicture"):
    """A run that holds a picture."""
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="400000" cy="400000"/>'
        f'<wp:docPr id="8" name="picture" descr="{description}"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        '<pic:nvPicPr><pic:cNvPr id="8" name="p.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="400000" cy="400000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )


def part(root, content):
    return f"{HEAD}<w:{root} {SPACES}>{content}</w:{root}>"


def notes(kind, *paragraphs):
    """A part of footnotes or endnotes, each of several paragraphs, numbered from 1."""
    name = kind.removesuffix("s")
    listed = "".join(
        f'<w:{name} w:id="{number}">{content}</w:{name}>'
        for number, content in enumerate(paragraphs, start=1)
    )
    return part(kind, f'<w:{name} w:type="separator" w:id="0"><w:p/></w:{name}>{listed}')


def relations(*listed):
    inside = "".join(listed)
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'


def word(body, *, addresses=None, parts=None, more=None):
    """A .docx whose body holds this markup.

    `parts` are further parts by name (footnotes, header1 ...), related under their names;
    `addresses` are links by relation id; `more` are entries that are put in as they are.
    """
    parts = parts or {}
    types = [
        f'<Default Extension="rels" ContentType="{RELATIONS_TYPE}"/>',
        '<Default Extension="xml" ContentType="application/xml"/>',
        '<Default Extension="png" ContentType="image/png"/>',
        f'<Override PartName="/word/document.xml" ContentType="{MAIN_TYPE}.document.main+xml"/>',
    ]
    related = [
        f'<Relationship Id="{id_}" Type="{R}/hyperlink" Target="{address}" TargetMode="External"/>'
        for id_, address in (addresses or {}).items()
    ]
    related.append(f'<Relationship Id="rIdPicture" Type="{R}/image" Target="media/p.png"/>')
    for name in parts:
        kind = name.rstrip("0123456789")
        types.append(
            f'<Override PartName="/word/{name}.xml" ContentType="{MAIN_TYPE}.{kind}+xml"/>'
        )
        related.append(f'<Relationship Id="{name}" Type="{R}/{kind}" Target="{name}.xml"/>')
    entries = {
        "[Content_Types].xml": (
            f'{HEAD}<Types xmlns="{PACKAGE}/content-types">{"".join(types)}</Types>'
        ),
        "_rels/.rels": relations(
            f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": relations(*related),
        "word/media/p.png": PNG,
        **{f"word/{name}.xml": content for name, content in parts.items()},
        **(more or {}),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(name, content)
    return stream.getvalue()


def parts_of(data):
    """The parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def root_of(data, name="word/document.xml"):
    return etree.fromstring(parts_of(data)[name])


def name_of(element):
    return etree.QName(element).localname


UNSEEN = {"del", "moveFrom", "Fallback", "instrText", "delText"}


def commented(data, part="word/document.xml"):
    """What each comment range of a part holds, by id, with tracked changes accepted.

    As the standard has it: what stands between a commentRangeStart and the commentRangeEnd of the
    same id, in the order of the document.
    """
    found, running = {}, {}

    def walk(element):
        local = name_of(element)
        if local in UNSEEN:
            return
        if local == "commentRangeStart":
            running[element.get(f"{{{W}}}id")] = []
        elif local == "commentRangeEnd":
            id_ = element.get(f"{{{W}}}id")
            found[id_] = re.sub(r"\s+", " ", "".join(running.pop(id_))).strip()
        else:
            said = {"t": element.text or "", "tab": "\t", "br": "\n", "noBreakHyphen": "-"}
            for one in running.values():
                one.append(said.get(local, ""))
            for child in element:
                walk(child)
            if local == "p":
                for one in running.values():
                    one.append("\n")

    walk(root_of(data, part))
    assert not running, "a range that never ends"
    return found


def comments_of(data):
    """What each comment says, by id, and who says it."""
    root = root_of(data, "word/comments.xml")
    return {
        one.get(f"{{{W}}}id"): (
            one.get(f"{{{W}}}author"),
            "\n".join("".join(p.itertext()) for p in one.iter(f"{{{W}}}p")),
        )
        for one in root
    }
