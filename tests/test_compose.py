"""The compose file: valid by the Compose Specification, in step with Settings, and closed where it has to be."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from graph.settings import VARIABLES, Settings
from graph.store.open import SCHEMES

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docker-compose.yml").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES = COMPOSE["services"]
EACH = pytest.mark.parametrize("name", sorted(SERVICES))


def test_it_is_valid_by_the_specification() -> None:
    schema = files("check_jsonschema") / "builtin_schemas" / "vendor" / "compose-spec.json"
    jsonschema.validate(COMPOSE, json.loads(schema.read_text("utf-8")))


def test_every_variable_is_one_that_settings_read(tmp_path: Path) -> None:
    environment = SERVICES["api"]["environment"]
    assert set(environment) <= set(VARIABLES)
    settings = Settings.from_env({**environment, "RECOURSE_HOME": str(tmp_path)})
    assert settings.store.partition("://")[0] in SCHEMES
    assert settings.store_user == SERVICES["neo4j"]["environment"]["NEO4J_AUTH"].partition("/")[0]


def test_the_store_is_the_service_of_that_name() -> None:
    host = re.fullmatch(r"bolt://(\w+):7687", SERVICES["api"]["environment"]["RECOURSE_STORE"])
    assert host is not None
    assert host[1] in SERVICES


def test_no_password_has_a_default() -> None:
    given = [
        value for s in SERVICES.values() for key, value in s["environment"].items() if re.search("AUTH|PASSWORD", key)
    ]
    assert len(given) == 2
    assert [value for value in given if not re.search(r"\$\{NEO4J_PASSWORD:\?[^}]+\}$", value)] == []


def test_only_the_interface_is_published_and_to_this_machine_alone() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if service.get("ports")}
    assert list(published) == ["api"]
    assert all(port.startswith("127.0.0.1:") for port in published["api"])


def test_the_database_has_no_way_out() -> None:
    assert SERVICES["neo4j"]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"]["internal"] is True


@EACH
def test_each_service_is_limited_checked_and_without_rights(name: str) -> None:
    service = SERVICES[name]
    assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory"}
    assert set(service["healthcheck"]) >= {"test", "interval", "timeout", "retries"}
    assert not service["user"].startswith("0")
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert "privileged" not in service
    assert service["tmpfs"]


def test_the_interface_cannot_write_to_its_own_files() -> None:
    assert SERVICES["api"]["read_only"] is True


@EACH
def test_data_are_in_named_volumes_and_images_have_a_version(name: str) -> None:
    volumes = [volume.partition(":")[0] for volume in SERVICES[name]["volumes"]]
    assert volumes
    assert set(volumes) <= set(COMPOSE["volumes"])
    assert "build" in SERVICES[name] or re.fullmatch(r"neo4j:5\.26-community", SERVICES[name]["image"])


def test_the_memory_of_the_database_fits_its_limit() -> None:
    environment = SERVICES["neo4j"]["environment"]
    sizes = [int(v.removesuffix("G")) for k, v in environment.items() if k.endswith(("max__size", "pagecache_size"))]
    assert len(sizes) == 2
    assert sum(sizes) < int(SERVICES["neo4j"]["deploy"]["resources"]["limits"]["memory"].removesuffix("G"))


def test_the_interface_runs_as_the_user_of_its_image() -> None:
    assert f"USER {SERVICES['api']['user']}" in (ROOT / "Dockerfile").read_text("utf-8")
