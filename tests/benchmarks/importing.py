"""Reading a large text against splitting it into lines."""

from exporters.build import build
from exporters.text import write_text
from importers.recognise import recognise
from importers.text import decode, read_text
from models.template import load_template
from tests.benchmarks.large import large_draft
from tests.benchmarks.measure import in_turn, show

TEMPLATE = load_template()


def text() -> None:
    """200 × 20, bytes to document, against decoding and cutting the same bytes into lines and cells."""
    data = write_text(build(large_draft().document, TEMPLATE)).encode()

    def floor() -> list[list[str]]:
        return [line.split("\t") for line in data.decode().split("\n")]

    def ours() -> object:
        return recognise(read_text(decode(data, "large.txt")), TEMPLATE).document

    timing, base = in_turn(ours, floor)
    show("text import, 200 projects × 20", timing, "decode and split the same bytes", base)
    doubled = write_text(build(large_draft(400).document, TEMPLATE)).encode()
    twice, once = in_turn(lambda: recognise(read_text(doubled.decode()), TEMPLATE), ours, runs=5)
    show("text import, 400 projects × 20", twice, "the same of 200 projects", once, "2, linear")
