"""An installation (安装): a product on a computer, with what its unit claims of it."""

from __future__ import annotations

from enum import StrEnum


class Claim(StrEnum):
    """What the unit itself says of an installation (申报); the office's verdict (认定) is another thing."""

    GENUINE = "正版"
    PIRATED = "非正版"
    PENDING = "待核实"
