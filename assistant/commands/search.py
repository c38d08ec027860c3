"""`python -m assistant search "câu hỏi"`: passages of the library, best first."""

import argparse
import json
import time

from assistant.application import Application
from assistant.library.hits import Hit, hit_json
from assistant.library.models import KINDS
from assistant.library.retrieval import Filters
from assistant.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", metavar="CÂU_HỎI", help="điều cần tìm, có dấu hoặc không dấu")
    parser.add_argument("-k", type=int, default=10, metavar="N", help="số đoạn tối đa (mặc định 10)")
    parser.add_argument("--kind", action="append", choices=KINDS, help="chỉ tìm trong loại tài liệu này (lặp lại được)")
    parser.add_argument(
        "--unit", default="", metavar="ĐƠN_VỊ", help='chỉ tìm trong tài liệu của đơn vị này, ví dụ "xã Tân Đoàn"'
    )
    parser.add_argument(
        "--year", action="append", type=int, metavar="NĂM", help="chỉ tìm trong tài liệu của năm này (lặp lại được)"
    )
    parser.add_argument(
        "--status",
        action="append",
        choices=("in_force", "amended", "replaced", "expired", "unknown"),
        help="chỉ tìm trong văn bản có hiệu lực như thế theo danh mục văn bản (lặp lại được)",
    )
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def run(args: argparse.Namespace, settings: Settings) -> int:
    retriever = Application(settings).retriever
    filters = Filters(
        kinds=frozenset(args.kind or ()),
        unit=args.unit,
        years=frozenset(args.year or ()),
        status=frozenset(args.status or ()),
    )
    started = time.perf_counter()
    hits = retriever.search(args.query, args.k, filters)
    milliseconds = round(1000 * (time.perf_counter() - started), 1)
    if args.json:
        results = [hit_json(rank, hit) for rank, hit in enumerate(hits, start=1)]
        print(json.dumps({"query": args.query, "results": results, "milliseconds": milliseconds}, ensure_ascii=False))
    else:
        print("\n\n".join(_as_text(rank, hit) for rank, hit in enumerate(hits, start=1)) or "Không tìm thấy đoạn nào.")
    return 0


def _as_text(rank: int, hit: Hit) -> str:
    passage = hit.passage
    start, end = hit.excerpt()
    page = f", trang {passage.page}" if passage.page else ""
    where = f" – {passage.location}" if passage.location else ""
    return f"{rank}. {hit.document.title}{where}{page}\n{passage.text[start:end]}"
