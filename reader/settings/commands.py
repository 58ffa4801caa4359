"""Every command, declared once.

Bindings, status line, palette, help page, the command line's `keys` and the README's table all come from
`COMMANDS`; users remap keys by a command's name. A key is a character or a name (`ctrl+d`, `pagedown`); keys
that are alternatives stand side by side, and the keys of a sequence are joined by a space (`g g`).
"""

from typing import Final, NamedTuple


class Command(NamedTuple):
    """A command: its name in keymaps, its keys, what it does, where it counts, its group in the help.

    Places are `everywhere`, the screens (`main`, `search`, `list`, `board`, `prompt`, `editor`), the panes of
    the main screen (`sources`, `page`, `notes`) and `caret`, the caret mode of the page. `hint` is its word
    in the status line; commands without one are not shown there.
    """

    name: str
    keys: tuple[str, ...]
    help: str
    where: tuple[str, ...]
    group: str
    hint: str = ""


PLACES: Final = (
    "everywhere", "main", "sources", "page", "notes", "caret", "search", "list", "board", "prompt", "editor",
)  # fmt: skip

_MOVE, _PANES, _FIND, _CARET, _MARK, _COPY, _VIEW, _SELF = (
    "Moving", "Panes", "Finding", "Selecting", "Marking", "Copying", "Views", "Program",
)  # fmt: skip


def _command(name: str, keys: str, help: str, where: str, group: str, hint: str = "") -> Command:
    """One row of the table: keys are parted by two spaces, places by one."""
    parted = tuple(part for part in keys.split("  ") if part)
    return Command(name, parted, help, tuple(where.split()), group, hint)


_LISTS = "main search list"

