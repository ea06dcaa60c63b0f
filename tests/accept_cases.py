"""Writes what the cleaner says today as what is expected: `python tests/accept_cases.py [kind/name …]`.

Without names every case is written. Read the difference before committing it.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import casebook


def accept(names: list[str]) -> int:
    """Rewrites the expected files of `names`, says which of them changed, and returns the exit status."""
    known = {casebook.name_of(folder): folder for folder in casebook.folders()}
    unknown = [name for name in names if name not in known]
    if unknown:
        sys.stderr.write(f"no such case: {', '.join(unknown)}\n")
        return 2
    for name in names or known:
        path = known[name] / casebook.EXPECTED
        text = casebook.as_text(casebook.read_case(known[name]))
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            sys.stdout.write(f"{name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(accept(sys.argv[1:]))
