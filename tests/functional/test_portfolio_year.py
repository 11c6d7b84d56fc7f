"""The year's writing: a piece from first words to last reader, on a phone and at a desk; then a year's end."""

import io
import re
import uuid

import pypdf
import pytest
from playwright.sync_api import expect

from tests.functional.programme import PHONE

STORY = "What happened, and what did you make of it?"
NAME, PLACE = "Jordan Whitaker", "the blue door in Fern Row"
BODY = (
    f"{NAME} asked me who had decided about {PLACE}. I had no answer, and said so.\n\n"
    "We wrote down how we begin and what we do when we disagree. It rests on trust."
)
MORE = "A week later we read it again, and changed one line."
SAID = "What happened in you when you had no answer?"
MARK = uuid.uuid4().hex[:6]
TAG = f"unsure {MARK}"

NEED = "To have carers paid for what they do for us, from the first day"
WENT = "The form asks for it now. Two carers were paid in the first month."
NOTE = "Nice is not the same as near."
HEART = "Here you turn towards yourself. Stay there for one more sentence."
LEARNT = "An agreement is a conversation that was written down too early."
ONLY_ANWEN = [
    "What I am afraid of",
    "The day I shouted",
    "A note to myself about Worker C",
    "A list of things I no longer do",
]
ONLY_GARETH_TOO = ["Reflection in a duty week", "A group that did not want to talk"]
SAID_BY_GARETH = ["This is the heart of it", "Bring the workers’ words as well as the numbers", SAID, HEART]


@pytest.fixture(scope="module")
def story():
    """What one part leaves for the next: addresses, by whose they are."""
    return {}


@pytest.fixture(params=["anwen", "sam"], ids=["phone", "desk"])
def writer(request, person):
    viewport = {"anwen": PHONE, "sam": {"width": 1280, "height": 900}}[request.param]
    return person(request.param, viewport=viewport)


def mentor_of(somebody):
    return {"anwen": "gareth", "sam": "priya"}[somebody.key]


def title_by(somebody):
    return f"Who had decided? {MARK}, {somebody.key}"


def confirm_and_share(somebody):
    somebody.tick(re.compile("^Nobody can be recognised"))
    somebody.press("Share")


def open_details(somebody, words):
    somebody.page.get_by_role("main").locator("summary").filter(has_text=words).first.click()


def test_1_a_piece_is_written_and_identifying_words_are_replaced_before_it_is_shared(writer, story):
    writer.open("/evidence/new/")
    writer.page.get_by_label("What kind of piece is it?").select_option("A supervision agreement")
    writer.fill(STORY, BODY)
    writer.page.get_by_role("button", name="Add area 6").click()
    writer.fill("Why it fits area 6", "We made the agreement together.")
    writer.fill("Give it a name", title_by(writer))
    writer.fill("Tags (optional)", TAG)
    writer.press("Save", exact=True)
    writer.sees_heading(title_by(writer))
    writer.sees("Only you")
    story[writer.key] = writer.page.url

    writer.open("/portfolio/")
    open_details(writer, "Narrow and sort")
    writer.page.get_by_role("search").get_by_label("Tag").select_option(TAG)
    writer.press("Show", exact=True)
    expect(writer.page.get_by_role("link", name=title_by(writer))).to_have_count(1)
    writer.sees(re.compile(r"1 of \d+ pieces"))

    mentor = mentor_of(writer).capitalize()
    writer.open(story[writer.key])
    writer.follow(f"Check and share with {mentor}")
    expect(writer.page.locator("mark.pp-found")).to_have_text([NAME, NAME])  # in the text, and beside it
    confirm_and_share(writer)
    writer.sees("There is a problem")
    writer.press(re.compile(f"^Use “.*” instead of {NAME}$"))
    writer.sees("stands there now")
    writer.sees("Nothing found that names somebody")
    confirm_and_share(writer)
    writer.sees(f"You and {mentor}")
    writer.does_not_see(NAME)


@pytest.mark.parametrize("key", ["anwen", "sam"])
def test_2_the_mentor_quotes_the_writer_revises_and_the_mentor_reads_what_changed(person, story, key):
    writer = person(key)
    mentor = person(mentor_of(writer))
    mentor.open(story[key])
    mentor.does_not_see(NAME)
    mentor.does_not_see(TAG)
    mentor.fill("The words it is about", "words that stand nowhere")
    mentor.fill("Your comment", SAID)
    mentor.press("Send comment")
    mentor.sees("There is a problem")
    mentor.fill("The words it is about", PLACE)
    mentor.press("Send comment")
    expect(mentor.page.locator("blockquote")).to_contain_text(PLACE)

    writer.open(story[key])
    expect(writer.page.locator("blockquote")).to_contain_text(PLACE)
    writer.sees(SAID)
    writer.follow("Edit", exact=True)
    now = writer.page.get_by_label(STORY).input_value()
    writer.fill(STORY, f"{now}\n\n{MORE}")
    writer.press("Save", exact=True)
    writer.sees("You have changed it since you shared it.")
    mentor.open(story[key])
    mentor.does_not_see(MORE)

    writer.follow(re.compile("^Check and share with"))
    confirm_and_share(writer)
    mentor.open(story[key])
    mentor.sees(MORE)
    mentor.follow("What has changed since you last commented")
    expect(mentor.page.locator("ins").first).to_contain_text(MORE)


