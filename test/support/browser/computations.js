// Results of every function of the public API, one after another, for comparing hosts bit by bit. Runs in Node and in a
// page.

/**
 * The hash of everything that the core's functions gave, and the names of those that were not called. Functions that none of the
 * computations below calls are called with their arguments in `references`, where doubles are `{ doubles }` and an operator is `{ made: [name, arguments] }` of its method.
 * @returns {Promise<{ threads: number, notes: readonly string[], unused: string[], hash: string }>}
 */
export async function computations(createCore, threads, { sizes, methods, rangeMethods, references }) {
  const whole = await createCore({ threads });
  const used = new Set();
  const core = new Proxy(whole, {
    get(target, name) {
      used.add(name);
      return target[name];
    },
  });
  const parts = [];
  const add = (...results) => {
    for (const result of results) collect(result, parts);
  };
  for (const n of sizes) await decompositions(core, { n, methods, rangeMethods }, add);
  await theory(core, add);
  await lattices(core, add);
  await grains(core, add);
  await operators(core, add);
  await dynamics(core, add);
  await levels(core, add);
  await states(core, add);
  for (const [name, args] of references) {
    if (!used.has(name)) add(await core[name](...args.map((value) => revived(whole, value))));
  }
  const result = {
    threads: core.threads,
    notes: core.notes,
    unused: Object.keys(whole).filter((name) => typeof whole[name] === 'function' && !used.has(name)),
    hash: await sha256(parts),
  };
  core.dispose();
  // It is called last of all.
  result.unused = result.unused.filter((name) => name !== 'dispose');
  return result;
}

function revived(core, value) {
  if (typeof value !== 'object' || value === null) return value;
  const own = (item) => revived(core, item);
  if (Array.isArray(value)) return value.map(own);
  if (value.doubles) return Float64Array.from(value.doubles);
  if (value.made) return core[value.made[0]](...value.made[1].map(own));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, own(item)]));
}

async function decompositions(core, { n, methods, rangeMethods }, add) {
  const a = core.goe(n, { seed: 11, stream: n });
  for (const method of methods) add(core.eigh(a, n, { method }));
  add(core.eigh(a, n, { vectors: false }), core.eigh(a, n, { verify: true, uplo: 'U' }));
  add(core.eigh(a, n, { range: { index: [0, Math.floor(n / 3)] } }));
  add(core.eigh(a, n, { range: { value: [-0.5, 0.5] }, method: 'qr' }));
  add(core.eighBatch(a, n, 1), await core.eighBatchAsync(a, n, 1), await core.eighAsync(a, n, { slice: 1 }));
  // How much it is depends on the threads.
  core.eighBytes(n);
  await complexDecompositions(core, { n, a, methods }, add);
  await bandDecompositions(core, { n, a, methods, rangeMethods }, add);
}

/** Entanglement of a state of five parts, real and complex. */
async function states(core, add) {
  const x = core.normals({ seed: 14 }, 480);
  const options = { dimensions: [2, 3, 4, 5, 2], subsystem: [0, 2], complex: true };
  add(core.schmidtWeights(x, options), await core.schmidtWeightsAsync(x, { ...options, complex: false }));
  for (const order of [1, 2, 0.5]) add(core.entanglementEntropy(x, { ...options, order }));
  add(await core.entanglementEntropyAsync(x, { ...options, slice: 1 }));
}

/** Statistics of the levels of two matrices. */
async function levels(core, add) {
  const n = 60;
  const spectra = 2;
  const all = new Float64Array(spectra * n);
  for (const k of [0, 1]) {
    all.set(core.eigh(core.goe(n, { seed: 12, index: k }), n, { vectors: false }).values, k * n);
  }
  const [first, second] = [all.subarray(0, n), core.goe(n, { seed: 13 })];
  for (const method of ['polynomial', 'ensemble', 'local']) add(core.unfold(all, { spectra, method }));
  const unfolded = core.unfold(all, { spectra, degree: 5, method: 'ensemble' });
  const x = Float64Array.from({ length: 20 }, (_, k) => (k + 1) / 9);
  add(core.numberVariance(unfolded, x, { spectra }));
  const form = core.spectralFormFactor(unfolded, x, { spectra });
  add(form, await core.spectralFormFactorAsync(unfolded, x, { spectra, slice: 1 }));
  const { time, g } = core.thoulessTime(x, form.values, { tolerance: 5 });
  add(Float64Array.of(time, g));
  for (const ensemble of ['poisson', 'goe', 'gue']) {
    for (const quantity of ['gapRatio', 'spacing', 'numberVariance', 'formFactor']) {
      add(core.levelReference(ensemble, quantity, x));
    }
  }
  add(core.fidelitySusceptibility(first, second), core.spectralFunction(first, second, x));
}

