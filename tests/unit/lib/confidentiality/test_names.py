"""Names of people: what the grammar says, and what is none."""

import pytest

from pqs_portal.lib.confidentiality import Certainty, Kind, find


def named(text):
    return [finding.text for finding in find(text) if finding.kind == Kind.NAME]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("I met Mrs Okonjo-Bassey.", ["Mrs Okonjo-Bassey"]),
        ("a note to Dr. O’Neill about it", ["Dr. O’Neill"]),
        ("We heard from Yusra al-Hashimi again.", ["Yusra al-Hashimi"]),
        ("I asked Thiago de Albuquerque Neves first.", ["Thiago de Albuquerque Neves"]),
        ("My manager Ffion’s view was the same.", ["Ffion"]),
        ("The notes about J.S. were left behind.", ["J.S."]),
        ("I rang Mrs K about it.", ["Mrs K"]),
        ("We saw P. Ravindranathan and K. Oyelowo.", ["P. Ravindranathan", "K. Oyelowo"]),
        ("Will told me. Hope asked why.", ["Will", "Hope"]),
        ("spoke to oluwaseyi about it", ["oluwaseyi"]),
        ("MRS ACHEAMPONG RANG AGAIN", ["MRS ACHEAMPONG"]),
        ("I am glad of José’s help.", ["José"]),
        ("I am glad of Jose\u0301’s help.", ["Jose\u0301"]),
    ],
)
def test_names(text, names):
    assert named(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Adult A told Worker B that Mr X was away.",
        "Will this hold? Hope is what matters. Grace under pressure. May is for reviews.",
        "Under the Care Act 2014 and the Mental Capacity Act we act.",
        "I used Gibbs, then Kolb, and the Munro review (Wonnacott, 2012).",
        "Northshire Council, Skills for Care and St Catherine's Hospital wrote.",
        "On Monday in March we met in Leeds.",
        "The Practice Educator and the Team Manager met.",
        "What Happened\nImpact On Adults And Carers",
        "See https://example.org/Chidimma and @Chidimma.",
        "We use OneFile and WeasyPrint at the DfE.",
    ],
)
def test_what_is_no_name(text):
    assert named(text) == []


def test_who_was_named_once_is_found_again_and_beside():
    assert named("I told Grace off. Later Grace and Mark left.") == ["Grace", "Grace", "Mark"]


def test_certainty():
    by_text = {finding.text: finding.certainty for finding in find("I told Sarah about Westlake-Zyx and Mrs Dunn.")}
    assert by_text["Sarah"] == by_text["Mrs Dunn"] == Certainty.LIKELY
    assert by_text["Westlake-Zyx"] == Certainty.POSSIBLE
