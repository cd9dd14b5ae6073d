# Prints what this Python's numpy and scipy compute with: {"python", "numpy", "scipy", "libraries"}, paths of LAPACK libraries.
import glob, json, os, re, sys

import numpy
import numpy.linalg

found = {'python': sys.executable, 'numpy': numpy.__version__, 'scipy': None}
homes = [os.path.dirname(numpy.__file__)]
try:
    import scipy
    import scipy.linalg

    found['scipy'] = scipy.__version__
    homes.append(os.path.dirname(scipy.__file__))
except ImportError:
    pass

LAPACK = re.compile(r'(openblas|mkl_rt|flexiblas|liblapack|libblis|accelerate)', re.I)
paths = set()
try:
    # What the process has loaded is what the package really uses.
    with open('/proc/self/maps') as maps:
        paths = {line.split(maxsplit=5)[5].strip() for line in maps if len(line.split()) > 5}
except OSError:
    for home in homes:
        paths.update(glob.glob(home + '.libs/*') + glob.glob(home + '/.dylibs/*'))
libraries = {os.path.realpath(p) for p in paths if LAPACK.search(os.path.basename(p))}
found['libraries'] = sorted(libraries)
print(json.dumps(found))
