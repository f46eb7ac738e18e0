"""The layout's rules, as tests: where things stand, what they are called, who may know whom."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
PACKAGES = ("graph", "ingest", "api", "queries", "viz")
REFERENCE = ROOT / "graph" / "reference"
TOP_LEVEL = {*PACKAGES, "tests", "docs"}
# Built from parts, so that this file does not hold what it forbids.
HOSTS = ("py" + "pi.org", "python" + "hosted", "registry." + "npmjs", "deb." + "debian", "repo1." + "maven")
MACHINE_PATH = re.compile(r"(?<![\w.:/])/(?:wo" + r"rk|ho" + r"me/\w+|Use" + r"rs/\w+|ro" + r"ot|tm" + r"p)/")
BARE_CODE = re.compile(r"^(?:no|yes|on|off|y|n)$", re.IGNORECASE)
STATE_CODE = re.compile(r"^[A-Z]{3}$")
HEAVY = ("sqlalchemy", "rich", "fastapi", "strawberry", "kglite", "neo4j", "networkx", "lxml", "ingest")


def python_files(*folders: str) -> list[Path]:
    """Return the Python files below these folders of the checkout, sorted."""
    return sorted(p for folder in folders for p in (ROOT / folder).rglob("*.py"))


def tracked() -> list[Path]:
    """Return the text files that a commit would hold."""
    command = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    return [path for name in names if (path := ROOT / name).is_file() and b"\0" not in path.read_bytes()[:4096]]


def yaml_scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    """Yield each scalar of a YAML document, keys included but for `on`."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from yaml_scalars(item)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value != "on":  # a parameter of the test `bound`; our readers keep keys as words
                yield from yaml_scalars(key)
            yield from yaml_scalars(value)


def relative(paths: list[Path]) -> list[str]:
    """Return paths as a reader of a failure wants them."""
    return [str(path.relative_to(ROOT)) for path in paths]


def test_top_level_folders_are_the_layout() -> None:
    tops = {path.relative_to(ROOT).parts[0] for path in tracked() if len(path.relative_to(ROOT).parts) > 1}
    assert {top for top in tops if not top.startswith(".")} <= TOP_LEVEL


@pytest.mark.parametrize("folder", ["forums", "instruments"])
def test_a_reference_files_name_is_its_id(folder: str) -> None:
    files = sorted((REFERENCE / folder).glob("*.yaml"))
    assert files
    wrong = [path.name for path in files if yaml.safe_load(path.read_text("utf-8"))["id"] != path.stem]
    assert wrong == []


def test_yaml_has_one_extension() -> None:
    assert relative([path for path in tracked() if path.suffix == ".yml"]) == ["docker-compose.yml"]  # its usual name


def unquoted_codes(text: str) -> list[str]:
    """Return the places of bare words that YAML 1.1 takes for true or false."""
    document = yaml.compose(text, Loader=yaml.CSafeLoader)
    assert document is not None
    bare = [node for node in yaml_scalars(document) if node.style not in ("'", '"') and BARE_CODE.match(node.value)]
    return [f"line {node.start_mark.line + 1}: {node.value}" for node in bare]


def test_codes_and_answers_in_yaml_are_quoted() -> None:
    found = {}
    for path in tracked():
        # Cases are read as YAML 1.2 with strings kept; everything else by any parser.
        if path.suffix == ".yaml" and "cases" not in path.parts:
            lines = unquoted_codes(path.read_text("utf-8"))
            if lines:
                found[str(path.relative_to(ROOT))] = lines[:3]
    assert found == {}


def test_the_lint_of_codes_sees_a_bare_norway() -> None:
    assert unquoted_codes('a: [NO, "NO"]\nno: x') == ["line 1: NO", "line 2: no"]


def prose(path: Path) -> list[str]:
    """Return the string literals with spaces outside docstrings, annotations and `raise`."""
    tree = ast.parse(path.read_text("utf-8"))
    passed: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr):
                passed.add(first.value)
        if isinstance(node, ast.Raise | ast.Assert):
            passed.update(ast.walk(node))
        if isinstance(node, ast.Attribute) and node.attr == "split":
            passed.add(node.value)  # a list of words
    texts = (n for n in ast.walk(tree) if isinstance(n, ast.Constant) and n not in passed)
    return [f"line {n.lineno}: {n.value}" for n in texts if isinstance(n.value, str) and " " in n.value.strip()]


def test_reasoning_holds_no_prose() -> None:
    found = {str(p.relative_to(ROOT)): lines for p in python_files("graph/jurisdiction") if (lines := prose(p))}
    assert found == {}


def test_the_core_reads_no_clock() -> None:
    clock = re.compile(r"\b(?:datetime\.(?:now|utcnow|today)|date\.today|time\.(?:time|localtime|gmtime))\s*\(")
    assert relative([p for p in python_files("graph") if clock.search(p.read_text("utf-8"))]) == []


def test_the_core_reads_no_network() -> None:
    network = re.compile(r"^\s*(?:import|from)\s+(?:socket|http|urllib|requests|httpx|ftplib)\b", re.MULTILINE)
    assert relative([p for p in python_files("graph", "ingest") if network.search(p.read_text("utf-8"))]) == []


@pytest.mark.parametrize(("library", "adapter"), [("neo4j", "bolt"), ("kglite", "embedded")])
def test_one_file_names_each_engines_library(library: str, adapter: str) -> None:
    named = re.compile(rf"^\s*(?:import|from)\s+{library}\b", re.MULTILINE)
    assert relative([p for p in python_files(*PACKAGES) if named.search(p.read_text("utf-8"))]) == [
        f"graph/store/{adapter}.py"
    ]


def test_no_package_below_tests() -> None:
    assert relative(sorted((ROOT / "tests").rglob("__init__.py"))) == []


def test_no_machine_path_and_no_registry_host_is_committed() -> None:
    found = []
    for path in tracked():
        text = path.read_text("utf-8", errors="replace")
        if MACHINE_PATH.search(text) or any(host in text for host in HOSTS):
            found.append(path)
    assert relative(found) == []


def test_no_other_distribution_owns_our_names() -> None:
    owners = packages_distributions()
    wrong = {name: owners[name] for name in PACKAGES if set(owners.get(name, [])) - {"recourse-graph"}}
    assert wrong == {}


def test_every_public_module_says_what_it_is() -> None:
    silent = [p for p in python_files(*PACKAGES) if not ast.get_docstring(ast.parse(p.read_text("utf-8")))]
    assert relative(silent) == []


def test_every_command_is_a_file_with_its_name() -> None:
    for path in sorted((ROOT / "api" / "cli").glob("*.py")):
        if path.stem in ("__init__", "app"):
            continue
        names = {n.name for n in ast.parse(path.read_text("utf-8")).body if isinstance(n, ast.FunctionDef)}
        assert path.stem in names, f"api/cli/{path.name} defines no command {path.stem}"


def test_a_cold_answer_imports_no_engine_and_no_orm() -> None:
    code = (
        "import sys; from api.cli.app import main\n"
        "status = main(['forums', '--help'])\n"
        "import graph.finder, graph.render, graph.law\n"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr); sys.exit(status)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.strip()) == (0, "[]")
