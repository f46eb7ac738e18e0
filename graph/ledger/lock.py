"""One writer at a time in a data folder, and what tells the next run that the last one was cut off."""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import HomeBusy, HomeUnusable

LOCK = "lock"
PENDING = "law.pending"  # there while the ledger may be ahead of the compiled law


@contextmanager
def exclusive(home: Path) -> Iterator[None]:
    """Hold the data folder for one writer. The system frees the lock of a process that was killed.

    Raises: HomeBusy when another command holds it; HomeUnusable when it cannot be made or written.
    """
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(home / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as fault:
        if fault.errno == errno.ENOSPC:
            raise
        raise HomeUnusable(
            f"the data folder cannot be written ({fault.strerror}); change its permissions or name another",
            field="--home",
            value=home,
        ) from fault
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise HomeBusy(
                "another command is changing this data folder; wait for it to end", field="--home", value=home
            ) from None
        yield
    finally:
        os.close(handle)


def mark_pending(home: Path) -> None:
    """Say that the ledger is about to change; cleared once the law is compiled from it."""
    handle = os.open(home / PENDING, os.O_WRONLY | os.O_CREAT, 0o600)
    os.fsync(handle)
    os.close(handle)


def clear_pending(home: Path) -> None:
    """Say that the law is level with the ledger again."""
    (home / PENDING).unlink(missing_ok=True)


def is_pending(home: Path) -> bool:
    """Whether a run was cut off between the ledger and the law."""
    return (home / PENDING).exists()
