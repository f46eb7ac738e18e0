"""One case by GraphQL, REST and the command line: put back into case.md's form, the answers are equal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

import orjson

from api.gql import enums
from api.gql.law import pairs
from graph.casefile import read_file
from tests.api.client import Client

ROOT = Path(__file__).parents[3]
HUMPS = {
    "as_of": "asOf", "perpetrator_nationality": "perpetratorNationality", "cooperated_with": "cooperatedWith",
    "observer_status": "observerStatus", "final_decision": "finalDecision",
}  # fmt: skip
ENUMS: dict[tuple[str, str], type[StrEnum]] = {  # by the field and what it is a field of
    ("acts", "link"): enums.ActLink, ("acts", "perpetrator"): enums.Perpetrator,
    ("respondents", "link"): enums.ActLink, ("respondents", "perpetrator"): enums.Perpetrator,
    ("victim", "kind"): enums.VictimKind, ("victim", "condition"): enums.VictimCondition,
    ("victim", "status"): enums.VictimStatus, ("filer", "kind"): enums.FilerKind,
    ("remedies", "exhausted"): enums.Exhausted, ("proceedings", "status"): enums.ProceedingStatus,
    ("proceedings", "examined"): enums.Examined,
}  # fmt: skip
MAPS = ("dates", "project", "company", "platform", "notice")
PARTS = ("person", "facts", "rights")
FIELDS = """case asOf filed version lang assumed law { hash knownOn dataAsOf { dataset day } }
  onlyIf { forum { key } question } support { key } plans { steps { by } }
  forums { forum { key } respondent { key } respondentKind venue { key } verdict
    reaches { act from to rights { key } }
    rules { rule outcome because message { key args { key value } } reason authority { text }
      facts { key state { key } of { ... on Entity { key } } since until basis confidence source { key } } }
    conditions deadline deadlineRule urgentMeasures { name basis binding detail } rights { key } warnings }"""
ABOUT = """query($a: String) { forums(first: 100, after: $a) { pageInfo { endCursor hasNextPage } edges { node { key
  label kind binding confidence remedies howToSubmit { office page } terms { topic text } } } } }"""


def cases() -> Iterator[tuple[str, Any]]:
    """Every case that ships, and the facts of every test of a forum."""
    import yaml

    for path in sorted((ROOT / "docs" / "cases").glob("*.yaml")):
        yield path.stem, read_file(path)
    for path in sorted((ROOT / "tests" / "cases").glob("*.yaml")):
        for n, one in enumerate(yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader)):
            yield f"{path.stem}-{n}", one["facts"]
    vectors = yaml.load((ROOT / "tests" / "data" / "vectors.yaml").read_text("utf-8"), Loader=yaml.CBaseLoader)
    for n, one in enumerate(vectors if isinstance(vectors, list) else []):
        if isinstance(one, dict) and isinstance(one.get("facts"), dict):
            yield f"vector-{n}", one["facts"]


def truth(value: Any) -> Any:
    """A truth value or a number of a YAML file whose scalars were kept as texts."""
    if isinstance(value, str) and value in ("true", "false"):
        return value == "true"
    return value


def to_input(raw: Mapping[str, Any], of: str = "case") -> dict[str, Any]:
    """A case, or a part of one, in the form of `CaseInput`."""
    found: dict[str, Any] = {}
    for key, value in raw.items():
        name = HUMPS.get(key, key)
        if value is None or key == "known_on":
            continue
        if key in MAPS:
            found[name] = [{"key": k, "value": str(v)} for k, vs in value.items() for v in as_list(vs)]
        elif key == "same" and not isinstance(truth(value), bool):
            parts = {part: part in value for part in PARTS} if isinstance(value, list) else value
            found.update({f"same{part.capitalize()}": truth(parts[part]) for part in PARTS if part in parts})
        elif key == "filer" and isinstance(value, str):
            found[name] = {"kind": enums.FilerKind(value).name}
        elif key == "respondents":
            rows = [one if isinstance(one, Mapping) else {"state": one} for one in value]
            found[name] = [to_input(one, key) for one in rows]
        elif isinstance(value, Mapping):
            found[name] = to_input(value, key)
        elif isinstance(value, list):
            found[name] = [to_input(item, key) if isinstance(item, Mapping) else word(of, key, item) for item in value]
        else:
            found[name] = word(of, key, value)
    return found


def word(of: str, key: str, value: Any) -> Any:
    """A single value: the member of an enum, a truth value, a number or a text."""
    if (of, key) in ENUMS:
        return ENUMS[of, key](str(value)).name
    if key == "count":
        return int(value)
    return truth(value) if isinstance(value, str | bool) else str(value)


def as_list(value: Any) -> list[Any]:
    """A value, or each of several."""
    return value if isinstance(value, list) else [value]


def flat(args: Mapping[str, Any]) -> list[dict[str, str]]:
    """A map as the contract writes it: pairs sorted by key, values as text, items one by one."""
    return [{"key": key, "value": value} for key, value in pairs("", args)]


def key_of(node: Mapping[str, Any] | None) -> str | None:
    """The id that a node stands for."""
    return None if node is None else str(node["key"])


def back(told: Mapping[str, Any]) -> dict[str, Any]:
    """GraphQL's answer in the form of case.md, its messages' arguments as pairs."""

    def value_of(enum: type[StrEnum], name: str | None) -> str | None:
        return None if name is None else str(enum[name])

    rows, statements = [], {}
    for row in told["forums"]:
        for rule in row["rules"]:
            for fact in rule["facts"]:
                statements[fact["key"]] = {
                    "subject": key_of(fact["state"]), "object": key_of(fact["of"]), "since": fact["since"],
                    "until": fact["until"], "kind": fact["basis"], "source": key_of(fact["source"]),
                    "confidence": value_of(enums.Confidence, fact["confidence"]),
                }  # fmt: skip
        rows.append({
            "forum": key_of(row["forum"]), "respondent": key_of(row["respondent"]),
            "respondent_kind": value_of(enums.RespondentKind, row["respondentKind"]), "venue": key_of(row["venue"]),
            "verdict": value_of(enums.Verdict, row["verdict"]),
            "reaches": [{**reach, "rights": [key_of(right) for right in reach["rights"]]} for reach in row["reaches"]],
            "rules": [{
                "rule": value_of(enums.RuleKind, rule["rule"]), "outcome": value_of(enums.Outcome, rule["outcome"]),
                "because": value_of(enums.Because, rule["because"]),
                "message": {"id": rule["message"]["key"], "args": rule["message"]["args"]}, "reason": rule["reason"],
                "authority": [one["text"] for one in rule["authority"]],
                "facts": [fact["key"] for fact in rule["facts"]],
            } for rule in row["rules"]],
            "conditions": row["conditions"], "deadline": row["deadline"], "deadline_rule": row["deadlineRule"],
            "urgent_measures": row["urgentMeasures"], "rights": [key_of(one) for one in row["rights"]],
            "warnings": row["warnings"],
        })  # fmt: skip
    law = told["law"]
    return {
        "case": told["case"], "as_of": told["asOf"], "filed": told["filed"],
        "law": {"hash": law["hash"], "known_on": law["knownOn"],
                "data_as_of": {one["dataset"]: one["day"] for one in law["dataAsOf"]}},
        "version": told["version"], "lang": told["lang"], "assumed": told["assumed"], "forums": rows,
        "support": told["support"],
        "only_if": [{"forum": key_of(one["forum"]), "question": one["question"]} for one in told["onlyIf"]],
        "statements": statements,
    }  # fmt: skip


def rest_form(answer: Mapping[str, Any]) -> dict[str, Any]:
    """REST's answer with what GraphQL tells as text as text; `about` is compared apart."""
    seen = {fact for row in answer["forums"] for rule in row["rules"] for fact in rule["facts"]}
    rows = [{**row, "rules": [{**rule, "message": {"id": rule["message"]["id"], "args": flat(rule["message"]["args"])}}
                              for rule in row["rules"]],
             "urgent_measures": row["urgent_measures"] and {
                 key: None if value is None else str(value).lower() if isinstance(value, bool) else str(value)
                 for key, value in row["urgent_measures"].items()}} for row in answer["forums"]]  # fmt: skip
    keys = ("subject", "object", "since", "until", "kind", "source", "confidence")
    statements = {name: {key: one[key] for key in keys} for name, one in answer["statements"].items() if name in seen}
    return {**{key: value for key, value in answer.items() if key != "about"}, "forums": rows, "statements": statements}


