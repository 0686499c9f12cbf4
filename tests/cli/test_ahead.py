"""OPA is sent on its way before anything else only where it is sure to be the engine that is needed."""

from pathlib import Path

import pytest

from engine.cli.ahead import ahead
from engine.cli.wanted import EngineWanted


@pytest.mark.parametrize(
    ("manifest", "wanted", "packs"),
    [
        pytest.param("{}", EngineWanted(engine="embedded"), (), id="another engine"),
        pytest.param("{}", EngineWanted(url="http://localhost:1"), (), id="a server elsewhere"),
        pytest.param(
            "{}", EngineWanted(), (Path("pack"),), id="packs, whose settings need schemas of their own"
        ),
        pytest.param('{"registers":[{}]}', EngineWanted(), (), id="registers of the company, likewise"),
        pytest.param("{", EngineWanted(), (), id="a damaged snapshot, which is told where it is opened"),
        pytest.param("[]", EngineWanted(), (), id="a snapshot that is none"),
    ],
)
def test_it_is_left_to_the_usual_start(tmp_path, manifest, wanted, packs):
    (tmp_path / "manifest.json").write_text(manifest)

    with ahead(wanted, tmp_path, packs) as begun:
        assert begun is None


def test_a_program_that_cannot_be_used_is_told_where_it_is_needed(tmp_path, monkeypatch):
    monkeypatch.setenv("CLAUSEWISE_OPA", str(tmp_path / "none"))
    (tmp_path / "manifest.json").write_text("{}")

    with ahead(EngineWanted(), tmp_path, ()) as begun:
        assert begun is None
