"""What to think about for each kind of evidence: beginnings for a text, never a form to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portfolio.models import Evidence

Kind = Evidence.Kind


@dataclass(frozen=True)
class Guide:
    """``hint`` says in a line what belongs here, ``prompts`` are questions to begin from."""

    hint: str
    prompts: tuple[str, ...]


GUIDES: Mapping[str, Guide] = {
    Kind.PLAIN: Guide(
        "Whatever shows how you supervise.",
        (
            "What happened, in a few sentences?",
            "What did you do, and why that?",
            "What came of it, for the worker and for the people they support?",
            "What do you take from it?",
        ),
    ),
    Kind.REFLECTION: Guide(
        "One supervision that you gave, looked at again.",
        (
            "What did the worker bring, and what did you bring?",
            "When did the conversation turn, and what turned it?",
            "Who had the power in the room, and how could one tell?",
            "What will the adult or carer notice of this supervision?",
            "What would you do differently next time?",
        ),
    ),
    Kind.SITUATION: Guide(
        "Something you had to decide, settle or carry with somebody.",
        (
            "What had to be decided, and how soon?",
            "What did you know, what did you assume, and what was missing?",
            "Which explanations did you weigh, and whose view did you ask for?",
            "How did the law, a policy or research help you?",
            "How did it end, and could you explain the decision to anybody?",
        ),
    ),
    Kind.SESSION: Guide(
        "What a session of the programme has changed in how you work.",
        (
            "Which one idea stayed with you?",
            "Where did it fit what you do already, and where did it rub?",
            "What have you tried since, with whom, and how did it go?",
            "What will you go on doing?",
        ),
    ),
    Kind.WENT_WELL: Guide(
        "Begin with what worked. There is as much to learn from it as from what went wrong.",
        (
            "What worked, and how did you notice?",
            "Why did it work: what did you do, what did others do, what helped?",
            "What did it mean for the worker, and for an adult or carer?",
            "Which strengths does it show, yours and theirs?",
            "How can there be more of it?",
        ),
    ),
    Kind.FEEDBACK: Guide(
        "What somebody told you about your supervision, and what you made of it.",
        (
            "From whom did it come, without saying who they are, and did you ask for it?",
            "What did they value, and what did they want more or less of?",
            "What surprised you, and what do you see differently?",
            "What have you changed since, and did you tell them?",
        ),
    ),
    Kind.AUDIT: Guide(
        "You looked at your supervision as a whole, with an audit like Tool 33 or Tool 31.",
        (
            "What did you look at: how many supervisions or records, from when to when?",
            "What is strong: agreements, records, time kept, room to reflect?",
            "Where was there a gap, and what explains it?",
            "Whose view did you ask for besides your own?",
            "What will you change, and when will you look again?",
        ),
    ),
    Kind.AGREEMENT: Guide(
        "You made or reviewed a supervision agreement (statement 6.2; Tools 36 and 40 help to prepare it).",
        (
            "How did you two come to it: what did each of you want and bring?",
            "What did you agree on time, place, records and who may read them?",
            "How will you two say it when something is not working?",
            "What has changed between you since, and when do you review it?",
        ),
    ),
    Kind.DEVELOPMENT: Guide(
        "You helped somebody to grow: by coaching, watching their work, assessing, or giving them room.",
        (
            "What did they want to be able to do, and how did you find that out together?",
            "What did you do: watch, ask, show, step back?",
            "How did you keep it fair, and what did others say of their work?",
            "What can they do now, and how do you know?",
        ),
    ),
    Kind.CHANGE: Guide(
        "Something is done differently now beyond your own team, and you had a part in it.",
        (
            "What was not good enough, and who was feeling it?",
            "What did you propose, and what did you base it on?",
            "Whom did you have to win, and how did you do it?",
            "What is different now for workers, adults or carers?",
            "How will you know that it lasts?",
        ),
    ),
    Kind.PARTNERSHIP: Guide(
        "Work with another service, profession or community.",
        (
            "Who worked together, and what did each side need?",
            "Where did you differ, and how did you deal with it?",
            "How did you keep the adult or carer at the centre?",
            "What did you learn about working together?",
        ),
    ),
    Kind.CPD: Guide(
        "Reading, training, a talk with a colleague: learning of your own.",
        (
            "What was it, and why did you choose it?",
            "What did you learn that you did not know before?",
            "What has it changed in your work, and for whom?",
            "If you talked it over with a colleague, what did that add?",
        ),
    ),
}
