"""How much the permission matrix tries: ``python -m tests.architecture.permissions.count``."""

import sys

from tests.architecture.permissions import oracle, texts
from tests.architecture.permissions.personas import PEOPLE, asked_about


def counted():
    names = {key.partition(" ")[0] for key in oracle.RULES}
    return {
        "addresses with an owner": len(names),
        "addresses that need none": len(oracle.PUBLIC) + len(oracle.ALLAUTH),
        "rows (address and what it is asked for)": len(oracle.RULES),
        "people, and nobody signed in": len(PEOPLE) + 1,
        "calls: GET and POST of each row as each person": sum(2 * len(asked_about(key)) for key in oracle.RULES),
        "texts that may leak": len(texts.CANARIES),
        "of them read by nobody": sum(not texts.readers(text) for text in texts.CANARIES),
    }


if __name__ == "__main__":
    sys.stdout.writelines(f"{number:>6}  {words}\n" for words, number in counted().items())
