"""Makes the sample county: all its rows from a seed and the data. Knows no workbooks."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

from desktop.sample.copies import make_copies
from desktop.sample.holdings import make_holdings
from desktop.sample.machines import Machine, computer_row, make_machines
from desktop.sample.material import Data, Material, read_material
from desktop.sample.people import make_staff, person_rows
from desktop.sample.progress import progress_rows
from desktop.sample.rows import County, Row
from desktop.sample.sites import Site, make_sites, staff_sizes, unit_row
from desktop.sample.software_rows import installation_rows, licence_row


def load_data(path: Path) -> Data:
    """Return what `county.toml` holds; a mistake in it is a fault of the program."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def make_county(seed: int = 2026, *, data: Data, units: int = 60, computers: int = 600) -> County:
    """Return the county that `seed` gives, always the same one; larger ones keep the proportions.

    Raises ValueError for a county smaller than the default, or with more units than the data has names for.
    """
    rng = Random(seed)  # noqa: S311  # the same county every time is the purpose
    material = read_material(data, units=units, computers=computers)
    sites = make_sites(material)
    machines = make_machines(rng, material, sites)
    sizes = staff_sizes(material, _in_use(sites, machines))
    staff = [make_staff(rng, material, site, size) for site, (_, size) in zip(sites, sizes, strict=True)]
    copies = make_copies(rng, material, machines)
    held = make_holdings(rng, material, sites, copies)
    names = {site.short: site.name for site in sites}
    staff_of = dict(zip(names, staff, strict=True))
    return County(
        unit=tuple(unit_row(rng, site, size) for site, size in zip(sites, sizes, strict=True)),
        person=tuple(person_rows(material, sites, staff)),
        computer=tuple(_computer_rows(rng, material, machines, staff_of)),
        licence=tuple(licence_row(rng, material.words, holding) for holding in held.all),
        installation=tuple(installation_rows(rng, names, copies, held)),
        progress=tuple(progress_rows(rng, material, sites)),
    )


def _in_use(sites: Sequence[Site], machines: Sequence[Machine]) -> list[int]:
    """Return how many computers in use each unit has."""
    return [sum(m.is_in_use and m.unit == site.short for m in machines) for site in sites]


def _computer_rows(
    rng: Random, material: Material, machines: Sequence[Machine], staff: Mapping[str, Sequence[str]]
) -> list[Row]:
    """Return the sheet 计算机; the people of a unit take its computers in turn, a server has no user."""
    names = {seed.short: seed.name for seed in material.units}
    turn = dict.fromkeys(names, 0)
    rows: list[Row] = []
    for order, machine in enumerate(machines, start=1):
        has_user = machine.is_in_use and machine.kind != "服务器"
        people = staff[machine.unit]
        user = people[turn[machine.unit] % len(people)] if has_user else None
        turn[machine.unit] += has_user
        row = computer_row(rng, material, machine, order=order, user=user)
        rows.append({"单位名称": names[machine.unit], **row})
    return rows
