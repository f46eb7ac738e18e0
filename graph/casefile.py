"""A case file, YAML or JSON, from bytes to plain data: strings kept, nothing executed, nothing unbounded.

YAML is read as YAML 1.2: `no` and `yes` are words, `NOR` is a code, a date stays text. Duplicate keys, anchors,
aliases and tags are errors, so a small file cannot unfold into a large one.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

import orjson

from graph.errors import CaseError, shorten
from graph.model.reading import Plain

LARGEST: Final = 1_000_000  # bytes of one case
DEEPEST: Final = 20
MARK: Final = b"\xef\xbb\xbf"  # what some editors put before UTF-8


def read_file(path: Path) -> Any:
    """The content of one case file.

    Raises: CaseError when it is too large, not text, or not valid YAML or JSON.
    """
    with path.open("rb") as file:
        body = file.read(LARGEST + 1)
    return read_bytes(body, json=path.suffix.lower() == ".json")


def read_bytes(body: bytes, *, json: bool = False) -> Any:
    """The content of one case, as bytes."""
    if len(body) > LARGEST:
        raise CaseError(f"is larger than {LARGEST} bytes; one case is a page or two", field="case", code="size")
    body = body.removeprefix(MARK)
    if json or body.lstrip()[:1] in (b"{", b"["):
        try:
            return _json(body)
        except CaseError:
            if json:
                raise
    return _yaml(body)


def lines(file: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """The lines of a batch: (number, bytes), or None in place of a line that is too long. Memory stays flat."""
    number = 0
    while True:
        line = file.readline(LARGEST + 2)
        if not line:
            return
        number += 1
        if len(line) > LARGEST + 1 and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = file.readline(LARGEST)
            yield number, None
            continue
        if line.strip():
            yield number, line


def read_line(body: bytes | None, line: int) -> Any:
    """One line of a batch.

    Raises: CaseError when it is too long or no JSON object.
    """
    if body is None:
        raise CaseError(f"is longer than {LARGEST} bytes; one case is one line", field="case", line=line, code="size")
    return _json(body.removeprefix(MARK), line)


def _json(body: bytes, line: int | None = None) -> Any:
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        at = line if line is not None else error.lineno
        raise CaseError(f"is not valid JSON ({error.msg}); check it with a JSON tool", field="case", line=at,
                        code="json") from None  # fmt: skip
    if isinstance(value, dict | list) and _deeper(value, DEEPEST):
        raise CaseError(f"is nested deeper than {DEEPEST} levels", field="case", line=line, code="depth")
    if body.count(b'"') != orjson.dumps(value).count(b'"') or b"\\u0022" in body:
        _refuse_twins(body, line)  # a key that stands twice is lost when it is read
    return value


def _deeper(value: dict[str, Any] | list[Any], left: int) -> bool:
    if left == 0:
        return True
    for item in value.values() if isinstance(value, dict) else value:
        if (type(item) is dict or type(item) is list) and _deeper(item, left - 1):
            return True
    return False


def _refuse_twins(body: bytes, line: int | None) -> None:
    from json import loads

    def check(pairs: list[tuple[str, Any]]) -> None:
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                raise CaseError(f"has the key {shorten(name)!r} twice; keep one", field="case", line=line,
                                code="duplicate")  # fmt: skip
            seen.add(name)

    loads(body, object_pairs_hook=check)


def _yaml(body: bytes) -> Any:
    import yaml

    loader_class = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CaseError(
            f"is not UTF-8 text (byte {error.start}); save it as UTF-8", field="case", code="encoding"
        ) from None
    stack: list[tuple[Any, list[Any]]] = []  # (container, [pending key])
    result: Any = None
    documents = 0
    loader = None

    def put(value: Any, event: Any) -> None:
        nonlocal result
        if not stack:
            result = value
            return
        container, key = stack[-1]
        if isinstance(container, list):
            container.append(value)
        elif not key:
            if not isinstance(value, str):
                raise _fault("has a key that is not a word", event, "key")
            if str(value) in container:
                raise _fault(f"has the key {str(value)[:40]!r} twice", event, "duplicate")
            key.append(str(value))
        else:
            container[key.pop()] = value

    try:
        loader = loader_class(text)
        while loader.check_event():
            event = loader.get_event()
            kind = type(event).__name__
            if kind == "AliasEvent" or getattr(event, "anchor", None):
                raise _fault("uses an anchor or alias, which is not allowed; write the value out", event, "alias")
            if kind in ("ScalarEvent", "MappingStartEvent", "SequenceStartEvent") and event.tag:
                raise _fault("uses a tag, which is not allowed; write plain values", event, "tag")
            if kind == "DocumentStartEvent":
                documents += 1
                if documents > 1:
                    raise _fault("holds more than one document; use a .jsonl batch", event, "documents")
            elif kind == "ScalarEvent":
                put(_scalar(event), event)
            elif kind in ("MappingStartEvent", "SequenceStartEvent"):
                if len(stack) >= DEEPEST:
                    raise _fault(f"is nested deeper than {DEEPEST} levels", event, "depth")
                value: Any = {} if kind == "MappingStartEvent" else []
                if stack and isinstance(stack[-1][0], dict) and not stack[-1][1]:
                    raise _fault("has a key that is not a word", event, "key")
                put(value, event)
                stack.append((value, []))
            elif kind in ("MappingEndEvent", "SequenceEndEvent"):
                stack.pop()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        problem = str(getattr(error, "problem", None) or "unreadable")
        if "nesting depth" in problem:
            raise CaseError(f"is nested deeper than {DEEPEST} levels", field="case", code="depth") from None
        raise CaseError(
            f"is not valid YAML ({' '.join(problem.split())[:80]}); check the indentation there",
            field="case", line=mark.line + 1 if mark else None, code="yaml",
        ) from None  # fmt: skip
    finally:
        if loader is not None:
            loader.dispose()
    return result


def _scalar(event: Any) -> Any:
    if not event.implicit[0]:
        return str(event.value)
    if event.value in ("", "~", "null"):
        return None
    return Plain(event.value)


def _fault(message: str, event: Any, code: str) -> CaseError:
    return CaseError(message, field="case", line=event.start_mark.line + 1, code=code)
