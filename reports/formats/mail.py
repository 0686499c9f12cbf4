"""EML: a draft of the mail to each head of department, with report and action list. Nothing is sent."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from engine.findings import SEVERITIES
from reports.clean import shortened
from reports.formats.given import Common
from reports.formats.pages import named_pages
from reports.formats.plain import line
from reports.formats.workbook import workbook
from reports.model import Department
from reports.model.front_shapes import Action
from reports.model.rollup import JOBS
from reports.model.run_shapes import RunView
from reports.moments import seconds
from reports.words import Words

_XLSX = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_SUBJECT = 200
"""Characters that mail programs show of a subject, and more."""


def mails(common: Common, department: Department) -> Iterator[tuple[Path, bytes]]:
    """A draft in each language; whoever sends it adds the address."""
    for language, words in common.words.items():
        message = _message(common, department, words)
        yield Path("mails") / f"{department.file}.{language}.eml", message.as_bytes()


def _message(common: Common, department: Department, words: Words) -> EmailMessage:
    run = common.run
    digest = hashlib.sha256(f"{run.id}\x1f{department.code}\x1f{words.language}".encode()).hexdigest()
    message = EmailMessage(policy=SMTP)
    message["Subject"] = _subject(department, run, words)
    message["Date"] = format_datetime(datetime.fromtimestamp(seconds(run.as_of_at), UTC))
    message["Message-ID"] = f"<{digest}@clausewise.invalid>"
    message["X-Unsent"] = "1"  # mail programs that know it open the file as a draft
    message["Content-Language"] = words.language
    said = list(_lines(department, run, words))
    message.set_content("\n".join(said) + "\n", cte="base64")
    message.add_alternative(common.pages.mail(said, words.language), subtype="html", cte="base64")
    name = f"{department.file}.{words.language}"
    for file, page in named_pages(common, department, words.language):
        message.add_attachment(page.decode(), subtype="html", cte="base64", filename=file)
    listed = workbook(department, run, words)
    message.add_attachment(listed, maintype="application", subtype=_XLSX, filename=f"{name}.xlsx")
    _bound(message, digest)
    return message


def _bound(message: EmailMessage, digest: str) -> None:
    """Boundaries from the digest, where they would be drawn at random."""
    parts = [part for part in message.walk() if part.is_multipart()]
    for number, part in enumerate(parts):
        part.set_boundary(f"=_{digest[:32]}_{number}")


def _subject(department: Department, run: RunView, words: Words) -> str:
    """Department, quarter, counts and the first date; nobody's name."""
    name = department.name_short or words.t("company")
    period = words.quarter(run.year, run.quarter)
    counts = words.listed(
        tuple(
            f"{words.t(f'severity.{severity}')} {department.front.severities[severity]}"
            for severity in SEVERITIES
            if department.front.severities[severity]
        )
    )
    said = f"{words.t('department.title')} · {name} · {period}"
    if run.issue.state == "draft":
        said = f"[{words.t('issue.draft')}] {said}"
    elif run.issue.version > 1:
        said += f" · {words.t('front.version', version=run.issue.version)}"
    if counts:
        said += f" · {counts}"
    if department.front.first_due:
        first = words.t("mail.first", day=department.front.first_due)
        said += f" · {first}"
    elif department.front.open:
        none = words.t("mail.none_ahead")
        said += f" · {none}"
    # NOTE: where a header is folded, Python before 3.13 loses a plain space between two words that are not ASCII
    return shortened(line(said), _SUBJECT).replace(" · ", "\u00a0·\u00a0")


def _lines(department: Department, run: RunView, words: Words) -> Iterator[str]:
    """What the mail says, a paragraph an item."""
    front = department.front
    if run.issue.state == "draft":
        yield words.t("issue.draft_banner")
    yield words.t("mail.to_head_of_it" if department.code.startswith("_") else "mail.to_head")
    if department.changes:
        yield words.version(run.issue, department.changes)
    yield words.space.join(words.say(sentence) for sentence in front.verdict)
    if front.actions:
        yield words.t("front.actions", n=len(front.actions))
        for number, action in enumerate(front.actions, start=1):
            yield f"{number}. {_action(action, words, front.sign_by)}"
    else:
        yield words.t("front.no_actions")
    if front.also:
        yield f"{words.also(front.also)}{words.t('colon')}{words.listed(tuple(one.check for one in front.also.checks))}"
    yield words.say(front.closing)
    yield words.t("mail.attached")
    yield words.t("dispute.how")
    if run.contact:
        yield line(words.t("dispute.contact", contact=run.contact))


def _action(action: Action, words: Words, answer_by: str) -> str:
    if action.kind == "data":
        said = words.t("action.data", n=action.violations, reason=words.one_of("reason", action.reason))
        return f"{said} · {words.one_of('job', JOBS.get(action.reason, 'it'))}"
    texts = words.check(action.check)
    step = next(iter((*texts.contain, *texts.correct)), None)
    late = words.t("action.overdue", by=words.day(answer_by)) if action.kind == "overdue" else ""
    parts = [
        late + (step.do if step else texts.title),
        f"{action.check} {texts.title}",
        words.about(action),
    ]
    if action.contain_by:
        parts.append(words.by("contain_by", action.contain_by, passed=action.contain_passed))
    parts.append(words.by("correct_by", action.correct_by, passed=action.correct_passed))
    return " · ".join(line(part) for part in parts)
