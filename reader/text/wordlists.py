"""Sets of words written as one line of text."""


def words_of(text: str, mark: str | None = None) -> frozenset[str]:
    """The words of `text`, parted by `mark` or, where it is None, by white space."""
    return frozenset(text.split(mark))
