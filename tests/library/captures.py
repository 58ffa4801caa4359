"""Captures invented for the tests of the library."""

SENTENCES = (
    "The ferry to Port Halda left an hour late on Monday because two engines would not start in the cold.",
    "Passengers waited in the hall, where the heating had failed a week before and nobody came to mend it.",
    "A spokeswoman for the line said that the engines were old and that new ones had been ordered in spring.",
    "The harbour master wrote that ice had closed the inner basin for the third time this winter.",
    "Fishermen who use the quay have asked the town for an icebreaker since the year of the great storm.",
    "The council will vote on it in its next session, which is open to everyone who lives in the town.",
)


def story(number: int, length: int = 4) -> list[str]:
    """The lines of an article that no other number shares."""
    lines = [f"Ferry {_word(number).upper()} waits for its engines in Port Halda"]
    for position in range(length):
        sentence = SENTENCES[(number + position) % len(SENTENCES)]
        lines.append(f"{sentence} That was case {_word(number)}{_word(position)} of the winter.")
    return lines


def _word(number: int) -> str:
    """A number as letters, because lines that differ in digits only are compared as equal."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))
