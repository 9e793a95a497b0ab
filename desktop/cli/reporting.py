"""Prints findings, plans and errors for a person to read."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from desktop.core.findings import FINDING_CLASS_TITLES, Finding, FindingClass
from desktop.core.plan import Act, Plan
from desktop.core.secrecy import NOTICE, secret_words
from desktop.core.subjects import SUBJECTS
from desktop.errors import AppError

_MOST_SHOWN = 200


def print_findings(findings: Sequence[Finding]) -> None:
    """Print findings by class, the gravest first; of very many, the first of each class and how many more."""
    for level in FindingClass:
        listed = [finding for finding in findings if finding.level is level]
        if not listed:
            continue
        print(f"{level.value} 类（{FINDING_CLASS_TITLES[level]}）{len(listed)} 条：")
        for finding in listed[:_MOST_SHOWN]:
            print(f"  [{finding.code}] {finding.sentence}")
        if len(listed) > _MOST_SHOWN:
            print(f"  ……另有 {len(listed) - _MOST_SHOWN} 条。")


def print_plan(plan: Plan) -> None:
    """Print what an import does, subject by subject."""
    for name, subject in SUBJECTS.items():
        counted = [(act, plan.counts[name, act]) for act in Act if plan.counts[name, act]]
        if counted:
            print(f"{subject.title}：" + "，".join(f"{act.value} {number}" for act, number in counted) + "。")


def print_error(error: AppError) -> None:
    """Print what went wrong in the world, and what to do."""
    print(f"{error.title}：{error.message}{error.remedy}", file=sys.stderr)


def print_notice() -> None:
    """Say that the program is not for state secrets; said once where data or documents come in or go out."""
    print(f"{NOTICE}。")


def print_first(lines: Iterable[str]) -> None:
    """Print lines, of very many the first and how many more."""
    listed = list(lines)
    print_lines(f"  {line}" for line in listed[:_MOST_SHOWN])
    if len(listed) > _MOST_SHOWN:
        print(f"  ……另有 {len(listed) - _MOST_SHOWN} 条。")


def print_lines(lines: Iterable[str]) -> None:
    """Print lines."""
    for line in lines:
        print(line)


def print_secret_words(arguments: Iterable[str]) -> None:
    """Warn of words of state secrecy in what was typed: reasons, names, the names of scans and other files."""
    found = [(text, words) for text in arguments if (words := secret_words(text))]
    for text, words in found:
        listed = "、".join(f"「{word}」" for word in words)
        print(f"注意：「{text}」中有{listed}，请确认不涉及国家秘密；涉密内容不得录入本系统。")
