"""Texts to vectors: the small model that ships, on numpy alone, or any sentence-transformers model.

sentence-transformers costs seconds and hundreds of megabytes to import; it is imported only where
`TLBC_EMBEDDING_MODEL` names a model.
"""

import hashlib
import json
import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from assistant.errors import SettingsError
from assistant.library.features import FOLDED, JOINER, feature_names
from assistant.paths import KNOWLEDGE

if TYPE_CHECKING:
    from assistant.settings import Settings

Vectors = npt.NDArray[np.float32]

SHIPPED = KNOWLEDGE / "embedding"
# The model that ships was measured (docs/benchmarks.md): gains up to 0.2, losses from 0.3 on. A larger one is trusted
# a little more, still well below the half and half that lost four points.
STATIC_WEIGHT = 0.2
LARGE_WEIGHT = 0.3
# Below this share of known syllables a question is far from the text the model was trained on: another language,
# or nothing but names and codes.
_FAMILIAR_SHARE = 0.6
# How much of each file speaks for it in a folder's revision: enough to see that a model was changed, without
# reading gigabytes at every start.
_DIGEST_BYTES = 65536


class Embedder(Protocol):
    """Turns texts into vectors; what the library stores beside an index to know which model made it.

    Attributes:
        id: name of the model.
        revision: changes whenever the same text would get another vector.
        dimension: length of a vector.
        normalised: whether vectors have length 1 (a text without known features has the zero vector).
        fusion_weight: share of the dense score in the fused one, 0 to 1, on text of the kind it was trained on.
    """

    @property
    def id(self) -> str: ...
    @property
    def revision(self) -> str: ...
    @property
    def dimension(self) -> int: ...
    @property
    def normalised(self) -> bool: ...
    @property
    def fusion_weight(self) -> float: ...

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        """One row per text, shape (len(texts), dimension)."""
        ...

    def embed_query(self, text: str) -> Vectors:
        """Shape (dimension,)."""
        ...

    def weight_for(self, question: str) -> float:
        """`fusion_weight`, or 0 where the question is far from what the model was trained on."""
        ...


class StaticEmbedder:
    """The mean of the vectors of a text's features, normalised; int8 weights on disk, float32 in memory.

    Raises:
        SettingsError: the folder does not hold the model.
    """

    normalised = True

    def __init__(self, folder: Path = SHIPPED) -> None:
        from safetensors.numpy import load_file

        try:
            config = json.loads((folder / "config.json").read_text("utf-8"))
            tokenizer = json.loads((folder / "tokenizer.json").read_text("utf-8"))
            arrays = load_file(folder / "model.safetensors")
        except OSError as error:
            raise SettingsError(f"Không đọc được mô hình nhúng trong {folder}, hãy cài lại chương trình.") from error
        self.id: str = config["id"]
        self.revision: str = config["revision"]
        self.fusion_weight: float = config.get("fusion_weight", STATIC_WEIGHT)
        self._rows: dict[str, int] = tokenizer["model"]["vocab"]
        self._weights: Vectors = arrays["embeddings"].astype(np.float32)
        self._weights *= arrays["weights"].astype(np.float32)[:, None]
        self.dimension = int(self._weights.shape[1])

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        row_of = self._rows.get
        for vector, text in zip(vectors, texts, strict=True):
            rows = [row for name in feature_names(text) if (row := row_of(name)) is not None]
            if rows:
                vector[:] = self._weights[rows].sum(axis=0)
        return _normalise(vectors)

    def embed_query(self, text: str) -> Vectors:
        vector: Vectors = self.embed_documents([text])[0]
        return vector

    def weight_for(self, question: str) -> float:
        # single syllables: whether a pair is known says little about the text
        words = [name for name in feature_names(question) if name.startswith(FOLDED) and JOINER not in name]
        known = sum(word in self._rows for word in words)
        return self.fusion_weight if known >= _FAMILIAR_SHARE * len(words) else 0.0


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, a folder or a hub name already on this machine.

    Raises:
        SettingsError: the model cannot be loaded without network.
    """

    normalised = True
    fusion_weight = LARGE_WEIGHT

    def __init__(self, name: str) -> None:
        _keep_offline()
        # it warns in English of what the error below says
        logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
        try:
            from sentence_transformers import SentenceTransformer

            self._model: Any = SentenceTransformer(name, device="cpu")
        except (OSError, ValueError, ImportError) as error:
            raise SettingsError(
                f"Không nạp được mô hình nhúng «{name}»; hãy đặt TLBC_EMBEDDING_MODEL là thư mục mô hình "
                "sentence-transformers có sẵn trên máy, hoặc để trống để dùng mô hình kèm theo."
            ) from error
        folder = Path(name)
        self.id = folder.resolve().name if folder.is_dir() else name
        self.revision = _folder_revision(folder) if folder.is_dir() else _hub_revision(name)
        self.dimension = int(self._model.get_embedding_dimension())

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        return self._encode(self._model.encode_document, list(texts))

    def embed_query(self, text: str) -> Vectors:
        vector: Vectors = self._encode(self._model.encode_query, [text])[0]
        return vector

    def weight_for(self, question: str) -> float:
        return self.fusion_weight

    def _encode(self, encode: Any, texts: list[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        vectors = encode(texts, batch_size=64, show_progress_bar=False, convert_to_numpy=True)
        return _normalise(np.asarray(vectors, np.float32))


def load_embedder(settings: "Settings") -> Embedder:
    """The embedder that the settings name: the one that ships unless `TLBC_EMBEDDING_MODEL` is set."""
    name = settings.embedding_model.strip()
    return SentenceTransformerEmbedder(name) if name else StaticEmbedder()


def _normalise(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return unit


def _keep_offline() -> None:
    """No look-ups; whoever wants a download sets HF_HUB_OFFLINE=0 for one run."""
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"):
        os.environ.setdefault(name, "1")


def _folder_revision(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder).as_posix()}:{size}\n".encode())
        with path.open("rb") as file:
            digest.update(file.read(_DIGEST_BYTES))
            file.seek(max(0, size - _DIGEST_BYTES))
            digest.update(file.read(_DIGEST_BYTES))
    return digest.hexdigest()[:16]


def _hub_revision(name: str) -> str:
    """The commit of the snapshot in the hub's cache."""
    from huggingface_hub import snapshot_download

    return Path(snapshot_download(name, local_files_only=True)).name
