"""The people of the sample county: names, and the rows of those with a responsibility (职责)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random

from desktop.sample.material import Material
from desktop.sample.rows import Row
from desktop.sample.sites import Site

_FIRST_MOBILE = 13900000001
_FIRST_PHONE = 5550101
_FIRST_FAX = 5560001
_SMALL = 6
_HANDLER = 2


def make_staff(rng: Random, material: Material, site: Site, size: int) -> list[str]:
    """Return the names of a unit's people, all different; the first ones carry its responsibilities."""
    names: dict[str, None] = {}
    rare = material.planted["rare_names"].get(site.short)
    while len(names) < max(size, 4):
        names[rare if rare and len(names) == _HANDLER else _name(rng, material.words)] = None
    return list(names)


def _name(rng: Random, words: Mapping[str, str]) -> str:
    surname = rng.choice(words["surnames"])
    return surname + "".join(rng.choice(words["given"]) for _ in range(rng.choice((1, 2, 2))))


def person_rows(material: Material, sites: Sequence[Site], staff: Sequence[Sequence[str]]) -> list[Row]:
    """Return the sheet 人员: who answers for what in every unit, with telephone numbers that cannot be real."""
    planted = material.planted
    rows: list[Row] = []
    for site, names in zip(sites, staff, strict=True):
        for order, (name, post, responsibilities) in enumerate(_people_of(material, site, names), start=1):
            row = _row(site, name, post, responsibilities)
            rows.append(row | _numbers(len(rows), site) | {"排序号": order})
    return [_with_broken_phone(row, sites, planted["broken_phone"]) for row in rows]


def _people_of(material: Material, site: Site, names: Sequence[str]) -> Iterator[tuple[str | None, str, str]]:
    """Yield name, post and responsibilities; the lead office also has who fills forms and a vacant post."""
    is_lead = site.short == material.planted["lead"]
    post = _head_of(site, material.words["posts"])
    yield names[0], post, "第一责任人"
    yield names[1], "副" + post.removeprefix("办事处").removeprefix("常务副"), "分管领导"
    if is_lead:
        yield None, "办公室主任", "办公室主任"
    if site.computers < _SMALL:
        yield names[_HANDLER], "科员", "经办人、信息报送人"
        return
    yield names[_HANDLER], "科员", "经办人、填表人" if is_lead else "经办人"
    yield names[3], "科员", "信息报送人"


def _head_of(site: Site, posts: Mapping[str, str]) -> str:
    return next((post for ending, post in posts.items() if site.short.endswith(ending)), "主任")


def _row(site: Site, name: str | None, post: str, responsibilities: str) -> dict[str, str | int | None]:
    return {
        "单位名称": site.name,
        "姓名": name,
        "负责科室": "党政综合办公室" if site.seed.level == "乡镇" else "办公室",
        "职务": post,
        "职责": responsibilities,
    }


def _numbers(count: int, site: Site) -> dict[str, str | int | None]:
    return {
        "办公电话": f"0999-{_FIRST_PHONE + count}",
        "手机": str(_FIRST_MOBILE + count),
        "传真": f"0999-{_FIRST_FAX + site.number}",
        "邮箱": f"u{site.number:03d}@shili.example",
    }


def _with_broken_phone(row: Row, sites: Sequence[Site], short: str) -> Row:
    """Return the row, or with the number that a spreadsheet has spoilt when it is the planted one."""
    site = next(site for site in sites if site.short == short)
    is_planted = row["单位名称"] == site.name and "信息报送人" in str(row["职责"])
    return {**row, "手机": "1.39E+10"} if is_planted else row
