// Written by scripts/generate-bindings.js (npm run bindings).

/** The functions of assembly/eigen/index.ts: the build of emft/eigen. */
export interface EigenBindings {
  // assembly/eigen/index.ts
  buildTraits(): number;

  // assembly/build.ts
  buildVersion(): number;
  heapBase(): number;

  // assembly/kernel/vectors.ts
  /** Addresses or bytes: x. */
  allFinite(n: number, x: number): number;

  // assembly/job.ts
  /** Addresses or bytes: work. */
  jobFinish(work: number): number;
  /** Addresses or bytes: work. */
  jobProgress(work: number): number;
  /** Addresses or bytes: work. */
  jobStep(work: number, budget: number): number;

  // assembly/eigen/accuracy.ts
  /** Addresses or bytes: a, d, z, work. */
  accuracyStart(
    n: number,
    count: number,
    a: number,
    upper: boolean,
    d: number,
    z: number,
    work: number,
  ): void;
  accuracyWorkspace(n: number, count: number, products: boolean): number;

  // assembly/eigen/banded.ts
  /** Addresses or bytes: a, d, z, work. */
  bandedEigenStart(
    n: number,
    width: number,
    a: number,
    method: number,
    d: number,
    z: number,
    work: number,
  ): void;
  bandedEigenWorkspace(n: number, width: number, method: number, vectors: boolean): number;

  // assembly/eigen/generalized/generalized.ts
  /** Addresses or bytes: work. */
  generalizedEigenSelect(byValue: boolean, lo: number, hi: number, work: number): void;
  /** Addresses or bytes: a, b, d, z, work. */
  generalizedEigenStart(
    n: number,
    a: number,
    b: number,
    complex: boolean,
    itype: number,
    upper: boolean,
    method: number,
    d: number,
    z: number,
    work: number,
  ): void;
  generalizedEigenWorkspace(n: number, method: number, vectors: boolean, complex: boolean): number;

  // assembly/eigen/lanes/alone.ts
  /** Addresses or bytes: a, d, z, work. */
  symmetricAlone(
    n: number,
    a: number,
    upper: boolean,
    method: number,
    d: number,
    z: number,
    work: number,
  ): number;
  symmetricAloneWorkspace(n: number): number;

  // assembly/eigen/symmetric.ts
  /** Addresses or bytes: a, d, z, work. */
  hermitianEigenStart(
    n: number,
    a: number,
    upper: boolean,
    method: number,
    d: number,
    z: number,
    work: number,
  ): void;
  hermitianEigenWorkspace(n: number, method: number, vectors: boolean): number;
  /** Addresses or bytes: work. */
  symmetricEigenSelect(byValue: boolean, lo: number, hi: number, work: number): void;
  /** Addresses or bytes: a, d, z, work. */
  symmetricEigenStart(
    n: number,
    a: number,
    upper: boolean,
    method: number,
    d: number,
    z: number,
    work: number,
  ): void;
  symmetricEigenWorkspace(n: number, method: number, vectors: boolean): number;

  // assembly/eigen/symmetricBatch.ts
  /** Addresses or bytes: a, d, z, statuses, work. */
  symmetricEigenBatchStart(
    n: number,
    count: number,
    a: number,
    upper: boolean,
    method: number,
    d: number,
    z: number,
    statuses: number,
    work: number,
  ): void;
  symmetricEigenBatchWorkspace(n: number, method: number, vectors: boolean): number;

  // assembly/eigen/tuning.ts
  isDense(n: number, width: number): number;
}

/** The functions of assembly/index.ts: every build of emft. */
export interface CoreBindings extends EigenBindings {
  // assembly/eigen/accuracy.ts
  /** Addresses or bytes: y, z, d. */
  largestResidual(n: number, count: number, y: number, z: number, d: number, scale: number): number;

