"""Pictures as files: the same scene gives the same bytes, and no text can do anything but be read."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

from api.pictures import drawn
from graph.errors import InputError
from graph.finder import Finder
from graph.render import Catalogue
from viz.export import FORMATS, MOST, writer
from viz.layout import positions
from viz.palette import KINDS
from viz.scene import NAMED, SAID, Edge, Node, Scene, redacted, scene

HOSTILE = (
    "</script><script>window.broken = 1</script>",
    "<img src=https://evil.example/x onerror='window.broken = 2'>",
    "\u202egnp.exe\u2066 \u0000\u0007\x1b[31m",
    '"\' onmouseover="window.broken = 3" \'',
    "]]></style><style>@import 'https://evil.example/y'</style>",
    "<!-- --><a href='javascript:window.broken = 4'>x</a>",
    '=HYPERLINK("https://evil.example")',
    "x" * 10_000,
)


@pytest.fixture(scope="session")
def words(finder: Finder) -> Catalogue:
    """The English sentences."""
    return finder.words("en")


def hostile() -> Scene:
    """A scene in which every text is hostile."""
    nodes = {f"{n}{text}": Node(f"n{n}", text, text, text, text) for n, text in enumerate(HOSTILE)}
    made = {f"n{n}": replace(node, id=f"n{n}") for n, node in enumerate(nodes.values())}
    edges = [Edge("n0", f"n{n}", text, text, "conditional") for n, text in enumerate(HOSTILE) if n]
    return scene(HOSTILE[0], HOSTILE[2], made, edges, list(HOSTILE))


def fan(count: int) -> Scene:
    """A scene of so many nodes round one."""
    nodes = {f"n{n}": Node(f"n{n}", "State", f"S{n}", f"State {n}", "told") for n in range(count)}
    return scene("fan", "2026-11-24", nodes, [Edge("n0", f"n{n}", "NEXT", "told") for n in range(1, count)], ["untc"])


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_scene_gives_the_same_bytes(words: Catalogue, form: str) -> None:
    first = drawn(fan(30), words, form)
    assert first == drawn(fan(30), words, form)
    assert b"2026" in first and b"untc" in first and b"AGPL" in first and b"A picture of part of the data" in first


@pytest.mark.parametrize("form", FORMATS)
def test_texts_are_cut_and_freed_of_what_turns_or_steers(words: Catalogue, form: str) -> None:
    body = drawn(hostile(), words, form).decode()
    text = body if form != "html" else "".join(re.split(r"<script>/\*\*.*?</script>", body, flags=re.DOTALL))
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x07\x1b]", text)
    assert "x" * (SAID + 1) not in text and "x" * (NAMED - 1) in text


def test_the_page_holds_nothing_that_loads_or_runs_but_two_scripts(words: Catalogue) -> None:
    body = drawn(hostile(), words, "html").decode()
    scripts = re.findall(r"<script[^>]*>.*?</script>", body, flags=re.DOTALL)
    assert len(scripts) == 2 and all(one.startswith("<script>") for one in scripts)
    rest = re.sub(r"<script>.*?</script>", "", body, flags=re.DOTALL)
    assert not re.search(r"<[^>]*\b(?:src|href|onerror|onmouseover|action)\s*=", rest)
    assert "<script" not in rest and "<img" not in rest and "<a " not in rest and "<link" not in rest
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', body)
    assert policy and policy[1].count("sha256-") == 2 and "connect-src &#x27;none&#x27;" in policy[1]
    assert "n0" not in re.findall(r'"id": ?([^,]+)', body)  # ids are numbers


def test_a_page_of_more_nodes_than_can_be_read_is_refused(words: Catalogue) -> None:
    assert drawn(fan(MOST), words, "html")
    with pytest.raises(InputError, match=r"501 nodes are more than the 500 .* write .graphml, .gexf or .csv"):
        drawn(fan(MOST + 1), words, "html")
    assert len(csv_rows(drawn(fan(MOST + 1), words, "csv"))) == MOST


def test_an_unknown_form_names_the_known() -> None:
    with pytest.raises(InputError, match=r"\.html, \.graphml, \.gexf, \.csv"):
        writer("pdf")


def csv_rows(body: bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(body.decode())))


def test_csv_starts_no_formula_and_has_a_row_for_a_lonely_node(words: Catalogue) -> None:
    cells = [cell for row in csv_rows(drawn(hostile(), words, "csv")) for cell in row.values()]
    assert cells and not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    lonely = scene("one", "2026-11-24", {"a": Node("a", "State", "TUR", "Türkiye")}, [], [])
    assert [row["from_id"] for row in csv_rows(drawn(lonely, words, "csv"))] == ["TUR"]


def test_graphml_is_read_by_networkx_with_all_that_was_drawn(words: Catalogue) -> None:
    graph = nx.read_graphml(io.BytesIO(drawn(fan(5), words, "graphml")))
    assert graph.is_directed() and graph.number_of_edges() == 4
    assert graph.nodes["n1"]["name"] == "State 1" and isinstance(graph.nodes["n1"]["x"], int)
    assert graph.graph["caveat"].startswith("A picture of part")


def test_gexf_is_read_by_networkx_with_all_that_was_drawn(words: Catalogue) -> None:
    body = drawn(fan(5), words, "gexf")
    root = ET.fromstring(body)
    assert root[0].attrib == {"lastmodifieddate": "2026-11-24"}
    space = "{http://gexf.net/1.3}"
    assert len(root.findall(f".//{space}node")) == 5 and len(root.findall(f".//{space}edge")) == 4


def test_persons_are_numbered_unless_they_are_asked_for(words: Catalogue) -> None:
    nodes = {
        "p:xyzzy": Node("p:xyzzy", "Person", "xyzzy", "Jane Xyzzy", "told in secret", person=True),
        "s:TUR": Node("s:TUR", "State", "TUR", "Türkiye", "a state"),
    }
    given = scene("Jane Xyzzy [xyzzy]", "2026-11-24", nodes, [Edge("s:TUR", "p:xyzzy", "HELD", "told in secret")], [])
    hidden = redacted(given)
    assert [node.name for node in hidden.nodes] == ["Person 1", "Türkiye"]
    assert [(edge.start, edge.end, edge.about) for edge in hidden.edges] == [("s:TUR", "Person 1", "")]
    for form in FORMATS:
        masked, named = (drawn(given, words, form, names=names).lower() for names in (False, True))
        assert b"xyzzy" not in masked and b"secret" not in masked and b"tur" in masked
        assert b"jane xyzzy" in named and b"secret" in named


def test_places_are_whole_numbers_and_do_not_move() -> None:
    free, fixed = fan(40), replace(fan(40), layers=("*", "State"))
    for made in (free, fixed):
        places = positions(made)
        assert places == positions(made) and set(places) == {node.id for node in made.nodes}
        assert all(isinstance(x, int) and isinstance(y, int) for x, y in places.values())
        assert len(set(places.values())) == len(places)
    assert positions(fixed)["n0"] == (0, 0)


def contrast(colour: str, ground: str) -> float:
    """Return the contrast of two colours, as WCAG counts it."""

    def light(text: str) -> float:
        parts = [int(text[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(colour), light(ground)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_kind_can_be_seen_and_has_a_shape_beside_its_colour() -> None:
    for kind, style in KINDS.items():
        assert contrast(style.colour, "#ffffff") >= 3, kind
    looks = [(style.colour, style.shape) for kind, style in KINDS.items() if kind in ("State", "Instrument", "Forum")]
    assert len({shape for _, shape in looks}) == len(looks)


def open_file(page: Any, path: Path) -> tuple[list[str], list[str]]:
    """Open a file with all that is not it aborted; return what it asked for and what it told."""
    asked: list[str] = []
    told: list[str] = []

    def decide(route: Any) -> None:
        if route.request.url == path.as_uri():
            route.continue_()
        else:
            asked.append(route.request.url)
            route.abort()

    page.route("**/*", decide)
    page.on("console", lambda message: told.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto(path.as_uri())
    page.locator("canvas").wait_for()
    page.wait_for_timeout(300)
    return asked, told


def test_a_hostile_file_is_inert_in_a_browser(page: Any, words: Catalogue, tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    path.write_bytes(drawn(hostile(), words, "html"))
    assert open_file(page, path) == ([], [])
    assert page.evaluate("window.broken") is None
    assert page.locator("tbody tr").count() == len(HOSTILE) * 2 - 1
    assert HOSTILE[0] in page.locator("h1").inner_text()
    page.mouse.move(640, 500)
    page.mouse.click(640, 500)
    page.wait_for_timeout(300)
    assert page.evaluate("window.broken") is None


def test_a_file_draws_offline_and_prints(page: Any, words: Catalogue, tmp_path: Path, run: Callable[..., Any]) -> None:
    path = tmp_path / "fan.html"
    path.write_bytes(drawn(fan(60), words, "html"))
    assert open_file(page, path) == ([], [])
    inked = page.evaluate(
        "(() => { const c = document.querySelector('canvas'); const d = c.getContext('2d')"
        ".getImageData(0, 0, c.width, c.height).data; let n = 0; for (let i = 3; i < d.length; i += 4) n += d[i] > 0;"
        " return n })()"
    )
    assert inked > 1000
    assert page.pdf().startswith(b"%PDF")