CASES = list(cases())


def test_every_case_is_answered_as_by_rest(client: Client) -> None:
    items = f"... on Answer {{ {FIELDS} }} ... on CaseError {{ message }}"
    text = f"query($cases: [CaseInput!]!) {{ batch(cases: $cases) {{ {items} }} }}"
    assert len(CASES) > 200
    for start in range(0, len(CASES), 3):
        some = CASES[start : start + 3]
        told = client.data(text, cases=[to_input(raw) for _, raw in some])["batch"]
        for (name, raw), one in zip(some, told, strict=True):
            answer = client.post("/api/forums", plain(raw))
            assert answer.status == 200, (name, answer.body)
            assert "message" not in one, (name, one)
            assert back(one) == rest_form(answer.json), name


def plain(value: Any, at: str = "") -> Any:
    """A case whose YAML scalars were kept as texts, as JSON has it."""
    if isinstance(value, Mapping):
        return {key: plain(item, key) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item, at) for item in value]
    if at in ("count", "employees"):
        return int(value)
    return truth(str(value)) if isinstance(value, str) else value


def test_the_shipped_case_is_answered_as_by_the_command_line(
    client: Client, run: Any, shipped_home: Path, tmp_path: Path
) -> None:
    for name, raw in CASES[:1]:
        path = tmp_path / "case.json"
        path.write_bytes(orjson.dumps(plain(raw)))
        printed = run("--home", str(shipped_home), "forums", str(path), "--format", "jsonl").out
        rest = client.post("/api/forums", path.read_bytes())
        assert rest.body.decode() + "\n" == printed, name
        only = f"query($case: CaseInput!) {{ applicableForums(case: $case) {{ {FIELDS} }} }}"
        told = client.data(only, case=to_input(raw))["applicableForums"]
        assert back(told) == rest_form(orjson.loads(printed))