  // assembly/eigen/reduce/backTransform.ts
  /** Addresses or bytes: a, tau, z, work. */
  backTransform(
    n: number,
    m: number,
    a: number,
    lda: number,
    tau: number,
    z: number,
    ldz: number,
    work: number,
  ): void;
  backTransformWorkspace(n: number, m: number): number;

  // assembly/eigen/reduce/band.ts
  bandBytes(n: number, b: number): number;
  /** Addresses or bytes: ab, d, e, y, work. */
  bandTridiagonalizeStart(
    n: number,
    b: number,
    ab: number,
    d: number,
    e: number,
    y: number,
    work: number,
  ): void;
  bandTridiagonalizeWorkspace(b: number): number;

  // assembly/eigen/reduce/tridiagonalize.ts
  /** Addresses or bytes: a, d, e, tau, work. */
  tridiagonalize(n: number, a: number, lda: number, d: number, e: number, tau: number, work: number): void;
  tridiagonalizeWorkspace(n: number): number;

  // assembly/eigen/tridiagonal/divide/divideAndConquer.ts
  /** Addresses or bytes: d, e, z, work. */
  tridiagonalDivideAndConquer(
    n: number,
    d: number,
    e: number,
    z: number,
    ldz: number,
    first: number,
    last: number,
    work: number,
    cutoff: number,
  ): number;
  tridiagonalDivideAndConquerWorkspace(n: number, cutoff: number): number;

  // assembly/eigen/tridiagonal/pwk.ts
  /** Addresses or bytes: d, e, work. */
  tridiagonalEigenvalues(n: number, d: number, e: number, work: number, maxIterations: number): number;

  // assembly/eigen/tridiagonal/qr.ts
  /** Addresses or bytes: d, e, z, work. */
  tridiagonalQr(
    n: number,
    d: number,
    e: number,
    z: number,
    ldz: number,
    nrows: number,
    vectors: boolean,
    work: number,
    maxIterations: number,
  ): number;
  tridiagonalQrWorkspace(n: number, vectors: boolean): number;

  // assembly/grain/apply.ts
  /** Addresses or bytes: pairs, diag, flips, x, w, y. */
  grainApply(
    dg: number,
    bits: number,
    lgp: number,
    pairs: number,
    diag: number,
    flips: number,
    x: number,
    w: number,
    y: number,
    ld: number,
    beta: number,
    gamma: number,
  ): void;
  /** Addresses or bytes: fields, out. */
  grainDiagonal(bits: number, fields: number, scale: number, shift: number, out: number): void;
  /** Addresses or bytes: flip, out. */
  grainFlips(bits: number, lgp: number, flip: number, runs: number, out: number): void;
  grainFlipsBytes(bits: number, lgp: number): number;
  /** Addresses or bytes: grain, out. */
  grainPairs(dg: number, grain: number, out: number): void;

  // assembly/grain/coupling.ts
  /** Addresses or bytes: energies, v, norms. */
  perturbativeNorms(r: number, energies: number, splitting: number, v: number, norms: number): void;
  /** Addresses or bytes: energies, v, out. */
  shellCoupling(
    r: number,
    energies: number,
    splitting: number,
    v: number,
    first: number,
    last: number,
    width: number,
    out: number,
  ): void;
  /** Addresses or bytes: z, even, odd. */
  splitByGrainSpin(dg: number, bits: number, count: number, z: number, even: number, odd: number): void;

  // assembly/grain/dense.ts
  /** Addresses or bytes: grain, diag, flip, out. */
  grainDense(dg: number, bits: number, grain: number, diag: number, flip: number, out: number): void;

  // assembly/grain/entropy.ts
  /** Addresses or bytes: z, entropy, sz. */
  grainEntropies(
    dg: number,
    bits: number,
    count: number,
    z: number,
    entropy: number,
    sz: number,
    stride: number,
  ): void;

