"""`TLBC_EMBEDDING_MODEL`: any sentence-transformers folder, without a hub; made here, so that nothing is downloaded."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import SettingsError
from assistant.library.embedding import SentenceTransformerEmbedder, load_embedder
from assistant.settings import Settings
from tests.retrieval.hub_server import COMMIT, MODEL, HubServer

ROOT = Path(__file__).resolve().parents[2]
WORDS = ["báo", "cáo", "hồ", "sơ", "trực", "tuyến", "đúng", "hạn", "đất", "đai", "[UNK]"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small model with separate prompts for questions and passages, as larger ones have."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({word: row for row, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    weights = np.eye(len(WORDS), 16, dtype=np.float32) * 3
    prompts = {"query": "báo ", "document": ""}
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, weights)], prompts=prompts, device="cpu")
    path = tmp_path_factory.mktemp("models") / "mo-hinh-lon"
    model.save(str(path))
    return path


@pytest.fixture(scope="module")
def embedder(folder: Path) -> SentenceTransformerEmbedder:
    loaded = load_embedder(Settings(embedding_model=str(folder)))
    assert isinstance(loaded, SentenceTransformerEmbedder)
    return loaded


def test_vectors(embedder: SentenceTransformerEmbedder) -> None:
    assert (embedder.id, embedder.dimension, embedder.normalised) == ("mo-hinh-lon", 16, True)
    vectors = embedder.embed_documents(["hồ sơ trực tuyến", "đất đai"])
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1])
    assert vectors[0] @ vectors[1] == pytest.approx(0)
    assert embedder.embed_documents([]).shape == (0, 16)


def test_question_and_passage_prompts_are_used(embedder: SentenceTransformerEmbedder) -> None:
    question, passage = embedder.embed_query("hồ"), embedder.embed_documents(["hồ"])[0]
    assert passage[WORDS.index("hồ")] == pytest.approx(1)
    assert question[WORDS.index("báo")] == pytest.approx(question[WORDS.index("hồ")])


def test_revision_changes_with_the_weights(folder: Path, embedder: SentenceTransformerEmbedder, tmp_path: Path) -> None:
    same, other = tmp_path / "same", tmp_path / "other"
    shutil.copytree(folder, same)
    shutil.copytree(folder, other)
    weights = bytearray((other / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (other / "model.safetensors").write_bytes(weights)
    assert SentenceTransformerEmbedder(str(same)).revision == embedder.revision
    assert SentenceTransformerEmbedder(str(other)).revision != embedder.revision


@pytest.mark.parametrize("name", ["/khong/co/thu/muc", "khong-co/mo-hinh-nay"])
def test_missing_model_is_told_in_vietnamese(name: str) -> None:
    with pytest.raises(SettingsError, match="TLBC_EMBEDDING_MODEL"):
        load_embedder(Settings(embedding_model=name))


_LOAD = """
import sys
import assistant
from assistant.errors import AssistantError
from assistant.library.embedding import load_embedder
from assistant.settings import Settings
for name in sys.argv[1:]:
    try:
        embedder = load_embedder(Settings(embedding_model=name))
        print(embedder.id, embedder.revision, embedder.dimension)
    except AssistantError as error:
        print(error)
"""


def _load_in_a_process(hub: HubServer, cache: Path, **settings: str) -> list[str]:
    """What becomes of a model the hub has and of one it lacks; the hub's client reads its settings when imported."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "TRANSFORMERS_"))}
    environment |= {"HF_ENDPOINT": hub.url, "HF_HOME": str(cache), **settings}
    command = [sys.executable, "-c", _LOAD, MODEL, "noi-bo/khong-co"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_a_hub_is_asked_only_with_leave(folder: Path, tmp_path: Path) -> None:
    """An office's mirror: one run with HF_HUB_OFFLINE=0 fetches the model, all others find it in the cache."""
    hub = HubServer(folder)
    leave = {"HF_HUB_OFFLINE": "0", "TRANSFORMERS_OFFLINE": "0"}
    found, missing = _load_in_a_process(hub, tmp_path, **leave)
    assert found == f"{MODEL} {COMMIT} 16"
    assert "TLBC_EMBEDDING_MODEL" in missing
    assert f"/{MODEL}/resolve/{COMMIT}/model.safetensors" in hub.asked
    hub.asked.clear()
    assert _load_in_a_process(hub, tmp_path) == [found, missing]
    assert hub.asked == []
    hub.close()
