"""An engine that starts before its documents are there answers as any other."""

import pytest

from engine.errors import EngineError, RulesError
from engine.opa import Beginning, running


def test_the_documents_may_come_later(spec, shard, thing):
    said = spec.documents.read_bytes()
    with running(spec) as session:
        expected = session.evaluate(shard(thing))
    spec.documents.unlink()

    begun = Beginning(spec)
    spec.documents.write_bytes(said)
    with running(spec, begun) as session:
        found = session.evaluate(shard(thing))

    assert found == expected
    assert found.checks["1-a"]["violations"] == [{"subject": "a", "evidence": {}}]


def test_one_that_nobody_asks_ends_all_the_same(opa_spec):
    begun = Beginning(opa_spec)
    process, folder = begun._engine._begun._process, begun._engine._folder
    assert process.poll() is None

    begun.close()
    begun.close()

    assert process.poll() is not None
    assert not folder.exists()


def test_documents_that_are_missing_in_the_end_are_an_error_and_leave_nothing_running(opa_spec):
    begun = Beginning(opa_spec)
    process = begun._engine._begun._process
    opa_spec.documents.unlink()

    with pytest.raises(OSError, match="No such file"), running(opa_spec, begun):
        pass

    assert process.poll() is not None


def test_documents_that_take_the_place_of_rules_are_refused(opa_spec):
    opa_spec.documents.write_text('{"audit": {"report": {}}}')

    with pytest.raises((EngineError, RulesError), match="audit"), running(opa_spec):
        pass
