"""What all pages share: templates that escape every value, one policy that forbids foreign anything, and words in two languages.

A page carries its style and its script inline and names them in its Content-Security-Policy by their digests, so nothing else
runs or loads, whatever a document holds: no handler attribute, no other script, no image, font or frame from anywhere.
"""

from __future__ import annotations

import functools
import os
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schemas.errors import UsageError
from warehouse.pages.words import number, percent, when, words

if TYPE_CHECKING:
    from jinja2 import Environment

# What HTML does not allow, lone surrogates (no UTF-8), and marks that turn the direction of the text after them.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_ASSETS = Path(__file__).parent / "assets"


def policy(style: str, script: str | None) -> str:
    """The Content-Security-Policy of a page with this style and this script and nothing else.

    >>> policy("p {}", None)
    "default-src 'none'; style-src 'sha256-SNJDlN1Iy2mnt7DOjQIyDb2LQE6O5PQiSZomcdzawQ4='; base-uri 'none'; form-action 'none'"
    """
    parts = ["default-src 'none'", f"style-src '{_digest(style)}'"]
    if script is not None:
        parts += [f"script-src '{_digest(script)}'", "require-trusted-types-for 'script'"]
    return "; ".join([*parts, "base-uri 'none'", "form-action 'none'"])


def _digest(content: str) -> str:
    return "sha256-" + b64encode(sha256(content.encode()).digest()).decode()


def render(name: str, scripted: bool = True, **values: Any) -> str:
    """The page ``templates/NAME.html``: its styles are ``kit.css`` and ``NAME.css``, its scripts ``kit.js`` and ``NAME.js``.

    Not ``scripted``, it may run none at all.
    """
    from markupsafe import Markup

    style, script = _assets(name, "css"), _assets(name, "js") if scripted else None
    template = _environment().get_template(f"{name}.html")
    html = template.render(policy=policy(style, script), style=Markup(style), script=Markup(script or ""), **values)
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", html)


@functools.cache
def _assets(name: str, kind: str) -> str:
    files = [path for part in ("kit", name) if (path := _ASSETS / f"{part}.{kind}").exists()]
    content = "\n".join(path.read_text(encoding="utf-8") for path in files)
    assert "</" not in content, "an asset that holds an end tag would end its element early"
    return content


@functools.cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.update(w=words)
    environment.filters.update(number=number, percent=percent, when=when)
    return environment


def write_page(path: Path, html: str) -> Path:
    """Write a page so that it is there whole or not at all. Raises UsageError where it can't be written."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_text(html, encoding="utf-8")
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise UsageError(f"can't write {path}: {error.strerror}") from None
    return path
