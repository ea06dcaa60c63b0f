"""What lets a browser offer the archive as a search engine: a description in OpenSearch 1.1."""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from beilin.model.page import File
from beilin.pages.setting import Setting

NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
PLACE = "opensearch.xml"
SHORT, LONG = 16, 48
"""Most characters of a short and a long name."""


def opensearch_files(setting: Setting) -> tuple[File, ...]:
    """`opensearch.xml`; nothing without `base_url`, for it needs whole addresses."""
    site = setting.site
    if not site.base_url:
        return ()
    document = Element("OpenSearchDescription", {"xmlns": NAMESPACE})
    SubElement(document, "ShortName").text = site.title[:SHORT]
    if len(site.title) > SHORT:
        SubElement(document, "LongName").text = site.title[:LONG]
    SubElement(document, "Description").text = setting.words["search_archive"]
    SubElement(document, "InputEncoding").text = "UTF-8"
    image = {"type": "image/svg+xml", "width": "16", "height": "16"}
    SubElement(document, "Image", image).text = f"{site.base_url}assets/favicon.svg"
    template = f"{site.base_url}search/?q={{searchTerms}}"
    SubElement(document, "Url", {"type": "text/html", "method": "get", "template": template})
    indent(document)
    text = f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(document, encoding="unicode")}\n'
    return (File(PLACE, text.encode()),)
