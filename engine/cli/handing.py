"""`clausewise handout`: a folder or an encrypted ZIP a department, to be sent without the others."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from engine.canonical import canonical, load
from engine.cli.passwords import read_passwords
from engine.cli.talk import say
from engine.errors import SnapshotError, UsageError
from engine.snapshot.folder import (
    MANIFEST,
    differences,
    digest_of,
    files_below,
    fresh_folder,
    read_manifest,
    write_private,
)
from reports.parcels import parcels

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_EPOCH = (1980, 1, 1, 0, 0, 0)


@click.command("handout")
@click.argument("reports", type=_FOLDER)
@click.option(
    "--into", type=click.Path(path_type=Path), required=True, help="Folder for all of them; new or empty."
)
@click.option("--department", "only", multiple=True, help="Code of a department; repeatable [default: all].")
@click.option("--encrypt", is_flag=True, help="A ZIP each (AES-256), every one with a password of its own.")
@click.option(
    "--password-env",
    "prefix",
    metavar="PREFIX",
    help="Variables PREFIX_IT, PREFIX_FIN … of the environment hold the passwords [default: asked for].",
)
@click.option(
    "--password-file",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File with a line a department, IT: password; /dev/fd/3 for an open descriptor.",
)
def handout_command(
    reports: Path, into: Path, only: tuple[str, ...], encrypt: bool, prefix: str | None, file: Path | None
) -> None:
    """Lay out what each department is to be given: its own report and action list, and nothing of the others.

    \b
    Example:
      clausewise handout demo/reports --into handout
      clausewise handout demo/reports --into handout --encrypt --password-env CLAUSEWISE_ZIP
    """
    if (prefix or file) and not encrypt:
        raise UsageError("--password-env, --password-file: for what is not encrypted", "say --encrypt too")
    if prefix and file:
        raise UsageError("--password-env and --password-file: found both, needs one of them")
    names, found = _found(reports, only)
    passwords = read_passwords(found, prefix, file) if encrypt else None
    with fresh_folder(into) as work:
        for code, files in found.items():
            target = work / names[code]
            if passwords is None:
                _folder(reports, target, files)
            else:
                _archive(reports, target.with_name(f"{names[code]}.zip"), names[code], files, passwords[code])
    for code in found:
        click.echo(str(into / (f"{names[code]}.zip" if encrypt else names[code])))
    if encrypt:
        say("tell each password by another way than the file, and to that department alone")


def _found(reports: Path, only: Sequence[str]) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Department -> what its files are called; and -> its files, of reports that nobody changed."""
    listed = read_manifest(reports, "reports/1")["files"]
    wrong = differences(reports, listed)
    if wrong:
        raise SnapshotError(f"{reports.name}/{wrong[0]}", "name the reports as they were written")
    names = {row["code"]: row["file"] for row in load(reports / "model.json")["departments"]}
    strange = sorted(set(only) - names.keys())
    if strange:
        raise UsageError(
            f"--department {strange[0]}: no such department", f"name one of {', '.join(sorted(names))}"
        )
    chosen = {code: name for code, name in names.items() if code in only or not only}
    found = parcels(listed, chosen)
    empty = sorted(code for code, files in found.items() if not files)
    if empty:
        raise SnapshotError(
            f"{reports.name}: holds no file of {empty[0]}",
            "report again with pages or action lists: --format html --format xlsx",
        )
    return names, found


def _contents(reports: Path, files: Sequence[str]) -> dict[str, bytes]:
    return {Path(name).name: (reports / name).read_bytes() for name in files}


def _folder(reports: Path, target: Path, files: Sequence[str]) -> None:
    target.mkdir(mode=0o700)
    for name, data in _contents(reports, files).items():
        write_private(target / name, data)
    write_private(target / MANIFEST, _manifest(files_below(target)))


def _manifest(files: Mapping[str, dict[str, object]]) -> bytes:
    return canonical({"schema": "reports/1", "files": dict(files), "digest": digest_of(dict(files))}) + b"\n"


def _archive(reports: Path, target: Path, name: str, files: Sequence[str], password: str) -> None:
    """A ZIP that 7-Zip, WinZip and the like open with the password; the names of the files in it say nobody's name."""
    try:
        import pyzipper  # noqa: PLC0415  # only who encrypts needs it
    except ImportError as error:
        raise UsageError(
            "--encrypt: the library for encrypted archives is not installed",
            "pip install 'clausewise[encrypted]'",
        ) from error
    write_private(target, b"")
    with pyzipper.AESZipFile(
        target, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES
    ) as archive:
        archive.setpassword(password.encode())
        archive.setencryption(pyzipper.WZ_AES, nbits=256)
        for file, data in _contents(reports, files).items():
            info = archive.zipinfo_cls(f"{name}/{file}", date_time=_EPOCH)
            info.compress_type = pyzipper.ZIP_DEFLATED
            archive.writestr(info, data)
