"""Reading comfort: on every tint every colour of text can be read, and widest is as wide as WCAG names."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from accounts.models import User
from portfolio.reading_comfort import FONTS, SIZES, SPACINGS, TINTS

AA_TEXT, AA_OTHER = 4.5, 3
STATIC = settings.BASE_DIR / "static"
DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;{}]+)")
# White letters stand on surfaces of their own: the band, buttons, the marks of areas.
WHITE = "#ffffff"
# Arrows that the design system draws by colour, what cannot be used now, and the bands as they are printed.
NO_TEXT = re.compile(r"chevron|disabled|^\.govuk-(generic-)?header$")


def read(name):
    """Rules of a stylesheet as (selector, {property: value}), outside of comments; print and old browsers apart."""
    with open(finders.find(name), encoding="utf-8") as file:
        text = re.sub(r"/\*.*?\*/", "", file.read(), flags=re.DOTALL)
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", text)
    return [(selector.strip(), dict(DECLARATION.findall(body))) for selector, body in rules]


COMFORT = read("css/comfort.css")
PAGES = [*read("govuk/govuk-frontend.min.css"), *read("css/portal.css")]
# What the design system says where no variable does: var(--govuk-link-colour, #1a65a6).
FALLBACK = re.compile(r"var\((--govuk-[\w-]+),\s*(#\w+)\)")
ROOT = dict(found for _, values in PAGES for value in values.values() for found in FALLBACK.findall(value)) | {
    name: value.strip()
    for selector, values in PAGES
    if selector == ":root"
    for name, value in values.items()
    if name.startswith("--")
}


def tinted(tint):
    """The variables of a page with that tint."""
    return ROOT | {
        name: value.strip()
        for selector, values in COMFORT
        if selector in (f'html[data-tint="{tint}"]', "html[data-tint]")
        for name, value in values.items()
    }


def colour(value, variables):
    """#rrggbb of a value, or None where it is no colour that can be told from here."""
    value = value.replace("!important", "").strip()
    if named := re.fullmatch(r"var\((--[\w-]+)(?:,\s*(.*))?\)", value):
        found = variables.get(named[1], named[2])
        return colour(found, variables) if found else None
    if re.fullmatch(r"#[0-9a-f]{3}", value):
        return "#" + "".join(letter * 2 for letter in value[1:])
    return value if re.fullmatch(r"#[0-9a-f]{6}", value) else {"white": "#ffffff", "black": "#000000"}.get(value)


def luminance(value):
    parts = [int(value[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_wcag_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("tint", [tint for tint in User.Tint.values if tint])
def test_every_colour_of_text_can_be_read_on_every_tint(tint):
    variables = tinted(tint)
    page, deeper = variables["--pp-tint"], variables["--pp-tint-deeper"]
    checked, wrong = set(), []
    for selector, values in PAGES:
        text = colour(values.get("color", ""), variables)
        if text is None or NO_TEXT.search(selector):
            continue
        own = colour(values.get("background-color", values.get("background", "")), variables)
        if own is None and text == WHITE:
            continue
        for surface in [own] if own else [page, deeper]:
            checked.add((text, surface))
            if contrast(text, surface) < AA_TEXT:
                wrong.append((selector, text, surface, round(contrast(text, surface), 2)))
    assert wrong == []
    named = ("link", "link-visited", "link-hover", "link-active", "error", "secondary-text", "text", "success")
    for name in named:
        text = colour(variables[f"--govuk-{name}-colour"], variables) or "#0b0c0c"
        assert contrast(text, page) >= AA_TEXT, name
        assert contrast(text, deeper) >= AA_TEXT, name
    assert len(checked) > 20


@pytest.mark.parametrize("tint", [tint for tint in User.Tint.values if tint])
def test_focus_borders_and_buttons_stand_out_on_every_tint(tint):
    variables = tinted(tint)
    for surface in (variables["--pp-tint"], variables["--pp-tint-deeper"]):
        # What is focused has yellow behind black letters, and black under or around it.
        assert contrast("#0b0c0c", colour(variables["--govuk-focus-colour"], variables)) >= AA_TEXT
        assert contrast("#0b0c0c", surface) >= AA_OTHER
        for name in ("--govuk-input-border-colour", "--govuk-error-colour", "--govuk-success-colour", "--pp-teal"):
            assert contrast(colour(variables[name], variables) or "#0b0c0c", surface) >= AA_OTHER, name


def test_widest_is_as_wide_as_wcag_names():
    values = dict(COMFORT)['html[data-spacing="widest"]']
    number = {name: float(re.match(r"[\d.]+", value.strip())[0]) for name, value in values.items()}
    assert number["--pp-line-height"] >= 1.5
    assert number["--pp-between-letters"] >= 0.12
    assert number["--pp-between-words"] >= 0.16
    assert number["--pp-after-paragraph"] >= 2
    line, letters, words, after = SPACINGS[User.Spacing.WIDEST]
    assert (line >= 1.5, letters >= 0.12, words >= 0.16, after >= 2) == (True, True, True, True)


def test_every_choice_has_its_look_on_the_screen_and_in_the_pdf():
    css = (STATIC / "css" / "comfort.css").read_text("utf-8")
    kinds = (("font", User.Font, FONTS), ("size", User.Size, SIZES), ("spacing", User.Spacing, SPACINGS))
    for attribute, choices, in_pdf in (*kinds, ("tint", User.Tint, TINTS)):
        chosen = [value for value in choices.values if value]
        assert [f'html[data-{attribute}="{value}"]' in css for value in chosen] == [True] * len(chosen)
        assert set(in_pdf) == set(chosen)
    assert {tint: tinted(tint)["--pp-tint"] for tint in TINTS} == TINTS


def test_every_font_that_is_named_is_shipped_with_its_licence():
    css = (STATIC / "css" / "comfort.css").read_text("utf-8")
    named = set(re.findall(r'url\("\.\./(fonts/[^"]+)"\)', css))
    assert len(named) == 10
    assert [name for name in sorted(named) if finders.find(name) is None] == []
    assert [file for _, file, _ in FONTS.values() if finders.find(f"fonts/{file}-licence.txt") is None] == []


@pytest.mark.parametrize("tint", TINTS.values())
def test_the_letters_of_the_pdf_can_be_read_on_its_tints(tint):
    css = (STATIC / "css" / "portfolio-pdf.css").read_text("utf-8")
    assert [text for text in set(re.findall(r"color: (#\w{6})", css)) if contrast(text, tint) < AA_TEXT] == []