def test_about_is_what_each_forum_says(client: Client) -> None:
    answer = client.post("/api/forums", plain(CASES[0][1])).json
    nodes: dict[str, Any] = {}
    after = None
    while True:
        page = client.data(ABOUT, a=after)["forums"]
        nodes |= {edge["node"]["key"]: edge["node"] for edge in page["edges"]}
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len(answer["about"]) == 55 < len(nodes)
    for name, about in answer["about"].items():
        node = nodes[name]
        assert (node["label"], node["kind"], node["remedies"]) == (about["name"], about["kind"], about["remedies"])
        assert str(enums.Binding[node["binding"]]) == about["binding"]
        assert str(enums.Confidence[node["confidence"]]) == about["confidence"]
        assert node["howToSubmit"] == {key: about["submit"].get(key) for key in ("office", "page")}
        told: dict[str, list[str]] = {}
        for term in node["terms"]:
            told.setdefault(term["topic"], []).append(term["text"])
        rest = {key: value for key, value in about.items()
                if key not in ("name", "kind", "remedies", "binding", "confidence", "submit")}  # fmt: skip
        for topic, text in pairs("", rest):
            assert text in told[topic], (name, topic)


def test_a_bad_case_takes_its_place(client: Client) -> None:
    good = {"id": "g", "acts": [{"from": "2020", "rights": ["torture"], "respondents": [{"state": "RUS"}]}]}
    bad = {"id": "b", "acts": [{"from": "2020", "tactic": "spywear"}]}
    text = """query($c: [CaseInput!]!) { batch(cases: $c) { __typename ... on Answer { case forums(forum: ["ecthr"]) {
      verdict } } ... on CaseError { case field value message nearest } } }"""
    first, second, third = client.data(text, c=[good, bad, good])["batch"]
    assert first == third and first["__typename"] == "Answer" and len(first["forums"]) == 1
    assert (second["case"], second["field"], second["value"]) == ("b", "acts[0].tactic", "spywear")
    alone = client.query("query($c: CaseInput!) { applicableForums(case: $c) { case } }", c=bad)
    assert (alone.status, alone.codes, alone.json["data"]) == (200, ["BAD_CASE"], None)
    assert alone.json["errors"][0]["extensions"]["field"] == "acts[0].tactic"


def test_rows_are_limited_by_verdict_and_forum(client: Client) -> None:
    text = """query($v: [Verdict!], $f: [String!]) { applicableForums(case: {acts: [{from: "2020", rights: ["torture"],
      respondents: [{state: "FRA"}]}]}) { forums(verdict: $v, forum: $f) { forum { key } verdict } } }"""
    every = client.data(text)["applicableForums"]["forums"]
    some = client.data(text, v=["CONDITIONAL"])["applicableForums"]["forums"]
    assert some and some == [row for row in every if row["verdict"] == "CONDITIONAL"]
    assert client.data(text, f=[])["applicableForums"]["forums"] == []
    assert client.query(text, f=["nothing"]).codes == ["BAD_INPUT"]


def test_a_day_before_the_first_load_is_bad_input(client: Client) -> None:
    text = '{ applicableForums(case: {acts: [{from: "2020", rights: ["torture"]}]}, knownOn: "1990-01-01") { case } }'
    assert client.query(text).codes == ["BAD_INPUT"]
