"""The comments of a Word file, as they were read: each with the words of the file's lines it hangs on."""

from dataclasses import dataclass

LONGEST_EXCERPT = 120
"""Characters of the words a comment hangs on that are kept."""


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line of a file: its words, whether it stands in a table."""

    text: str
    in_cell: bool = False


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment: who wrote what, ticked off or not, and where: from a place in a line to a place in the same or a later one.

    `line` is None where the file does not say.
    """

    author: str
    text: str
    done: bool = False
    line: int | None = None
    start: int = 0
    end_line: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Commented:
    """The lines of a file in their order, and its comments."""

    lines: tuple[Line, ...] = ()
    comments: tuple[Comment, ...] = ()

    def excerpt(self, comment: Comment) -> str:
        """The words a comment hangs on, in one line; "" for one that hangs on a place between words."""
        if comment.line is None:
            return ""
        if comment.end_line <= comment.line:
            words = self.lines[comment.line].text[comment.start : comment.end]
        else:
            first = self.lines[comment.line].text[comment.start :]
            few = min(comment.end_line, comment.line + 1 + LONGEST_EXCERPT)
            between = (line.text for line in self.lines[comment.line + 1 : few])
            last = self.lines[comment.end_line].text[: comment.end] if comment.end_line < len(self.lines) else ""
            words = " ".join(filter(None, (first, *between, last)))
        words = " ".join(words.split())
        return words if len(words) <= LONGEST_EXCERPT else f"{words[:LONGEST_EXCERPT]}…"