  // assembly/grain/filter.ts
  /** Addresses or bytes: pairs, diag, flip, coefficients, block, work. */
  grainFilterStart(
    dg: number,
    bits: number,
    columns: number,
    pairs: number,
    diag: number,
    flip: number,
    order: number,
    coefficients: number,
    block: number,
    work: number,
  ): void;
  grainFilterWorkspace(dg: number, bits: number, columns: number): number;
  /** Addresses or bytes: pairs, diag, flips, v, w. */
  grainMultiply(
    dg: number,
    bits: number,
    columns: number,
    pairs: number,
    diag: number,
    flips: number,
    v: number,
    w: number,
  ): void;

  // assembly/grain/hermitian.ts
  /** Addresses or bytes: re, im, values, z, sums. */
  addResiduals(
    rows: number,
    count: number,
    re: number,
    im: number,
    values: number,
    z: number,
    stride: number,
    sums: number,
  ): void;
  /** Addresses or bytes: re, im, sums. */
  addSkewness(rows: number, count: number, re: number, im: number, own: number, sums: number): void;
  /** Addresses or bytes: z, weight, sz. */
  hermitianWeights(
    d: number,
    bits: number,
    count: number,
    z: number,
    weight: number,
    sz: number,
    stride: number,
  ): void;
  /** Addresses or bytes: x, y. */
  joinParts(n: number, x: number, y: number): void;
  /** Addresses or bytes: a. */
  largestRowSum(d: number, rows: number, a: number, most: number): number;

  // assembly/kernel/gemm/gemm.ts
  /** Addresses or bytes: ab, c. */
  gemm(
    m: number,
    n: number,
    k: number,
    alpha: number,
    ab: number,
    beta: number,
    c: number,
    ldc: number,
  ): void;
  gemmWorkspace(m: number, n: number, k: number): number;

  // assembly/kernel/gemm/operands.ts
  /** Addresses or bytes: a, b, work. */
  operands(a: number, rsa: number, csa: number, b: number, rsb: number, csb: number, work: number): number;

  // assembly/kernel/team.ts
  /** Addresses or bytes: block. */
  leadTeam(block: number, size: number, sleep: boolean, spins: number, patience: number, take: boolean): void;
  /** Addresses or bytes: block. */
  serveTeam(block: number, rank: number): void;

  // assembly/kernel/teamCheck.ts
  /** Addresses or bytes: work. */
  teamCheck(rounds: number, threads: number, work: number): number;
  teamCheckLength(): number;
  teamCheckWorkspace(): number;

  // assembly/kernel/vectors.ts
  /** Addresses or bytes: x, y. */
  dot(n: number, x: number, y: number): number;

  // assembly/numeric/sort.ts
  /** Addresses or bytes: d, z, l. */
  sortSpectrum(n: number, d: number, z: number, l: number): void;

  // assembly/lattice/assignment.ts
  /** Addresses or bytes: gain, column, work. */
  assignStart(n: number, gain: number, column: number, work: number): void;
  assignWorkspace(n: number): number;

  // assembly/lattice/golubWelsch.ts
  /** Addresses or bytes: d, e, z, l, work. */
  golubWelschStart(n: number, d: number, e: number, z: number, l: number, work: number): void;
  golubWelschWorkspace(): number;

  // assembly/lattice/lanczos.ts
  /** Addresses or bytes: work. */
  lanczosContinue(to: number, work: number): void;
  /** Addresses or bytes: v, a, b, alpha, beta, work. */
  lanczosStart(
    n: number,
    k: number,
    v: number,
    a: number,
    b: number,
    norm: number,
    origin: number,
    alpha: number,
    beta: number,
    work: number,
  ): void;
  lanczosWorkspace(n: number): number;

  // assembly/lattice/localization.ts
  localizedWorkspace(radius: number, margin: number): number;