@pytest.mark.parametrize("key", ["anwen", "sam"])
def test_3_a_passage_is_taken_out_for_good_and_nobody_finds_it_any_more(person, story, key):
    writer = person(key, viewport=PHONE)
    writer.open(story[key])
    writer.follow("Take something out for good")
    writer.fill("Which words?", "stands nowhere at all")
    writer.press("See where it stands")
    writer.sees("There is a problem")
    writer.fill("Which words?", PLACE)
    writer.press("See where it stands")
    writer.sees("It cannot be brought back")
    writer.press("Take it out for good")
    writer.sees("Taken out for good")
    writer.sees("[taken out]")

    mentor = person(mentor_of(writer))
    own = [f"{story[key]}{place}" for place in ("", "changes/", "versions/1/", "versions/2/")]
    for reader, addresses in ((writer, own), (mentor, [f"{story[key]}changes/", story[key]])):
        for address in addresses:
            reader.open(address)
            assert PLACE not in reader.page.content(), address
    mentor.sees("[taken out]")
    mentor.follow("Evidence shared with you")
    writer.open("/portfolio/")
    for reader in (writer, mentor):
        reader.fill("Search", PLACE)
        reader.press("Show", exact=True)
        reader.sees("Nothing found")


def test_4_the_last_self_assessment_is_finished_and_the_year_shows_growth(person):
    anwen = person("anwen")
    anwen.open("/portfolio/self-assessment/")
    growth = anwen.page.get_by_role("row", name=re.compile("^4 Assuring"))
    expect(growth.get_by_role("cell").last).to_have_text("left open")
    anwen.follow("Go on with the last self-assessment")
    for number, level in ((4, "Consistently capable"), (7, "Able to develop others"), (8, "Capable with support")):
        anwen.page.get_by_role("group", name=f"Where are you in area {number}?").get_by_label(level, exact=True).check()
    area = anwen.page.get_by_role("region", name=re.compile("^8 "))
    area.get_by_label("Why do you think so?").fill("Sooner, and in writing. Still not gladly.")
    area.get_by_text("Link evidence for area 8").click()
    area.get_by_label("Six weeks later").check()
    anwen.press("Save, and it is done")
    anwen.sees("Done")
    anwen.sees("Sooner, and in writing. Still not gladly.")
    anwen.open("/portfolio/self-assessment/")
    expect(growth.get_by_role("cell").last).to_have_text("Consistently capable")
    expect(anwen.page.get_by_role("img", name=re.compile("^Area 7 .*End: Able to develop others"))).to_be_visible()


def test_5_an_objective_begins_with_an_offer_and_is_closed_with_evidence(person):
    anwen, gareth = person("anwen", viewport=PHONE), person("gareth")
    anwen.open("/portfolio/plan/")
    anwen.follow("See what could become an objective")
    anwen.follow(re.compile("^Begin an objective with it.*A note you kept"))
    expect(anwen.page.get_by_label("What do you want to learn")).to_have_value(
        "Ask for payment for carers first, not last."
    )
    anwen.fill("What do you want to learn", NEED)
    anwen.fill("How will you know", "The form asks for it.")
    anwen.press("Save", exact=True)
    anwen.sees("Only you can read it until you share your plan again")
    anwen.press("I have begun")
    anwen.follow("Close it", exact=True)
    anwen.press("Close it", exact=True)
    anwen.sees("There is a problem")
    anwen.tick("I have met it")
    anwen.fill("How did it go", WENT)
    anwen.fill("Search your other", "carer letters")
    anwen.press("Search", exact=True)
    anwen.tick("What a carer told us about our letters")
    anwen.press("Close it", exact=True)
    anwen.sees(WENT)
    expect(anwen.page.get_by_role("link", name="What a carer told us about our letters")).to_be_visible()

    gareth.open("/people/")
    gareth.follow("Anwen Probert", exact=True)
    gareth.follow("Development plan", exact=True)
    gareth.does_not_see(NEED)
    anwen.open("/portfolio/plan/")
    anwen.follow("Check and share again")
    anwen.tick(re.compile("^Nobody can be recognised"))
    anwen.press("Save who can read it", exact=True)
    gareth.page.reload()
    gareth.check()
    gareth.sees(NEED)
    gareth.sees(WENT)