COMMANDS: Final[tuple[Command, ...]] = (
    _command("move.down", "j  down", "Move down a line or a row", _LISTS, _MOVE),
    _command("move.up", "k  up", "Move up a line or a row", _LISTS, _MOVE),
    _command("page.down", "space  pagedown", "Move down a page", _LISTS, _MOVE),
    _command("page.up", "b  pageup", "Move up a page", _LISTS, _MOVE),
    _command("half.down", "ctrl+d", "Move down half a page", _LISTS + " caret", _MOVE),
    _command("half.up", "ctrl+u", "Move up half a page", _LISTS + " caret", _MOVE),
    _command("go.top", "g  home", "Go to the beginning", _LISTS, _MOVE),
    _command("go.bottom", "G  end", "Go to the end", _LISTS, _MOVE),
    _command("paragraph.next", "}", "Next paragraph, or next group of sources", _LISTS, _MOVE),
    _command("paragraph.previous", "{", "Previous paragraph, or previous group of sources", _LISTS, _MOVE),
    _command("article.next", "J", "Open the next article", "main", _MOVE),
    _command("article.previous", "K", "Open the previous article", "main", _MOVE),
    _command("article.unread", ".", "Open the next unread article", "main", _MOVE),
    _command("open", "enter", "Open what the row stands for", "sources notes search list", _MOVE, "open"),
    _command("fold", "left  right", "Fold or unfold the group or the thread", "sources page", _MOVE),
    _command("mark.set", "m", "Set a mark here, named by the next letter", "main", _MOVE),
    _command("mark.jump", "'", "Jump to the mark of the next letter", "main", _MOVE),
    _command("mark.list", ", m", "List the marks", "main", _MOVE),
    _command("history.back", "H", "Go back to where you were", "main", _MOVE),
    _command("history.forward", "L", "Go forward again", "main", _MOVE),
    _command("recent.list", ", e", "List the articles read last", "main", _MOVE),
    _command("jump", "f", "Put a letter on everything that can be acted on, and go there", "main", _MOVE),
    _command("focus.sources", "1", "Go to the sources", "main", _PANES),
    _command("focus.page", "2", "Go to the page", "main", _PANES),
    _command("focus.notes", "3", "Go to the notes", "main", _PANES),
    _command("focus.next", "tab", "Go to the next pane", "main search list", _PANES),
    _command("focus.previous", "shift+tab", "Go to the previous pane", "main search list", _PANES),
    _command("page.alone", "z", "Show the page alone, or all panes again", "main", _PANES),
    _command("pane.wider", ">", "Make the pane in focus wider", "main", _PANES),
    _command("pane.narrower", "<", "Make the pane in focus narrower", "main", _PANES),
    _command("pane.sources", "\\", "Hide or show the sources", "main", _PANES),
    _command("pane.notes", "|", "Hide or show the notes", "main", _PANES),
    _command("sources.group", "o", "Group by outlet, date, tag, story, folder, unread", "main", _PANES),
    _command("sources.filter", "F", "Filter the sources as one types", "main", _PANES, "filter"),
    _command("find", "/", "Find in this article, forgiving spelling", "main caret list", _FIND, "find"),
    _command("find.next", "n", "Next hit", "main", _FIND),
    _command("find.previous", "N", "Previous hit", "main", _FIND),
    _command("search", "s", "Search every article, as one types", "main", _FIND, "search all"),
    _command("search.tick", "x", "Tick the row, for an action on all ticked", "search", _FIND, "tick"),
    _command("search.tag", "t", "Tag every ticked passage", "search", _FIND, "tag"),
    _command("search.note", "a", "Write one note on every ticked passage", "search", _FIND, "note"),
    _command("search.evidence", "+", "Put every ticked passage under a claim", "search", _FIND),
    _command("search.all", "A", "Act on all that is found: tag, set as read, claim, export", "search", _FIND, "all"),
    _command("search.order", "o", "Order by relevance, date, outlet, the word before or after", "search", _FIND),
    _command("search.why", "w", "Why this row is among the hits", "search", _FIND, "why"),
    _command("search.undo", "u", "Undo what was done last", "search", _FIND),
    _command("search.save", "S", "Save the query as a list of its own", "search", _FIND),
    _command("search.watch", "W", "Watch for new articles that answer the query", "search", _FIND),
    _command("search.forget", "D", "Delete the saved list of this query", "search", _FIND),
    _command("lists", ", l", "Open a saved list", "main", _FIND),
    _command("watch", ", w", "What new articles bring to the watched queries", "main", _FIND),
    _command("find.keep", "*", "Keep these hits lit in a colour of their own", "main", _FIND),
    _command("caret", "v", "Caret mode: move a caret by keys and select", "page", _CARET, "select"),
    _command("caret.left", "h  left", "Character to the left", "caret", _CARET),
    _command("caret.right", "l  right", "Character to the right", "caret", _CARET),
    _command("caret.down", "j  down", "Line down", "caret", _CARET),
    _command("caret.up", "k  up", "Line up", "caret", _CARET),
    _command("caret.word", "w", "Next word", "caret", _CARET),
    _command("caret.back", "b", "Previous word", "caret", _CARET),
    _command("caret.end", "e", "End of the word", "caret", _CARET),
    _command("caret.line-start", "0  home", "Start of the line", "caret", _CARET),
    _command("caret.line-end", "$  end", "End of the line", "caret", _CARET),
    _command("caret.sentence-next", ")", "Next sentence", "caret", _CARET),
    _command("caret.sentence-previous", "(", "Previous sentence", "caret", _CARET),
    _command("caret.paragraph-next", "}", "Next paragraph", "caret", _CARET),
    _command("caret.paragraph-previous", "{", "Previous paragraph", "caret", _CARET),
    _command("caret.top", "g", "Start of the article", "caret", _CARET),
    _command("caret.bottom", "G", "End of the article", "caret", _CARET),
    _command("caret.find", "f", "To the next letter typed", "caret", _CARET),
    _command("caret.till", "t", "To just before the next letter typed", "caret", _CARET),
    _command("caret.again", ";", "The same letter again", "caret", _CARET),
    _command("caret.hit-next", "n", "Next hit of the find", "caret", _CARET),
    _command("caret.hit-previous", "N", "Previous hit of the find", "caret", _CARET),
    _command("select", "v", "Begin or end a selection", "caret", _CARET, "select"),
    _command("select.lines", "V", "Select by lines", "caret", _CARET),
    _command("select.sentence", "s", "Select the sentence", "caret", _CARET, "sentence"),
    _command("select.paragraph", "p", "Select the paragraph", "caret", _CARET, "paragraph"),
    _command("select.other-end", "o", "Go to the other end of the selection", "caret", _CARET),
    _command("select.expand", "+", "Expand: word, sentence, paragraph, article", "caret", _CARET),
    _command("select.shrink", "-", "Shrink what was expanded", "caret", _CARET),
    _command("caret.leave", "escape  q", "Leave caret mode", "caret", _CARET, "leave"),
    _command("mark", "enter", "Mark the passage with the current pen", "caret", _MARK, "mark"),
    _command("pen", "P", "Choose a pen by its letter", "main caret", _MARK),
    _command("note", "a", "Write a note on the selection, the annotation or the article", "main caret",
             _MARK, "note"),
    _command("tag", "t", "Tag the annotation in focus, or the article", "main", _MARK),
    _command("tag.selection", "T", "Tag the selection", "caret", _MARK),
    _command("edit", "e", "Edit the note in focus", "main", _MARK, "edit"),
    _command("edit.outside", "E", "Edit the note in your own editor", "main", _MARK),
    _command("delete", "d", "Delete the annotation in focus (asks when a note would go)", "main", _MARK),
    _command("annotation.previous", "[", "Previous annotation", "main", _MARK),
    _command("annotation.next", "]", "Next annotation", "main", _MARK, "next note"),
    _command("annotation.cycle", "x", "The next of the annotations that overlap here", "main caret", _MARK),
    _command("annotation.ends", "i", "Move the ends of the passage by the keys of the caret", "main", _MARK),
    _command("note.article", "W", "Write a note on the whole article", "main", _MARK),
    _command("mark.article", "M", "Mark the whole article with the current pen, or take that mark away", "main",
             _MARK),
    _command("follow", "enter", "Follow the links of the annotation in focus", "page", _MARK),
    _command("reply", "@", "Reply to the annotation in focus", "main board", _MARK),
    _command("take", "&", "Take what a colleague noted as your own", "main board", _MARK),
    _command("private", ", i", "Keep the annotation in focus to yourself, or share it", "main", _MARK),
    _command("undo", "u", "Undo the last change, also of an earlier session", "main caret board", _MARK),
    _command("redo", "ctrl+r", "Redo what was undone", "main caret", _MARK),
    _command("claims", ", c", "Claims with their evidence", "main", _MARK),
    _command("claim.add", "+", "Put the annotation in focus under a claim", "main", _MARK),
    _command("grade", ", g", "Grade the source A to F, the claim 1 to 6", "main", _MARK),
    _command("annotations", ", n", "Every note of every article", "main", _MARK),
    _command("review", ", r", "Annotations whose place must be looked at, and orphans", "main", _MARK),
    _command("codebook", ", t", "The tags: rename, merge, define, count", "main", _MARK),
    _command("notes.history", ", h", "What was changed when; bring back a note", "main", _MARK),
    _command("notes.agreement", ", a", "How far two analysts agree", "main", _MARK),
    _command("matrix", ", x", "Tags against outlets, months and each other", "main", _MARK),
    _command("notes.trash", ", d", "What was deleted; bring it back", "main", _MARK),
    _command("notes.rescued", ", o", "Drafts, changes that could not be saved, and damaged notes", "main", _MARK),
    _command("board.tick", "x", "Tick the row, for an action on all ticked", "board", _MARK, "tick"),
    _command("board.tick-all", "X", "Tick every row, or none", "board", _MARK),
    _command("board.group", "o", "Group, or arrange, in another way", "board", _MARK, "group"),
    _command("board.tag", "t", "Tag every ticked annotation", "board", _MARK, "tag"),
    _command("board.pen", "P", "Give every ticked annotation a pen", "board", _MARK, "pen"),
    _command("board.edit", "e", "Edit the note", "board", _MARK, "edit"),
    _command("board.delete", "d", "Delete every ticked annotation (asks)", "board", _MARK, "delete"),
    _command("board.accept", "y", "Take the place proposed for every ticked passage", "board", _MARK, "accept"),
    _command("board.attach", "v", "Put the note at another place, by selecting it", "board", _MARK, "select place"),
    _command("board.keep", "-", "Keep your own and count the difference as settled", "board", _MARK, "keep mine"),
    _command("board.left", "h  left", "Column to the left", "board", _MARK),
    _command("board.right", "l  right", "Column to the right", "board", _MARK),
    _command("copy", "y", "Copy the passage, or the article's title", "main caret", _COPY),
    _command("copy.citation", "Y", "Copy the passage with its citation", "main caret", _COPY),
    _command("copy.address", "w", "Show and copy the article's web address", "main", _COPY),
    _command("raw", "r", "The raw capture, with the reason for every line's place", "main", _VIEW, "raw"),
    _command("comments", "c", "Show or fold the comments", "main", _VIEW, "comments"),
    _command("furniture", "=", "Show or fold the page furniture", "main", _VIEW),
    _command("versions", ", v", "What changed between two captures of an article", "main", _VIEW),
    _command("problems", ", p", "Files that could not be read, and why", "main", _VIEW),
    _command("correct.line", "C", "Say what the line under the caret is: body, furniture, caption …", "main caret",
             _VIEW),
    _command("correct.facts", ", f", "Correct title, outlet, authors, date, place or encoding", "main caret", _VIEW),
    _command("correct.undo", ", u", "Take back the latest correction", "main caret", _VIEW),
    _command("import", "I", "Bring in captures from a path or a web address, or stop that", "main", _VIEW),
    _command("read.toggle", "U", "Set the article as read or unread", "main", _VIEW),
    _command("align", ", b", "Set Arabic and Hebrew paragraphs right or left", "main", _VIEW),
    _command("theme", "T", "Choose a theme, seen as one moves", "main", _SELF),
    _command("mouse", "", "Switch the mouse off or on", "main", _SELF),
    _command("tour", "", "A tour of five minutes, on this folder", "main", _SELF),
    _command("help", "?", "The keys that work here and now", "main caret search list", _SELF, "keys"),
    _command("palette", ":  ctrl+p", "Every command by its name", "main caret search list", _SELF,
             "commands"),
    _command("messages", ", ,", "Messages and notices of this session", "main", _SELF),
    _command("refresh", "ctrl+l", "Draw the screen again", "everywhere", _SELF),
    _command("suspend", "ctrl+z", "Put the program to sleep; fg wakes it", "everywhere", _SELF),
    _command("dismiss", "escape", "Put away the message, the hits or the selection", "main search", _SELF),
    _command("back", "q", "Back, then quit", "main search", _SELF),
    _command("leave", "escape  q", "Back to where you were", "list", _SELF, "back"),
    _command("quit", "ctrl+q", "Quit", "everywhere", _SELF),
    _command("prompt.accept", "enter", "Take it", "prompt", _FIND, "take"),
    _command("prompt.next", "down  ctrl+n", "Next row", "prompt", _FIND),
    _command("prompt.previous", "up", "Previous row", "prompt", _FIND),
    _command("prompt.page-down", "pagedown", "A page of rows down", "prompt", _FIND),
    _command("prompt.page-up", "pageup", "A page of rows up", "prompt", _FIND),
    _command("prompt.rows", "tab", "Go to the rows, or complete the word", "prompt", _FIND),
    _command("prompt.complete", "right", "Complete the word, or go right", "prompt", _FIND),
    _command("prompt.leave", "escape", "Leave without taking it", "prompt", _FIND, "leave"),
    _command("editor.save", "escape  ctrl+s", "Save the note and close it", "editor", _MARK, "save"),
    _command("editor.discard", "ctrl+g", "Close without saving (asks)", "editor", _MARK, "discard"),
    _command("editor.outside", "ctrl+o", "Go on in your own editor", "editor", _MARK, "own editor"),
)  # fmt: skip

BY_NAME: Final = {command.name: command for command in COMMANDS}
"""Every command by its name."""


def commands_at(places: tuple[str, ...]) -> tuple[Command, ...]:
    """The commands that count at any of the places, in the order of the table."""
    wanted = {*places, "everywhere"}
    return tuple(command for command in COMMANDS if wanted.intersection(command.where))