  // assembly/lattice/localized.ts
  /** Addresses or bytes: v, us, vs, energies, peaks, phi0, work. */
  localizedLattice(
    radius: number,
    t: number,
    v: number,
    us: number,
    vs: number,
    norm: number,
    same: number,
    energies: number,
    peaks: number,
    phi0: number,
    work: number,
  ): void;
  /** Addresses or bytes: work. */
  localizedStart(
    small: number,
    inner: number,
    nearInner: number,
    nearOuter: number,
    far: number,
    wide: number,
    heavy: number,
    limit: number,
    work: number,
  ): void;

  // assembly/lattice/mixing.ts
  /** Addresses or bytes: energies, phi0, errors. */
  mixingErrors(
    n: number,
    from: number,
    to: number,
    backward: number,
    energies: number,
    phi0: number,
    errors: number,
  ): void;

  // assembly/lattice/refineOrbital.ts
  /** Addresses or bytes: v, a, b, work. */
  refineOrbital(
    n: number,
    k: number,
    v: number,
    a: number,
    b: number,
    norm: number,
    origin: number,
    shift: number,
    work: number,
  ): number;
  refineOrbitalWorkspace(n: number, k: number): number;

  // assembly/lattice/ritz.ts
  /** Addresses or bytes: d, z, l, rest. */
  resolveSpectrum(
    m: number,
    d: number,
    z: number,
    l: number,
    betaLast: number,
    tolerance: number,
    width: number,
    halo: number,
    negligible: number,
    rest: number,
  ): number;

  // assembly/numeric/logVectors.ts
  /** Addresses or bytes: u, g. */
  expVector(n: number, u: number, g: number): void;
  /** Addresses or bytes: g, u. */
  logVector(n: number, g: number, u: number): void;

  // assembly/meanfield/distribution.ts
  /** Addresses or bytes: x, out. */
  distributionVector(statistics: number, n: number, x: number, out: number): void;
  /** Addresses or bytes: s, out. */
  entropyDensityVector(statistics: number, n: number, g: number, s: number, out: number): void;

  // assembly/meanfield/fixedPoint.ts
  /** Addresses or bytes: fits, u, eta. */
  etaTotal(fits: number, n: number, u: number, eta: number): number;
  /** Addresses or bytes: fits, bare, u, out, work. */
  iterateStart(
    fits: number,
    n: number,
    bare: number,
    tolerance: number,
    maxIterations: number,
    u: number,
    out: number,
    work: number,
  ): void;
  iterateWorkspace(n: number): number;
  /** Addresses or bytes: fits, bare, u. */
  spinsAt(fits: number, n: number, bare: number, t: number, u: number): void;
  /** Addresses or bytes: fits, bare, u, eta. */
  sweepSpins(fits: number, n: number, bare: number, tolerance: number, u: number, eta: number): number;

  // assembly/meanfield/mixing.ts
  /** Addresses or bytes: g, out. */
  mixingVector(n: number, g: number, out: number): void;

  // assembly/meanfield/quadrature.ts
  /** Addresses or bytes: g, out, work. */
  responseQuadrature(statistics: number, n: number, g: number, out: number, work: number): void;
  responseQuadratureWorkspace(): number;

  // assembly/meanfield/response.ts
  /** Addresses or bytes: fits, g, out. */
  etaFit(fits: number, n: number, g: number, out: number): void;
  /** Addresses or bytes: fits, u, out. */
  responseComplementsFit(fits: number, n: number, u: number, out: number): void;
  /** Addresses or bytes: fits, u, out. */
  responseFit(fits: number, n: number, u: number, out: number): void;

  // assembly/meanfield/roots.ts
  /** Addresses or bytes: fits, bare, out, work. */
  allRootsStart(
    kind: number,
    fits: number,
    n: number,
    bare: number,
    weight: number,
    maxEvaluations: number,
    capacity: number,
    out: number,
    work: number,
  ): void;
  /** Addresses or bytes: fits, bare, out, work. */
  leastRootStart(
    kind: number,
    fits: number,
    n: number,
    bare: number,
    weight: number,
    maxEvaluations: number,
    out: number,
    work: number,
  ): void;
  rootsWorkspace(n: number): number;