/** Of bands of several widths whose diagonals are rows of `a`. */
async function bandDecompositions(core, { n, a, methods, rangeMethods }, add) {
  const [d, e] = [a.subarray(0, n), a.subarray(n, 2 * n - 1)];
  for (const method of methods) add(core.eighTridiagonal(d, e, { method }));
  add(core.eighTridiagonal(d, e, { vectors: false }), await core.eighTridiagonalAsync(d, e, { slice: 1 }));
  for (const wanted of [2, Math.floor(n / 6), Math.floor(n / 2)]) {
    const width = Math.min(wanted, n - 1);
    const ab = a.subarray(0, (width + 1) * n);
    // Methods that compute no ranges spread a band out, and are called above.
    for (const method of rangeMethods) add(core.eighBanded(ab, n, width, { method }));
    add(core.eighBanded(ab, n, width, { vectors: false, uplo: 'U' }));
    add(await core.eighBandedAsync(ab, n, width, { slice: 1, range: { index: [0, n - 1] } }));
  }
  core.eighBandedBytes(n, 0);
  core.eighComplexBytes(n);
}

/** Of a matrix whose real part is `a`; one triangle is read. */
async function complexDecompositions(core, { n, a, methods }, add) {
  const c = new Float64Array(2 * n * n);
  for (let i = 0; i < n; ++i) {
    for (let j = 0; j < n; ++j) {
      c[2 * (i * n + j)] = a[i * n + j];
      c[2 * (i * n + j) + 1] = i === j ? 0 : a[(i * n + j + 1) % (n * n)];
    }
  }
  for (const method of methods) add(core.eighComplex(c, n, { method }));
  add(core.eighComplex(c, n, { vectors: false }), core.eighComplex(c, n, { uplo: 'U' }));
  add(core.eighComplexBatch(c, n, 1), await core.eighComplexBatchAsync(c, n, 1));
  add(await core.eighComplexAsync(c, n, { slice: 1 }));
  // Definite by its diagonal.
  const heavy = (m, unit) => m.map((x, k) => (k % (unit * (n + 1)) === 0 ? Math.abs(x) + 4 * n : x));
  for (const itype of [1, 2, 3]) {
    add(core.eigh(a, n, { b: heavy(a, 1), itype }), core.eighComplex(c, n, { b: heavy(c, 2), itype }));
  }
}

async function theory(core, add) {
  const g = core.uniforms({ seed: 11, stream: 1 }, 100);
  add(core.response(g), core.eta(g), core.responseComplements(g), core.twoLevelMixing(g), core.besselK(1, g));
  const few = g.subarray(0, 5).slice();
  add(core.responseQuadrature(few), core.responseComplementsQuadrature(few));
  add(core.resonanceDensity(g), core.resonanceCdf(g), core.resonanceDistribution(g));
  add(core.entropyDistribution(0.3, few), core.entropyShares(few, 7));
  const bare = core.drhLogCouplings({ g0: 0.5, alpha: 0.63, n: 60 });
  add(bare, core.solveMeanField(bare, { log: true }), core.meanFieldBranches(bare, { log: true }));
  add(
    await core.solveMeanFieldAsync(bare, { log: true }),
    await core.meanFieldBranchesAsync(bare, { log: true }),
  );
  add(core.meanFieldMap(bare, few, { log: true }), core.twoSpin(0.2, 0.4));
  add(core.symmetricMeanField(0.02, 12), core.symmetricBranches(0.02, 12), core.criticalCoupling(40));
  add(core.fitFirstCoupling([{ alpha: 0.7, n: 4, mean: 0.1, error: 0.01 }]));
  for (const grain of ['gue', 'gse', 'poisson']) {
    add(core.response(g, { grain }), core.responseComplements(g, { grain }), core.eta(g, { grain }));
    add(core.responseQuadrature(few, { grain }), core.resonanceDistribution(g, { grain }));
    add(core.solveMeanField(bare, { log: true, grain }), core.meanFieldBranches(bare, { log: true, grain }));
    add(core.symmetricBranches(0.02, 12, { grain }), core.criticalCoupling(40, { grain }));
  }
  const fields = [1, 0.9];
  const atEnergy = core.grainCouplings({ grainDimension: 16, fields, couplings: [0.4, 0.2], energy: 1 });
  const { up, down } = atEnergy;
  add(atEnergy, core.responseAtEnergy(up, down), core.solveMeanFieldAtEnergy(up, down));
  add(await core.solveMeanFieldAtEnergyAsync(up, down, { grain: 'gue' }));
  add(core.meanAndError(g), core.normals({ seed: 2, index: 3 }, 1001));
}

