"""The files of queries/: finds them, checks their headers, gives `QUERIES`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final, NamedTuple

import orjson

from graph.errors import ReferenceFault, UnknownId
from graph.model.values import bind_value, known_kind

SCHEMA: Final = "schema"  # the folder of the numbered files that `migrate` applies
ENGINES: Final = ("bolt", "embedded")
_WORDS: Final = ("param", "returns", "order", "engines", "example")
_COLUMN: Final = re.compile(r"(?P<name>[A-Za-z_]\w*)\s*:\s*(?P<kind>[a-z]+(?:\[[a-z]+\??\])?\??)$")
_PARAMETER: Final = re.compile(r"\$(?:`([^`]+)`|([A-Za-z_]\w*))")
_TOKEN: Final = re.compile(r"//[^\n]*|'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|`[^`]*`", re.DOTALL)
_WRITES: Final = re.compile(r"\b(?:CREATE|MERGE|SET|DELETE|REMOVE|DROP|FOREACH|LOAD\s+CSV)\b", re.IGNORECASE)
_RESERVED: Final = (
    "all|and|any|as|asc|by|call|case|contains|create|delete|desc|detach|distinct|else|end|ends|exists|false|in|is|limit"
    "|match|merge|not|null|on|optional|or|order|remove|return|set|skip|starts|then|true|union|unwind|when|where|with|xor"
)


class Avoid(NamedTuple):
    """A construct that one of the two engines refuses or answers differently, and what to write instead."""

    pattern: str
    reason: str
    raw: bool = False  # looks into texts and comments too


AVOID: Final = (
    Avoid(r"/\*", "block comments: start each line with //", raw=True),
    Avoid(r"(?:->|--|\))\s*\{\s*\d*\s*,?\s*\d*\s*\}", "quantified paths: write -[:T*1..4]->"),
    Avoid(r"(?:->|--)\s*[+*]", "quantified paths: write -[:T*1..4]->"),
    Avoid(r"\b(?:SHORTEST\s+\d|(?:ANY|ALL)\s+SHORTEST)\b", "SHORTEST: write shortestPath((a)-[:T*..6]-(b))"),
    Avoid(r"\bCOLLECT\s*\{", "COLLECT { }: write a pattern comprehension"),
    Avoid(r"\bIN\s+collect\s*\(", "collect() inside a list expression: give it a name in a WITH before"),
    Avoid(r"\bpercentileCont\b", "percentileCont: work it out on columns, in graph/analysis"),
    Avoid(r"\bIN\s+TRANSACTIONS\b", "CALL IN TRANSACTIONS: the store batches its writes"),
    Avoid(r"\bMERGE\b[^;]*?\)\s*-\s*(?:\[[^\]]*\]\s*)?-\s*\(", "MERGE without a direction"),
    Avoid(r"\bCREATE\s*\(\s*\w*(?::\w+)*\s+\$", "CREATE (n $map): UNWIND, MERGE and SET"),
    Avoid(rf"(?:[{{,]\s*)(?:{_RESERVED})\s*:(?!:)", "a reserved word as a key: name it otherwise or quote it"),
    Avoid(rf"\.(?:{_RESERVED})\b", "a reserved word as a property: name it otherwise or quote it"),
    Avoid(r"\bapoc\.", "APOC is not on every server"),
    Avoid(r"\bgds\.", "Graph Data Science is called by graph/analysis alone"),
    Avoid(r"\bduration\.between\b", "duration.between: write duration.inDays"),
    Avoid(r"(?<![\w.])id\s*\(", "id(): use the property id, or elementId() within one query"),
    Avoid(r"(?<![\w.])keys\s*\(", "keys(): name the properties"),
    Avoid(r"(?<![\w.])properties\s*\(", "properties(): name the properties"),
    Avoid(r"\{\s*\.\*", "n {.*}: name the properties"),
    Avoid(r"/\s*0(?![\d.])", "division by zero"),
    Avoid(r"queryNodes\s*\([^)]*[*?~]", "wildcards in full-text search: use STARTS WITH", raw=True),
)
_COMPILED: Final = tuple((re.compile(rule.pattern, re.IGNORECASE), rule) for rule in AVOID)


@dataclass(frozen=True, slots=True)
class Column:
    """A parameter or a column: its type (`str`, `int`, `float`, `bool`, `date`, `list[str]`, `str?` …) and meaning."""

    name: str
    kind: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """One file of queries/, its header read. `name` is its path without the suffix: `law/accepted_forums`."""

    name: str
    text: str
    about: str = ""
    params: tuple[Column, ...] = ()
    returns: tuple[Column, ...] = ()
    order: tuple[str, ...] = ()
    engines: tuple[str, ...] = ENGINES
    example: Mapping[str, Any] | None = None

    def __str__(self) -> str:
        """Return the name, which is what a test or a log wants to show."""
        return self.name

    def bind(self, values: Mapping[str, object]) -> dict[str, Any]:
        """Return the values in the declared types, each parameter there; an optional one that is not given is None.

        Raises: InputError naming the parameter that is missing, unknown or of another type.
        """
        unknown = sorted(set(values) - {param.name for param in self.params})
        if unknown:
            names = ", ".join(param.name for param in self.params) or "none"
            raise UnknownId(
                f"{self.name} has no such parameter; it takes {names}",
                field=unknown[0],
                value=unknown[0],
                nearest=next(iter(difflib.get_close_matches(unknown[0], [p.name for p in self.params], 1)), None),
            )
        return {param.name: bind_value(param.name, param.kind, values.get(param.name)) for param in self.params}


class _Library(Mapping[str, Query]):
    """The named queries, read when the first one is asked for."""

    def __getitem__(self, name: str) -> Query:
        return _shipped()[0][name]

    def __iter__(self) -> Iterator[str]:
        return iter(_shipped()[0])

    def __len__(self) -> int:
        return len(_shipped()[0])


QUERIES: Final[Mapping[str, Query]] = _Library()


def find_query(name: str) -> Query:
    """Return a query by its name.

    Raises: UnknownId with the nearest name.
    """
    if name not in QUERIES:
        nearest = next(iter(difflib.get_close_matches(name, list(QUERIES), 1)), None)
        raise UnknownId("there is no query of this name", field="query", value=name, nearest=nearest)
    return QUERIES[name]


def migrations() -> tuple[Query, ...]:
    """Return the files of queries/schema/, in the order in which they are applied."""
    return _shipped()[1]


@cache
def _shipped() -> tuple[dict[str, Query], tuple[Query, ...]]:
    return read_folder(files("queries"))


def read_folder(root: Traversable) -> tuple[dict[str, Query], tuple[Query, ...]]:
    """Read every Cypher file below a folder: the queries by name, and the migrations in order.

    Raises: ReferenceFault for a file whose header and text disagree, or that holds what AVOID lists.
    """
    found = [read_query(name, path.read_text("utf-8")) for name, path in sorted(_walk(root, ""))]
    schema = [query for query in found if query.name.startswith(f"{SCHEMA}/")]
    return {query.name: query for query in found if query not in schema}, tuple(schema)


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for child in folder.iterdir():
        if child.is_dir():
            yield from _walk(child, f"{prefix}{child.name}/")
        elif child.name.endswith(".cypher"):
            yield prefix + child.name.removesuffix(".cypher"), child


def read_query(name: str, text: str) -> Query:
    """Read one file: its header, then what its text may not hold.

    Raises: ReferenceFault.
    """
    lines = _header(text)
    query = Query(
        name=name,
        text=text,
        about=" ".join(line for word, line, _ in lines if not word),
        params=tuple(c for word, line, at in lines if word == "param" for c in _columns(name, line, at)),
        returns=tuple(c for word, line, at in lines if word == "returns" for c in _columns(name, line, at)),
        order=tuple(part.strip() for word, line, _ in lines if word == "order" for part in line.split(",")),
        engines=tuple(e.strip() for word, line, _ in lines if word == "engines" for e in line.split(",")) or ENGINES,
    )
    _check(query, _code(text))
    example = _example(query, [(line, at) for word, line, at in lines if word == "example"])
    return Query(**{field: getattr(query, field) for field in Query.__slots__ if field != "example"}, example=example)


def _header(text: str) -> list[tuple[str, str, int]]:
    """Return the comment lines that a file begins with: keyword or nothing, the rest, the line's number."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("//"):
            break
        body = line[2:].strip()
        word, _, rest = body.partition(" ")
        found.append((word, rest.strip(), number) if word in _WORDS and rest else ("", body, number))
    return found


