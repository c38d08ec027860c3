"""Drafts, conversations, files and checks on disk; and the HTML made of answers and marked texts."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.draft.model import Paragraph
from assistant.errors import InputError, UnknownNameError
from assistant.legal import Registry
from assistant.legal.documents import RegistryDocument, Target
from assistant.settings import load_settings
from ui.charts import indicators_of, read_figure
from ui.events import Act
from ui.indicator_lists import indicator_lists, with_rows
from ui.jobs import Done, Jobs, Progress, Stopped
from ui.office import Office
from ui.render.answer import answer_html
from ui.render.diff import diff_html
from ui.render.html import short_date
from ui.render.marked import Place, corrected, marked_html, pieces
from ui.store.conversations import as_text
from ui.store.drafts import HEADER, MAX_UNDO, DraftFile
from ui.store.folder import write_json
from ui.tabs.draft_rewrite import REWRITING, DraftRewrite
from ui.workspace import desk_of


def test_a_draft_is_on_disk_at_once_and_each_user_has_their_own(tmp_path: Path) -> None:
    desk = desk_of("lan", tmp_path)
    draft = desk.drafts.create("Quý III", "quy", {"period_label": "Quý III/2025"})
    desk.drafts.set_value(draft.id, "muc", "so", "1.240")
    again = desk_of("lan", tmp_path).drafts.get(draft.id)
    assert again.sections == {"muc": {"so": "1.240"}}
    with pytest.raises(UnknownNameError):
        desk_of("minh", tmp_path).drafts.get(draft.id)
    assert desk_of("minh", tmp_path).drafts.all() == []


@pytest.mark.parametrize("name", ["../x", "", "0" * 11, "g" * 12, "a" * 13])
def test_an_id_that_is_no_id_opens_nothing(tmp_path: Path, name: str) -> None:
    desk = desk_of("lan", tmp_path)
    for store in (desk.drafts, desk.conversations, desk.files, desk.checks):
        with pytest.raises(UnknownNameError):
            store.get(name)


def test_undo_takes_back_one_step_at_a_time(tmp_path: Path) -> None:
    drafts = desk_of("lan", tmp_path).drafts
    draft = drafts.create("a", "quy")
    drafts.set_value(draft.id, HEADER, "period_label", "Quý III")
    drafts.set_many(draft.id, [("m", "a", 1), ("m", "b", 2)])
    drafts.set_edit(draft.id, "m#1", "viết tay")
    drafts.forget_edits(draft.id, ["m#1"])
    assert drafts.get(draft.id).edits == {}
    assert drafts.undo(draft.id)[0].edits == {"m#1": "viết tay"}
    assert drafts.undo(draft.id)[0].edits == {}
    assert drafts.undo(draft.id)[0].sections == {"m": {}}
    assert drafts.undo(draft.id)[0].header == {}
    assert drafts.undo(draft.id)[1] is None


def test_the_same_value_again_is_no_step(tmp_path: Path) -> None:
    drafts = desk_of("lan", tmp_path).drafts
    draft = drafts.create("a", "quy")
    for _ in range(3):
        draft = drafts.set_value(draft.id, "m", "a", "5")
        draft = drafts.set_value(draft.id, "m", "left empty", "")
    assert len(draft.history) == 1
    for number in range(MAX_UNDO + 20):
        draft = drafts.set_value(draft.id, "m", "a", str(number + 10))
    assert len(draft.history) == MAX_UNDO


def test_a_damaged_draft_hides_no_other(tmp_path: Path) -> None:
    drafts = desk_of("lan", tmp_path).drafts
    good = drafts.create("a", "quy")
    (drafts.folder / ("0" * 12 + ".json")).write_text("{")
    assert [d.id for d in drafts.all()] == [good.id]


def test_conversations_keep_turns_and_judgements(tmp_path: Path) -> None:
    store = desk_of("lan", tmp_path).conversations
    new = store.create()
    store.add(new.id, "Hỏi gì?", {"answer": "Đáp [1]", "citations": [{"n": 1, "symbol": "57-NQ/TW", "quote": "q"}]})
    store.judge(new.id, 0, "wrong", "sai năm")
    kept = store.get(new.id)
    assert (kept.turns[0]["verdict"], kept.turns[0]["note"]) == ("wrong", "sai năm")
    assert "57-NQ/TW" in as_text(kept)
    with pytest.raises(UnknownNameError):
        store.judge(new.id, 7, "right")


def test_files_stay_with_their_owner(tmp_path: Path) -> None:
    stored = desk_of("lan", tmp_path).files.put("a.txt", b"x")
    assert desk_of("lan", tmp_path).files.get(stored.id).path.read_bytes() == b"x"
    with pytest.raises(UnknownNameError):
        desk_of("minh", tmp_path).files.get(stored.id)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Một câu. [1]", '<p>Một câu. <button type="button" class="cite"'),
        ("- một\n- hai", "<ul><li>một</li><li>hai</li></ul>"),
        ("3. ba\n4. bốn", '<ol start="3"><li>ba</li><li>bốn</li></ol>'),
        ("**Đậm** vừa", "<strong>Đậm</strong> vừa"),
        ("<script>alert(1)</script>", "&lt;script&gt;"),
        ("| a | b |\n| --- | --- |\n| 1 | 2 |", "<td>1</td><td>2</td>"),
    ],
)
def test_answers_become_html(text: str, inside: str) -> None:
    assert inside in answer_html(text, 0)


def test_overlapping_places_share_their_pieces() -> None:
    places = [Place("a", 0, 6, "error"), Place("b", 3, 9, "info"), Place("gone", 4, 99, "error")]
    assert [(s, e, [p.id for p in c]) for s, e, c in pieces(10, places)] == [
        (0, 3, ["a"]),
        (3, 6, ["a", "b"]),
        (6, 9, ["b"]),
        (9, 10, []),
    ]


def test_marked_text_is_escaped_and_whole() -> None:
    html = marked_html("a <b> c", [Place("x", 2, 5, "warning")])
    assert html == 'a <mark class="warning" data-ids="x" tabindex="0" role="button">&lt;b&gt;</mark> c'


def test_accepted_places_are_replaced_once() -> None:
    places = [Place("a", 0, 3, "error", "MỘT"), Place("b", 2, 5, "error", "HAI"), Place("c", 6, 7, "info")]
    assert corrected("một hai", places) == "MỘT hai"


@pytest.mark.parametrize(
    ("value", "expected"),
    [("≥ 80%", 80.0), ("72,98%", 72.98), (12, 12.0), ("1.240", 1240.0), ("đạt", None), (None, None)],
)
def test_figures_of_an_indicator_table(value: object, expected: float | None) -> None:
    assert read_figure(value) == expected


@pytest.mark.parametrize(
    ("target", "result", "drawn"),
    [
        ("≥ 80%", "90%", (80.0, 90.0, True)),
        ("80%", "72,98", (80.0, 72.98, False)),
        ("95%", 96.5, (95.0, 96.5, True)),
        ("không quá 5%", "3%", (5.0, 3.0, True)),
        ("100%", "02 sản phẩm", (None, None, None)),
        ("10 mô hình", "12 lớp", (None, None, None)),
        ("10 mô hình", "12 mô hình", (10.0, 12.0, True)),
        ("100%; 100%", "100%", (None, None, None)),
        ("85%", "", (None, None, None)),
    ],
)
def test_an_indicator_is_drawn_only_against_its_like(target: str, result: object, drawn: tuple[object, ...]) -> None:
    row = {"chi_tieu": "A", "muc_giao": target, "ket_qua_so": result}
    draft = DraftFile("0" * 12, "n", "t", sections={"m": {"indicators": [row, {"chi_tieu": ""}]}, "k": {"x": 1}})
    assert [(m.target, m.result, m.met) for m in indicators_of(draft)] == [drawn]


@pytest.mark.parametrize(
    ("iso", "shown"), [("2020-03-05", "05/3/2020"), ("2025-02-01", "01/02/2025"), ("", ""), ("tháng 3", "tháng 3")]
)
def test_dates_as_officials_write_them(iso: str, shown: str) -> None:
    assert short_date(iso) == shown


def test_work_reports_and_can_be_stopped() -> None:
    jobs = Jobs()

    def short(report):  # type: ignore[no-untyped-def]
        report(0.5, "nửa chừng")
        return 7

    assert list(jobs.run("lan", "k", short)) == [Progress(0.5, "nửa chừng"), Done(7)]

    def long(report):  # type: ignore[no-untyped-def]
        while True:
            report(None, "…")

    run = jobs.run("lan", "k", long)
    next(run)
    assert not jobs.stop("minh", "k")
    assert jobs.stop("lan", "k")
    with pytest.raises(Stopped):
        for _ in run:
            pass


def test_what_work_raises_reaches_the_page() -> None:
    def broken(report):  # type: ignore[no-untyped-def]
        raise ValueError("x")

    with pytest.raises(ValueError, match="x"):
        list(Jobs().run("lan", "k", broken))


def test_what_changed_is_shown_word_by_word_and_escaped() -> None:
    assert diff_html("đạt <b> 5", "được <b> 5.") == "<del>đạt</del> <ins>được</ins> &lt;b&gt; 5<ins>.</ins>"


def test_a_reworded_paragraph_is_taken_only_while_its_figures_stand(tmp_path: Path) -> None:
    desk = desk_of("lan", tmp_path)
    draft = desk.drafts.create("Bản nháp", "quy")
    row = {"key": "m#a", "before": "Có 5 hồ sơ.", "after": "Tiếp nhận 5 hồ sơ.", "used": True, "reason": ""}
    write_json(desk.drafts.beside(draft.id, REWRITING), {"section": "m", "notice": None, "rows": [row]})
    now = Paragraph("m#a", "Có 6 hồ sơ.")
    office: Any = SimpleNamespace(draft=lambda *_: SimpleNamespace(paragraphs=lambda: [now]))
    act = Act("take-rewrite", {"key": "m#a"}, {}, {}, desk)
    with pytest.raises(InputError, match="đã đổi"):
        DraftRewrite(office).take(act, draft)
    now = Paragraph("m#a", "Có 5 hồ sơ.")
    assert DraftRewrite(office).take(act, draft).edits == {"m#a": "Tiếp nhận 5 hồ sơ."}
    assert DraftRewrite(office).view(desk, draft) is None
    desk.drafts.remove(draft.id)
    assert not list(desk.drafts.folder.glob("*/*.json"))


def test_indicators_are_added_once_and_numbered_on() -> None:
    table = [{"stt": 1, "chi_tieu": "A", "ket_qua_so": "5%"}]
    rows = with_rows(table, [{"chi_tieu": "A"}, {"chi_tieu": "B", "muc_giao": "≥ 80%"}])
    assert rows == [table[0], {"stt": 2, "chi_tieu": "B", "muc_giao": "≥ 80%"}]


def test_a_document_gives_only_what_it_asks_of_communes_and_a_source_confirms() -> None:
    targets = (
        Target("Hồ sơ trực tuyến", ">=80.5", "%", "2025-12-31", applies_to="commune"),
        Target("Văn bản ký số", "100", "%", applies_to="commune"),
        Target("Kinh tế số", ">=30", "% GDP", "2030", applies_to="national"),
        Target("Theo trí nhớ", "90", "%", applies_to="commune", confidence="memory"),
        Target("Hai mức", "90-100", "%", applies_to="commune"),
    )
    known = {"type": "Quyết định", "title": "về thử", "targets": targets}
    documents = (
        RegistryDocument("1/QĐ-TTg", confidence="verified", **known),
        RegistryDocument("2/QĐ-TTg", confidence="memory", **known),
    )
    draft = DraftFile("0" * 12, "n", "t")
    lists = {found.key: found for found in indicator_lists(draft, [draft], Registry(documents))}
    assert "document:2/QĐ-TTg" not in lists
    assert [(row["chi_tieu"], row["muc_giao"]) for row in lists["document:1/QĐ-TTg"].rows] == [
        ("Hồ sơ trực tuyến (đến năm 2025)", "≥ 80,5%"),
        ("Văn bản ký số", "100%"),
    ]
    assert lists["set:bo_chi_so_766"].rows[0]["chi_tieu"] == "Công khai, minh bạch (tối đa 18 điểm)"


def test_drafts_are_plain_json(tmp_path: Path) -> None:
    drafts = desk_of("lan", tmp_path).drafts
    draft = drafts.create("Bản nháp", "quy")
    data = json.loads((drafts.folder / f"{draft.id}.json").read_text("utf-8"))
    assert data["name"] == "Bản nháp"


def test_two_officers_may_add_documents_at_once_and_no_unused_copy_stays(tmp_path: Path) -> None:
    office = Office(load_settings(tmp_path / "data"))
    text = "BÁO CÁO\nKết quả chuyển đổi số của xã {}\nI. KẾT QUẢ\n1. Có 12 tổ công nghệ số cộng đồng.\n"
    for name, commune in (("lan", "Mẫu"), ("minh", "Giả"), ("khoa", "Mẫu")):
        (tmp_path / f"{name}.txt").write_text(text.format(commune), "utf-8")
    said: list[str] = []

    def add(name: str) -> str:
        work = office.adding([tmp_path / f"{name}.txt"], None, None)
        return str(work(lambda _done, words: said.append(words))["documents"][0]["status"])

    # another officer's documents are being read: both wait for their turn, and are told why
    office._writing.acquire()
    with ThreadPoolExecutor(2) as pool:
        both = pool.map(add, ("lan", "minh"))
        while sum("đợi" in words for words in said) < 2:
            time.sleep(0.05)
        office._writing.release()
        assert list(both) == ["added", "added"]
    # the same bytes again: the library keeps the first copy
    assert add("khoa") == "unchanged"
    copies = {path.name: path for path in office.folder.glob("originals/*/*")}
    assert set(copies) == {"lan.txt", "minh.txt"}
    for document in office.documents():
        office.remove_document(document["id"])
    assert not list(office.folder.glob("originals/*"))
