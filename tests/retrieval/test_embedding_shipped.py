"""The embedding that ships: small, quick, the same in numpy and in sentence-transformers."""

import json
import subprocess
import sys
import time
import unicodedata

import numpy as np
import pytest

from assistant.library.embedding import SHIPPED, StaticEmbedder, load_embedder
from assistant.library.features import feature_names, featurise
from assistant.settings import Settings

TEXTS = [
    "Tỷ lệ hồ sơ thủ tục hành chính giải quyết đúng hạn",
    "ty le ho so giai quyet dung han",
    "Ủy ban nhân dân xã tiếp nhận 1.941 hồ sơ, trong đó trực tuyến 332 hồ sơ.",
    "xyzzy qwrt",
    "",
]


@pytest.fixture(scope="module")
def embedder() -> StaticEmbedder:
    return StaticEmbedder()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ủy ban", ["~uy", "~ban", "~uy▁ban", "ủy", "ban", "ủy▁ban"]),
        ("uỷ ban", ["~uy", "~ban", "~uy▁ban", "ủy", "ban", "ủy▁ban"]),
        (unicodedata.normalize("NFD", "Uỷ ban"), ["~uy", "~ban", "~uy▁ban", "ủy", "ban", "ủy▁ban"]),
        ("uy ban", ["~uy", "~ban", "~uy▁ban"]),
        ("đất", ["~dat", "đất"]),
        (" – ", []),
    ],
)
def test_features(text: str, names: list[str]) -> None:
    assert feature_names(text) == names


def test_at_most_six_megabytes() -> None:
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) <= 6_000_000


def test_loads_under_a_tenth_of_a_second(embedder: StaticEmbedder) -> None:
    seconds = []
    for _ in range(5):
        started = time.process_time()
        StaticEmbedder()
        seconds.append(time.process_time() - started)
    assert min(seconds) < 0.1


def test_needs_numpy_alone() -> None:
    code = (
        "import sys; from assistant.library.embedding import StaticEmbedder; StaticEmbedder().embed_query('đất');"
        "heavy = {'torch', 'sentence_transformers', 'transformers', 'tokenizers', 'scipy'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_vectors_have_length_one_or_nothing(embedder: StaticEmbedder) -> None:
    lengths = np.linalg.norm(embedder.embed_documents(TEXTS), axis=1)
    assert lengths == pytest.approx([1, 1, 1, 0, 0], abs=1e-6)
    assert embedder.embed_documents([]).shape == (0, embedder.dimension)


@pytest.mark.parametrize(
    ("question", "near", "far"),
    [
        ("đăng ký kết hôn", "Hồ sơ đăng ký hộ tịch, giấy chứng nhận kết hôn", "Thuế giá trị gia tăng hàng nhập khẩu"),
        ("dang ky ket hon", "Hồ sơ đăng ký hộ tịch, giấy chứng nhận kết hôn", "Thuế giá trị gia tăng hàng nhập khẩu"),
        ("dịch vụ công trực tuyến", "Cổng dịch vụ công quốc gia tiếp nhận hồ sơ qua mạng", "Khai thác khoáng sản"),
        ("bồi thường khi thu hồi đất", "Hỗ trợ, tái định cư cho hộ có đất bị thu hồi", "An toàn bay của hàng không"),
    ],
)  # fmt: skip
def test_like_stands_nearer_than_unlike(embedder: StaticEmbedder, question: str, near: str, far: str) -> None:
    like, unlike = embedder.embed_documents([near, far]) @ embedder.embed_query(question)
    assert like > unlike + 0.1


@pytest.mark.parametrize(
    ("question", "weight"),
    [
        ("Báo cáo kết quả thực hiện nhiệm vụ chuyển đổi số", 0.2),
        ("bao cao ket qua thuc hien nhiem vu chuyen doi so", 0.2),
        ("The quick brown fox jumps over lazy dogs", 0),
    ],
)
def test_weight_is_zero_far_from_the_training_text(embedder: StaticEmbedder, question: str, weight: float) -> None:
    assert embedder.weight_for(question) == weight


def test_config_tells_the_recipe() -> None:
    config = json.loads((SHIPPED / "config.json").read_text("utf-8"))
    assert config["fusion_weight"] == 0.2
    assert len(config["revision"]) == 16
    assert config["recipe"]["steps"] > 1000


def test_default_is_the_shipped_one() -> None:
    assert isinstance(load_embedder(Settings(embedding_model=" ")), StaticEmbedder)


def test_same_vectors_in_sentence_transformers(embedder: StaticEmbedder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    model = SentenceTransformer(str(SHIPPED), device="cpu")
    assert isinstance(model[0], StaticEmbedding)
    theirs = model.encode([featurise(text) for text in TEXTS[:3]], show_progress_bar=False)
    np.testing.assert_allclose(theirs, embedder.embed_documents(TEXTS[:3]), atol=1e-5)