async function lattices(core, add) {
  for (const phases of [{ theta0: 2.954 }, { random: true, seed: 3 }]) {
    const model = { radius: 6, strength: 45, ...phases };
    for (const method of ['auto', 'band', 'dense', 'lanczos'])
      add(core.latticeCouplings({ ...model, method }));
    const couplings = await core.latticeCouplingsAsync({ ...model, relative: 1e-6 });
    const solution = core.latticeMeanField(couplings);
    add(couplings, solution, core.latticeBranches(couplings), core.grainSpacing(couplings, solution));
    add(core.latticeVerdict(model), core.latticeVerdict({ ...model, strength: 4 }));
    const strengths = Float64Array.of(10, 30, 90);
    add(core.latticeHysteresis({ radius: 3, ...phases, strengths }));
    add(await core.latticeVerdictAsync(model));
    add(await core.latticeHysteresisAsync({ radius: 3, ...phases, strengths }));
  }
  add(core.bottleneck({ zeta: 0.5, radius: 3 }), await core.bottleneckAsync({ zeta: 0.5, radius: 3 }));
}

async function grains(core, add) {
  const model = core.randomGrainModel({ alpha: 0.7, n: 5, seed: 4 });
  add(model, core.diagonalizeGrain(model), core.reducedCoupling(model));
  const window = { energy: 0.1, count: 6 };
  add(core.diagonalizeGrain({ ...model, window, method: 'filtered', vectors: true }));
  add(await core.diagonalizeGrainAsync(model, { window, method: 'filtered' }));
  add(await core.reducedCouplingAsync(model));
  for (const conserve of ['none', 'u1']) {
    const sun = core.randomSunModel({ spins: 6, alpha: 0.7, seed: 4, conserve });
    add(sun, core.sunCouplings(sun), await core.sunCouplingsAsync({ ...sun, shell: 1 }));
    add(core.sunOperator(sun, conserve === 'u1' ? { up: 4 } : {}).toDense());
  }
}

async function operators(core, add) {
  const sites = 10;
  const terms = ['xx', 'yy', 'zz'].flatMap((op) =>
    Array.from({ length: sites }, (_, i) => ({ op, sites: [i, (i + 1) % sites], coefficient: 1 + i / 7 })),
  );
  const x = core.normals({ seed: 5 }, 504);
  const chain = core.spins({ sites, terms, sector: { up: 5 } });
  add(chain.multiply(x.subarray(0, 252)), chain.multiply(x, 1, true), core.spins({ sites, terms }).toDense());
  const even = ['xx', 'yy', 'zz'].flatMap((op) =>
    Array.from({ length: 12 }, (_, i) => ({ op, sites: [i, (i + 1) % 12] })),
  );
  const turn = {
    permutation: Array.from({ length: 12 }, (_, i) => (i + 1) % 12),
    character: [0.5, Math.sqrt(3) / 2],
  };
  const ring = core.spins({ sites: 12, terms: even, sector: { up: 6, symmetries: [turn] } });
  add(ring.toDense(), ring.states());
  for (const operator of [core.spins({ sites: 12, terms: even, sector: { up: 6 } }), ring]) {
    const found = core.eigsh(operator, { k: 3, method: 'lanczos' });
    // How much memory it took depends on the threads.
    add(found.values, found.vectors, found.residuals);
    core.eigshBytes(operator, { k: 3 });
  }
  const inner = { method: 'filtered', count: true };
  for (const [operator, options] of [
    [chain, { ...inner, k: 3, which: { near: 0.2 } }],
    [chain, { ...inner, which: { interval: [0.1, 0.6] } }],
    [core.spins({ sites: 12, terms: even }), { k: 2, method: 'lanczos', count: true }],
  ]) {
    const { values, vectors, residuals, report } = core.eigsh(operator, options);
    add(values, vectors, residuals, report.count, report.products);
  }
  const model = core.randomGrainModel({ alpha: 0.7, n: 5, seed: 4 });
  add(
    (await core.eigshAsync(core.grainOperator(model), { k: 2, method: 'lanczos', which: 'highest' })).values,
  );
  const matrix = core.csr({ n: 2, indptr: [0, 1, 2], indices: [1, 0], data: [0.5, 0.5] });
  const doubled = core.operator({ n: 2, multiply: (from, to) => to.set(from) }).scaled(2);
  const list = core.coo({ n: 2, row: [0, 1, 1, 1], col: [1, 0, 1, 1], data: [0.1, 0.1, 0.2, 0.7] });
  add(matrix.plus(doubled).plus(list).shifted(-1).toDense());
}

