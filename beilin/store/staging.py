"""Where changed files of the site wait to be published."""

import shutil
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from beilin.store.site_files import PublicationError, digest_of, insist_on_safe, make_folder_for


@dataclass(frozen=True, slots=True)
class Placed:
    """A file that the site is to have."""

    path: str
    sha256: str
    size: int
    """Bytes."""
    is_changed: bool
    """Whether it differs from what is published, and so waits in staging."""


@dataclass(frozen=True, slots=True)
class Staging:
    """The waiting files, in the same folders as they are to have below the site.

    Any process may put files here; each path is put once a build.
    """

    site: Path
    folder: Path

    def put(self, path: str, data: bytes) -> Placed:
        """The file at `path`, staged if `data` differs from what is published there.

        Raises `PublicationError` where it cannot be written, `ValueError` on a path that no site may have.
        """
        insist_on_safe(path)
        is_changed = _bytes_of(self.site / path, len(data) + 1) != data
        if is_changed:
            target = self.folder / path
            try:
                make_folder_for(target)
                target.write_bytes(data)
            except OSError as error:
                raise untouched(target, error) from error
        return Placed(path, sha256(data).hexdigest(), len(data), is_changed)

    def adopt(self, path: str, file: Path) -> Placed:
        """As `put`, for a finished file, which is moved here, or deleted where it is published already."""
        insist_on_safe(path)
        present, target = self.site / path, self.folder / path
        try:
            digest, size = digest_of(file), file.stat().st_size
            is_changed = not present.is_file() or present.stat().st_size != size or digest_of(present) != digest
            if is_changed:
                make_folder_for(target)
                shutil.move(file, target)
            else:
                file.unlink()
        except OSError as error:
            raise untouched(target, error) from error
        return Placed(path, digest, size, is_changed)


def untouched(place: Path, error: OSError) -> PublicationError:
    """The error to raise for `error` as long as nothing has been published."""
    return PublicationError(f"{place}: {error.strerror or error}; the published site is as it was")


def _bytes_of(file: Path, most: int) -> bytes | None:
    try:
        with file.open("rb", buffering=0) as opened:
            return opened.read(most)
    except OSError:
        return None
