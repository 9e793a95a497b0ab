"""The command line as a person uses it: real files, exit codes, Chinese sentences."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from desktop.cli.main import main
from tests.builders import Rows, a_workbook

UNITS: Rows = [["单位名称", "排序号"], ["县委宣传部", 1], ["县公安局", 2]]
COMPUTERS: Rows = [
    ["单位名称", "资产编号", "类型"],
    ["县公安局", "001", "台式机"],
    ["县公安局", "002", "笔记本"],
]
LICENCES: Rows = [
    ["单位名称", "软件编号", "软件名称", "软件类别", "国内/国外", "套数", "许可数", "金额（万元）"],
    ["县公安局", "A1", "某办公软件", "办公软件", "国内", 1, 50, "1.23"],
]
CELL = "县级机关/软件情况/国内/办公软件/许可数（个）"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    a_workbook(tmp_path / "表.xlsx", {"单位": UNITS, "计算机": COMPUTERS, "许可": LICENCES})
    return tmp_path


@pytest.fixture
def ledger(folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["init", "--ledger", "甲.db", "--office", "县委宣传部"]) == 0
    assert main(["import", "表.xlsx", "--ledger", "甲.db"]) == 0
    capsys.readouterr()
    return "甲.db"


def test_without_a_command_the_usage_is_said_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([])
    assert stopped.value.code == 2
    assert "用法不对：缺少参数：命令" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["fill"], "缺少参数：表"),
        (["fill", "T02", "--bogus"], "不认识的参数：--bogus"),
        (["fill", "T02", "--as-of", "2024-02-30"], "这一天不存在"),
        (["fill", "T02", "--as-of"], "--as-of 后面要有一个值"),
        (["fill", "T02", "--unit", "甲", "--group", "乙"], "只能用一个"),
        (["nothing"], "没有命令 'nothing'"),
        (["undo", "二"], "操作号 要填一个整数，不能是 '二'"),
    ],
)
def test_wrong_usage_exits_with_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err


def test_the_version_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--version"])
    assert stopped.value.code == 0
    assert capsys.readouterr().out.startswith("正版台账 0.")


def test_the_ledger_may_be_named_before_the_command(ledger: str) -> None:
    assert main(["--ledger", ledger, "fill", "T02", "--as-of", "2024-06-30"]) == 0


def test_a_missing_ledger_exits_with_2_and_a_remedy(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fill", "T02", "--ledger", "没有.db"]) == 2
    assert "不存在" in capsys.readouterr().err


def test_a_ledger_is_never_made_over_a_file(ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = Path(ledger).read_bytes()
    assert main(["init", "--ledger", ledger]) == 2
    assert "已经存在" in capsys.readouterr().err
    assert Path(ledger).read_bytes() == before


def test_json_has_every_cell_under_the_path_of_its_printed_headings(ledger: str, folder: Path) -> None:
    assert main(["fill", "T02", "--ledger", ledger, "--as-of", "2024-06-30", "--json", "表.json"]) == 0
    form = json.loads((folder / "表.json").read_text(encoding="utf-8"))
    cell = form["cells"][CELL]
    assert (cell["value"], cell["text"], cell["origin"]) == (50, "50", "computed")
    assert form["cells"]["县级机关/软件情况/国内/办公软件/金额（万元）"]["value"] == 1.23
    blank = form["cells"]["示范区机关/软件情况/国内/办公软件/许可数（个）"]
    assert (blank["value"], blank["text"], blank["origin"]) == (None, "", "blank")
    assert {"code", "class", "text", "remedy", "cell"} <= form["findings"][0].keys()


def test_all_outputs_are_written(ledger: str, folder: Path) -> None:
    outputs = ["--pdf", "表.pdf", "--xlsx", "出.xlsx", "--text", "表.txt"]
    assert main(["fill", "T02", "--ledger", ledger, "--date", "2024-07-05", *outputs]) == 0
    assert (folder / "表.pdf").read_bytes().startswith(b"%PDF")
    assert "软件正版化情况统计表" in (folder / "表.txt").read_text(encoding="utf-8")
    values = [cell.value for row in openpyxl.load_workbook(folder / "出.xlsx").worksheets[0] for cell in row]
    assert 50 in values


def test_without_a_file_the_table_is_shown(ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fill", "软件正版化检查整改工作统计表", "--ledger", ledger]) == 0
    assert "县" in capsys.readouterr().out


def test_a_form_with_findings_of_class_a_exits_with_1(
    ledger: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "T01", "--ledger", ledger]) == 1
    assert "没有一名信息报送人员" in capsys.readouterr().out


def test_explain_lists_the_rows_behind_a_number(ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "T02", CELL, "--ledger", ledger]) == 0
    said = capsys.readouterr().out
    assert "县公安局｜A1，某办公软件｜50 个" in said
    assert "共 1 行，合计 50 个" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["explain", "T02", "没有这一格"], "没有「没有这一格」"),
        (["fill", "T99"], "没有「T99」"),
        (["fill", "T02", "--unit", "没有的局"], "单位「没有的局」没有登记"),
        (["fill", "T02", "--group", "没有的组"], "没有分组"),
        (["fill", "T02", "--campaign", "没有的任务"], "没有任务"),
        (["undo", "99"], "操作 99 不存在"),
        (["undo", "0"], "操作 0 不存在"),
        (["undo", "9" * 30], "不存在"),
        (["fill", "T02", "--pdf", "甲.db"], "是台账文件"),
        (["fill", "T02", "--blank", "--text", "甲.db.lock"], "是台账文件"),
        (["fill", "T02", "--pdf", "一.pdf", "--xlsx", "一.pdf"], "被用作两种输出"),
        (["fill", "T02", "--xlsx", "表.xlsx"], "不是本程序输出的工作簿文件"),
        (["import", "没有.xlsx"], "文件不存在"),
        (["fill", "T02", "--pdf", "没有的文件夹/表.pdf"], "「没有的文件夹」不存在"),
    ],
)
def test_what_is_not_there_exits_with_2_and_a_remedy(
    ledger: str, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--ledger", ledger]) == 2
    assert said in capsys.readouterr().err


def test_a_dry_run_writes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["init", "--ledger", "乙.db"])
    assert main(["import", "表.xlsx", "--dry-run", "--ledger", "乙.db"]) == 0
    assert "只是预览" in capsys.readouterr().out
    assert main(["undo", "--ledger", "乙.db"]) == 2
    assert "没有可撤销的操作" in capsys.readouterr().err


def test_importing_again_changes_nothing_and_undo_takes_it_back(
    ledger: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "表.xlsx", "--ledger", ledger]) == 0
    assert "没有变化" in capsys.readouterr().out
    assert main(["undo", "--ledger", ledger]) == 0
    assert main(["import", "表.xlsx", "--dry-run", "--ledger", ledger]) == 0
    assert "单位：新增 2" in capsys.readouterr().out


def test_refused_rows_keep_the_whole_import_out_unless_asked(
    ledger: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows: Rows = [["单位名称", "资产编号", "类型"], ["县公安局", "003", "台式"], ["没有的局", "004", "台式"]]
    a_workbook(folder / "坏.xlsx", {"计算机": rows})
    assert main(["import", "坏.xlsx", "--ledger", ledger]) == 1
    assert "第 3 行「单位名称」栏：单位「没有的局」没有登记" in capsys.readouterr().out
    assert main(["import", "坏.xlsx", "--ledger", ledger, "--partial"]) == 1
    assert "已写入" in capsys.readouterr().out


def test_forms_are_listed_and_a_broken_one_is_named_with_its_line(
    ledger: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["forms", "--ledger", ledger]) == 0
    (folder / "forms").mkdir()
    (folder / "forms" / "坏.toml").write_text('format = 1\ncode = "X01\n', encoding="utf-8")
    assert main(["forms", "--ledger", ledger]) == 1
    said = capsys.readouterr().out
    assert "《坏.toml》无法读取：第 2 行" in said
    assert "T03 《绍兴市国有企业使用软件情况调查表》" in said


def test_a_blank_form_needs_no_findings(ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fill", "T01", "--blank", "--ledger", ledger]) == 0
    assert "类" not in capsys.readouterr().out


@pytest.mark.parametrize("option", ["--unit", "--group", "--campaign", "--json", "--ledger"])
def test_an_empty_name_is_a_slip(ledger: str, option: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["fill", "T02", "--ledger", ledger, option, " "])
    assert stopped.value.code == 2
    assert "不能为空" in capsys.readouterr().err


def test_what_cannot_be_a_character_is_a_slip(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["init", "--office", "\udcff"])
    assert stopped.value.code == 2
    assert "无法识别的字符" in capsys.readouterr().err


def test_a_blank_form_is_asked_for_whom_too(ledger: str) -> None:
    assert main(["fill", "T02", "--blank", "--unit", "没有的局", "--ledger", ledger]) == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_place_for_what_is_shown_is_told(ledger: str, folder: Path) -> None:
    for command in (["forms"], ["history", "--ledger", ledger]):
        with Path("/dev/full").open("w", encoding="utf-8") as full:
            done = subprocess.run(  # noqa: S603  # our own words
                [sys.executable, "-m", "desktop", *command],
                stdout=full, stderr=subprocess.PIPE, cwd=folder, text=True, encoding="utf-8", check=False,
            )  # fmt: skip
        assert (done.returncode, "没有全部显示（磁盘已满）" in done.stderr) == (2, True), done.stderr


def test_a_dry_run_lists_what_changes(ledger: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a_workbook(folder / "改.xlsx", {"单位": [["单位名称", "备注"], ["县公安局", "改"]]})
    main(["import", "改.xlsx", "--dry-run", "--ledger", ledger])
    assert "「单位」表第 2 行，单位：备注 （空） → 改。" in capsys.readouterr().out


def test_withdrawing_and_the_history_are_shown(
    ledger: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_workbook(folder / "进度.xlsx", {"进度": [["单位名称", "摸查"], ["县公安局", "2024-01-01"]]})
    main(["import", "进度.xlsx", "--ledger", ledger])
    assert main(["withdraw", "县公安局", "摸查", "--reason", "查得不全", "--ledger", ledger]) == 0
    assert main(["history", "--ledger", ledger]) == 0
    assert "撤回县公安局的摸查，理由：查得不全" in capsys.readouterr().out


def test_a_template_goes_out_and_comes_back(ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["template", "空表"]) == 0
    assert main(["template", "带内容", "--filled", "--ledger", ledger]) == 0
    assert main(["template", "带内容", "--unit", "县公安局", "--ledger", ledger]) == 0
    assert "隐藏的记录标识请不要改动" in capsys.readouterr().out
    assert main(["import", "带内容/正版台账登记表-县公安局.xlsx", "--ledger", ledger]) == 0
    assert "没有变化。" in capsys.readouterr().out


def test_a_mapping_is_kept_shown_and_used(
    ledger: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_workbook(folder / "怪.xlsx", {"一": [["机器号", "设备"], ["003", "台式"]]})
    said = ["--as", "计算机", "--row", "1", "--column", "机器号=资产编号", "--column", "B=类型"]
    assert main(["mapping", "怪.xlsx", "--ledger", ledger, *said]) == 0
    assert "A 列「机器号」→ 计算机·资产编号" in capsys.readouterr().out
    assert main(["import", "怪.xlsx", "--unit", "县公安局", "--ledger", ledger]) == 0
    assert "计算机：新增 1。" in capsys.readouterr().out
    assert main(["mapping", "怪.xlsx", "--ledger", ledger, "--forget"]) == 0
    assert "没有认出来" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["C", "=类型", "C="])
def test_a_column_without_its_meaning_is_refused(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["mapping", "表.xlsx", "--column", text])
    assert "要写成 名称=内容" in capsys.readouterr().err


def test_a_campaign_is_set_up_and_filled(ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = ["--total", "套数", "--from", "2024-01-01", "--to", "2024-09-30", "--switch", "服务器=不计"]
    assert main(["campaign", "new", "整改", *said, "--ledger", ledger]) == 0
    assert main(["campaign", "group", "整改", "县级", "--units", "县公安局", "--ledger", ledger]) == 0
    assert main(["campaign", "set", "整改", "--switch", "小数=4", "--ledger", ledger]) == 0
    assert main(["campaign", "text", "整改", "T02", "县级机关", "县直机关", "--ledger", ledger]) == 0
    capsys.readouterr()
    assert main(["campaign", "show", "整改", "--ledger", ledger]) == 0
    shown = capsys.readouterr().out
    assert "任务「整改」　2024-01-01—2024-09-30" in shown
    assert "分组「县级」1 个单位：县公安局" in shown
    assert main(["campaign", "list", "--ledger", ledger]) == 0
    assert "整改" in capsys.readouterr().out
    assert main(["fill", "T02", "--campaign", "整改", "--ledger", ledger]) == 0
    assert "县  │" in capsys.readouterr().out


def test_an_act_that_there_is_not_is_said_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["campaign", "fly"])
    assert "没有动作 'fly'" in capsys.readouterr().err


def test_a_value_is_typed_justified_and_listed(ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["typed", "--ledger", ledger]) == 0
    assert "没有手工填报" in capsys.readouterr().out
    assert main(["type", "T02", CELL, "60", "--reason", "依据合同核对", "--ledger", ledger]) == 0
    assert main(["justify", "T02", "V11", "与合同原件逐条核对", "--ledger", ledger]) == 0
    capsys.readouterr()
    assert main(["typed", "--ledger", ledger]) == 0
    assert "填报 60，理由：依据合同核对" in capsys.readouterr().out
    assert main(["check", "T02", "--ledger", ledger]) == 0
    assert "已说明：与合同原件逐条核对" in capsys.readouterr().out
    assert main(["justify", "T02", "V11", "--clear", "--ledger", ledger]) == 0
    assert main(["type", "T02", CELL, "--clear", "--ledger", ledger]) == 0
    assert main(["type", "T02", CELL, "60", "--ledger", ledger]) == 2


def test_a_form_is_issued_sealed_verified_and_voided(
    ledger: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ["--ledger", ledger]
    people = [["单位名称", "姓名", "职责", "手机"], ["县委宣传部", "李明", "填表人", "13900000001"]]
    a_workbook(folder / "人员.xlsx", {"人员": people})
    assert main(["issued", "list", *place]) == 0
    assert "还没有定稿" in capsys.readouterr().out
    assert main(["issue", "T02", *place]) == 1
    assert "强制性审核没有通过" in capsys.readouterr().err
    assert main(["import", "人员.xlsx", *place]) == 0
    assert main(["fill", "T02", "--draft", "--pdf", "送审.pdf", *place]) == 0
    assert main(["issue", "T02", "--pdf", "定稿.pdf", *place]) == 0
    said = capsys.readouterr().out
    number = said.split("已定稿：")[1].split("《")[0]
    code = said.split("校验码 ")[1].split("。")[0]
    assert main(["verify", "定稿.pdf", *place]) == 0
    assert main(["verify", code, *place]) == 0
    assert main(["verify", "送审.pdf", *place]) == 1
    assert "没有对应的定稿" in capsys.readouterr().out
    assert main(["issued", "show", number, *place]) == 0
    assert main(["issued", "show", number, "--cell", CELL, *place]) == 0
    assert "共 1 行，合计 50。" in capsys.readouterr().out
    today = datetime.date.today().isoformat()  # noqa: DTZ011  # the program's own clock
    assert main(["issued", "seal", number, "--on", today, "--approved-by", "李局", *place]) == 0
    assert main(["issued", "accept", number, *place]) == 0
    assert main(["issued", "return", number, "--reason", "合计不符", *place]) == 0
    assert main(["issued", "compare", number, *place]) == 0
    assert main(["type", "T02", CELL, "60", "--reason", "依据合同核对", *place]) == 0
    assert main(["issued", "compare", number, *place]) == 1
    assert "定稿 50，现在 60" in capsys.readouterr().out
    assert main(["issued", "print", number, *place]) == 2
    assert main(["issued", "print", number, "--pdf", "重印.pdf", *place]) == 0
    assert Path("重印.pdf").read_bytes() == Path("定稿.pdf").read_bytes()
    assert main(["issued", "void", number, "--reason", "印错单位", *place]) == 0
    assert "请收回已盖章的 1 份" in capsys.readouterr().out
    assert main(["issued", "print", number, "--pdf", "重印.pdf", *place]) == 0
    assert "已作废" in capsys.readouterr().out
    assert main(["undo", *place]) == 2


def test_a_sheet_comes_in_from_paper(ledger: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = ["--unit", "县公安局", "--ledger", ledger]
    assert main(["fill", "T02", "--blank", "--xlsx", "空表.xlsx", "--ledger", ledger]) == 0
    workbook = openpyxl.load_workbook(folder / "空表.xlsx")
    for cell in ("H15", "H17", "N15", "N17"):
        workbook.worksheets[0][cell] = 60
    workbook.save(folder / "空表.xlsx")
    assert main(["paper", "enter", "T02", "空表.xlsx", *place]) == 0
    assert main(["paper", "compare", "T02", "空表.xlsx", *place]) == 0
    assert "两次录入一致" in capsys.readouterr().out
    workbook.worksheets[0]["H15"] = 61
    workbook.save(folder / "二.xlsx")
    assert main(["paper", "compare", "T02", "二.xlsx", *place]) == 1
    assert "第一次 60，第二次 61" in capsys.readouterr().out
    assert main(["paper", "accept", "T02", *place]) == 2
    workbook.worksheets[0]["H15"] = 60
    workbook.worksheets[0]["A3"] = "填表单位：县交通局（盖章）"
    workbook.save(folder / "三.xlsx")
    assert main(["paper", "enter", "T02", "三.xlsx", *place]) == 0
    assert main(["paper", "accept", "T02", *place]) == 1
    assert "[F07]" in capsys.readouterr().err
    workbook.worksheets[0]["A3"] = "填表单位：县公安局（盖章）"
    workbook.worksheets[0]["E3"] = "填表人：机密室李四"
    workbook.save(folder / "空表.xlsx")
    assert "请确认不涉及国家秘密" not in capsys.readouterr().out
    assert main(["paper", "enter", "T02", "空表.xlsx", *place]) == 0
    assert "有「机密」字样。请确认不涉及国家秘密" in capsys.readouterr().out
    assert main(["paper", "accept", "T02", *place]) == 0
    assert main(["paper", "enter", "T02", "空表.xlsx", *place]) == 2
    assert main(["paper", "return", "T02", "--reason", "合计没有填", *place]) == 0
    assert main(["paper", "show", "T02", *place]) == 0
    assert "退回" in capsys.readouterr().out
    assert main(["paper", "drop", "T02", *place]) == 0


def test_a_blank_copy_may_have_more_lines(ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fill", "T01", "--blank", "--ledger", ledger]) == 0
    usual = len(capsys.readouterr().out.splitlines())
    for strange in ("-5", "99999999999999999999", "十"):
        with pytest.raises(SystemExit):
            main(["fill", "T01", "--blank", "--lines", strange, "--ledger", ledger])
    assert "要写成 0 至 10000 的整数" in capsys.readouterr().err
    assert main(["fill", "T01", "--blank", "--lines", "12", "--ledger", ledger]) == 0
    assert len(capsys.readouterr().out.splitlines()) > usual + 9


def test_a_table_comes_with_its_working_paper_notes_and_the_whole_set(
    ledger: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ["--ledger", ledger]
    assert main(["worksheet", "T02", *place]) == 0
    assert "汇总底稿" in capsys.readouterr().out
    assert main(["worksheet", "T02", "--pdf", "底稿.pdf", "--xlsx", "底稿.xlsx", *place]) == 0
    assert main(["notes", "T02", "--consolidate", *place]) == 0
    assert "未报的 1 个单位" in capsys.readouterr().out
    assert main(["notes", "T02", "--pdf", "说明.pdf", *place]) == 0
    assert main(["booklet", "整套.pdf", "T02", "T21", "--consolidate", *place]) == 0
    assert "《证明材料清单》" in capsys.readouterr().out
    assert {"底稿.pdf", "底稿.xlsx", "说明.pdf", "整套.pdf"} <= {path.name for path in folder.iterdir()}
    assert main(["explain", "T02", CELL, "--consolidate", *place]) == 0
    assert "共 1 个单位，合计 50。" in capsys.readouterr().out
