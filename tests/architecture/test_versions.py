"""Known holes are mended from these versions on. Our own test, since an audit without an index finds nothing."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
MINIMUM = {
    "Django": "5.2.19",
    "django-allauth": "65.21.1",
    "WeasyPrint": "70.0",
    "Pillow": "12.3",
}


@pytest.mark.parametrize(("package", "minimum"), MINIMUM.items())
def test_installed_version(package, minimum):
    assert Version(version(package)) >= Version(minimum)


@pytest.mark.parametrize(("package", "minimum"), MINIMUM.items())
def test_locked_version(package, minimum):
    assert locked()[package.lower()] >= Version(minimum)


def test_psycopg_3_is_absent():
    """Installed beside psycopg2 it would silently be the driver."""
    with pytest.raises(PackageNotFoundError):
        version("psycopg")
    assert "psycopg" not in locked()


def locked():
    """The pinned versions of production, by package name in small letters."""
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    found = [Requirement(line.rstrip(" \\")) for line in lines if "==" in line and not line.startswith((" ", "#"))]
    return {pin.name.lower(): Version(str(pin.specifier).removeprefix("==")) for pin in found}
