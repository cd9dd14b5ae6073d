// Shared by the three forms of `emft ed`: what is asked of a model, and printing the states of one.
import type { GrainEigenstates, GrainWindow, RandomGrainOptions } from 'emft';
import { printFacts, printJson, printTable } from '../common.js';

/** The quantities to compute for any model, and how they are shown. */
export interface Work {
  window: GrainWindow | undefined;
  method: 'auto' | 'dense' | 'filtered' | undefined;
  threads: number | 'auto';
  json: boolean | undefined;
}

/** Parameters of random models. */
export type Parameters = Omit<RandomGrainOptions, 'sample'>;

export async function printStates(states: GrainEigenstates, json: boolean | undefined): Promise<void> {
  const { eigenvalues, meanEntropy, entropies, czz, method, residuals, work } = states;
  const { gapRatio, residual, orthogonality } = states;
  if (json) {
    const ratio = Number.isFinite(gapRatio) ? gapRatio : null;
    const measured = { eigenvalues, meanEntropy, entropies, czz, gapRatio: ratio };
    return printJson({ ...measured, method, residual, orthogonality, residuals, work });
  }
  await printTable({ n: Array.from(meanEntropy, (_, k) => k + 1), meanEntropy, czz });
  await printFacts({
    states: eigenvalues.length,
    // With all digits: users may pass them back as ends of a window.
    lowest: String(eigenvalues[0]),
    highest: String(eigenvalues[eigenvalues.length - 1]),
  });
  if (Number.isFinite(gapRatio)) await printFacts({ gapRatio });
  if (residuals) await printFacts({ largestResidual: Math.max(...residuals) });
  if (work) await printFacts({ products: work.products });
  await printFacts({ residual: residual!, orthogonality: orthogonality! });
}
