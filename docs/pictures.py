"""Draws the README's pictures: `python -m docs.pictures` builds the sample archive and takes its portrait."""

import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from playwright.sync_api import sync_playwright

from tests.browsers import launch

ROOT = Path(__file__).parent.parent
VIEW = {"width": 1080, "height": 760}
PICTURES = {
    "front.png": "index.html",
    "article.png": "a/hwdwhvzpsfs/index.html",
    "search.png": "search/index.html?q=石經",
}
LARGEST_BYTES = 150_000
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def compress(picture: bytes) -> bytes:
    """The same PNG, its pixels in one chunk and packed as tightly as zlib can."""
    chunks = list(_chunks(picture))
    pixels = zlib.decompress(b"".join(data for kind, data in chunks if kind == b"IDAT"))
    head = next(data for kind, data in chunks if kind == b"IHDR")
    kept = ((b"IHDR", head), (b"IDAT", zlib.compress(pixels, 9)), (b"IEND", b""))
    return SIGNATURE + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in kept
    )


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = len(SIGNATURE)
    while position < len(picture):
        (length,) = struct.unpack_from(">I", picture, position)
        yield picture[position + 4 : position + 8], picture[position + 8 : position + 8 + length]
        position += length + 12


class _Folder(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Says nothing."""


def draw(address: str) -> None:
    """Writes every picture of the site at `address` beside this file."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport=VIEW, color_scheme="light", locale="zh-CN")
        for name, path in PICTURES.items():
            page.goto(address + path, wait_until="networkidle")
            if "?q=" in path:
                page.wait_for_selector("#results[data-total]")
            picture = compress(page.screenshot())
            if len(picture) > LARGEST_BYTES:
                raise SystemExit(f"{name} has {len(picture):,} bytes, more than {LARGEST_BYTES:,}")
            (ROOT / "docs" / name).write_bytes(picture)
        browser.close()


def main() -> None:
    """Builds, serves, draws."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        command = [sys.executable, "build.py", "build", "--drafts", "--quiet", "--site", str(site)]
        subprocess.run(command, cwd=ROOT, check=True)  # --drafts leaves the ledger alone; the samples hold no draft
        handler = partial(_Folder, directory=str(site))
        with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            Thread(target=server.serve_forever, daemon=True).start()
            draw(f"http://127.0.0.1:{server.server_address[1]}/")
            server.shutdown()


if __name__ == "__main__":
    main()
