"""Reading comfort in a PDF made for oneself: the same letters, size, spacing and tint as on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.contrib.staticfiles import finders

from accounts.models import User
from pqs_portal.lib.pdf import Figure, figure_address

LATIN, FURTHER = "latin", "latin-ext"
WEIGHTS = (400, 700)
# The letters' name, their files under static/fonts (devtools/build_assets.py), and which alphabets these hold.
FONTS = {
    User.Font.HYPERLEGIBLE: ("Atkinson Hyperlegible", "atkinson-hyperlegible", (LATIN, FURTHER)),
    User.Font.DYSLEXIC: ("OpenDyslexic", "opendyslexic", (LATIN,)),
    User.Font.SERIF: ("Source Serif 4", "source-serif-4", (LATIN, FURTHER)),
}
# Sizes of the text, of headings 2 and 3, and of small print, in points; without a choice 10.5, 14, 11 and 9.
SIZES = {User.Size.LARGE: (12.5, 16, 13, 11), User.Size.LARGEST: (15, 18, 15.5, 13)}
# Line height; space between letters and words, and after a paragraph, in ems.
SPACINGS = {User.Spacing.WIDE: (1.6, 0.05, 0.1, 1.5), User.Spacing.WIDEST: (1.8, 0.12, 0.16, 2)}
# As in static/css/comfort.css.
TINTS = {
    User.Tint.CREAM: "#fcf5e3",
    User.Tint.BLUE: "#e9f2fb",
    User.Tint.GREEN: "#e9f6ea",
    User.Tint.PINK: "#fceef1",
    User.Tint.GREY: "#eeeeee",
}


@dataclass(frozen=True)
class Comfort:
    """Rules that stand after the document's own, and the fonts that they name."""

    css: str = ""
    fonts: Mapping[str, Figure] = field(default_factory=dict)


def comfort_of(reader: User | None) -> Comfort:
    """What ``reader`` has chosen; nothing without one."""
    if reader is None:
        return Comfort()
    fonts = _fonts(reader.font)
    rules = [*(_face(reader.font, name) for name in fonts), *_rules(reader)]
    return Comfort("\n".join(rules), fonts)


def _fonts(chosen: str) -> dict[str, Figure]:
    if chosen not in FONTS:
        return {}
    _, file, alphabets = FONTS[User.Font(chosen)]
    names = [f"{file}-{alphabet}-{weight}-normal.woff2" for alphabet in alphabets for weight in WEIGHTS]
    return {name: Figure(_static(f"fonts/{name}"), "font/woff2") for name in names}


def _static(name: str) -> bytes:
    path = finders.find(name)
    if path is None:
        raise FileNotFoundError(name)
    return Path(path).read_bytes()


def _family(chosen: str, file: str) -> str:
    name = FONTS[User.Font(chosen)][0]
    return f"{name} Ext" if f"-{FURTHER}-" in file else name


def _face(chosen: str, file: str) -> str:
    weight = next(weight for weight in WEIGHTS if f"-{weight}-" in file)
    family = _family(chosen, file)
    return f'@font-face {{ font-family: "{family}"; font-weight: {weight}; src: url("{figure_address(file)}") }}'


def _rules(reader: User) -> list[str]:
    rules = []
    if reader.font in FONTS:
        name = FONTS[User.Font(reader.font)][0]
        family = f'font-family: "{name}", "{name} Ext", Arial, "Liberation Sans", "DejaVu Sans", sans-serif'
        boxes = " ".join(f"@{place} {{ {family} }}" for place in ("bottom-left", "bottom-right", "top-right"))
        rules += [f"html {{ {family} }}", f"@page {{ {boxes} }}"]
    if reader.text_size in SIZES:
        text, second, third, small = SIZES[User.Size(reader.text_size)]
        rules += [
            f"html {{ font-size: {text}pt }}",
            f"h2 {{ font-size: {second}pt }}",
            f"h3 {{ font-size: {third}pt }}",
            f".small, .coverage {{ font-size: {small}pt }}",
            # The cover stays one page.
            "#cover .product, #cover .organisation { margin-bottom: 6mm }",
            "#cover .confidential { margin-top: 6mm }",
        ]
    if reader.spacing in SPACINGS:
        line, letters, words, after = SPACINGS[User.Spacing(reader.spacing)]
        rules += [
            f"html {{ line-height: {line}; letter-spacing: {letters}em; word-spacing: {words}em }}",
            "h1 { line-height: 1.5 }",
            f"p {{ margin-bottom: {after}em }}",
        ]
    if reader.tint in TINTS:
        rules.append(f"@page {{ background: {TINTS[User.Tint(reader.tint)]} }}")
    return rules
