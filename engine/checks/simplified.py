"""Simplified Chinese beside the languages that checks are written in: derived by `tools/simplified.py`, read from one file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import orjson

from engine.checks.description import DERIVED, LANGUAGES, Description, Texts, placeholders
from engine.checks.policy import Chapter, Clause, Planned, Policy
from engine.errors import CatalogueError
from engine.settings import Setting

_Titled = TypeVar("_Titled", Chapter, Clause, Planned)

SOURCE = LANGUAGES[0]


@dataclass(frozen=True)
class Simplified:
    """The derived texts of the project; what is not among them is read in traditional Chinese."""

    texts: dict[str, Any] = field(default_factory=dict)

    def policy(self, policy: Policy) -> Policy:
        """The policy with titles in both scripts."""
        return policy.model_copy(
            update={
                "title": self._beside(policy.title, self.texts.get("policy")),
                "chapters": tuple(self._titled("chapters", one) for one in policy.chapters),
                "clauses": tuple(self._titled("clauses", one) for one in policy.clauses),
                "planned": tuple(self._titled("planned", one) for one in policy.planned),
            }
        )

    def setting(self, name: str, setting: Setting) -> Setting:
        """A setting with its title in both scripts."""
        title = self._beside(setting.title, self.texts.get("settings", {}).get(name))
        return setting.model_copy(update={"title": title})

    def words(self, words: Mapping[str, dict[str, str]]) -> dict[str, dict[str, str]]:
        """Words of closed lists in both scripts."""
        derived = self.texts.get("values", {})
        return {value: self._beside(texts, derived.get(value)) for value, texts in words.items()}

    def check(self, check: Description) -> Description:
        """A check in both scripts, if its derived texts still are those of the source."""
        settings = {name: self.setting(name, setting) for name, setting in check.settings.items()}
        found = self.texts.get("checks", {}).get(check.id)
        texts = dict(check.texts)
        if found is not None and DERIVED not in texts:
            derived = Texts.model_validate(found)
            if _alike(derived, check.texts[SOURCE]):
                texts[DERIVED] = derived
        return check.model_copy(update={"texts": texts, "settings": settings})

    def _titled(self, group: str, one: _Titled) -> _Titled:
        return one.model_copy(
            update={"title": self._beside(one.title, self.texts.get(group, {}).get(one.id))}
        )

    @staticmethod
    def _beside(texts: Mapping[str, str], derived: str | None) -> dict[str, str]:
        return {**({DERIVED: derived} if derived else {}), **texts}


def read_simplified(path: Path) -> Simplified:
    """The derived texts; none while there is no such file.

    Raises:
        CatalogueError: the file is damaged
    """
    if not path.is_file():
        return Simplified()
    try:
        return Simplified(orjson.loads(path.read_bytes()))
    except ValueError as error:
        raise CatalogueError(f"{path}: {error}", "write it anew: make docs") from error


def _alike(derived: Texts, source: Texts) -> bool:
    return (
        placeholders(derived.finding) == placeholders(source.finding)
        and placeholders(derived.instance) == placeholders(source.instance)
        and set(derived.evidence) == set(source.evidence)
        and (len(derived.contain), len(derived.correct)) == (len(source.contain), len(source.correct))
    )
