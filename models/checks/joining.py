"""One fault, one problem: findings of several rules that report the same fault become one, reported by the most severe rule."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from models.checks.registry import Found, Severity
from models.checks.vocabulary import Vocabulary

_WEIGHT = {severity: weight for weight, severity in enumerate(Severity)}


def joined(found: Sequence[Found], vocabulary: Vocabulary) -> list[Found]:
    """The findings in their order, those that repeat another one's fault joined to it."""
    rows, words = vocabulary.groups("joining.row").values(), vocabulary.groups("joining.words").values()
    leaders: dict[int, Found] = {}
    by_bucket: dict[str, list[int]] = {}
    # The most severe first; of equals what does not point at another place as the cause.
    ranks = [(_WEIGHT[each.severity], bool(each.finding.places)) for each in found]
    for number in sorted(range(len(found)), key=ranks.__getitem__):
        own = found[number]
        near = (place for bucket in _buckets(own) for place in by_bucket.get(bucket, ()))
        leader = next((place for place in near if _is_one_fault(leaders[place], own, rows, words)), None)
        if leader is None:
            leaders[number] = own
            for bucket in _buckets(own):
                by_bucket.setdefault(bucket, []).append(number)
        else:
            leaders[leader] = _with(leaders[leader], own)
    return [leaders[number] for number in sorted(leaders)]


def _buckets(found: Found) -> Iterator[str]:
    """Where a finding of the same fault may stand: its row or field, and the places it names."""
    yield from dict.fromkeys(map(_row_or_field, (found.finding.path, *found.finding.places)))


def _row_or_field(path: str) -> str:
    at = path.find("indicators[")
    return path[: path.index("]", at) + 1] if at >= 0 else path


def _is_one_fault(
    leader: Found, other: Found, rows: Collection[tuple[str, ...]], words: Collection[tuple[str, ...]]
) -> bool:
    if any(leader.rule in group and other.rule in group for group in rows):
        return leader.rule != other.rule or leader.finding.path != other.finding.path
    if leader.rule == other.rule or leader.finding.path != other.finding.path:
        return False
    one, two = leader.finding.excerpt, other.finding.excerpt
    return (one in two or two in one) and any(leader.rule in group and other.rule in group for group in words)


def _with(leader: Found, other: Found) -> Found:
    """The leader with what the other says as its second sentence."""
    own, added = leader.finding, other.finding
    offered = (*own.choices, *added.choices, *((added.fix,) if added.fix else ()))
    finding = replace(
        own,
        message=own.message if added.message in own.message else own.message + added.message,
        choices=() if own.fix else tuple(dict.fromkeys(offered)),
        places=tuple(place for place in dict.fromkeys((*own.places, *added.places)) if place != own.path),
    )
    also = dict.fromkeys((*leader.also, other.rule, *other.also))
    return leader._replace(finding=finding, also=tuple(rule for rule in also if rule != leader.rule))
