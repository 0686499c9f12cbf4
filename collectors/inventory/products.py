"""The catalogue of communication products: what counts as such a tool at all, and how an inventory shows it."""

import re
import unicodedata
from datetime import date
from functools import cached_property
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from engine.errors import ConfigurationError

Ecosystem = Literal["deb", "rpm", "msi", "macapp", "pypi", "npm", "other"]

_DECORATION = re.compile(
    r"(v?\d+([.-]\d+)*[a-z]?|x64|x86|x86_64|amd64|arm64|64[- ]?bit|32[- ]?bit|[a-z]{2}-[a-z]{2}|version|版)"
)
"""What installers write behind a program's name: version, architecture, language."""


class Product(BaseModel):
    """A product, and the names that inventories know it by."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    product: str = Field(pattern=r"^[a-z0-9][a-z0-9.-]*$", description="short name, as registers write it")
    name: dict[str, str] = Field(min_length=1, description="language -> name for people")
    publisher: str = Field(description="who makes it")
    category: Literal["chat", "collaboration", "meeting", "mail", "other"] = Field(
        description="what it is for"
    )
    packages: tuple[str, ...] = Field(default=(), description="deb and rpm packages, whole names")
    bundles: tuple[str, ...] = Field(default=(), description="macOS bundle identifiers")
    programs: tuple[str, ...] = Field(default=(), description="Windows programs and macOS apps, whole names")
    prefixes: tuple[str, ...] = Field(default=(), description="beginnings of names of programs")
    purls: tuple[str, ...] = Field(default=(), description="package URLs, whole, without version")

    @property
    def shown(self) -> str:
        """The name for people: Chinese, and the other one if it is another."""
        return " ".join(dict.fromkeys(self.name[language] for language in sorted(self.name, reverse=True)))


class Catalogue(BaseModel):
    """All products that an inventory is searched for, as of a day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    as_of: date
    products: tuple[Product, ...]

    def with_own(self, own: "Catalogue") -> "Catalogue":
        """This catalogue and a company's own, whose products go before ours of the same name."""
        named = {product.product: product for product in (*self.products, *own.products)}
        return Catalogue(as_of=max(self.as_of, own.as_of), products=tuple(named.values()))

    def of_package(self, name: str) -> Product | None:
        """The product of a deb or rpm package."""
        return self._packages.get(name.casefold())

    def of_purl(self, purl: str) -> Product | None:
        """The product of a package URL without its version: `pkg:pypi/matrix-synapse`."""
        return self._purls.get(purl.casefold())

    def of_program(self, name: str, bundle: str = "") -> Product | None:
        """The product of a Windows program or a macOS app."""
        if bundle.casefold() in self._bundles:
            return self._bundles[bundle.casefold()]
        whole = _plain(name.removesuffix(".app"))
        found = self._programs.get(whole) or self._programs.get(_undecorated(whole))
        if found is not None:
            return found
        return next((product for prefix, product in self._prefixes if whole.startswith(prefix)), None)

    @cached_property
    def _packages(self) -> dict[str, Product]:
        return {name.casefold(): product for product in self.products for name in product.packages}

    @cached_property
    def _purls(self) -> dict[str, Product]:
        return {purl.casefold(): product for product in self.products for purl in product.purls}

    @cached_property
    def _bundles(self) -> dict[str, Product]:
        return {name.casefold(): product for product in self.products for name in product.bundles}

    @cached_property
    def _programs(self) -> dict[str, Product]:
        return {_plain(name): product for product in self.products for name in product.programs}

    @cached_property
    def _prefixes(self) -> tuple[tuple[str, Product], ...]:
        return tuple((_plain(name), product) for product in self.products for name in product.prefixes)


def parsed(place: str, text: str) -> Catalogue:
    """A catalogue from YAML.

    Raises:
        ConfigurationError: it is none; the message names the place
    """
    try:
        return Catalogue.model_validate(yaml.safe_load(text))
    except (yaml.YAMLError, ValidationError) as error:
        first = (
            f": {error.errors()[0]['loc']}: {error.errors()[0]['msg']}"
            if isinstance(error, ValidationError)
            else ""
        )
        raise ConfigurationError(
            f"{place}: no catalogue of products{first}", "take policies/products.yaml as a model"
        ) from error


def shipped() -> Catalogue:
    """The catalogue that belongs to the policy; it is data, so that it can be renewed without a new collector."""
    return parsed("products.yaml", (files("policies") / "products.yaml").read_text(encoding="utf-8"))


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _undecorated(name: str) -> str:
    """The name without the version, architecture and language behind it."""
    words = re.sub(r"[()]", " ", name).split()
    while len(words) > 1 and _DECORATION.fullmatch(words[-1]):
        words.pop()
    return " ".join(words)