def _columns(name: str, line: str, at: int) -> list[Column]:
    """Read `a: str, b: date?   meaning`; the meaning belongs to the last column before it."""
    declared, _, about = (part.strip() for part in line.partition("  "))
    columns = []
    for part in declared.split(","):
        match = _COLUMN.match(part.strip())
        if match is None or not known_kind(match["kind"]):
            raise _fault(
                name, f"the header cannot read {part.strip()!r}; write `name: type`, for example `day: date`", at
            )
        columns.append(Column(match["name"], match["kind"]))
    columns[-1] = Column(columns[-1].name, columns[-1].kind, about)
    return columns


def _example(query: Query, lines: list[tuple[str, int]]) -> Mapping[str, Any] | None:
    if not lines:
        return None
    line, at = lines[0]
    try:
        values = orjson.loads(line)
    except orjson.JSONDecodeError as fault:
        raise _fault(query.name, f"the example is not JSON ({fault})", at) from None
    return query.bind(values)


def _check(query: Query, code: str) -> None:
    """Refuse what the header and the text do not agree on, and what AVOID lists."""
    if not query.about:
        raise _fault(query.name, "the first line says what the query gives; there is none", 1)
    for engine in query.engines:
        if engine not in ENGINES:
            raise _fault(query.name, f"there is no engine {engine!r}; they are {', '.join(ENGINES)}")
    _refuse(query, code)
    used = {quoted or plain for quoted, plain in _PARAMETER.findall(code)}
    declared = {param.name for param in query.params}
    for missing in sorted(used - declared):
        raise _fault(query.name, f"${missing} has no `param` line")
    for spare in sorted(declared - used):
        raise _fault(query.name, f"the header declares {spare}, which the text does not use")
    names = {column.name for column in query.returns}
    for column in query.order:
        if column.split()[0] not in names:
            raise _fault(query.name, f"`order` names {column!r}, which `returns` does not")
    if query.name.startswith(f"{SCHEMA}/"):
        return
    if _WRITES.search(code):
        raise _fault(query.name, "a query only reads; writes go through the store", _line(code, _WRITES))
    if ";" in code.strip().rstrip(";"):
        raise _fault(query.name, "one statement in a file")
    if not query.returns:
        raise _fault(query.name, "the header has no `returns` line")


