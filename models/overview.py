"""The projects of a text in one list with their amounts and the sums: what the workbook's overview sheet says."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from models.document import GoalDocument, Project
from models.values import money, parse_number

COLUMNS = ("序号", "项目编码", "项目名称", "预算数", "财政资金", "其他资金", "指标数")
AMOUNTS = (3, 4, 5)
"""Places of the columns of money among COLUMNS; their headers name the unit in brackets."""

TOTAL = "合计"

_FIELDS = ("budget", "fiscal_funds", "other_funds")
_DECIMALS = 2
_NAMED = 20
_DIGITS = 80  # of a sum: no amount that is read as a number has as many


@dataclass(frozen=True, slots=True)
class Overview:
    """`lines`: one for each project; `total`: their sums; `note`: which amounts these leave out, "" for none."""

    header: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]
    note: str


def overview(document: GoalDocument) -> Overview:
    """The list of the projects, amounts in the unit most of them have.

    An amount shows the digits typed (165.5 stays 165.5, 165.50 stays 165.50); one of another unit is converted, and words
    that are no amount stand as typed. A sum has two decimals, more where an amount has more.
    """
    units = Counter(project.amount_unit for project in document.projects)
    unit = units.most_common(1)[0][0] if units else ""
    lines: list[tuple[str, ...]] = []
    sums: list[list[Decimal]] = [[] for _ in _FIELDS]
    left_out: list[str] = []
    for number, project in enumerate(document.projects, 1):
        amounts = []
        for place, field in enumerate(_FIELDS):
            text = getattr(project, field)
            amount = _amount(text, project, unit)
            amounts.append(text if amount is None else f"{amount:f}")
            if amount is not None:
                sums[place].append(amount)
            elif text.strip():
                left_out.append(f"{number} {project.name}的{COLUMNS[AMOUNTS[place]]}「{text}」")
        lines.append((str(number), project.code, project.name, *amounts, str(len(project.indicators))))
    header = tuple(f"{label}（{unit}）" if unit and at in AMOUNTS else label for at, label in enumerate(COLUMNS))
    count = sum(len(project.indicators) for project in document.projects)
    return Overview(header, tuple(lines), (TOTAL, "", "", *map(_sum, sums), str(count)), _note(left_out))


def _amount(text: str, project: Project, unit: str) -> Decimal | None:
    """The amount counted in `unit`; None where the words are no amount of money."""
    number = parse_number(text) if project.amount_unit == unit else None
    if number is not None:
        return number
    found, one = money(text, project.amount_unit), money("1", unit)
    if found is None or one is None:
        return None
    with localcontext() as context:
        context.prec = _DIGITS
        converted = found / one
        plain = converted.quantize(Decimal("0.01"))
        return plain if plain == converted else converted.normalize()


def _sum(amounts: Sequence[Decimal]) -> str:
    if not amounts:
        return ""
    with localcontext() as context:
        context.prec = _DIGITS
        total = sum(amounts, Decimal(0))
    exponent = total.as_tuple().exponent
    return f"{total:.{max(_DECIMALS, -exponent if isinstance(exponent, int) else 0)}f}"


def _note(left_out: Sequence[str]) -> str:
    if not left_out:
        return ""
    more = f"等 {len(left_out)} 处" if len(left_out) > _NAMED else ""
    return f"注：以下金额不是数字，没有计入合计：{'；'.join(left_out[:_NAMED])}{more}。"
