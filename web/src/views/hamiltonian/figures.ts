// Your Hamiltonian: entropies against energy, levels by momentum, the gap ratio of each sector, and the Néel state in time.
import * as Plot from '@observablehq/plot';
import { MEAN_RATIOS } from '../../../../cli/src/common/constants.js';
import { bits, formatNumber } from '../../parts/params.js';
import { chart, dashed, decadeTick, hue, sequential } from '../../parts/theme.js';
import type { Figure } from '../../parts/view.js';
import type { Dynamics, HamiltonianResult, Sector } from './task.js';

interface State {
  sector: Sector;
  level: number;
  energy: number;
  entropy: number;
}

const statesOf = (sectors: readonly Sector[]): State[] =>
  sectors.flatMap((sector) =>
    Array.from(sector.values, (energy, level) => ({
      sector,
      level,
      energy,
      entropy: bits(sector.entropies[level]),
    })),
  );

/** The colour of a momentum; of one sector there is one colour. */
function colours(sectors: readonly Sector[], sites: number): (sector: Sector) => string {
  if (sectors.length < 2) return () => hue.blue;
  const scale = Plot.scale({ color: { scheme: sequential, domain: [0, sites - 1] } });
  return ({ momentum }) => scale.apply(momentum ?? 0) as string;
}

const named = ({ momentum }: Sector) => (momentum === null ? '' : `momentum ${momentum}, `);

const sized = (count: number, u: number) => (count > 1000 ? 1.6 : count > 300 ? 2.2 : 3) * u;

export function entropies({ sectors, sites }: HamiltonianResult): Figure {
  const states = statesOf(sectors);
  const cut = Math.floor(sites / 2);
  const colour = colours(sectors, sites);
  const mean = states.reduce((sum, s) => sum + s.entropy, 0) / states.length;
  return {
    id: 'hamiltonian-entropies',
    title: 'Entropy of half the sites, every eigenstate',
    summary: `${states.length} eigenstates: the entropy between the first ${cut} sites and the others against energy. The mean is ${formatNumber(mean)} log 2; ${cut} log 2 is the most there can be. States of chaotic models lie on a curve, those of localized ones lie low and scattered.`,
    data: {
      ...(sectors.length > 1 && { momentum: states.map((s) => s.sector.momentum as number) }),
      level: states.map((s) => s.level),
      eigenvalue: states.map((s) => s.energy),
      entropy_nats: states.map((s) => s.sector.entropies[s.level]),
    },
    draw: (width, height, u) =>
      chart(
        width,
        height,
        {
          x: { label: 'energy $E$' },
          y: { label: '$S$ / log 2', domain: [0, 1.03 * Math.max(1, cut)], grid: true, ticks: cut + 1 },
          marks: [
            Plot.dot(states, {
              x: 'energy',
              y: 'entropy',
              fill: (s: State) => colour(s.sector),
              fillOpacity: 0.75,
              // The darkest colours are seen on dark paper, too.
              stroke: 'currentColor',
              strokeOpacity: 0.3,
              strokeWidth: 0.5 * u,
              r: sized(states.length, u),
            }),
          ],
          tips: states.map((s) => ({
            x: s.energy,
            y: s.entropy,
            text: `${named(s.sector)}level ${s.level}\n$E$ = ${s.energy}\n$S$ = ${formatNumber(s.entropy)} log 2`,
          })),
        },
        sectors.length > 1 ? { bar: 'momentum $k$', whole: sites - 1 } : [],
      ),
  };
}

export function byMomentum({ sectors, sites }: HamiltonianResult): Figure {
  const states = statesOf(sectors);
  const lowest = Math.min(...states.map((s) => s.energy));
  const size = Math.max(...states.map((s) => Math.abs(s.energy)));
  const there = states.filter((s) => s.energy - lowest <= 1e-12 * size).map((s) => s.sector.momentum);
  return {
    id: 'hamiltonian-momentum',
    title: 'Levels by momentum',
    summary: `All levels of the ${sectors.length} sectors, momentum $2πk/${sites}$. The lowest, ${formatNumber(lowest)}, has $k$ = ${there.join(' and ')}.`,
    data: {
      momentum: states.map((s) => s.sector.momentum as number),
      level: states.map((s) => s.level),
      eigenvalue: states.map((s) => s.energy),
    },
    draw: (width, height, u) =>
      chart(width, height, {
        x: { label: 'momentum $k$', domain: [-0.6, sites - 0.4], ticks: sites },
        y: { label: 'energy $E$', grid: true, ticks: 6 },
        marks: [
          Plot.link(states, {
            x1: (s: State) => (s.sector.momentum ?? 0) - 0.36,
            x2: (s: State) => (s.sector.momentum ?? 0) + 0.36,
            y1: 'energy',
            y2: 'energy',
            stroke: hue.blue,
            strokeOpacity: 0.7,
            strokeWidth: 1.2 * u,
          }),
        ],
        tips: states.map((s) => ({
          x: s.sector.momentum ?? 0,
          y: s.energy,
          text: `${named(s.sector)}level ${s.level}\n$E$ = ${s.energy}`,
        })),
      }),
  };
}

