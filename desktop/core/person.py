"""People (人员) of a unit and what they answer for (职责)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Responsibility(StrEnum):
    """What a person answers for (职责); other words typed by an office are kept as they are."""

    FIRST = "第一责任人"
    LEADER = "分管领导"
    HANDLER = "经办人"
    REPORTER = "信息报送人"
    CUSTODIAN = "软件专人"
    FILLER = "填表人"
    ENTERPRISE_MANAGER = "主管人"


@dataclass(frozen=True, slots=True)
class Person:
    """A person (人员) of a unit. The name may be empty: a post can be vacant (办公室主任由兼任)."""

    uid: str
    unit_name: str
    name: str
    department: str
    post: str
    office_phone: str
    mobile: str
    fax: str
    email: str
