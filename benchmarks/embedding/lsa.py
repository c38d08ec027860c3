"""A start for the vectors: latent semantic analysis (TF-IDF, then a truncated SVD)."""

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.cluster import MiniBatchKMeans
from sklearn.utils.extmath import randomized_svd

from benchmarks.embedding.segments import Bags, Ints, Segments, gather

Matrix = npt.NDArray[np.float32]


def initial_vectors(segments: Segments, features: int, dimension: int, *, chunks: int, seed: int) -> Matrix:
    """One vector per feature, mean length 1: idf times the right singular vectors, so that a mean is a fold-in."""
    random = np.random.default_rng(seed)
    wanted = random.permutation(len(segments.chunk))[:chunks]
    matrix = _counts(gather(segments.rows, segments.chunk[np.sort(wanted)]), features)
    found = np.bincount(matrix.indices, minlength=features)
    idf = np.log((matrix.shape[0] + 1) / (found + 1)).astype(np.float32)
    matrix.data = (1 + np.log(matrix.data)) * idf[matrix.indices]
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    matrix = sparse.diags(1 / np.maximum(lengths, 1e-6)).dot(matrix).astype(np.float32).tocsr()
    _, _, components = randomized_svd(matrix, dimension, n_iter=3, random_state=seed)
    vectors = (components.T * idf[:, None]).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1).mean(), np.float32)


def clusters(segments: Segments, vectors: Matrix, *, size: int, seed: int) -> Ints:
    """A cluster number per document: documents alike by the mean of their first chunk, about `size` in each."""
    count = len(segments.title)
    bags = gather(segments.rows, segments.chunk[segments.first_chunk[:-1]])
    means = _counts(bags, len(vectors)).dot(vectors[:, :64])
    means /= np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
    model = MiniBatchKMeans(max(2, count // size), batch_size=4096, max_iter=20, n_init=1, random_state=seed)
    return np.asarray(model.fit_predict(means), np.int64)


def _counts(bags: Bags, features: int) -> sparse.csr_matrix:
    ones = np.ones(len(bags.rows), np.float32)
    matrix = sparse.coo_matrix((ones, (bags.owner, bags.rows)), shape=(bags.count, features)).tocsr()
    matrix.sum_duplicates()
    return matrix