  // assembly/meanfield/scalarMap.ts
  /** Addresses or bytes: fits, bare, t, phi, slope, slopes. */
  mapVector(
    kind: number,
    fits: number,
    n: number,
    bare: number,
    count: number,
    t: number,
    phi: number,
    slope: number,
    slopes: number,
  ): void;

  // assembly/meanfield/symmetric.ts
  /** Addresses or bytes: fits, out. */
  symmetricFolds(fits: number, n: number, out: number): number;

  // assembly/meanfield/unequal.ts
  /** Addresses or bytes: g, p, out, work. */
  unequalResponse(statistics: number, n: number, g: number, p: number, out: number, work: number): void;
  unequalResponseWorkspace(): number;

  // assembly/numeric/phases.ts
  /** Addresses or bytes: energies, out, work. */
  phases(n: number, energies: number, t: number, out: number, work: number): void;

  // assembly/operator/bath.ts
  /** Addresses or bytes: a, b, out. */
  bathDecay(n: number, pairs: boolean, a: number, b: number, out: number): void;
  /** Addresses or bytes: a, b, c, d, kinds, row. */
  bathRow(
    order: number,
    alpha: number,
    pairs: boolean,
    kind: number,
    a: number,
    b: number,
    c: number,
    d: number,
    kinds: number,
    row: number,
  ): void;

  // assembly/operator/bipartition.ts
  /** Addresses or bytes: record, amplitudes, out. */
  bipartition(
    record: number,
    from: number,
    to: number,
    width: number,
    amplitudes: number,
    most: number,
    out: number,
  ): void;

  // assembly/operator/csr.ts
  csrBytes(): number;
  /** Addresses or bytes: record, indptr, indices, data, starts. */
  csrOperator(
    record: number,
    n: number,
    complex: number,
    indptr: number,
    indices: number,
    data: number,
    tasks: number,
    starts: number,
  ): void;

  // assembly/operator/inertia.ts
  /** Addresses or bytes: work. */
  inertiaBelow(work: number): number;
  /** Addresses or bytes: indptr, indices, data, work. */
  inertiaStart(
    n: number,
    width: number,
    indptr: number,
    indices: number,
    data: number,
    shift: number,
    work: number,
  ): void;
  inertiaWorkspace(width: number): number;

  // assembly/operator/operator.ts
  /** Addresses or bytes: p, x, w, y. */
  combine(
    count: number,
    p: number,
    x: number,
    w: number,
    y: number,
    alpha: number,
    sigma: number,
    beta: number,
    gamma: number,
  ): void;
  /** Addresses or bytes: operator, x, w, y, work. */
  operatorApply(
    operator: number,
    pairs: number,
    columns: number,
    x: number,
    w: number,
    y: number,
    alpha: number,
    sigma: number,
    beta: number,
    gamma: number,
    work: number,
  ): void;
  operatorWorkspace(): number;

  // assembly/operator/orthonormalize.ts
  /** Addresses or bytes: v, r. */
  orthonormalizeFrom(d: number, from: number, columns: number, least: number, v: number, r: number): number;
  /** Addresses or bytes: v, r, work. */
  orthonormalizePairs(
    n: number,
    from: number,
    columns: number,
    least: number,
    v: number,
    r: number,
    work: number,
  ): number;

  // assembly/operator/pairs.ts
  /** Addresses or bytes: x, y. */
  addPairs(n: number, re: number, im: number, x: number, y: number): void;
  /** Addresses or bytes: x, y. */
  addTimesI(n: number, x: number, y: number): void;
  /** Addresses or bytes: x. */
  conjugatePairs(n: number, x: number): void;
  /** Addresses or bytes: x, y. */
  timesMinusI(n: number, x: number, y: number): void;

