"""`python -m assistant registry`: list, show and validate the entries of the registry of documents."""

import argparse
import json
import sys

from assistant.legal import describe
from assistant.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="registry_verb", metavar="VIỆC", required=True)
    listing = verbs.add_parser("list", help="liệt kê văn bản, có thể lọc theo từ")
    listing.add_argument("words", nargs="*", help="từ cần có trong số, ký hiệu, trích yếu, cơ quan ban hành")
    listing.add_argument("--level", choices=sorted(describe.LEVELS), help="chỉ văn bản của một cấp")
    listing.add_argument("--json", action="store_true", help="in ra JSON")
    show = verbs.add_parser("show", help="xem một văn bản")
    show.add_argument("symbol", metavar="VĂN_BẢN", help="số, ký hiệu (57-NQ/TW) hoặc tên gọi quen (“Đề án 06”)")
    show.add_argument("--json", action="store_true", help="in ra JSON")
    check = verbs.add_parser("validate", help="kiểm tra các tệp dữ liệu của kho")
    check.add_argument("--json", action="store_true", help="in ra JSON")


def run(args: argparse.Namespace, settings: Settings) -> int:
    from assistant.application import Application

    registry = Application(settings).registry
    if args.registry_verb == "list":
        documents = describe.listed(registry, " ".join(args.words), args.level)
        if args.json:
            print(
                json.dumps({"documents": [describe.document_json(d) for d in documents]}, ensure_ascii=False, indent=2)
            )
        else:
            for document in documents:
                print(describe.line(document))
        return 0
    if args.registry_verb == "show":
        found = describe.lookup(registry, args.symbol)
        if args.json:
            print(json.dumps({"documents": [describe.document_json(d) for d in found]}, ensure_ascii=False, indent=2))
        else:
            print("\n\n".join(describe.page(d) for d in found))
        return 0
    problems = describe.validate(registry)
    if args.json:
        print(json.dumps({"documents": len(registry.documents), "problems": problems}, ensure_ascii=False, indent=2))
    else:
        for problem in problems:
            print(problem)
        print(f"{len(registry.documents)} văn bản, {len(problems)} vấn đề.", file=sys.stderr)
    return 1 if problems else 0
