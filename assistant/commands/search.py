"""`python -m assistant search "câu hỏi"`: passages of the library, best first."""

import argparse
import json
from collections.abc import Mapping
from typing import Any

from assistant.application import Application
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
    filters = Filters(
        kinds=frozenset(args.kind or ()),
        unit=args.unit,
        years=frozenset(args.year or ()),
        status=frozenset(args.status or ()),
    )
    found = Application(settings).search(args.query, args.k, filters)
    if args.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        print("\n\n".join(map(_as_text, found["results"])) or "Không tìm thấy đoạn nào.")
    return 0


def _as_text(result: Mapping[str, Any]) -> str:
    page = f", trang {result['page']}" if result["page"] else ""
    where = f" – {result['location']}" if result["location"] else ""
    excerpt = result["text"][result["excerpt"]["start"] : result["excerpt"]["end"]]
    return f"{result['rank']}. {result['document_title']}{where}{page}\n{excerpt}"
