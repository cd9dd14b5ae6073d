// ⟨A_i B_j⟩ of spins ½ from the density matrices of one and of two sites: tr ρ_ij (A ⊗ B), all pairs of sites of a state.
import { floats } from '../wasm/arena.js';
import { inPairs } from '../wasm/numbers.js';
import type { Runtime } from '../wasm/runtime.js';
import type { Steps } from '../wasm/steps.js';
import { loadUnit } from './dynamics/record.js';
import type { MeasureTask } from './measure.js';
import type { Complex } from './rootOfUnity.js';
import type { SpinOperator } from './types.js';

type Letter = 'x' | 'y' | 'z' | '+' | '-';

/** The checked request: two letters. */
export interface CorrelationTask extends MeasureTask {
  operator: Pick<SpinOperator, 'sites' | 'embed'>;
  letters: readonly [Letter, Letter];
  connected: boolean;
}

/** For state c, ⟨A_i B_j⟩ is at (c·sites + i)·sites + j. */
interface CorrelationValues {
  values: Float64Array;
  imaginary: Float64Array;
}

/** Elements ⟨a|S|b⟩ as [a, b, re, im], 0 up. */
const ELEMENTS: Record<Letter, readonly (readonly [number, number, number, number])[]> = {
  x: [
    [0, 1, 0.5, 0],
    [1, 0, 0.5, 0],
  ],
  y: [
    [0, 1, 0, -0.5],
    [1, 0, 0, 0.5],
  ],
  z: [
    [0, 0, 0.5, 0],
    [1, 1, -0.5, 0],
  ],
  '+': [[0, 1, 1, 0]],
  '-': [[1, 0, 1, 0]],
};

/** tr ρ S of a density matrix in pairs. */
function traceOne(rho: Float64Array, letter: Letter): Complex {
  const sum: Complex = [0, 0];
  for (const [a, b, re, im] of ELEMENTS[letter]) add(sum, rho, 2 * b + a, re, im);
  return sum;
}

/** tr ρ A B, both at one site. */
function traceProduct(rho: Float64Array, first: Letter, second: Letter): Complex {
  const sum: Complex = [0, 0];
  for (const [a, b, re, im] of ELEMENTS[first]) {
    for (const [c, d, x, y] of ELEMENTS[second]) {
      if (b === c) add(sum, rho, 2 * d + a, re * x - im * y, re * y + im * x);
    }
  }
  return sum;
}

/** tr ρ (S ⊗ T), S at the site of bit 0, T at that of bit 1. */
function traceTwo(rho: Float64Array, low: Letter, high: Letter): Complex {
  const sum: Complex = [0, 0];
  for (const [a, b, re, im] of ELEMENTS[low]) {
    for (const [c, d, x, y] of ELEMENTS[high]) {
      add(sum, rho, 4 * (b + 2 * d) + (a + 2 * c), re * x - im * y, re * y + im * x);
    }
  }
  return sum;
}

/** sum ← sum + ρ[at] (re + i im). */
function add(sum: Complex, rho: Float64Array, at: number, re: number, im: number): void {
  sum[0] += rho[2 * at] * re - rho[2 * at + 1] * im;
  sum[1] += rho[2 * at] * im + rho[2 * at + 1] * re;
}

export function* correlationSteps(runtime: Runtime, task: CorrelationTask): Steps<CorrelationValues> {
  const { operator, computed, columns, psi, width } = task;
  const { sites } = operator;
  const pairs = computed.complex || width === 2;
  const length = computed.n * width;
  const out = { values: floats(columns * sites * sites), imaginary: floats(columns * sites * sites) };
  for (let c = 0; c < columns; ++c) {
    const own = psi.slice(c * length, (c + 1) * length);
    const whole = operator.embed(pairs && width === 1 ? inPairs(own) : own, 1, pairs);
    yield* oneState(runtime, task, whole, pairs, c, out);
  }
  return out;
}

function oneState(
  runtime: Runtime,
  { operator: { sites }, letters, connected, columns }: CorrelationTask,
  psi: Float64Array,
  pairs: boolean,
  c: number,
  { values, imaginary }: CorrelationValues,
): Steps<void> {
  const width = pairs ? 2 : 1;
  const [first, second] = letters;
  return runtime.steps(function* (arena) {
    const [x, rho] = [arena.f64(psi.length), arena.f64(32)];
    loadUnit({ runtime, arena, length: psi.length, pairs }, { psi, width }, 0, x);
    const density = (i: number, j: number) => {
      runtime.wasm.siteDensity(sites, width, x, i, j, rho);
      return arena.view(rho, 32);
    };
    const put = (i: number, j: number, [re, im]: Complex) => {
      const at = (c * sites + i) * sites + j;
      values[at] = re;
      imaginary[at] = im;
    };
    const means: [Complex, Complex][] = [];
    for (let i = 0; i < sites; ++i) {
      const own = density(i, i);
      means.push([traceOne(own, first), traceOne(own, second)]);
      put(i, i, traceProduct(own, first, second));
      for (let j = 0; j < i; ++j) {
        const two = density(i, j);
        put(i, j, traceTwo(two, first, second));
        put(j, i, traceTwo(two, second, first));
        yield (c + (i * (i - 1) + 2 * (j + 1)) / (sites * (sites - 1))) / columns;
      }
    }
    if (!connected) return;
    for (let i = 0; i < sites; ++i) {
      for (let j = 0; j < sites; ++j) {
        const [[a, b], [p, q]] = [means[i][0], means[j][1]];
        const at = (c * sites + i) * sites + j;
        values[at] -= a * p - b * q;
        imaginary[at] -= a * q + b * p;
      }
    }
  });
}
