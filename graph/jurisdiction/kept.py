"""A memory of bounded size: what comes round again stays, the rest is forgotten."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final, Generic, TypeVar

T = TypeVar("T")
SIGHTED: Final = 4  # keys remembered as seen once, for each entry that can be kept


class Kept(Generic[T]):
    """Two generations of at most `most` entries: a full one becomes the old one, and what the old one held is dropped.

    While there is room every key is kept; then a key is kept from its second sighting on. It moves to the young
    generation when it is asked for. So a batch whose cases come round again finds them here, and one whose cases never
    do does not push out what is asked for.
    """

    __slots__ = ("most", "old", "sighted", "young")

    def __init__(self, most: int) -> None:
        self.most = most
        self.young: dict[Hashable, T] = {}
        self.old: dict[Hashable, T] = {}
        self.sighted: set[int] = set()

    def get(self, key: Hashable) -> T | None:
        """What is kept under a key."""
        found = self.young.get(key)
        if found is None and self.old:
            found = self.old.get(key)
            if found is not None:
                self.keep(key, found)
        return found

    def offer(self, key: Hashable, value: T) -> bool:
        """Keep a value if there is room or its key was sighted before; whether it was kept."""
        sight = hash(key)
        if sight in self.sighted or (not self.old and len(self.young) < self.most):
            self.keep(key, value)
            return True
        if len(self.sighted) >= SIGHTED * self.most:
            self.sighted.clear()
        self.sighted.add(sight)
        return False

    def keep(self, key: Hashable, value: T) -> None:
        """Keep a value under a key."""
        if len(self.young) >= self.most:
            self.old, self.young = self.young, {}
        self.young[key] = value
