"""Where an import's year, unit and amounts come from, and the sentences that say so."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from importers.form_tables import TableReading
from importers.front import Front
from importers.report import Kind, Note, shortened
from models.document.fieldnames import LABELS, PRINT_CHOICES, project_label
from models.document.tree import GoalDocument, Items, Measure, Project, SubGoal, Unit
from models.document.unit_heading import begins_unit
from models.years.plan_year import Place, PlanYear, plan_year


def tables_unit(projects: Sequence[Project]) -> Unit:
    """The unit most of the tables name, the first on a tie; an empty one without tables."""
    units = Counter(project.unit for project in projects)
    return units.most_common(1)[0][0] if units else Unit()


def text_unit(front: Front, projects: Sequence[Project]) -> Unit:
    """The unit of the whole text: the one that is stated, with its code where it is stated too or a table gives it; else the
    tables' unit."""
    if front.unit_code is not None:
        return Unit(front.unit_code, front.unit_name)
    named = [project.unit for project in projects if project.unit.name == front.unit_name]
    if front.unit_name and not named:
        return Unit("", front.unit_name)
    return named[0] if front.unit_name else tables_unit(projects)


def stated_year(document: GoalDocument, front: Front) -> PlanYear:
    """The plan's year: the one that is stated, else what the text says together."""
    found = plan_year(document, front.year)
    return replace(found, source=found.source.replace(Place.COVER.value, front.place))


def describe_sources(
    document: GoalDocument, front: Front, year: PlanYear, readings: Sequence[TableReading]
) -> Iterator[Note]:
    """What was found, part by part, and where year, unit and the amounts' unit come from."""
    yield from describe_year(year)
    yield from _describe_unit(document, front)
    yield from _describe_amount_units(document.projects, readings)
    yield Note(Kind.FOUND, f"总体绩效目标：{_count(document.overall_goal)} 段", "overall_goal")
    yield Note(Kind.FOUND, f"分项绩效目标：{len(document.sub_goals.items)} 项", "sub_goals")
    yield Note(Kind.FOUND, f"工作保障措施：{len(document.safeguards.items)} 项", "safeguards")
    yield Note(Kind.FOUND, f"预算项目：{len(document.projects)} 个", "projects")
    yield from _describe_sections(document)
    for number, (project, reading) in enumerate(zip(document.projects, readings, strict=True), 1):
        yield from _describe_project(number, project, reading)
        yield from _describe_places(number, project, reading)


def _describe_sections(document: GoalDocument) -> Iterator[Note]:
    """Below which line each section of the text stands."""
    names = ("overall_goal", "sub_goals", "safeguards")
    filled = [name for name in names if _is_filled(getattr(document, name))]
    headings = [(name, words) for name in filled if (words := getattr(document.headings, name))]
    if headings:
        sections = "；".join(f"{LABELS[name]}取自「{shortened(words)}」下面" for name, words in headings)
        yield Note(Kind.SOURCE, f"{sections}。", headings[0][0])


def _is_filled(section: str | Items[SubGoal] | Items[Measure]) -> bool:
    return bool(section if isinstance(section, str) else section.items or section.preface)


def _describe_places(number: int, project: Project, reading: TableReading) -> Iterator[Note]:
    """The table and the row each field of a project stands in."""
    fields: dict[tuple[int, int], list[str]] = {}
    for name, place in reading.origins.items():
        fields.setdefault(place, []).append(_NAMES.get(name) or project_label(name).partition(" ")[0])
    places = [f"{'、'.join(dict.fromkeys(names))}取自{_place(*at)}" for at, names in fields.items()]
    if project.name and reading.title is not None and "name" not in reading.origins:
        places.insert(0, "项目名称取自标题行")
    if reading.rows_at:
        (table, first), (last_table, last) = reading.rows_at[0], reading.rows_at[-1]
        to = f"至 {last} 行" if table == last_table else f"行至{_place(last_table, last)}"
        places.append(f"指标取自第 {table} 张表第 {first} {to}")
    if places:
        yield Note(Kind.SOURCE, f"项目 {number}「{project.name}」：{'；'.join(places)}", f"projects[{project.id}]")


def _place(table: int, row: int) -> str:
    return f"第 {table} 张表第 {row} 行"


_NAMES = {"unit": "单位"}


def describe_unit_headings(count: int, projects: Sequence[Project]) -> Iterator[Note]:
    """What becomes of the lines that named a unit above its projects, if there were any."""
    if not count:
        return
    missing = sum(begins_unit(projects, place) for place in range(len(projects))) - count
    more = f"另有 {missing} 处原文没有，打印时也会加上。" if missing > 0 else ""
    yield Note(
        Kind.FOUND,
        f"单位标题：{count} 处，与项目表中的单位相同，打印时由程序加上；"
        f"新草稿已勾选「{PRINT_CHOICES['unit_headings']}」。{more}",
        "settings.unit_headings",
    )


def _count(text: str) -> int:
    return len(text.split("\n")) if text else 0


def describe_year(found: PlanYear) -> Iterator[Note]:
    """The plan's year and where it comes from; where that is not sure, the question and all that was seen."""
    if found.year is not None:
        yield Note(Kind.SOURCE, f"预算年度：{found.year} 年（取自{found.source}）", "year")
        if found.doubted:
            message = f"预算年度按 {found.year} 年读入，可是{'，'.join(found.doubted)}，请核对。"
            yield Note(Kind.HINT, message, "year")
    elif found.is_doubtful:
        yield Note(Kind.HINT, found.question, "year")
    else:
        seen = f"{found.seen[0]}，不一定是预算年度。" if found.seen else ""
        yield Note(Kind.SOURCE, f"预算年度：文中没有写明，请补填。{seen}", "year")


def _describe_unit(document: GoalDocument, front: Front) -> Iterator[Note]:
    if document.unit == Unit():
        yield Note(Kind.SOURCE, "单位：文中没有写明，请补填。", "unit.name")
        return
    others = {project.unit for project in document.projects} - {document.unit}
    more = f"；另有 {len(others)} 个单位的表" if others else ""
    yield Note(
        Kind.SOURCE,
        f"单位：{document.unit.code}{document.unit.name}（取自{front.place if front.unit_name or front.unit_code is not None else '项目表'}{more}）",
        "unit.name",
    )


def _describe_amount_units(projects: Sequence[Project], readings: Sequence[TableReading]) -> Iterator[Note]:
    """The units amounts are counted in, as the tables say; a table that says none has a hint of its own."""
    units = Counter(
        project.amount_unit for project, reading in zip(projects, readings, strict=True) if reading.has_amount_unit
    )
    if units:
        several = "，各表不一致，请核对" if len(units) > 1 else ""
        yield Note(Kind.SOURCE, f"金额单位：{'、'.join(units)}（取自项目表{several}）")


def _describe_project(number: int, project: Project, reading: TableReading) -> Iterator[Note]:
    path = f"projects[{project.id}]"
    yield Note(
        Kind.FOUND,
        f"项目 {number}「{project.name}」：预算数 {project.budget or '空'}，指标 {len(project.indicators)} 行",
        path,
    )
    if not reading.has_amount_unit:
        yield Note(
            Kind.HINT,
            f"项目 {number}：表中没有写金额单位，按 {project.amount_unit} 处理，请核对。",
            f"{path}.amount_unit",
        )
    if not reading.has_form:
        yield Note(Kind.HINT, f"项目 {number}：没有找到项目信息表（编码、预算、支出计划）。", path)
    if not reading.has_indicators:
        yield Note(Kind.HINT, f"项目 {number}：没有找到绩效指标表。", path)
