"""Trợ lý báo cáo: asks, drafts and checks the reports of a commune.

Importing the package switches the telemetry of every library off, before any of them can be imported.
"""

import os

_TELEMETRY_OFF = {
    "ANONYMIZED_TELEMETRY": "False",
    "CHROMA_TELEMETRY": "False",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "DO_NOT_TRACK": "1",
    "LANGSMITH_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
    "OTEL_SDK_DISABLED": "true",
    "TOKENIZERS_PARALLELISM": "false",
}
os.environ.update(_TELEMETRY_OFF)

__all__ = ["__version__"]
__version__ = "0.1.0"
