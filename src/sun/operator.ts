// The quantum sun as an operator: its rows, compressed, in the whole space or among the configurations with one number of up
// spins. A configuration is rest·2^{n_d} + dot: a row of H_dot, and for every spin the one configuration in which it and its
// partner are turned over, by J/4 of S^x S^x, or where they differ by J/2 of S^x S^x + S^y S^y.
import { csrComputed } from '../operator/csr.js';
import type { CheckedCsr } from '../operator/entries.js';
import { generate } from '../operator/group.js';
import { configurations } from '../operator/sector.js';
import type { Sector } from '../operator/sectorIdentity.js';
import { allStates, plainBasis, type SpinComputed } from '../operator/spins.js';
import type { Runtime } from '../wasm/runtime.js';
import type { CheckedSun } from './model.js';

const sectorOf = ({ dotSpins, fields }: CheckedSun, up: number | undefined): Sector => {
  const sites = dotSpins + fields.length;
  return { sites, down: up === undefined ? -1 : sites - up, elements: generate(sites, []) };
};

/** Bytes of the matrix at most. */
export function entryBytes(sun: CheckedSun, up: number | undefined): number {
  return configurations(sectorOf(sun, up)) * (12 * (2 ** sun.dotSpins + sun.fields.length) + 4);
}

/** Where each configuration is among those of the sector. */
function places(sites: number, states: Uint32Array): Uint32Array | undefined {
  if (states.length === 2 ** sites) return undefined;
  const at = new Uint32Array(2 ** sites);
  states.forEach((s, i) => {
    at[s] = i;
  });
  return at;
}

/** Σ h_j S^z_j of a configuration. */
function fieldEnergy({ dotSpins, fields }: CheckedSun, s: number): number {
  let sum = 0;
  for (let j = 0; j < fields.length; ++j)
    sum += (s >>> (dotSpins + j)) & 1 ? -0.5 * fields[j] : 0.5 * fields[j];
  return sum;
}

function matrixOf(sun: CheckedSun, sites: number, states: Uint32Array): CheckedCsr {
  const { dotSpins, dot, couplings, partners, conserve } = sun;
  const n = states.length;
  const d = 2 ** dotSpins;
  const width = d + couplings.length;
  const at = places(sites, states);
  const indptr = new Uint32Array(n + 1);
  const indices = new Uint32Array(n * width);
  const data = new Float64Array(n * width);
  const turn = conserve === 'u1' ? 0.5 : 0.25;
  let p = 0;
  const put = (to: number, value: number) => {
    if (value === 0) return;
    indices[p] = at ? at[to] : to;
    data[p++] = value;
  };
  const flip = (s: number, j: number) => {
    const same = ((s >>> (dotSpins + j)) & 1) === ((s >>> partners[j]) & 1);
    if (conserve === 'u1' && same) return;
    put((s ^ (1 << (dotSpins + j)) ^ (1 << partners[j])) >>> 0, turn * couplings[j]);
  };
  for (let i = 0; i < n; ++i) {
    const s = states[i];
    const a = s & (d - 1);
    // Columns ascend: spins that are down turn up, the dot alone, spins that are up turn down.
    for (let j = couplings.length - 1; j >= 0; --j) if ((s >>> (dotSpins + j)) & 1) flip(s, j);
    for (let b = 0; b < d; ++b) {
      const field = a === b ? fieldEnergy(sun, s) : 0;
      put(s - a + b, dot[a * d + b] + field);
    }
    for (let j = 0; j < couplings.length; ++j) if (!((s >>> (dotSpins + j)) & 1)) flip(s, j);
    indptr[i + 1] = p;
  }
  return { n, complex: false, indptr, indices: indices.slice(0, p), data: data.slice(0, p) };
}

export function sunOperator(
  runtime: Runtime,
  sun: CheckedSun,
  up: number | undefined,
): SpinComputed & { sites: number } {
  const sector = sectorOf(sun, up);
  const { sites } = sector;
  const states = allStates(sector, configurations(sector));
  return {
    sites,
    computed: { ...csrComputed(matrixOf(sun, sites, states)), basis: sector },
    ...plainBasis(runtime, sector, () => states.slice()),
  };
}
