"""Copy the design system's compiled CSS and JavaScript out of node_modules into build/static.

GDS Transport and the crown are for services on gov.uk only: the font faces, the stacks that name them and the crest's
rules are taken out, and no font, crest or icon of gov.uk is copied.

Beside them stand the letters that people may choose for reading (accounts.User.Font), each free under the SIL Open
Font Licence 1.1, which goes along.

usage: build_assets.py NODE_MODULES TARGET
"""

import re
import shutil
import sys
from pathlib import Path

FONT_FACE = re.compile(
    r'(/\*! Copyright \(c\) 2011 by Margaret Calvert[^*]*\*/\s*)?@font-face\{font-family:"?GDS Transport"?[^}]*\}'
)
FONT_STACK = re.compile(r'"?GDS Transport"?,\s*arial,\s*sans-serif')
CREST_RULE = re.compile(r"[^{}]*\{[^{}]*govuk-crest\.svg[^{}]*\}")
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=.*")
FORBIDDEN = re.compile(r"GDS Transport|govuk-crest")
PICTURE = re.compile(r"url\(([^)]*)\)")
# Which files of each; what the letters of further languages are in stands apart in some.
FONTS = {
    "atkinson-hyperlegible": ("latin", "latin-ext"),  # no letter can be taken for another
    "opendyslexic": ("latin",),  # heavier at the foot, as some people with dyslexia ask for
    "source-serif-4": ("latin", "latin-ext"),  # a serif that looks the same on every machine and in the PDF
}
WEIGHTS = ("400", "700")


def stylesheet(source: Path, target: Path) -> None:
    text = FONT_FACE.sub("", source.read_text("utf-8"))
    text = FONT_STACK.sub("Arial,Helvetica,sans-serif", text)
    text = SOURCE_MAP.sub("", CREST_RULE.sub("", text)).replace("url(/assets/images/", "url(images/")
    if found := FORBIDDEN.findall(text):
        sys.exit(f"{source.name} still names {sorted(set(found))}: the new version needs another pattern here.")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")


def script(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(SOURCE_MAP.sub("", source.read_text("utf-8")), "utf-8")


def pictures(stylesheet_file: Path, images: Path) -> None:
    """Those that the stylesheet asks for, so that no link in it is dead."""
    wanted = {name.strip("\"'") for name in PICTURE.findall(stylesheet_file.read_text("utf-8"))}
    for name in sorted(name for name in wanted if not name.startswith("data:")):
        target = stylesheet_file.parent / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(images / Path(name).name, target)


def fonts(modules: Path, target: Path) -> None:
    target.mkdir(parents=True)
    for name, subsets in FONTS.items():
        package = modules / "@fontsource" / name
        shutil.copy(package / "LICENSE", target / f"{name}-licence.txt")
        for subset in subsets:
            for weight in WEIGHTS:
                shutil.copy(package / "files" / f"{name}-{subset}-{weight}-normal.woff2", target)


def build(modules: Path, target: Path) -> None:
    unfinished = target.with_name(f"{target.name}.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    for folder, name, assets in (
        ("govuk-frontend/dist/govuk", "govuk", "assets/images"),
        ("@ministryofjustice/frontend/moj", "moj", "assets/images"),
    ):
        package = modules / folder
        file = "govuk-frontend" if name == "govuk" else "moj-frontend"
        stylesheet(package / f"{file}.min.css", unfinished / name / f"{file}.min.css")
        script(package / f"{file}.min.js", unfinished / name / f"{file}.min.js")
        pictures(unfinished / name / f"{file}.min.css", package / assets)
    fonts(modules, unfinished / "fonts")
    shutil.rmtree(target, ignore_errors=True)
    unfinished.rename(target)


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
