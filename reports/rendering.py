"""One department after the other into its files, in this process or in several: the same bytes either way."""

import os
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from engine.canonical import canonical, digest
from engine.errors import SnapshotError
from engine.findings import DepartmentRow
from reports.formats import OF_DEPARTMENTS, WITHOUT_INSTANCES, Common
from reports.formats.lines import department_lines
from reports.html import Pages
from reports.model import Department, ModelBuilder
from reports.model.finding_shapes import FindingView
from reports.parcels import parcels
from reports.parts import Parts
from reports.renderer import renderer
from reports.words import Words

BYTES_WORTH_A_PROCESS = 4_000_000
"""Findings that take longer to put down than a process takes to start."""


@dataclass(frozen=True)
class Earlier:
    """Reports that were written before."""

    folder: Path
    digests: dict[str, str]
    """Code of a department -> what its files were made from."""
    files: tuple[str, ...]
    """Paths of all of them."""
    touched: frozenset[str]
    """Those that somebody changed or took away since."""

    def of(self, file: str) -> tuple[str, ...]:
        """The files of a department that is called so."""
        return parcels(self.files, {"": file})[""]


@dataclass(frozen=True)
class Asked:
    """What is to be written, and where; everything that another process needs to know."""

    run: Path
    work: Path
    """Folder for the index and for the parts of files that are about all departments."""
    into: Path
    languages: tuple[str, ...]
    formats: tuple[str, ...]
    whole: bool
    """Whether instances are needed again, for a file about all departments."""
    earlier: Earlier | None


@dataclass(frozen=True)
class Rendered:
    """A department, put down."""

    department: Department
    """Without its instances, unless they were asked for."""
    files: tuple[str, ...]
    digest: str
    kept: bool
    """Whether its files are those of before."""


class Renderer:
    """Puts departments down, one by one."""

    def __init__(self, asked: Asked) -> None:
        self.parts = Parts(asked.run, asked.work / "index.sqlite")
        self.builder = ModelBuilder(self.parts.common)
        catalogue = self.parts.common.catalogue
        run = self.builder.run
        self.common = Common(
            run=run,
            pages=Pages(run, catalogue, asked.languages, action_lists="xlsx" in asked.formats),
            words={language: Words(language, catalogue, run.year) for language in asked.languages},
        )
        self._asked = asked
        self._writers = [OF_DEPARTMENTS[name] for name in asked.formats if name in OF_DEPARTMENTS]
        self._context = digest(
            canonical(
                {
                    "run": run.model_dump(mode="json", by_alias=True),
                    "texts": digest((asked.run / "catalogue.json").read_bytes()),
                    "languages": list(asked.languages),
                    "formats": sorted(set(asked.formats) & set(OF_DEPARTMENTS)),
                    "renderer": renderer(),
                }
            )
        )

    def render(self, row: DepartmentRow) -> Rendered:
        """A department's files, and its part of those about all departments."""
        department = self.builder.department(row, self.parts.department(row.code))
        place = self._asked.work / department.file
        place.mkdir()
        model = canonical(department.model_dump(mode="json", by_alias=True))
        (place / "model.json").write_bytes(model)
        if "jsonl" in self._asked.formats:
            department_lines(self.common, department, place)
        made_from = digest(self._context.encode() + model)
        before = self._asked.earlier
        files = before.of(department.file) if before else ()
        kept = bool(before and before.digests.get(row.code) == made_from and before.touched.isdisjoint(files))
        if before and kept:
            for file in files:
                _put(before.folder / file, self._asked.into / file)
        else:
            files = tuple(self._written(department))
        return Rendered(
            department=department if self._asked.whole else without_instances(department),
            files=files,
            digest=made_from,
            kept=kept,
        )

    def _written(self, department: Department) -> Iterator[str]:
        for writer in self._writers:
            for path, content in writer(self.common, department):
                target = self._asked.into / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
                yield path.as_posix()


def render_all(renderer_: Renderer, asked: Asked, workers: int) -> list[Rendered]:
    """All departments in their order, the largest begun first.

    Raises:
        SnapshotError: the run is damaged, or a process ended before its work did
    """
    rows = renderer_.builder.rows
    sizes = {row.code: renderer_.parts.size(row.code) for row in rows}
    enough = min(workers, len(rows), 1 + sum(sizes.values()) // BYTES_WORTH_A_PROCESS)
    if enough == 1:
        return [renderer_.render(row) for row in rows]
    # NOTE: started anew, not forked: whoever calls may have threads
    with ProcessPoolExecutor(enough, get_context("spawn"), initializer=_begin, initargs=(asked,)) as pool:
        begun = {
            row.code: pool.submit(_render, row)
            for row in sorted(rows, key=lambda row: (-sizes[row.code], row.code))
        }
        try:
            return [begun[row.code].result() for row in rows]
        except BrokenProcessPool as error:
            raise SnapshotError(
                "the reports: a process that wrote a part of them was ended from outside, nothing was written",
                "try again with fewer --workers; if memory is short, each takes what its largest department needs",
            ) from error
        finally:
            pool.shutdown(cancel_futures=True)


_mine: list[Renderer] = []
"""The renderer of a process that was started to render, and of no other."""


def _begin(asked: Asked) -> None:
    _mine.append(Renderer(asked))


def _render(row: DepartmentRow) -> Rendered:
    return _mine[0].render(row)


def needs_instances(formats: Sequence[str], of_company: Sequence[str]) -> bool:
    """Whether a file about all departments names instances."""
    return bool((set(formats) & set(of_company)) - WITHOUT_INSTANCES)


def without_instances(department: Department) -> Department:
    """The department as the pages about all departments need it."""

    def bare(findings: Sequence[FindingView]) -> tuple[FindingView, ...]:
        return tuple(finding.model_copy(update={"instances": ()}) for finding in findings)

    return department.model_copy(
        update={
            "findings": bare(department.findings),
            "waived": bare(department.waived),
            "closed": bare(department.closed),
            "undecided": (),
            "annex": (),
        }
    )


def _put(source: Path, target: Path) -> None:
    """The same file in another folder; a link where the file system has them, so that a large report costs nothing."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