  // assembly/operator/panels.ts
  /** Addresses or bytes: panel, x. */
  panelBackward(rows: number, width: number, panel: number, x: number): void;
  /** Addresses or bytes: panel. */
  panelFactor(rows: number, width: number, panel: number, laplacian: boolean, floor: number): number;
  /** Addresses or bytes: panel, x. */
  panelForward(rows: number, width: number, panel: number, x: number): void;

  // assembly/operator/project.ts
  /** Addresses or bytes: q, w, out. */
  lanczosStep(n: number, q: number, w: number, out: number): void;
  /** Addresses or bytes: w. */
  lanczosUnit(n: number, length: number, w: number): void;
  /** Addresses or bytes: v, w, c, work. */
  project(length: number, size: number, v: number, count: number, w: number, c: number, work: number): void;
  projectWorkspace(): number;

  // assembly/operator/residuals.ts
  /** Addresses or bytes: w, z, energies, out. */
  residualNorms(d: number, columns: number, w: number, z: number, energies: number, out: number): void;

  // assembly/operator/sector.ts
  /** Addresses or bytes: record, work. */
  sectorRowsStart(record: number, from: number, to: number, work: number): void;
  sectorRowsWorkspace(): number;

  // assembly/operator/sectorProduct.ts
  /** Addresses or bytes: record, rows. */
  sectorOperator(record: number, rows: number): void;
  sectorOperatorBytes(flips: number): number;

  // assembly/operator/sectorStates.ts
  /** Addresses or bytes: elements, states, stabilizers, work. */
  sectorStatesStart(
    first: number,
    count: number,
    any: number,
    order: number,
    elements: number,
    states: number,
    stabilizers: number,
    work: number,
  ): void;
  sectorStatesWorkspace(): number;

  // assembly/operator/sectorVectors.ts
  /** Addresses or bytes: element, states, norms, x, psi. */
  sectorEmbed(
    columns: number,
    pairs: boolean,
    element: number,
    count: number,
    states: number,
    norms: number,
    from: number,
    window: number,
    x: number,
    psi: number,
  ): void;
  /** Addresses or bytes: stabilizers, norms. */
  sectorNorms(count: number, order: number, back: boolean, stabilizers: number, norms: number): void;
  /** Addresses or bytes: element, states, norms, x, psi. */
  sectorProject(
    columns: number,
    pairs: boolean,
    element: number,
    count: number,
    states: number,
    norms: number,
    from: number,
    window: number,
    x: number,
    psi: number,
  ): void;

  // assembly/operator/siteDensity.ts
  /** Addresses or bytes: psi, out. */
  siteDensity(sites: number, width: number, psi: number, i: number, j: number, out: number): void;

  // assembly/operator/spins.ts
  /** Addresses or bytes: block. */
  spinsOperator(block: number): void;

  // assembly/operator/spinsTables.ts
  spinsBytes(): number;
  /** Addresses or bytes: record, terms, counts. */
  spinsTablesBytes(
    record: number,
    sites: number,
    lowBits: number,
    down: number,
    n: number,
    complex: number,
    terms: number,
    counts: number,
  ): number;
  /** Addresses or bytes: block, terms, counts, work. */
  spinsTablesStart(block: number, terms: number, counts: number, work: number): void;
  spinsTablesWorkspace(): number;

  // assembly/operator/sunRows.ts
  /** Addresses or bytes: indices, data, ends, work. */
  sunRowsStart(rows: number, indices: number, data: number, ends: number, work: number): void;
  /** Addresses or bytes: dot, fields, couplings, partners, work. */
  sunStart(
    dotSpins: number,
    spins: number,
    down: number,
    exchange: number,
    dot: number,
    fields: number,
    couplings: number,
    partners: number,
    work: number,
  ): void;
  sunWorkspace(sites: number): number;

