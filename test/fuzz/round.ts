// Rounds of calls: every public function, each from its own seed, so that a round can be run again alone.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as emft from 'emft';
import * as accuracy from 'emft/accuracy';
import * as eigen from 'emft/eigen';
import fc from 'fast-check';
import { accuracyFunctions } from './accuracy.js';
import { bits, type Call, type Callable, callsOf, check } from './calls.js';
import { coreFunctions, eigenFunctions, type Fuzzed } from './functions.js';
import { loadFunctions } from './loading.js';

interface Target {
  name: string;
  run: Callable;
  fuzzed: Fuzzed;
  calls: fc.Arbitrary<Call>;
  expected: string;
}

export interface Fuzz {
  targets: Target[];
  /** Bytes of WebAssembly memory of the cores together. */
  wasmBytes(): number;
}

/** A time has no bits to give again. */
const timeless = {
  ...accuracy,
  leastTime: async (...args: Parameters<typeof accuracy.leastTime>) =>
    (await accuracy.leastTime(...args)).result,
};

/** What is called, everything exported and everything on the cores; throws when something has no arguments here. */
export async function createFuzz(): Promise<Fuzz> {
  const core = await emft.createCore();
  const small = await eigen.createEigenCore();
  const groups: [string, object, Record<string, Fuzzed>][] = [
    ['core', core, coreFunctions(core)],
    ['eigenCore', small, eigenFunctions],
    ['emft', emft, loadFunctions.emft],
    ['emft/eigen', eigen, loadFunctions.eigen],
    ['emft/accuracy', timeless, accuracyFunctions],
  ];
  const targets: Target[] = [];
  for (const [group, owner, fuzzed] of groups) {
    const found = Object.entries(owner).filter(([, value]) => typeof value === 'function');
    const names = found.map(([name]) => name).filter((name) => name !== 'dispose');
    const classes = names.filter((name) => /^[A-Z]/.test(name));
    const functions = names.filter((name) => !classes.includes(name));
    const missing = functions.filter((name) => !Object.hasOwn(fuzzed, name));
    const unknown = Object.keys(fuzzed).filter((name) => !functions.includes(name));
    if (missing.length + unknown.length > 0) {
      throw new Error(`${group}: no arguments for ${missing}; arguments for ${unknown}, which is not there`);
    }
    for (const name of functions) {
      const run = (owner as Record<string, Callable>)[name];
      const expected = await referenceBits(run, fuzzed[name]);
      targets.push({
        name: `${group}.${name}`,
        run,
        fuzzed: fuzzed[name],
        calls: callsOf(fuzzed[name]),
        expected,
      });
    }
  }
  return { targets, wasmBytes: () => core.memoryBytes + small.memoryBytes };
}

async function referenceBits(run: Callable, { reference }: Fuzzed): Promise<string> {
  const result = await (run as (...args: readonly unknown[]) => unknown)(...reference);
  return JSON.stringify(bits(result));
}

export interface Failure {
  name: string;
  seed: number;
  report: string;
}

/** About `size` calls of every function, less of slow ones; `before` is called ahead of each. */
export async function runRound(
  { targets }: Fuzz,
  seed: number,
  size: number,
  before: (name: string, call: Call) => void,
): Promise<{ calls: number; failures: Failure[] }> {
  let calls = 0;
  const failures: Failure[] = [];
  for (const target of targets) {
    const { name, run, fuzzed, expected } = target;
    const property = fc.asyncProperty(target.calls, async (call) => {
      calls++;
      before(name, call);
      await check(run, call);
      if (call.injected && (await referenceBits(run, fuzzed)) !== expected) {
        throw new Error('the reference call gives other bits afterwards');
      }
    });
    const numRuns = Math.max(1, Math.round(size * (fuzzed.weight ?? 1)));
    const details = await fc.check(property, { seed, numRuns, includeErrorInReport: true });
    if (details.failed) failures.push({ name, seed, report: fc.defaultReportMessage(details) ?? 'failed' });
  }
  return { calls, failures };
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes of the JavaScript heap and of array buffers that are reachable. */
export function heapBytes(): number {
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
