"""Pages: the model in HTML that needs nothing but itself. No script, no request, nothing unescaped."""

from collections.abc import Mapping, Sequence
from functools import cache
from html import unescape

from jinja2 import Environment, PackageLoader, StrictUndefined

from engine.findings import SEVERITIES
from reports.catalogue import Catalogue
from reports.charts import coverage_bar, severity_chart, trend_chart
from reports.model import Department, Model
from reports.model.annex_shapes import AnnexPage
from reports.model.rollup import JOBS
from reports.model.run_shapes import RunView
from reports.model.trend import ROLL_COLUMNS
from reports.words import Words

SYMBOLS = {"critical": "■", "high": "◆", "medium": "▲", "low": "●"}
"""Colour is never alone: a symbol and a word say the same."""


class Pages:
    """Renders the pages of one run."""

    def __init__(
        self, run: RunView, catalogue: Catalogue, languages: tuple[str, ...], *, action_lists: bool = False
    ) -> None:
        self._run = run
        self._languages = languages
        self._action_lists = action_lists
        self._words = {language: Words(language, catalogue, run.year) for language in languages}
        self._environment = _environment()

    def department(self, department: Department, language: str) -> str:
        """The report of a department."""
        return self._render("department.html.j2", language, {"d": department})

    def annex(self, department: Department, page: AnnexPage, language: str) -> str:
        """A page of the annex of a department whose lists are too long for its report."""
        by_check = {finding.check: finding for finding in (*department.findings, *department.waived)}
        values = {"d": department, "page": page, "found": by_check}
        return self._render("annex-page.html.j2", language, values)

    def overview(self, model: Model, language: str) -> str:
        """The overview of the company."""
        return self._render("overview.html.j2", language, {"m": model, "c": model.company})

    def changes(self, language: str) -> str:
        """What changed since the version before, and for whom."""
        return self._render("changes.html.j2", language, {})

    def index(self, model: Model) -> str:
        """Where everything is: departments, checks and findings, in all languages of the folder."""
        return self._render(
            "index.html.j2",
            self._languages[0],
            {"m": model, "all_words": list(self._words.values()), "action_lists": self._action_lists},
        )

    def auditor(self, model: Model, language: str, values: Mapping[str, object]) -> str:
        """The first page of an auditor's pack."""
        return self._render("auditor.html.j2", language, {"m": model, **values})

    def mail(self, lines: Sequence[str], language: str) -> str:
        """The body of a mail: its lines, and nothing that a mail program would have to fetch."""
        return self._render("mail.html.j2", language, {"lines": lines})

    def _render(self, template: str, language: str, values: Mapping[str, object]) -> str:
        return self._environment.get_template(template).render(
            run=self._run, w=self._words[language], severities=SEVERITIES, **values
        )


def css_string(text: str) -> str:
    """The text as it may stand between quotes in a style sheet: all but letters and digits as escapes.

    What was made fit for HTML is taken back first, for a browser does not look for `&#39;` in a style sheet: it would print it.
    """
    plain = unescape(text) if hasattr(text, "__html__") else text
    return "".join(char if char.isalnum() else f"\\{ord(char):06x}" for char in plain)


@cache
def _environment() -> Environment:
    """All templates; each is compiled once in a process, whatever the number of runs."""
    environment = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["css_string"] = css_string
    environment.globals.update(
        roll_columns=ROLL_COLUMNS,
        job_of=JOBS.get,
        symbols=SYMBOLS,
        trend_chart=trend_chart,
        severity_chart=severity_chart,
        coverage_bar=coverage_bar,
    )
    return environment
