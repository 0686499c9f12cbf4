"""Which department's shard each fact lies in, and what the shard needs from others."""

from collections import defaultdict

from engine.facts import COMPANY, Fact
from engine.relations.keys import reference_values
from engine.relations.organisation import Organisation
from engine.relations.workspace import Record, Workspace

_OPEN = frozenset({"active", "invited", "locked", "suspended"})


class Partition:
    """Every fact in exactly one shard; company-wide ones with the department that they concern."""

    def __init__(self, space: Workspace, organisation: Organisation) -> None:
        self._space = space
        self._organisation = organisation
        self._types = space.types
        self._sharded = {entity: model for entity, model in space.types.items() if not model.company_wide}
        self._by_plural = {model.plural: entity for entity, model in self._sharded.items()}
        self._entity_of = {uid: entity for entity, records in space.records.items() for uid in records}
        self._home: dict[str, str] = {}
        for uid in sorted(self._entity_of):
            self._settle(uid, ())
        self._bearing = self._what_bears_on()
        self._serving = self._who_serves()
        self._anybodys = self._what_may_be_anybodys()

    def home(self, uid: str) -> str:
        """Code of the department of a fact; the company for what nobody knows."""
        return self._home.get(uid, COMPANY)

    def _settle(self, uid: str, on_the_way: tuple[str, ...]) -> str:
        if uid in self._home:
            return self._home[uid]
        entity = self._entity_of.get(uid)
        if entity is None or uid in on_the_way:
            return COMPANY
        record = self._space.records[entity][uid]
        code = COMPANY
        for step in self._types[entity].home:
            value = record.get(step.removeprefix("@"))
            if isinstance(value, list | tuple):
                code = min({self._organisation.present(each) for each in value} - {COMPANY}, default=COMPANY)
            elif isinstance(value, str):
                code = (
                    self._settle(value, (*on_the_way, uid))
                    if step.startswith("@")
                    else self._organisation.present(value)
                )
            if code != COMPANY:
                break
        self._home[uid] = code
        return code

    def codes(self) -> list[str]:
        """Codes of all shards: every department in force, and the company."""
        organisation = self._organisation
        return sorted(
            {code for code in organisation.by_code if organisation.present(code) == code} | {COMPANY}
        )

    def shards(self) -> dict[str, dict[str, list[Record]]]:
        """Code -> array -> the shard's own records, by uid."""
        shards: dict[str, dict[str, list[Record]]] = {
            code: {m.plural: [] for m in self._sharded.values()} for code in self.codes()
        }
        for entity, model in self._sharded.items():
            for record in self._space.all(entity):
                shards[self.home(record["uid"])][model.plural].append(record)
        return shards

    def context(self, code: str, shard: dict[str, list[Record]]) -> dict[str, list[Record]]:
        """What the shard's records, and the company-wide ones that concern it, refer to elsewhere, however far.

        The company's facts about what the shard has or refers to are there as well: checks of a store, scans of a server;
        what an account that is closed is still a member of; the servers of tools that are judged here; and what may be
        anybody's, for nobody knows whose it is.
        """
        found: dict[str, list[Record]] = {model.plural: [] for model in self._sharded.values()}
        seen: set[str] = set()
        own = [(self._by_plural[plural], record) for plural, records in shard.items() for record in records]
        self._follow(code, [*own, *self._concerning(code)], seen, found)
        serving = self._serving.get(code, [])
        near = {record["uid"] for _, record in (*own, *serving)}
        for entity, record in own:
            near.update(reference_values(self._types[entity], record))
        self._add(code, serving, seen, found)
        bearing = [row for uid in sorted(near) for row in self._bearing.get(uid, ())]
        self._add(code, bearing, seen, found)
        self._add(code, self._anybodys, seen, found)
        return {
            plural: sorted(records, key=lambda record: record["uid"]) for plural, records in found.items()
        }

    def _add(
        self,
        code: str,
        rows: list[tuple[str, Record]],
        seen: set[str],
        found: dict[str, list[Record]],
    ) -> None:
        for entity, record in rows:
            if record["uid"] not in seen and self.home(record["uid"]) != code:
                seen.add(record["uid"])
                found[self._types[entity].plural].append(record)
                self._follow(code, [(entity, record)], seen, found)

    def _what_may_be_anybodys(self) -> list[tuple[str, Record]]:
        return [
            (entity, record)
            for entity, model in self._sharded.items()
            if model.belongs_to
            for record in self._space.all(entity)
            if record.get(model.belongs_to) not in self._entity_of
        ]

    def _who_serves(self) -> dict[str, list[tuple[str, Record]]]:
        """Code -> hosts that serve the applications that are judged there."""
        found: dict[str, list[tuple[str, Record]]] = defaultdict(list)
        for host in self._space.all("host"):
            for code in sorted({self.home(uid) for uid in host.get("serves", ())}):
                found[code].append(("host", host))
        return found

    def _follow(
        self, code: str, todo: list[tuple[str, Record]], seen: set[str], found: dict[str, list[Record]]
    ) -> None:
        while todo:
            entity, record = todo.pop()
            for uid in reference_values(self._types[entity], record):
                target = self._entity_of.get(uid)
                if target is None or uid in seen:
                    continue
                seen.add(uid)
                referred = self._space.records[target][uid]
                todo.append((target, referred))
                if target in self._sharded and self.home(uid) != code:
                    found[self._types[target].plural].append(referred)

    def _what_bears_on(self) -> dict[str, list[tuple[str, Record]]]:
        """Uid -> facts about it that lie elsewhere; not for hosts that serve nothing: a scan may cover thousands."""
        found: dict[str, list[tuple[str, Record]]] = defaultdict(list)
        hosts = self._space.records["host"]
        for entity, model in self._sharded.items():
            for record in self._space.all(entity) if model.bears_on else ():
                if self.home(record["uid"]) != COMPANY:
                    continue
                for field in model.bears_on:
                    value = record.get(field, ())
                    for uid in (value,) if isinstance(value, str) else value:
                        if hosts.get(uid, {}).get("serves") != []:
                            found[uid].append((entity, record))
        for record in self._space.all("membership"):
            account = self._space.records["account"].get(record["account"])
            if (
                account
                and account["state"] not in _OPEN
                and self.home(record["uid"]) != self.home(account["uid"])
            ):
                found[account["uid"]].append(("membership", record))
        return found

    def _concerning(self, code: str) -> list[tuple[str, Record]]:
        lines = {code, *self._organisation.above(code)}
        rows = [("department", row) for row in self._space.all("department") if row["code"] in lines]
        by_entity: dict[str, list[Record]] = defaultdict(list)
        for entity in self._wide():
            if entity != "department":
                by_entity[entity] = [
                    row
                    for row in self._space.all(entity)
                    if self.home(row["uid"]) == code
                    or code in row.get("also_for", ())
                    or entity == "application"
                ]
        return rows + [(entity, row) for entity, found in by_entity.items() for row in found]

    def company(self) -> dict[str, list[Record]]:
        """Array -> the company-wide records, by uid."""
        return {model.plural: list(self._space.all(entity)) for entity, model in self._wide().items()}

    def _wide(self) -> dict[str, type[Fact]]:
        return {entity: model for entity, model in self._types.items() if model.company_wide}