def test_6_a_note_goes_into_the_reflection_and_the_mentor_talks_about_a_paragraph(person):
    anwen, gareth = person("anwen", viewport=PHONE), person("gareth")
    anwen.open("/portfolio/reflection/")
    anwen.press("Go on writing")
    open_details(anwen, "Your notebook")
    note = anwen.page.locator(".pp-card").filter(has_text=NOTE)
    note.get_by_label("Put into").select_option("So what?")
    anwen.press("Save, and it is done")
    expect(anwen.page.get_by_role("region", name="So what?")).to_contain_text(NOTE)
    gareth.open("/people/")
    gareth.follow("Anwen Probert", exact=True)
    gareth.follow("Critical reflection", exact=True)
    gareth.does_not_see(NOTE)

    anwen.follow(re.compile("who can read it$|^Check and share( again)?$"))
    for reader in ("Gareth Lloyd, your mentor", "Its text in my portfolio"):
        anwen.tick(re.compile(f"^{reader}"))
    anwen.tick(re.compile("^Nobody can be recognised"))
    anwen.press("Save who can read it", exact=True)

    gareth.page.reload()
    gareth.check()
    paragraph = gareth.page.locator(".pp-paragraph").filter(has_text=NOTE)
    paragraph.get_by_role("link", name="Comment on this paragraph").click()
    gareth.sees_heading("Comment on this paragraph")
    gareth.check()
    gareth.sees(NOTE)
    gareth.fill("Your comment", HEART)
    gareth.press("Send comment")
    gareth.sees_heading("Who was the question for?")
    expect(paragraph).to_contain_text(HEART)
    anwen.open("/portfolio/reflection/")
    expect(anwen.page.locator(".pp-paragraph").filter(has_text=NOTE)).to_contain_text(HEART)


def test_7_a_cpd_record_is_made_of_the_piece_and_copied(person, story):
    anwen = person("anwen", viewport=PHONE, permissions=["clipboard-read", "clipboard-write"])
    anwen.open(story["anwen"])
    anwen.follow("Make a CPD record")
    anwen.page.get_by_label("What did you learn?", exact=True).fill(LEARNT)
    anwen.press("Save", exact=True)
    anwen.sees("Questions left to answer")
    anwen.follow("Answer what is left")
    anwen.fill("What difference has it made", "I ask who a question is for.")
    anwen.press("Save", exact=True)
    answer = anwen.page.locator(".pp-card").filter(has_text=LEARNT)
    answer.get_by_role("button", name="Copy").click()
    expect(answer.get_by_role("status")).to_have_text("Copied")
    assert anwen.page.evaluate("navigator.clipboard.readText()") == LEARNT
    anwen.press("I have put it on their site")
    anwen.sees("Submitted")


def test_8_large_letters_on_a_phone(person):
    anwen = person("anwen", viewport=PHONE)
    try:
        read_as(anwen, "Largest", "Cream")
        for path in ("/portfolio/", "/portfolio/reflection/", "/portfolio/plan/", "/portfolio/self-assessment/"):
            anwen.open(path)
        assert anwen.page.locator("html").get_attribute("data-tint") == "cream"
    finally:
        read_as(anwen, "Standard", "White")


def read_as(somebody, size, colour):
    somebody.open("/account/reading/")
    for group, label in (("Size", size), ("Colour of the page", colour)):
        somebody.page.get_by_role("group", name=group, exact=True).get_by_label(label, exact=True).check()
    somebody.press("Save")


def test_9_the_pdf_holds_what_is_in_the_portfolio_and_nothing_else(person, story):
    anwen = person("anwen")
    anwen.open(story["anwen"])
    anwen.follow("Put it in my portfolio")
    confirm_and_share(anwen)
    anwen.open("/portfolio/export/")
    anwen.press("Make the PDF")
    download = anwen.page.get_by_role("link", name="Download the PDF")
    expect(download).to_be_visible(timeout=120_000)
    anwen.check()
    with anwen.page.expect_download() as waiting:
        download.click()
    pages = pypdf.PdfReader(io.BytesIO(waiting.value.path().read_bytes())).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for shown in (title_by(anwen), MORE, "[taken out]", "Worker A stays", NEED, WENT, NOTE):
        assert shown in text, shown
    for hidden in (
        *ONLY_ANWEN,
        *ONLY_GARETH_TOO,
        *SAID_BY_GARETH,
        NAME,
        PLACE,
        TAG,
        LEARNT,
        "The glance at the window",
    ):
        assert hidden not in text, hidden
