"""`content/permalinks.jsonl` as lines; what they mean is the library's business."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

LEDGER_FILE = "permalinks.jsonl"


class LedgerReadError(Exception):
    """The ledger exists and cannot be read: nothing may be built, lest published addresses be given out anew."""


class LedgerWriteError(Exception):
    """The ledger could not be written and is as it was."""


def read_lines(content: Path) -> tuple[str, ...]:
    """The ledger's lines in order, empty ones left out; no lines if there is no ledger yet.

    Raises `LedgerReadError`.
    """
    path = content / LEDGER_FILE
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path.as_posix()}:1: ledger-unreadable: {error}; restore it from version control"
        raise LedgerReadError(message) from error
    # Git on Windows may turn line ends into \r\n. A record may hold U+2028 and the like, so only \n ends a line.
    return tuple(line for line in (line.removesuffix("\r") for line in text.split("\n")) if line.strip())


def write_lines(content: Path, lines: Iterable[str]) -> bool:
    """Whether the ledger changed. Afterwards it holds exactly `lines`, or, whatever happens, what it held before.

    Raises `LedgerWriteError`.
    """
    path = (content / LEDGER_FILE).resolve()
    data = "".join(f"{line}\n" for line in lines).encode()
    # The dot keeps an interrupted copy from being taken for the ledger or for a capture.
    fresh = path.with_name(f".{path.name}.new")
    try:
        if data == (path.read_bytes() if path.exists() else b""):
            return False
        with fresh.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink()
        raise LedgerWriteError(f"{path.as_posix()}:1: ledger-not-written: {error.strerror or error}") from error
    return True