def _refuse(query: Query, code: str) -> None:
    for pattern, rule in _COMPILED:
        text = query.text if rule.raw else code
        if pattern.search(text):
            raise _fault(query.name, f"not on both engines: {rule.reason}", _line(text, pattern))


def _line(text: str, pattern: re.Pattern[str]) -> int:
    match = pattern.search(text)
    return text.count("\n", 0, match.start()) + 1 if match else 1


def _code(text: str) -> str:
    """Return the text with comments and quoted texts blanked, so that a pattern sees code alone; lines stay."""

    def blank(match: re.Match[str]) -> str:
        token = match[0]
        if token.startswith("`"):
            return f"`{'x' * (len(token) - 2)}`"
        return "".join("\n" if c == "\n" else " " for c in token) if token.startswith("//") else "''"

    # A quoted parameter name keeps its text: it has to be compared with the header.
    return _TOKEN.sub(lambda m: m[0] if text[m.start() - 1 : m.start()] == "$" else blank(m), text)


def statements(query: Query) -> list[str]:
    """Return the statements of a migration, one by one."""
    code, cuts = _code_same_length(query.text), [-1]
    cuts += [at for at, c in enumerate(code) if c == ";"]
    parts = [query.text[a + 1 : b] for a, b in zip(cuts, [*cuts[1:], len(code)], strict=True)]
    return [part.strip() for part in parts if _TOKEN.sub(_drop_comment, part).strip()]


def _code_same_length(text: str) -> str:
    return _TOKEN.sub(lambda match: " " * len(match[0]), text)


def _drop_comment(match: re.Match[str]) -> str:
    return "" if match[0].startswith("//") else match[0]


def _fault(name: str, message: str, line: int | None = None) -> ReferenceFault:
    return ReferenceFault(message, field=f"queries/{name}.cypher", line=line)
