"""Random workbooks of a tiny county: few names, so that rows meet, clash and hang on each other.

`TIDY` files hold no two rows for one record and hardly a bad cell; `MESSY` files hold anything.
"""

from __future__ import annotations

from hypothesis import strategies as st

from tests.intake.looking import Files, Row

Column = st.SearchStrategy[object]
Rows = st.SearchStrategy[list[Row]]

UNITS = ("甲局", "乙局", "丙局", "丁局")
DAYS = ("2021-01-01", "2022-01-01", "2023-01-01")
PRODUCTS = ("WPS Office 2019", "Windows 10 专业版", "县里的系统")


def of(*values: object) -> Column:
    return st.sampled_from(values)


def some(*values: object) -> Column:
    return st.sampled_from((None, None, *values))


def rows_of(columns: dict[str, Column], *key: str) -> Rows:
    """Return lists of rows; no two of them with the same values in the key's columns."""
    row = st.fixed_dictionaries(columns)
    unique_by = (lambda row: tuple(row[column] for column in key)) if key else None
    return st.lists(row, max_size=5, unique_by=unique_by)


def sheets(*, messy: bool) -> dict[str, Rows]:
    """Return the sheets of a file."""

    def bad(*values: object) -> tuple[object, ...]:
        return values if messy else ()

    def mostly(good: tuple[object, ...], *worse: object) -> Column:
        return of(*good * 5, *bad(*worse))

    def keyed(columns: dict[str, Column], *key: str) -> Rows:
        return rows_of(columns, *(() if messy else key))

    unit = mostly(UNITS, "甲", "老甲", None, "天上")
    return {
        "单位": keyed(
            {
                "单位名称": of(*UNITS),
                "简称": some(*bad("甲", "乙")),
                "曾用名": some(*bad("老甲")),
                "上级单位": mostly((None, "丁局"), *UNITS, "甲", "老甲", "天上"),
                "行业主管单位": mostly((None, "丙局"), "乙局", "天上"),
                "类别": mostly((None, "政府", "学校"), "看不懂"),
                "编制人数": mostly((None, 3), "约3"),
            },
            "单位名称",
        ),
        "人员": rows_of(
            {
                "单位名称": unit,
                "姓名": some("张三", "买买提•阿卜杜拉"),
                "职务": some("主任"),
                "职责": some("填表人、经办人"),
                "手机": some(13900001234.0),
            }
        ),
        "计算机": keyed(
            {
                "单位名称": unit,
                "资产编号": of("007", None, *bad("A1")),
                "类型": mostly(("台式", "便携"), "飞机"),
                "启用日期": mostly((None, DAYS[0]), DAYS[2]),
                "停用日期": some(DAYS[1]),
                "使用人": some("张三"),
            },
            "单位名称",
            "资产编号",
        ),
        "许可": keyed(
            {
                "单位名称": unit if messy else of(*UNITS[:3]),
                "软件编号": of("L2", "L3", *bad("L1", "L1", None)),
                "软件名称": mostly(PRODUCTS, "无名软件"),
                "版本": some(*bad("专业版")),
                "软件类别": mostly(("业务",), "办公", None),
                "国内/国外": mostly(("国内",), None),
                "来源": some(*bad("免费", "预装")),
                "授权方式": some("网络授权", *bad("OEM", "场地授权")),
                "套数": some(5, *bad(1)),
                "许可数": some(10, *bad(1, 5)),
                "单价": some("3.33"),
                "金额（元）": some("100", *bad("0.01")),
                "购买日期": some(*DAYS),
                "有效期至": some("永久", *DAYS),
                "合同编号": some("H1"),
                "上级许可编号": some("L1", *bad("L2", "L3")),
                "原许可编号": some(*bad("L1", "L2", "L3")),
                "绑定资产编号": some("A1", *bad("007")),
                "安装序列号": some("K1、K2", "K1"),
            },
            "单位名称",
            "软件编号",
        ),
        "安装": rows_of(
            {
                "单位名称": unit,
                "资产编号": of("A1", *bad("007")),
                "软件名称": mostly(PRODUCTS, "无名软件"),
                "软件类别": some("业务", *bad("办公")),
                "国内/国外": some("国内", *bad("国外")),
                "软件编号": some("L1", *bad("L2", "L3")),
                "安装日期": mostly((None, DAYS[0]), DAYS[2]),
                "卸载日期": some(DAYS[1]),
            }
        ),
        "进度": keyed(
            {
                "单位名称": unit,
                "摸查": some("是", "否", *DAYS),
                "经费": mostly((None, "是"), "2月30日"),
                "无需采购": some("是", "否"),
            },
            "单位名称",
        ),
    }


MESSY_BASE: dict[str, list[Row]] = {"单位": [{"单位名称": name, "备注": "有"} for name in UNITS]}
TIDY_BASE: dict[str, list[Row]] = {
    "计算机": [{"单位名称": name, "资产编号": "A1", "类型": "台式"} for name in UNITS],
    "许可": [
        {
            "单位名称": "丁局",
            "软件编号": "L1",
            "软件名称": PRODUCTS[0],
            "套数": 100,
            "许可数": 100,
            "金额（元）": "1000",
        }
    ],
}


def _messy() -> st.SearchStrategy[Files]:
    files: st.SearchStrategy[Files] = st.dictionaries(
        of("一.xlsx", "二.xlsx").map(str), st.fixed_dictionaries(sheets(messy=True)), min_size=1, max_size=2
    ).map(dict)
    return st.builds(
        lambda chosen, base: {**base, **chosen}, files, st.sampled_from(({"零.xlsx": MESSY_BASE}, {}))
    )


def _tidy() -> st.SearchStrategy[Files]:
    units = [
        st.fixed_dictionaries(
            {"单位名称": st.just(name), "上级单位": some(*UNITS[n + 1 :]), "编制人数": some(3)}
        )
        for n, name in enumerate(UNITS)
    ]
    return st.builds(
        lambda listed, others: {
            "零.xlsx": {"单位": list(listed), **TIDY_BASE},
            "一.xlsx": {**others, "单位": []},
        },
        st.tuples(*units),
        st.fixed_dictionaries(sheets(messy=False)),
    )


TIDY = _tidy()
MESSY = _messy()
