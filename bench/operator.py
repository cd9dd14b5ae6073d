# scipy's times for the XXZ rings of operator.ts: one JSON document of milliseconds.
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


def median(run, times):
    samples = []
    for _ in range(times):
        begin = time.perf_counter()
        run()
        samples.append(1000 * (time.perf_counter() - begin))
    return sorted(samples)[times // 2]


product, lowest = (ring(int(sites), 0.7) for sites in sys.argv[1:3])
x = numpy.sin(numpy.arange(product.shape[0]))
print(
    json.dumps(
        {
            "scipy": scipy.__version__,
            "product": median(lambda: product @ x, 41),
            "lowest": median(lambda: eigsh(lowest, k=10, which="SA"), 3),
            "lowest12": median(lambda: eigsh(lowest, k=10, which="SA", tol=1e-12), 3),
        }
    )
)
