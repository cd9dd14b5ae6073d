// What scripts/fixtures/dynamics.py wrote of spins in time and at a temperature.
import { readFileSync } from 'node:fs';
import type { SpinTerm } from 'emft';

interface DynamicsCase {
  name: string;
  sites: number;
  terms: SpinTerm[];
  psi: number[];
  observable: SpinTerm[];
  /** Of the Hamiltonian. */
  levels: number;
  times: number[];
  states: number[][];
  expectations: number[];
  /** Of the observable over all times. */
  average: number;
  variance: number;
  element: number[];
  imaginaryTimes: number[];
  imaginaryStates: number[][];
  logNorms: number[];
  thermal: { beta: number; logZ: number; energy: number; heatCapacity: number; expectation: number }[];
  correlations: { op: string; values: number[]; connected: number[] }[];
  inside: number[];
  density: number[];
  participation: [order: number, entropy: number][];
}

export const dynamicsCases: DynamicsCase[] = JSON.parse(
  readFileSync(new URL('../fixtures/dynamics.json', import.meta.url), 'utf8'),
);
