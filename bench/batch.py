# numpy's side of batch.ts: `load n count FILE` reads a stack of matrices, `run` decomposes it and tells the seconds, `keep FILE` writes all
# values and all vectors, one a row. Each line is answered by one of JSON.
import json
import sys
import time

import numpy

for line in sys.stdin:
    words = line.split(maxsplit=3)
    answer = {}
    if words[0] == "version":
        answer = {"version": numpy.__version__}
    elif words[0] == "load":
        n, count = int(words[1]), int(words[2])
        stack = numpy.fromfile(words[3].rstrip("\n")).reshape(count, n, n)
    elif words[0] == "run":
        begin = time.perf_counter()
        values, vectors = numpy.linalg.eigh(stack)
        answer = {"seconds": time.perf_counter() - begin}
    elif words[0] == "keep":
        with open(line.split(maxsplit=1)[1].rstrip("\n"), "wb") as file:
            values.tofile(file)
            numpy.ascontiguousarray(vectors.transpose(0, 2, 1)).tofile(file)
    print(json.dumps(answer), flush=True)
