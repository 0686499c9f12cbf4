"""A test whose server cannot be had is skipped and says why; where everything has to be there, it fails."""

import subprocess

import installed
import pytest


@pytest.mark.parametrize(
    ("ci", "outcome"),
    [("", pytest.skip.Exception), ("false", pytest.skip.Exception), ("true", pytest.fail.Exception)],
)
def test_what_a_machine_lacks_is_a_failure_in_ci_alone(monkeypatch, ci, outcome):
    def lacking(name):
        raise subprocess.CalledProcessError(1, name)

    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(installed, "environment", lacking)

    with pytest.raises(outcome, match="no chat server to test with"):
        installed.python_of("synapse", "chat server")
