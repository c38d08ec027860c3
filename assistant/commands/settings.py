"""`python -m assistant settings`: each setting, its value and what it is for; secrets are not shown."""

import argparse
import json

from pydantic import SecretStr

from assistant.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="in ra JSON")


def run(args: argparse.Namespace, settings: Settings) -> int:
    rows = []
    for name, field in Settings.model_fields.items():
        value = getattr(settings, name)
        if isinstance(value, SecretStr):
            shown = "(đã đặt)" if value.get_secret_value() else ""
        else:
            shown = "" if value is None else str(value)
        rows.append((f"TLBC_{name.upper()}", shown, field.description or ""))
    if args.json:
        print(json.dumps({name: value for name, value, _ in rows}, ensure_ascii=False, indent=2))
    else:
        for name, value, description in rows:
            print(f"{name} = {value or '(để trống)'}\n    {description}")
    return 0