  // assembly/random/goe.ts
  /** Addresses or bytes: a, work. */
  goe(
    n: number,
    variance: number,
    seedLow: number,
    seedHigh: number,
    stream: number,
    indexLow: number,
    indexHigh: number,
    a: number,
    work: number,
  ): void;

  // assembly/random/normal.ts
  /** Addresses or bytes: out, work. */
  normals(
    seedLow: number,
    seedHigh: number,
    stream: number,
    indexLow: number,
    indexHigh: number,
    first: number,
    count: number,
    out: number,
    work: number,
  ): void;
  normalsWorkspace(): number;

  // assembly/random/uniform.ts
  /** Addresses or bytes: out, work. */
  uniforms(
    seedLow: number,
    seedHigh: number,
    stream: number,
    indexLow: number,
    indexHigh: number,
    first: number,
    count: number,
    out: number,
    work: number,
  ): void;
  uniformsWorkspace(): number;

  // assembly/special/bessel.ts
  /** Addresses or bytes: x, y. */
  besselKVector(n: number, order: number, scaled: boolean, x: number, y: number): void;

  // assembly/special/besselOrders.ts
  /** Addresses or bytes: out. */
  besselOrders(z: number, modified: boolean, count: number, out: number): void;

  // assembly/statistics/elements.ts
  /** Addresses or bytes: values, v, out. */
  fidelitySusceptibility(
    n: number,
    values: number,
    width: number,
    v: number,
    cutoff: number,
    out: number,
  ): void;
  /** Addresses or bytes: values, v, edges, sums, units, pairs. */
  spectralSums(
    n: number,
    values: number,
    width: number,
    v: number,
    first: number,
    last: number,
    bins: number,
    edges: number,
    sums: number,
    units: number,
    pairs: number,
  ): void;

  // assembly/statistics/formFactor.ts
  /** Addresses or bytes: levels, tau, work. */
  formFactorAdd(count: number, levels: number, width: number, times: number, tau: number, work: number): void;
  /** Addresses or bytes: work, values, errors, connected, connectedErrors. */
  formFactorEnd(
    times: number,
    work: number,
    values: number,
    errors: number,
    connected: number,
    connectedErrors: number,
  ): void;
  formFactorWorkspace(count: number, times: number): number;
  /** Addresses or bytes: tau, k, reference, out. */
  thoulessTime(count: number, tau: number, k: number, reference: number, bound: number, out: number): void;

  // assembly/statistics/levels.ts
  /** Addresses or bytes: levels, out. */
  gapRatios(count: number, levels: number, out: number): number;

  // assembly/statistics/numberVariance.ts
  /** Addresses or bytes: levels, sums. */
  windowCounts(count: number, levels: number, length: number, sums: number): void;

  // assembly/statistics/reference.ts
  /** Addresses or bytes: x, out, work. */
  levelReference(
    ensemble: number,
    quantity: number,
    count: number,
    x: number,
    out: number,
    work: number,
  ): void;

  // assembly/statistics/sample.ts
  /** Addresses or bytes: values, out. */
  meanAndError(count: number, values: number, out: number): void;
  /** Addresses or bytes: values. */
  meanSquare(count: number, values: number): number;

  // assembly/statistics/unfold.ts
  /** Addresses or bytes: levels, out, work. */
  unfoldEnsemble(total: number, spectra: number, levels: number, out: number, work: number): void;
  /** Addresses or bytes: levels, out. */
  unfoldLocal(count: number, window: number, levels: number, out: number): void;
  /** Addresses or bytes: levels, out, work. */
  unfoldPolynomial(
    total: number,
    spectra: number,
    degree: number,
    levels: number,
    out: number,
    work: number,
  ): void;
  unfoldWorkspace(total: number): number;

  // assembly/statistics/weights.ts
  /** Addresses or bytes: p, work. */
  weightEntropyStart(count: number, p: number, order: number, negligible: number, work: number): void;
  weightEntropyWorkspace(): number;
}
