// The options of a lattice without its disorder, which `lattice` and `hysteresis` share.
import type { Command } from 'commander';
import { InputError } from 'emft';
import { parseInteger, parseNumber } from './common.js';

export interface LatticeFlags {
  radius: number;
  theta0?: number;
  random?: boolean;
  seed?: number;
  hopping?: number;
  breakpoint?: number;
  g0: number;
}

export function addLatticeOptions(command: Command): Command {
  return command
    .option('--theta0 <radians>', 'quasiperiodic phases with this offset', parseNumber)
    .option('--random', 'independent random phases instead; needs --seed')
    .option('--seed <S>', 'seed of the random phases', parseInteger)
    .option('--hopping <t>', 'hopping between neighbours (default: 1)', parseNumber)
    .option('--breakpoint <radians>', 'where the potential reaches −W (default: 2/(1+√5))', parseNumber)
    .option('--g0 <g>', 'overall coupling: g_n,0 = g0 |φ_n,0|', parseNumber, 1);
}

/** The library would ask for theta0 or random in its own terms. */
export function checkPhases({ theta0, random }: LatticeFlags): void {
  if (theta0 === undefined && !random) {
    throw new InputError('--theta0', 'missing; give --theta0 T, or --random --seed S');
  }
}
