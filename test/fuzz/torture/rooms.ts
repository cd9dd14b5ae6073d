// The part of a round that is about everything else than eigh, and the calls of the argument fuzz.
import type { Core } from 'emft';
import { createFuzz, type Fuzz, runRound as fuzzRound } from '../round.js';
import { type Bench, tellOnce } from './bench.js';
import type { Random } from './random.js';
import type { Finding, Room } from './room.js';
import { band } from './roomBand.js';
import { filtered } from './roomFiltered.js';
import { dense } from './roomGrain.js';
import { hermitian } from './roomHermitian.js';
import { lattice } from './roomLattice.js';
import { meanField } from './roomMeanField.js';
import { pencil } from './roomPencil.js';
import { count } from './tally.js';

const rooms: Readonly<Record<string, { room: Room<never>; times: number }>> = {
  'Hermitian matrices': { room: hermitian as Room<never>, times: 3 },
  'two matrices': { room: pencil as Room<never>, times: 3 },
  'band matrices': { room: band as Room<never>, times: 3 },
  'exact diagonalization': { room: dense as Room<never>, times: 4 },
  'filtered windows': { room: filtered as Room<never>, times: 2 },
  'mean field': { room: meanField as Room<never>, times: 4 },
  lattice: { room: lattice as Room<never>, times: 1 },
};

/** What a case of a room holds in place of matrices. */
export interface Model {
  room: string;
  model: unknown;
}

export function checkModel(core: Core, { room, model }: Model): Finding[] {
  try {
    return rooms[room].room.check(core, model as never);
  } catch (error) {
    return [{ what: `threw ${(error as Error).name}`, detail: String((error as Error).stack ?? error) }];
  }
}

export async function models(bench: Bench, random: Random): Promise<void> {
  const { core } = bench.simd;
  for (const [name, { room, times }] of Object.entries(rooms)) {
    for (let k = 0; k < times; ++k) {
      const model: Model = { room: name, model: room.draw(random) };
      const found = checkModel(core, model);
      count(bench.tally.others, name);
      const trouble = bench.simd.trouble();
      if (trouble) found.push({ what: 'afterwards', detail: trouble });
      for (const { what, detail } of found) {
        tellOnce(bench, `${name}: ${what}`, () => ({
          what: `${name}: ${what}`,
          detail,
          kind: name,
          changes: [],
          build: 'simd',
          threads: 1,
          asks: [],
          matrices: [],
          model,
        }));
      }
    }
  }
}

let fuzz: Promise<Fuzz> | undefined;

/** Valid, borderline and hostile arguments for every public function: a few calls of each. */
export async function hostile(bench: Bench, random: Random): Promise<void> {
  fuzz ??= createFuzz();
  const { calls, failures } = await fuzzRound(await fuzz, random.word() >>> 1, 4, () => {});
  count(bench.tally.others, 'calls with valid, borderline and hostile arguments', calls);
  for (const { name, seed, report } of failures) {
    tellOnce(bench, `arguments: ${name}`, () => ({
      what: `arguments: ${name}`,
      detail: `node scripts/fuzz.js --calls 1 --size 4 --seed ${seed}: ${report}`,
      kind: name,
      changes: [],
      build: 'simd',
      threads: 1,
      asks: [],
      matrices: [],
    }));
  }
}
