"""Case files from strangers: whatever the bytes are, plain data or exactly one clear error."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.casefile import LARGEST, lines, read_bytes, read_file, read_line
from graph.errors import CaseError

MEGABYTE = 1 << 20
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [*{old}, *{old}, *{old}, *{old}, *{old}, *{old}, *{old}, *{old}, *{old}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
HOSTILE = {
    "an anchors bomb": (BOMB, "alias"),
    "an alias": ("acts: *there\n", "alias"),
    "an anchor on a scalar": ("id: &a x\n", "alias"),
    "a merge key": ("a: &a {x: y}\nb:\n  <<: *a\n", "alias"),
    "a Python object": ("acts: !!python/object/apply:os.system [id]\n", "tag"),
    "a standard tag": ("id: !!str 5\n", "tag"),
    "a binary tag": ("id: !!binary aGk=\n", "tag"),
    "a set": ("id: !!set {a, b}\n", "tag"),
    "a tag of its own": ("acts: !acts []\n", "tag"),
    "a tagged mapping": ("acts: !!map {a: b}\n", "tag"),
    "a key twice": ("id: a\nacts: []\nid: b\n", "duplicate"),
    "a key twice, deep": ("acts:\n- from: '2019'\n  from: '2020'\n", "duplicate"),
    "a key twice, once quoted": ('id: a\n"id": b\n', "duplicate"),
    "a list as a key": ("? [a, b]\n: c\n", "key"),
    "a mapping as a key": ("? {a: b}\n: c\n", "key"),
    "an empty key": ("? \n: c\n", "key"),
    "two documents": ("id: a\n---\nid: b\n", "documents"),
    "deep lists in flow style": ("a: " + "[" * 5000, "depth"),
    "deep mappings in flow style": ("{a: " * 5000, "depth"),
    "deep lists in block style": ("- " * 500 + "x", "depth"),
    "an open quote": ('id: "never closed\n', "yaml"),
    "an open bracket": ("acts: [a, b\n", "yaml"),
    "a tab as indentation": ("acts:\n\t- from: x\n", "yaml"),
    "a crooked indentation": ("acts:\n  - from: x\n to: y\n", "yaml"),
    "a reserved sign": ("id: @home\n", "yaml"),
    "a control character": ("id: a\x07b\n", "yaml"),
    "a NUL": ("id: a\x00b\n", "yaml"),
    "a directive of another version": ("%YAML 3.0\n---\nid: a\n", "yaml"),
    "an unknown escape": ('id: "\\q"\n', "yaml"),
    "half a surrogate": ('id: "\\ud800"\n', "yaml"),
}  # fmt: skip
HOSTILE_JSON = {
    "NaN": '{"acts": NaN}',
    "Infinity": '{"acts": [-Infinity]}',
    "half a surrogate": '{"id": "\\ud800"}',
    "a trailing comma": '{"id": "a",}',
    "single quotes": "{'id': 'a'}",
    "a comment": '{"id": "a"} // mine',
    "cut off": '{"acts": [{"from": "2019',
    "two values": '{"id": "a"} {"id": "b"}',
    "nothing": "",
    "a leading zero": '{"victim": {"count": 007}}',
    "deep lists": "[" * 100_000,
    "deep mappings": '{"a":' * 100_000,
    "deep and closed": '{"a":' * 500 + "1" + "}" * 500,
    "a key twice": '{"id": "a", "acts": [], "id": "b"}',
    "a key twice, deep": '{"acts": [{"from": "2019", "from": "2020"}]}',
    "a key twice beside an escaped quote": '{"id": "\\u0022\\u0022", "title": "x", "title": "x"}',
    "a raw newline in a text": '{"id": "a\nb"}',
}  # fmt: skip


def is_one_line(error: CaseError) -> bool:
    """Whether an error prints as one short line and travels as JSON."""
    text = str(error)
    return "\n" not in text and len(text) < 400 and bool(orjson.dumps(error.as_dict()))


@pytest.mark.parametrize(("text", "code"), HOSTILE.values(), ids=list(HOSTILE))
def test_hostile_yaml_is_one_error(text: str, code: str) -> None:
    with pytest.raises(CaseError) as caught:
        read_bytes(text.encode("utf-8", "surrogatepass"))
    assert caught.value.code == code
    assert is_one_line(caught.value)
    assert caught.value.field


@pytest.mark.parametrize("text", HOSTILE_JSON.values(), ids=list(HOSTILE_JSON))
def test_hostile_json_is_one_error(text: str) -> None:
    with pytest.raises(CaseError) as caught:
        read_bytes(text.encode(), json=True)
    assert is_one_line(caught.value)
    with pytest.raises(CaseError) as caught:
        read_line(text.encode(), 7)
    assert caught.value.line == 7
    assert is_one_line(caught.value)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1251"])
@pytest.mark.parametrize("json", [False, True])
def test_another_encoding_is_named(encoding: str, json: bool) -> None:
    text = '{"id": "é"}' if encoding != "cp1251" else '{"id": "дело"}'
    with pytest.raises(CaseError) as caught:
        read_bytes(text.encode(encoding), json=json)
    assert "UTF-8" in str(caught.value)
    assert is_one_line(caught.value)


@pytest.mark.parametrize("text", ['{"id": "a"}', "id: a\n"])
def test_a_byte_order_mark_is_passed_over(text: str) -> None:
    assert read_bytes(b"\xef\xbb\xbf" + text.encode()) == {"id": "a"}
    if text.startswith("{"):
        assert read_bytes(b"\xef\xbb\xbf" + text.encode(), json=True) == {"id": "a"}
        assert read_line(b"\xef\xbb\xbf" + text.encode(), 1) == {"id": "a"}


def test_words_of_yaml_1_1_stay_words() -> None:
    text = "exhausted: no\nwhere: NO\non: yes\nfrom: 2019-05-17\nyear: 2019\ncount: 0o7\nrange: 1:30\nnone: ~\nempty:\n"
    assert read_bytes(text.encode()) == {
        "exhausted": "no", "where": "NO", "on": "yes", "from": "2019-05-17", "year": "2019", "count": "0o7",
        "range": "1:30", "none": None, "empty": None,
    }  # fmt: skip


def test_yaml_holds_what_json_holds() -> None:
    flow = '{"acts": [{"from": "2019", "continuing": true, "to": null}], "victim": {"count": 3}}'
    assert orjson.loads(flow) == read_bytes(flow.encode())
    block = "acts:\n- from: '2019'\n  continuing: true\n  to: null\nvictim: {count: 3}\n"
    assert read_bytes(block.encode()) == {
        "acts": [{"from": "2019", "continuing": "true", "to": None}], "victim": {"count": "3"},
    }  # fmt: skip


def test_brackets_inside_texts_are_no_nesting() -> None:
    assert read_bytes(orjson.dumps({"title": "[{" * 200}))["title"] == "[{" * 200


def huge(path: Path, before: bytes, after: bytes) -> Path:
    """A file with one line of 100 MB between two others."""
    with path.open("wb") as file:
        file.write(before)
        for _ in range(100):
            file.write(b"x" * MEGABYTE)
        file.write(after)
    return path


def peak(run: Callable[[], Any]) -> tuple[Any, int]:
    """What a call gives, and the most memory it held."""
    tracemalloc.start()
    try:
        return run(), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_line_of_100_mb_is_passed_over_in_flat_memory(tmp_path: Path) -> None:
    path = huge(tmp_path / "batch.jsonl", b'{"id": "a"}\n{"id": "', b'"}\n\n{"id": "b"}')

    def read() -> list[tuple[int, bytes | None]]:
        with path.open("rb") as file:
            return list(lines(file))

    found, most = peak(read)
    assert found == [(1, b'{"id": "a"}\n'), (2, None), (4, b'{"id": "b"}')]
    assert most < 8 * MEGABYTE
    with pytest.raises(CaseError, match="longer than") as caught:
        read_line(None, 2)
    assert caught.value.line == 2


@pytest.mark.parametrize("name", ["case.yaml", "case.json"])
def test_a_case_of_100_mb_is_refused_in_flat_memory(tmp_path: Path, name: str) -> None:
    path = huge(tmp_path / name, b'{"id": "', b'"}')

    def read() -> CaseError:
        with pytest.raises(CaseError) as caught:
            read_file(path)
        return caught.value

    error, most = peak(read)
    assert error.code == "size"
    assert most < 8 * MEGABYTE


def test_a_line_of_the_largest_size_is_still_read() -> None:
    body = b'{"title": "' + b"x" * (LARGEST - 13) + b'"}'
    assert len(read_line(body, 1)["title"]) == LARGEST - 13


def test_a_file_of_the_wrong_kind_is_one_error(tmp_path: Path) -> None:
    page = tmp_path / "case.yaml"
    page.write_text("<!DOCTYPE html>\n<html><body><h1>502: Bad gateway</h1></body></html>\n", encoding="utf-8")
    try:
        raw = read_file(page)
    except CaseError as error:
        assert is_one_line(error)
    else:
        assert not isinstance(raw, dict)


@given(body=st.binary(max_size=400))
def test_any_bytes_are_data_or_one_error(body: bytes) -> None:
    for read in (read_bytes, lambda b: read_bytes(b, json=True), lambda b: read_line(b, 1)):
        try:
            orjson.dumps(read(body))
        except CaseError as error:
            assert is_one_line(error)


@given(text=st.text(alphabet=st.sampled_from("ab:-[]{}#&*!|>'\"%@`,? \n\t\\u0d8"), max_size=200))
def test_any_yaml_is_data_or_one_error(text: str) -> None:
    try:
        orjson.dumps(read_bytes(text.encode()))
    except CaseError as error:
        assert is_one_line(error)


@pytest.mark.parametrize("text", [BOMB, "id: !!python/name:os.system\n", "{" * 10_000, "\x00", "acts: [1", "[]", "5"])
@pytest.mark.parametrize("name", ["case.yaml", "case.json"])
def test_the_command_line_prints_one_line(
    tmp_path: Path, shipped_home: Path, run: Callable[..., Any], text: str, name: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    result = run("--home", str(shipped_home), "forums", str(path), "--format", "json")
    assert result.status == 2
    assert len(result.err.strip().splitlines()) <= 1
    assert "Traceback" not in result.err + result.out
    assert set(orjson.loads(result.out)["error"]) == {"code", "field", "value", "message", "nearest", "line"}


def test_a_bad_line_of_a_batch_has_its_error_in_its_place(
    tmp_path: Path, shipped_home: Path, run: Callable[..., Any]
) -> None:
    good = b'{"id": "good", "as_of": "2020-01-01", "acts": [{"from": "2019", "rights": ["torture"]}]}'
    bad = [
        b'{"id": "b"}',
        b"[",
        b"5",
        b"null",
        b'"x"',
        b'{"id": 5, "acts": 3}',
        b'{"id": "\\ud800"}',
        b"\xff\xfe{\x00}",
    ]
    path = tmp_path / "batch.jsonl"
    path.write_bytes(b"\n".join([good, *bad, good]))
    result = run("--home", str(shipped_home), "--quiet", "forums", str(path), "--format", "jsonl")
    told = [orjson.loads(line) for line in result.out.splitlines()]
    assert result.status == 1
    assert [("error" in one) for one in told] == [False, *[True] * len(bad), False]
    assert [one["error"]["line"] for one in told[1:-1]] == list(range(2, len(bad) + 2))
    assert "Traceback" not in result.err
