"""Ids that a call names: known, or refused with the nearest one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.errors import InputError, shorten
from graph.law import Law
from graph.model.dates import parse_date
from graph.reference import load

NO_STATE = "is not the code of a state (ISO 3166-1 alpha-3)"


def unknown(value: str, known: Iterable[str], what: str, field: str) -> InputError:
    """Return the error for an id that is not known, naming the nearest that is."""
    from difflib import get_close_matches

    names = sorted(known)
    near = get_close_matches(value, names, 1, 0.4) or get_close_matches(value.upper(), names, 1, 0.4)
    few = f"use one of {', '.join(names)}" if 0 < len(names) <= 8 else "see `recourse --help`"
    hint = f"did you mean {near[0]}?" if near else few
    return InputError(
        f"{shorten(value)!r} {what}; {hint}",
        field=field,
        value=value,
        nearest=near[0] if near else None,
        code="unknown-id",
    )


def check(value: str, known: Iterable[str], what: str, field: str) -> str:
    """Return the id when it is known.

    Raises: InputError naming the nearest when it is not.
    """
    names = list(known)
    if value not in names:
        raise unknown(value, names, what, field)
    return value


def state_code(value: str, law: Law, field: str) -> str:
    """Return the code of a state, given as its code (in any case) or its exact name.

    Raises: InputError naming the nearest code.
    """
    names: Mapping[str, str] = law.data["names"]["states"]
    code = value.upper()
    if code in names:
        return code
    by_name = _state_names()
    if value.casefold() in by_name:
        return by_name[value.casefold()]
    from difflib import get_close_matches

    near = get_close_matches(value.casefold(), by_name, 1, 0.6) if len(value) > 3 else []
    if near:
        nearest = by_name[near[0]]
        raise InputError(
            f"{shorten(value)!r} {NO_STATE}; did you mean {nearest}?",
            field=field,
            value=value,
            nearest=nearest,
            code="unknown-id",
        )
    raise unknown(value, names, NO_STATE, field)


def _state_names() -> dict[str, str]:
    """Every name that a state is known by, to its code; read only when something else than a code was given."""
    found: dict[str, str] = {}
    for code, one in load.read_yaml(load.ROOT / "states.yaml").items():
        for name in (one["name"], one.get("official"), *(one.get("aliases") or ())):
            if name:
                found.setdefault(str(name).casefold(), code)
    return found


def day_of(value: str, field: str) -> int:
    """Return one day as an ordinal.

    Raises: InputError when it is no day.
    """
    try:
        when = parse_date(value)
    except ValueError:
        when = None
    if when is None or not when.exact:
        raise InputError(
            f"{shorten(value)!r} is not a day; write it as YYYY-MM-DD", field=field, value=value, code="date"
        )
    return when.lo
