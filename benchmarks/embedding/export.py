"""Write the trained vectors as a folder that both sentence-transformers and plain numpy read.

Each row is rounded to int8 with a scale of its own. sentence-transformers multiplies the two when it loads the
folder (`embeddings` times `weights`), as does `assistant.library.embedding.StaticEmbedder`.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from assistant.library.embedding import STATIC_WEIGHT
from benchmarks.embedding.lsa import Matrix

MODEL_ID = "tro-ly-bao-cao-static-vi"
_UNKNOWN = "[UNK]"
_MODULES = "sentence_transformers.sentence_transformer.modules"


def save_model(folder: Path, vocabulary: Mapping[str, int], vectors: Matrix, details: Mapping[str, Any]) -> None:
    """Write weights, tokenizer and configuration into `folder`; the model card beside them is written by hand."""
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    quantised, scales = quantise(np.vstack([vectors, np.zeros((1, vectors.shape[1]), np.float32)]))
    save_file({"embeddings": quantised, "weights": scales}, folder / "model.safetensors")
    _write(folder / "tokenizer.json", _tokenizer(vocabulary), indent=0)
    _write(folder / "modules.json", [
        {"idx": 0, "name": "0", "path": "", "type": f"{_MODULES}.StaticEmbedding"},
        {"idx": 1, "name": "1", "path": "1_Normalize", "type": f"{_MODULES}.Normalize"},
    ])  # fmt: skip
    _write(folder / "config_sentence_transformers.json", {"similarity_fn_name": "cosine"})
    digest = hashlib.sha256(quantised.tobytes() + scales.tobytes() + "\n".join(vocabulary).encode())
    _write(folder / "config.json", {
        "id": MODEL_ID,
        "revision": digest.hexdigest()[:16],
        "fusion_weight": STATIC_WEIGHT,
        "recipe": dict(details),
    })  # fmt: skip


def quantise(vectors: Matrix) -> tuple[Any, Any]:
    """Rows as int8 and one float16 scale per row."""
    scales = (np.abs(vectors).max(axis=1) / 127).astype(np.float16)
    scales[scales == 0] = np.float16(1e-4)
    rounded = np.round(vectors / scales.astype(np.float32)[:, None])
    return np.clip(rounded, -127, 127).astype(np.int8), scales


def _tokenizer(vocabulary: Mapping[str, int]) -> dict[str, Any]:
    """Splits at white space: the features are made before (`assistant.library.features.featurise`)."""
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [],
        "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFC"}, {"type": "Lowercase"}]},
        "pre_tokenizer": {"type": "WhitespaceSplit"},
        "post_processor": None,
        "decoder": None,
        "model": {
            "type": "WordLevel",
            "vocab": {**vocabulary, _UNKNOWN: len(vocabulary)},
            "unk_token": _UNKNOWN,
        },
    }


def _write(path: Path, content: Any, indent: int = 1) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=indent or None)
    path.write_text(text + "\n", "utf-8")
