"""The table of registers fits the fact classes, and templates fit the table."""

import io
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from collectors import Moment, Source
from collectors.registers import REGISTERS, RegisterCollector, RegisterOptions
from collectors.registers.columns import Shape, kinds_of
from collectors.registers.templates import csv_template, xlsx_template
from collectors.registers.words import WORDS, chosen, shown
from collectors.transport import Response

EVERY = pytest.mark.parametrize("register", REGISTERS.values(), ids=REGISTERS)
MOMENT = Moment("2026-09-30T15:59:59Z", ZoneInfo("Asia/Shanghai"))


class OneFile:
    def __init__(self, body):
        self.body = body

    def fetch(self, _request):
        return Response(self.body, "2026-10-01T00:00:00Z")


def collected(register, file, body):
    options = RegisterOptions(register=register.name, file=file)
    return RegisterCollector().collect(Source("reg", "R", options), OneFile(body), MOMENT)


@EVERY
def test_every_column_is_a_field_and_no_heading_stands_for_two(register):
    kinds = kinds_of(register)

    assert len({kind.column.en for kind in kinds}) == len({kind.column.zh for kind in kinds}) == len(kinds)
    assert set(register.key) <= {kind.name for kind in kinds}


@EVERY
def test_every_required_field_of_the_class_is_asked_for_or_fixed(register):
    asked = {kind.name for kind in kinds_of(register)} | {kind.column.also for kind in kinds_of(register)}
    needed = {name for name, info in register.model.model_fields.items() if info.is_required()}

    assert needed <= asked | set(register.fixed) | {"uid", "unknown"}


@EVERY
def test_every_choice_has_its_word_and_is_found_by_it(register):
    for kind in kinds_of(register):
        for choice in kind.choices:
            written = (choice, choice.upper().replace("_", " "), WORDS[choice], shown(choice))
            assert {chosen(text, kind.choices) for text in written} == {choice}


def test_no_word_stands_for_two_choices_of_one_column_and_none_is_left_over():
    used = {
        choice for register in REGISTERS.values() for kind in kinds_of(register) for choice in kind.choices
    }

    assert used == set(WORDS)


@EVERY
def test_a_filled_template_is_read_back(register):
    """Its own example, copied without the mark, is a row that is right."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx_template(register)))
    sheet = book[register.zh]
    example = [cell.value for cell in sheet[4]]
    example[0] = example[0].removeprefix("例：")
    sheet["B1"], sheet["B2"] = "2026-09-30", "王芳"
    for column, value in enumerate(example, start=1):
        sheet.cell(5, column, value)
    filled = io.BytesIO()
    book.save(filled)
    text = csv_template(register).decode("utf-8-sig").replace("例：", "", 1)
    text = text.replace("as of,", "as of,2026-09-30").replace("author,", "author,王芳")

    of_book, of_text = (
        collected(register, "r.xlsx", filled.getvalue()),
        collected(register, "r.csv", text.encode()),
    )

    assert of_book.report.completeness == "complete"
    assert [fact.record() for fact in of_book.facts] == [fact.record() for fact in of_text.facts]
    assert len(of_book.facts) == 1


@EVERY
def test_an_empty_template_holds_nothing_but_its_example(register):
    for file, body in (("r.csv", csv_template(register)), ("r.xlsx", xlsx_template(register))):
        options = RegisterOptions(register=register.name, file=file, as_of="2026-09-30", author="王芳")

        found = RegisterCollector().collect(Source("reg", "R", options), OneFile(body), MOMENT)

        assert (found.facts, found.report.completeness) == ((), "complete")


@EVERY
def test_a_template_is_the_same_whenever_it_is_made(register):
    assert xlsx_template(register) == xlsx_template(register)


@EVERY
def test_closed_lists_are_drop_downs(register):
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_template(register)))[register.zh]
    # where a cell may hold several of them, a list that lets only one be chosen would be in the way
    one = [kind for kind in kinds_of(register) if kind.shape is Shape.CHOICE and not kind.listed]

    assert len(sheet.data_validations.dataValidation) == len(one)


def test_an_unknown_register_is_refused_with_the_nearest_name():
    with pytest.raises(ValueError, match="found 'grops', did you mean groups"):
        RegisterOptions(register="grops", file="a.csv")