/** States in time. */
async function dynamics(core, add) {
  const sites = 8;
  const terms = ['xx', 'yy', 'zz'].flatMap((op) =>
    Array.from({ length: sites }, (_, i) => ({ op, sites: [i, (i + 1) % sites], coefficient: 1 + i / 7 })),
  );
  const chain = core.spins({ sites, terms });
  const z = core.spins({ sites, terms: [{ op: 'z', sites: [3] }] });
  const psi = core.normals({ seed: 6 }, 512);
  // How much memory it took depends on the threads.
  const numbers = ({ report, ...rest }) => [rest, report.products];
  for (const method of ['chebyshev', 'krylov']) {
    const options = { method, observables: [z], states: true, complex: false };
    add(numbers(core.evolve(chain, psi, [3, 0.1, -50], { ...options, complex: true })));
    add(numbers(await core.evolveAsync(chain, psi, [1, -2], { ...options, imaginary: true, slice: 1 })));
  }
  const thermal = {
    betas: [0, 0.3, 20, -1],
    observables: [z],
    functions: [(e) => e * e],
    samples: 4,
    seed: 3,
  };
  add(core.typicality(chain, thermal), await core.typicalityAsync(chain, { ...thermal, vectors: 20 }));
  const exact = { observables: [z], states: true, complex: true };
  add(core.evolveExact(chain, psi, [3, 0.1, -50], exact));
  add(await core.evolveExactAsync(chain, psi, [1, -2], { ...exact, imaginary: true }));
  const bath = [z, core.spins({ sites: 8, terms: [{ op: 'x', sites: [0] }] })];
  add(core.bathRate(chain, bath), await core.bathRateAsync(chain, bath, { tolerance: 1e-9 }));
  for (const complex of [false, true]) {
    add(core.expectation(z, psi, { complex }), core.variance(z, psi, { complex }));
    add(await core.expectationAsync(z, psi, { complex }), await core.varianceAsync(z, psi, { complex }));
    add(core.matrixElements(chain, psi, { complex }), await core.matrixElementsAsync(z, psi, { complex }));
    add(core.correlations(chain, psi, { complex }));
    add(await core.correlationsAsync(chain, psi, { complex, op: '+-', connected: true }));
    const parts = { dimensions: [2, 16, 8], subsystem: [0, 2], complex };
    add(core.reducedDensityMatrix(psi, parts), await core.reducedDensityMatrixAsync(psi, parts));
    for (const order of [0, 0.5, 1, 2]) add(core.participationEntropy(psi, { order, complex }));
    add(await core.participationEntropyAsync(psi, { complex }));
  }
}

/** Every number in a result, in order, as bytes. */
function collect(value, parts) {
  if (ArrayBuffer.isView(value)) parts.push(value);
  else if (typeof value === 'number') parts.push(Float64Array.of(value));
  else if (Array.isArray(value)) for (const item of value) collect(item, parts);
  else if (typeof value?.toDense === 'function') parts.push(value.toDense());
  else if (typeof value === 'object' && value !== null) {
    // All but what a clock says.
    for (const [key, item] of Object.entries(value)) if (key !== 'seconds') collect(item, parts);
  } else parts.push(String(value));
}

async function sha256(parts) {
  const bytes = await new Blob(parts).arrayBuffer();
  // A page that is not a secure context has no digest of its own; 127.0.0.1 counts as secure.
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (b) => b.toString(16).padStart(2, '0')).join('');
}
