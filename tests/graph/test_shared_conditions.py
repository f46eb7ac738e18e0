"""Equal conditions of several forums are one closure; what a condition reads of its own forum must keep it apart."""

from typing import Any

import pytest

from graph.jurisdiction.engine import Compiler, compile_programs, put
from graph.jurisdiction.scope import Scope
from graph.law import Law, from_data
from graph.model.dates import FOREVER
from graph.model.reading import read_case

CASE: dict[str, Any] = {
    "as_of": "2021-06-01",
    "acts": [
        *(
            {"from": day, "rights": ["liberty", "life"], "where": state, "respondents": [state], "continuing": goes_on}
            for day, state in (
                ("1986-05-05", "TUR"),
                ("1982-06-02", "SLV"),
                ("1989-11-01", "CHL"),
                ("1980-01-01", "ARG"),
            )
            for goes_on in (False, True)
        ),
        *(
            {"from": "2020-05-05", "rights": ["torture", "child"], "where": where, "respondents": [state], "link": link}
            for where, state, link in (
                ("ETH", "GBR", "control-of-area"),
                ("GRL", "DNK", "control-of-area"),
                ("GIB", "GBR", "control-of-area"),
                ("TKL", "NZL", "on-territory"),
                ("ABW", "NLD", "on-territory"),
                ("MDG", "TUR", "physical-custody"),
                ("ROU", "MDA", "physical-custody"),
            )
        ),
    ],
    "victim": {"kind": "group", "consents": True},
    "remedies": [{"state": "TUR", "exhausted": "yes", "final_decision": "2020-06-01"}],
    "proceedings": [{"forum": "ecthr", "status": "decided", "examined": "merits", "same": True}],
}


@pytest.mark.parametrize("forum", ["ecthr", "ecthr-rule-39", "ecthr-interstate", "iachr-petition", "iacthr"])
def test_a_forum_compiled_among_others_finds_what_it_finds_alone(law: Law, forum: str) -> None:
    """A made-up reservation narrows one forum; the others, whose conditions read the same, must not hear of it."""
    made_up = ["echr", "territory", {"within": "GBR", "forums": forum}, 1, FOREVER, "high", "st-made-up"]
    data = {**law.data, "reservations": {**law.data["reservations"], "GBR": [made_up]}}
    narrowed = from_data(data, "made-up")
    case = read_case(CASE, narrowed.vocabulary())
    compared = 0
    for program in compile_programs(narrowed):
        alone = Compiler(narrowed).program(program.file)
        for act in case.acts:
            found = []
            for one in (program, alone):
                s = Scope(case, narrowed)
                s.take_respondent(act.respondents[0].state)
                s.take_act(act, act.respondents[0])
                found.append([(r.outcome, r.mid, r.args, r.facts) for r in put(one, s, act).results])
            assert found[0] == found[1], f"{program.id}: {act.where}"
            compared += 1
    assert compared == len(narrowed.forums) * len(case.acts)
