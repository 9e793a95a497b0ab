from __future__ import annotations

import pytest

from desktop.core.text import match_key
from desktop.intake.planning.titles import is_said_of

NAME = "示例县教育局"


@pytest.mark.parametrize(
    "line",
    [
        "{}", "{}计算机清单", "{}2024年办公软件清查表", "{}（本级）计算机", "{}办公室电脑台账", "{}机关计算机登记表", "{}所有计算机",
        "{}计财科台账", "{}二〇二四年软件清单", "单位：{}", "填报单位：{}", "报送单位：{}", "上报单位：{}", "使用单位 {}", "主送：版权局  填报单位：{}",
        "{}信息设备情况", "{}学期末检查表", "{}网站软件", "{}社保科电脑", "日期：2024年 单位：{}",
    ],
)  # fmt: skip
def test_titles_and_labels_say_whose_a_table_is(line: str) -> None:
    text = match_key(line.format(NAME))
    start = text.find(NAME)
    assert is_said_of(text, start, start + len(NAME))


@pytest.mark.parametrize(
    "line",
    [
        "主送单位：{}", "主送：{}", "报送：{}", "报：{}", "抄送：{}", "抄报：{}", "送：{}", "呈报：{}", "呈：{}", "致：{}", "抄送：版权局、{}",
        "抄送单位: {}", "主管部门：{}", "汇总单位：{}", "监制：{}", "报{}", "请送{}审核", "{}制", "{}监制", "注：本表一份留{}", "例：{}",
        "{}下属示例县第一中学计算机清单", "{}所属学校计算机清单", "{}直属单位软件清单", "{}第一中学计算机清单", "{}幼儿园台账", "{}教研所",
        "{}城关镇中心学校软件清单", "{}考试中心", "{}信息中心软件清单", "{}采购管理站台账", "{}系统计算机清单",
    ],
)  # fmt: skip
def test_receivers_and_what_lies_below_a_unit_do_not(line: str) -> None:
    text = match_key(line.format(NAME))
    start = text.find(NAME)
    assert not is_said_of(text, start, start + len(NAME))


@pytest.mark.parametrize(
    ("line", "is_said"),
    [("白沙镇计算机清单", True), ("白沙镇人民政府计算机清单", True), ("白沙镇中心学校计算机清单", False), ("白沙村计算机清单", False)],
)  # fmt: skip
def test_a_short_name_may_be_completed(line: str, *, is_said: bool) -> None:
    assert is_said_of(line, 0, 2) == is_said
