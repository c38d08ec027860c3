"""`python -m assistant demo`: the three jobs on a fictional commune, without a page."""

import argparse
from pathlib import Path

from assistant.application import Application
from assistant.output_files import make_folder
from assistant.paths import KNOWLEDGE
from assistant.settings import Settings

REPORT_TYPE = "quy_khcn_dmst_cds"
QUESTIONS = (
    "Mục dịch vụ công trực tuyến của báo cáo quý phải nêu những số liệu nào?",
    "Nghị quyết 57-NQ/TW do cơ quan nào ban hành, ngày nào?",
    "Giá vàng tuần tới là bao nhiêu?",
)
FAULTY = (
    "Thực hiện Nghị quyết số 57-NQ/TW ngày 24/12/2024 của Bộ Chính trị, Quyết định số 749/QĐ-TTg ngày 03/6/2020 của "
    "Chính phủ, xã Mẫu tiếp nhận 1.000 hồ sơ, giải quyết đúng hạn 900/1.000 hồ sơ, đạt 95%; số liệu chốt "
    "ngày 31/11/2025."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-o", "--output", type=Path, default=Path("artefacts/demo"), metavar="THƯ_MỤC", help="thư mục nhận các tệp"
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    application = Application(settings)
    make_folder(args.output)
    print("Xã và tỉnh trong phần trình diễn là hư cấu.\n\n1. HỎI")
    for question in QUESTIONS:
        answer = application.ask(question)
        print(f"\n– {question}\n{answer.text}")
        for citation in answer.to_json()["citations"]:
            place = ", ".join(filter(None, (citation["document_title"], citation["location"])))
            print(f"  [{citation['n']}] {place}")
    print("\n2. SOẠN\n")
    report = _draft(application, args.output)
    print("\n3. KIỂM TRA\n")
    _check(application, report, args.output)
    return 0


def example_inputs() -> Path:
    """The inputs of the fictional commune for the quarterly report."""
    return next(
        path
        for path in sorted((KNOWLEDGE / "examples").glob("*.yaml"))
        if f"report_type: {REPORT_TYPE}" in path.read_text(encoding="utf-8")
    )


def _draft(application: Application, folder: Path) -> Path:
    from assistant.draft import write_docx, write_evidence

    draft = application.draft(REPORT_TYPE, example_inputs())
    report, evidence = folder / "bao-cao.docx", folder / "phieu-kiem-chung.xlsx"
    write_docx(draft, report)
    write_evidence(draft, evidence)
    paragraphs = list(draft.paragraphs())
    missing = [name for section in draft.sections for name in section.missing]
    print(
        f"{draft.title}\n{len(paragraphs)} đoạn, {len(missing)} số liệu còn thiếu, {len(draft.problems)} điểm cần xem."
    )
    for problem in draft.problems[:5]:
        print(f"  • {problem.message}")
    print(f"Đã ghi {report} và {evidence}.")
    return report


def _check(application: Application, report: Path, folder: Path) -> None:
    result = application.check(FAULTY).to_json()
    print(f"Đoạn văn có lỗi cố ý: {FAULTY}")
    for reference in result["references"]:
        print(f"  • {reference['text']}: {reference['message']}")
    for finding in result["findings"]:
        print(f"  • {finding['text']}: {finding['message']}")
    checked = application.check(report).to_json()
    annotated = folder / "bao-cao-ghi-chu.docx"
    application.annotate(report, annotated)
    print(
        f"Báo cáo vừa soạn: {len(checked['references'])} viện dẫn, {len(checked['findings'])} phát hiện; "
        f"bản Word có ghi chú: {annotated}."
    )
