"""A run in, a folder of reports out."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from engine.canonical import canonical
from engine.errors import UsageError
from reports.formats import DEFAULT, EXTRA, FORMATS, LINES, OF_COMPANY, Given
from reports.formats.pdf import usable
from reports.frames import LANGUAGES, frame
from reports.model import Department, Model
from reports.parts import index
from reports.rendering import Asked, Earlier, Renderer, needs_instances, render_all


@dataclass(frozen=True)
class Written:
    """What lies in a folder of reports."""

    files: list[Path]
    """Sorted, relative to the folder."""
    digests: dict[str, str]
    """Code of a department -> digest of all that its files were made from."""
    kept: int
    """Departments whose files are those of before."""


def write(  # what may be asked for
    run_dir: Path,
    into: Path,
    languages: Sequence[str] = LANGUAGES,
    wanted: Sequence[str] = DEFAULT,
    *,
    workers: int = 1,
    earlier: Earlier | None = None,
) -> Written:
    """Writes the reports of a run.

    The same run gives the same bytes, wherever and whenever, whatever the number of processes. `into` is made if need
    be; whoever calls sees to it that it is empty, and that a folder half written is never taken for a whole one.

    Args:
        run_dir: the run
        into: where to
        languages: in which
        wanted: formats
        workers: processes at most, one department each at a time; memory is that of the largest department in each
        earlier: reports of before; departments that would come out the same are taken from there

    Raises:
        UsageError: a language or format that there is not, or none, or one that needs more than is installed
        SnapshotError: the run is damaged or not complete
    """
    chosen = tuple(dict.fromkeys(languages))
    if not chosen:
        raise UsageError(
            "no language: found none, needs at least one", help="say --language en, or leave the option out"
        )
    for language in chosen:
        frame(language)
    for name in wanted:
        if name not in FORMATS + EXTRA:
            raise UsageError(f"format {name!r}: not known", help=f"choose from {', '.join(FORMATS + EXTRA)}")
    if "pdf" in wanted:
        usable()
    formats = tuple(dict.fromkeys(wanted))
    into.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".parts-", dir=into) as folder:
        work = Path(folder)
        index(run_dir, work / "index.sqlite")
        asked = Asked(
            run=run_dir.absolute(),
            work=work.absolute(),
            into=into.absolute(),
            languages=chosen,
            formats=formats,
            whole=needs_instances(formats, tuple(OF_COMPANY)),
            earlier=earlier,
        )
        renderer = Renderer(asked)
        try:
            made = render_all(renderer, asked, workers)
            model = renderer.builder.model([one.department for one in made])
        finally:
            renderer.parts.close()
        common = renderer.common
        given = Given(run=common.run, pages=common.pages, words=common.words, model=model)
        files = [Path(file) for one in made for file in one.files]
        files += _of_company(given, asked, formats)
    return Written(
        files=sorted(files),
        digests={one.department.code: one.digest for one in made},
        kept=sum(one.kept for one in made),
    )


def _of_company(given: Given, asked: Asked, formats: Sequence[str]) -> list[Path]:
    """What is about all departments: put together from their parts, or from the model."""
    files = [Path("model.json")]
    with (asked.into / "model.json").open("wb") as file:
        _model(given.model, asked.work, file)
    if "jsonl" in formats:
        (asked.into / "lines").mkdir()
        for name in LINES:
            files.append(Path("lines") / f"{name}.jsonl")
            with (asked.into / files[-1]).open("wb") as file:
                for department in given.model.departments:
                    _add(asked.work, department, f"{name}.jsonl", file)
    for name in formats:
        if name in OF_COMPANY:
            for path, content in OF_COMPANY[name](given):
                target = asked.into / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
                files.append(path)
    return files


def _model(model: Model, work: Path, file: BinaryIO) -> None:
    """The whole model as canonical JSON, the departments from their parts."""
    said = model.model_copy(update={"departments": ()}).model_dump(mode="json", by_alias=True)
    for number, key in enumerate(sorted(said)):
        file.write(b"%c%s:" % (b"," if number else b"{", canonical(key)))
        if key != "departments":
            file.write(canonical(said[key]))
            continue
        for place, department in enumerate(model.departments):
            file.write(b"," if place else b"[")
            _add(work, department, "model.json", file)
        file.write(b"]" if model.departments else b"[]")
    file.write(b"}")


def _add(work: Path, department: Department, name: str, file: BinaryIO) -> None:
    with (work / department.file / name).open("rb") as part:
        shutil.copyfileobj(part, file)
