"""The migrations make exactly the tables that the code declares, whoever comes first."""

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from clinic_makers import assert_same, make_analysis, make_events
from plan_takes import make_item, store_session
from sqlalchemy import Engine, inspect, text

from motion.clinic import (
    Record,
    ensure_patient,
    find_live_facts,
    load_take,
    open_record,
    prescribe,
    store_analysis,
)
from motion.clinic.base import Base
from motion.clinic.database import make_engine, parse_url
from motion.clinic.migrate import REVISIONS, alembic_config
from motion.errors import RecordError
from motion.model import LiveEnd, PersonReport, SideCounts


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, Base.metadata))


def test_migrated_schema_is_the_declared_one(record: Record) -> None:
    assert differences(record._readers) == []


def test_every_foreign_key_and_unique_rule_is_named_as_declared(record: Record) -> None:
    found = inspect(record._readers)
    for table in Base.metadata.tables.values():
        keys = {key["name"] for key in found.get_foreign_keys(table.name)}
        unique = {key["name"] for key in found.get_unique_constraints(table.name)}
        assert keys == {str(key.name) for key in table.foreign_key_constraints}
        assert unique == {
            str(rule.name) for rule in table.constraints if rule.__visit_name__.startswith("unique")
        }


def test_revisions_are_those_of_the_folder(record: Record) -> None:
    with record._readers.connect() as connection:
        script = ScriptDirectory.from_config(alembic_config(connection))
    assert tuple(s.revision for s in script.walk_revisions())[::-1] == REVISIONS


def test_first_migration_can_be_undone(record: Record) -> None:
    with record._writers.connect() as connection, connection.begin():
        command.downgrade(alembic_config(connection), "base")
    assert inspect(record._readers).get_table_names() == ["alembic_version"]


def test_a_record_of_the_first_schema_is_brought_up_to_date(
    record: Record, url: str, tmp_path: Path
) -> None:
    with record._writers.connect() as connection, connection.begin():
        command.downgrade(alembic_config(connection), "0001")
    assert differences(record._readers) != []

    open_record(url, tmp_path).close()

    assert differences(record._readers) == []


def test_an_analysis_of_before_says_of_the_person_what_was_the_rule_then(record: Record) -> None:
    ensure_patient(record, "P1")
    stored = store_analysis(record, make_analysis(person=PersonReport(chosen_by="left")), "P1")
    with record.writing() as session:
        session.execute(text("UPDATE analysis SET person_chosen_by = NULL, sides_suspicion = NULL"))

    analysis = load_take(record, stored.id).analysis

    assert (analysis.person, analysis.sides) == (PersonReport(), SideCounts())


def test_a_take_of_before_walking_was_measured_comes_back_as_it_was(
    record: Record, url: str, tmp_path: Path
) -> None:
    ensure_patient(record, "P1")
    before = make_analysis(events=(*make_events(), replace(make_events()[0], confidence=math.nan)))
    stored = store_analysis(record, before, "P1")
    with record._writers.connect() as connection, connection.begin():
        command.downgrade(alembic_config(connection), "0004")
        assert not inspect(connection).has_table("stride")

    with open_record(url, tmp_path) as opened:
        found = load_take(opened, stored.id).analysis

    assert differences(record._readers) == []
    # Schema 0004 knew no walks.
    events = tuple(replace(event, walk=0) for event in before.events)
    assert_same(found, replace(before, events=events))
    assert found.gait is None


def test_pain_that_was_answered_before_was_pressed(
    record: Record, url: str, tmp_path: Path
) -> None:
    ensure_patient(record, "P1")
    item = prescribe(record, "P1", make_item())
    told = ({"pain_during": 7}, {"end": LiveEnd.PAIN}, {})
    takes = [store_session(record, item, n, **said).id for n, said in enumerate(told, 1)]
    with record._writers.connect() as connection, connection.begin():
        command.downgrade(alembic_config(connection), "0007")

    with open_record(url, tmp_path) as opened:
        found = [find_live_facts(opened, take) for take in takes]

    assert differences(record._readers) == []
    assert [facts.pain_pressed for facts in found if facts] == [True, True, False]
    assert [facts.hold_wanted_s for facts in found if facts] == [0.0] * 3
    assert [len(facts.repetitions) for facts in found if facts] == [1] * 3


def test_newer_record_is_refused(record: Record, url: str, tmp_path: Path) -> None:
    with record.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0107'"))

    said = r"newer version of this software \(schema 0107, this version knows 0009\): update"
    with pytest.raises(RecordError, match=said) as caught:
        open_record(url, tmp_path)
    assert "\n" not in str(caught.value)


def assert_many_can_open(url: str, folder: Path) -> None:
    with ThreadPoolExecutor(6) as pool:
        for opened in list(pool.map(lambda _: open_record(url, folder), range(6))):
            opened.close()
    engine = make_engine(parse_url(url), 10)
    assert differences(engine) == []
    engine.dispose()


def test_many_open_a_new_record_at_once(tmp_path: Path) -> None:
    assert_many_can_open(f"sqlite:///{tmp_path / 'new' / 'motion.db'}", tmp_path)


@pytest.mark.postgresql
def test_many_open_a_new_postgresql_record_at_once(empty_postgresql: str, tmp_path: Path) -> None:
    assert_many_can_open(empty_postgresql, tmp_path)
