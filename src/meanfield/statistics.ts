// The level statistics of the grain: which resonance distribution p̃(x) an l-bit has.
import { checkChoice, type Name, readOptions, within } from '../wasm/check.js';
import { GOE, GSE, GUE, POISSON } from '../wasm/constants.js';

/**
 * Level statistics of the grain: 'goe', real symmetric, as in [CC22]; 'gue', complex Hermitian; 'gse', quaternion self-dual, whose
 * levels are Kramers pairs; 'poisson', independent levels, as of an integrable bath.
 */
export type GrainStatistics = 'goe' | 'gue' | 'gse' | 'poisson';

/** The grain that an l-bit couples to. */
export interface StatisticsOptions {
  /** Level statistics of the grain; 'goe' by default. */
  grain?: GrainStatistics;
}

/** The names of the level statistics that a grain may have. */
export const STATISTICS = ['goe', 'gue', 'gse', 'poisson'] as const;

/** The same numbers in assembly/. */
export const statisticsNumber = { goe: GOE, gue: GUE, gse: GSE, poisson: POISSON } as const;

/** The option `grain` of the options called `name`. */
export function checkGrain(name: Name, grain: unknown): GrainStatistics {
  return checkChoice(within(name, 'grain'), grain ?? 'goe', STATISTICS);
}

/** Those of grains that models have: without Kramers pairs. */
export type ModelStatistics = Exclude<GrainStatistics, 'gse'>;

/** Their names. */
export const MODEL_STATISTICS = ['goe', 'gue', 'poisson'] as const satisfies readonly ModelStatistics[];

/** The option `grain` of the options of a model. */
export function checkModelGrain(name: Name, grain: unknown): ModelStatistics {
  return checkChoice(within(name, 'grain'), grain ?? 'goe', MODEL_STATISTICS);
}

/** The option `grain` of options that have nothing else. */
export function readGrain(options: StatisticsOptions = {}): GrainStatistics {
  return checkGrain('options', readOptions<StatisticsOptions>('options', options, ['grain']).grain);
}
