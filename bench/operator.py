# scipy's side of operator.ts: each line of the input asks for one part and is answered by one line of JSON, {"ms", "value"}: so the
# two take turns.
import json
import sys
import time
from itertools import combinations

import numpy
import scipy
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import eigsh


def ring(sites, delta):
    """H at zero magnetization, a bit a site."""
    half = combinations(range(sites), sites // 2)
    states = numpy.sort(numpy.fromiter((sum(1 << b for b in up) for up in half), dtype=numpy.int64))
    n = len(states)
    diagonal = numpy.zeros(n)
    rows, columns, values = [numpy.arange(n)], [numpy.arange(n)], [diagonal]
    for i in range(sites):
        j = (i + 1) % sites
        differ = ((states >> i) ^ (states >> j)) & 1 == 1
        diagonal += numpy.where(differ, -0.25 * delta, 0.25 * delta)
        place = numpy.nonzero(differ)[0]
        rows.append(place)
        columns.append(numpy.searchsorted(states, states[place] ^ ((1 << i) | (1 << j))))
        values.append(numpy.full(len(place), 0.5))
    entries = [numpy.concatenate(part) for part in (values, rows, columns)]
    return csr_matrix((entries[0], (entries[1], entries[2])), shape=(n, n))


made = {}


def operator(sites):
    """The ring of so many sites, and a vector that both sides can make."""
    if sites not in made:
        h = ring(sites, 0.7)
        made[sites] = (h, numpy.arange(h.shape[0]) % 17 - 8.0)
    return made[sites]


def product(sites):
    h, x = operator(sites)
    begin = time.perf_counter()
    y = h @ x
    return time.perf_counter() - begin, float(x @ y)


def lowest(sites, tolerance):
    h, _ = operator(sites)
    begin = time.perf_counter()
    values = eigsh(h, k=10, which="SA", tol=tolerance, return_eigenvectors=True)[0]
    return time.perf_counter() - begin, float(numpy.sum(values))


parts = {
    "version": lambda: (0, scipy.__version__),
    "product": lambda: product(int(sys.argv[1])),
    "lowest": lambda: lowest(int(sys.argv[2]), 0),
    "lowest12": lambda: lowest(int(sys.argv[2]), 1e-12),
}
for line in sys.stdin:
    seconds, value = parts[line.strip()]()
    print(json.dumps({"ms": 1000 * seconds, "value": value}), flush=True)
