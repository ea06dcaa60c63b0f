"""The site's files other than pages: style sheets, feeds, data."""

import json
import re
from xml.parsers import expat

from beilin.checks.proof import Proof

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_ADDRESS = re.compile(
    r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))\s*\)|@import\s*(?:"([^"]*)"|'([^']*)')""", re.I
)


def read_style_sheet(proof: Proof) -> None:
    """Notes every file that the style sheet needs."""
    for address in _CSS_ADDRESS.finditer(_COMMENT.sub("", proof.text)):
        url = next(group for group in address.groups() if group is not None)
        if not url.lower().startswith(("data:", "#")):
            proof.load(url, url)


def read_xml(proof: Proof) -> None:
    """Notes whether the document is well-formed, and its links that lead back into the site."""
    texts: list[str] = []

    def begin(name: str, attributes: dict[str, str]) -> None:
        texts.clear()
        if name == "link" and proof.place.base_url and "href" in attributes:
            proof.follow(attributes["href"], f'href="{attributes["href"]}"')

    def end(name: str) -> None:
        if name == "loc":
            url = "".join(texts).strip()
            if proof.place.base_url and not url.startswith(proof.place.base_url):
                proof.fault("sitemap-elsewhere", f"{url[:80]} is not an address of this site", url)
            proof.follow(url, f"{url}</loc>")

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = texts.append
    try:
        parser.Parse(proof.text.encode(), True)
    except expat.ExpatError as error:
        proof.fault("xml-malformed", str(error))


def read_json(proof: Proof) -> None:
    """Notes whether the file is JSON."""
    try:
        json.loads(proof.text)
    except ValueError as error:
        proof.fault("json-malformed", str(error))


def read_json_lines(proof: Proof) -> None:
    """Notes whether each line of the file is JSON."""
    for number, line in enumerate(proof.text.split("\n")[:-1], start=1):
        try:
            json.loads(line)
        except ValueError as error:
            proof.fault("json-malformed", f"line {number}: {error}", line)
    if proof.text and not proof.text.endswith("\n"):
        proof.fault("json-malformed", "the last line breaks off")
