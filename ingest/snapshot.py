"""The bytes a user hands in, named by their SHA-256."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class File:
    """One file: its name, its bytes and their hash. The name has no folder."""

    name: str
    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The files of one load, in the order of their names, under one hash."""

    files: tuple[File, ...]
    sha256: str

    @property
    def id(self) -> str:
        """How statements name it."""
        return f"sha256:{self.sha256}"

    def parts(self) -> Iterator[Snapshot]:
        """One snapshot for each file, so that a long load can show how far it is."""
        return (Snapshot((file,), file.sha256) for file in self.files)


def take(paths: Sequence[Path]) -> Snapshot:
    """Read the files once. Raises OSError if one cannot be read."""
    files = []
    for path in sorted(paths):
        content = path.read_bytes()
        files.append(File(path.name, content, hashlib.sha256(content).hexdigest()))
    listing = "".join(f"{one.name} {one.sha256}\n" for one in files)
    whole = files[0].sha256 if len(files) == 1 else hashlib.sha256(listing.encode()).hexdigest()
    return Snapshot(tuple(files), whole)
