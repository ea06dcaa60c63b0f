"""A lock on a file, so that two builds do not write one site."""

import sys
from pathlib import Path
from typing import BinaryIO


def lock(file: Path) -> BinaryIO:
    """The open file, locked until it is closed or the process ends, however it ends.

    Raises `BlockingIOError` where another process, or another part of this one, holds it.
    """
    opened = file.open("ab")
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415  each system has but one of the two

            msvcrt.locking(opened.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415

            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        opened.close()
        raise BlockingIOError(error.errno, error.strerror) from error
    return opened