export function ratioBySector({ sectors, sites }: HamiltonianResult): Figure | null {
  const points = sectors.flatMap(({ momentum, statistics, values }) =>
    Number.isFinite(statistics.gapRatio)
      ? [{ k: momentum ?? 0, mean: statistics.gapRatio, error: statistics.error || 0, levels: values.length }]
      : [],
  );
  if (points.length === 0) return null;
  const [low, high] = [
    Math.min(0, ...points.map((p) => p.mean - p.error)),
    Math.max(0.8, ...points.map((p) => p.mean + p.error)),
  ];
  const lines = Object.entries(MEAN_RATIOS).map(([name, mean]) => ({ name, mean }));
  return {
    id: 'hamiltonian-sectors',
    title: 'Mean gap ratio of each sector',
    summary: `One dot a momentum, with the standard error. Broken lines: ${lines.map(({ name, mean }) => `${name === 'poisson' ? 'Poisson' : name.toUpperCase()} ${mean.toFixed(3)}`).join(', ')}. At ${sites % 2 === 0 ? `momenta 0 and ${sites / 2}` : 'momentum 0 alone'}, a reflection is still a symmetry where the model has it, and levels of its two parities lie beside each other. In the mean of all, two momenta with the same levels, as opposite ones of a real Hamiltonian have, count once.`,
    data: {
      momentum: points.map((p) => p.k),
      gap_ratio: points.map((p) => p.mean),
      standard_error: points.map((p) => p.error),
      levels: points.map((p) => p.levels),
    },
    draw: (width, height, u) =>
      chart(width, height, {
        x: { label: 'momentum $k$', domain: [-0.6, sites - 0.4], ticks: sites },
        marginRight: 72 * u,
        y: { label: 'mean gap ratio', domain: [low, high], grid: true, ticks: 5 },
        marks: [
          ...lines.flatMap(({ name, mean }) => [
            Plot.ruleY([mean], dashed(u)),
            Plot.text([name === 'poisson' ? 'Poisson' : name.toUpperCase()], {
              x: sites - 0.4,
              y: mean,
              dx: 6 * u,
              textAnchor: 'start',
              fill: 'var(--soft)',
            }),
          ]),
          Plot.link(points, {
            x1: 'k',
            x2: 'k',
            y1: (p) => p.mean - p.error,
            y2: (p) => p.mean + p.error,
            stroke: hue.blue,
            strokeWidth: 2 * u,
          }),
          Plot.dot(points, { x: 'k', y: 'mean', fill: hue.blue, r: 4.5 * u }),
        ],
        tips: points.map((p) => ({
          x: p.k,
          y: p.mean,
          text: `momentum ${p.k}: ${formatNumber(p.mean)} ± ${formatNumber(p.error)}\n${p.levels} levels`,
        })),
      }),
  };
}

/** The average of the imbalance over all times; what symmetries forbid is 0 to rounding. */
export const longRun = ({ averages: [imbalance] }: Dynamics) =>
  Math.abs(imbalance) < 1e-12 ? '0' : formatNumber(imbalance);

export function dynamics(d: Dynamics, sites: number): Figure {
  const { times, imbalance, middle, averages } = d;
  const curves = [
    { label: 'imbalance', y: imbalance, average: averages[0], color: hue.blue, as: 'line' },
    {
      label: `$⟨σ^{z}⟩$ of site ${Math.floor(sites / 2)}`,
      y: middle,
      average: averages[1],
      color: hue.orange,
      as: 'dashed',
    },
  ] as const;
  const last = times.length - 1;
  const low = Math.min(-0.1, ...imbalance, ...middle);
  const decades = Math.round(Math.log10(times[last] / times[0]));
  return {
    id: 'hamiltonian-dynamics',
    title: 'A Néel state in time',
    summary: `From up, down, up, down …: the imbalance $(2/L) Σ (−1)^{i} S^{z}_{i}$, 1 at first, is ${formatNumber(imbalance[last])} at $t$ = ${formatNumber(times[last])} and ${longRun(d)} averaged over all times (dotted lines); $σ^{z} = 2S^{z}$. Times are in units of 1/energy, $ħ$ = 1. No state is wrong by more than ${formatNumber(Number(d.error.toPrecision(1)))} of its length.`,
    data: { time: times, imbalance, sigma_z_middle: middle },
    draw: (width, height, u) =>
      chart(
        width,
        height,
        {
          x: {
            type: 'log',
            label: 'time $t$',
            ticks: Array.from({ length: decades + 1 }, (_, i) => times[0] * 10 ** i).filter(
              (_, i) => width > 420 * u || decades < 5 || i % 2 === 0,
            ),
            tickFormat: decadeTick,
          },
          y: { label: 'expectation value', domain: [1.05 * low, 1.05], grid: true, ticks: 5 },
          marks: [
            Plot.ruleY([0], { stroke: hue.soft, strokeOpacity: 0.6 }),
            ...curves.flatMap(({ y, average, color, as }) => [
              Plot.ruleY([average], { ...dashed(u), stroke: color, strokeDasharray: `${2 * u} ${4 * u}` }),
              Plot.lineY(times, {
                x: (t: number) => t,
                y,
                stroke: color,
                strokeWidth: 2.2 * u,
                // Where both are the same, both are seen.
                strokeDasharray: as === 'dashed' ? `${5 * u} ${3 * u}` : undefined,
              }),
            ]),
          ],
          tips: curves.flatMap(({ label, y }) =>
            Array.from(times, (t, j) => ({
              x: t,
              y: y[j],
              text: `${label} = ${formatNumber(y[j])}\n$t$ = ${formatNumber(t)}`,
            })),
          ),
        },
        curves.map(({ label, color, as }) => ({ label, color, as })),
      ),
  };
}
