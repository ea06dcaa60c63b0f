"""What the site tells crawlers and its host: sitemap, robots.txt, response headers."""

from collections.abc import Iterable
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from beilin.model.page import File
from beilin.model.site import Site

LIMIT = 50_000
"""Addresses that the sitemap protocol allows in one file."""

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "connect-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
"""The site loads nothing from elsewhere and runs no inline script."""

CONTENT_SECURITY_POLICY = "; ".join(f"{directive} {sources}" for directive, sources in POLICY.items())
"""As a page can say it in a meta element; `frame-ancestors` works in a header only."""

HEADERS = f"""\
/*
  Content-Security-Policy: {CONTENT_SECURITY_POLICY}; frame-ancestors 'none'
  Referrer-Policy: no-referrer
  X-Content-Type-Options: nosniff
  Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()

/a/:id/capture.txt
  Content-Type: text/plain; charset=utf-8

/a/:id/:version/capture.txt
  Content-Type: text/plain; charset=utf-8
"""
"""`_headers` in the form that Netlify and Cloudflare Pages share; `:id` stands for one segment of the path."""


def robots(site: Site) -> str:
    """`robots.txt`: everything may be read; the sitemap is named where there is one."""
    allowed = "User-agent: *\nAllow: /\n"
    return f"{allowed}\nSitemap: {site.base_url}sitemap.xml\n" if site.base_url else allowed


def sitemaps(site: Site, paths: Iterable[str]) -> tuple[File, ...]:
    """`sitemap.xml` over `paths`, output paths of pages; over 50,000, an index of `sitemap-<n>.xml`.

    Nothing without `base_url`. No dates of change: what is known is when an article was published, not when its page
    changed.
    """
    if not site.base_url:
        return ()
    addresses = sorted({site.base_url + quote(folder(path)) for path in paths})
    if len(addresses) <= LIMIT:
        return (File("sitemap.xml", listing("urlset", "url", addresses)),)
    parts = tuple(
        File(f"sitemap-{number}.xml", listing("urlset", "url", addresses[start : start + LIMIT]))
        for number, start in enumerate(range(0, len(addresses), LIMIT), 1)
    )
    index = listing("sitemapindex", "sitemap", [site.base_url + part.path for part in parts])
    return (*parts, File("sitemap.xml", index))


def listing(root: str, entry: str, addresses: Iterable[str]) -> bytes:
    """A document of the sitemap protocol that names `addresses`."""
    document = Element(root, {"xmlns": NAMESPACE})
    for address in addresses:
        SubElement(SubElement(document, entry), "loc").text = address
    indent(document)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(document, encoding="unicode")}\n'.encode()


def folder(path: str) -> str:
    """`path` without a closing `index.html`, as addresses are published."""
    return path.removesuffix("index.html") if f"/{path}".endswith("/index.html") else path
