// Writes the product of the central-grain model, assembly/generated/grain.ts, with two rows of a run in registers: once for vectors in
// tiles, whose distances are constants, and once for vectors whose rows lie apart. How it has to look was measured; why is in the
// comments that are written with it. A folder that is given takes the place of assembly/generated.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const RUN = 8;
const lanes = [0, 1, 2, 3];
const load = (p, offset) => (offset === 0 ? `v128.load(${p})` : `v128.load(${p}, ${offset})`);
const splat = (p, offset) =>
  offset === 0 ? `v128.load64_splat(${p})` : `v128.load64_splat(${p}, ${offset})`;

/** r ← r + factor · what is loaded, of the registers of a row. */
const add = (r, factor, loaded) => lanes.map((i) => `${r}${i} = fma(${factor(i)}, ${loaded(i)}, ${r}${i});`);
const rows = ['e', 'o'];
/** An operand of the even or the odd row; in tiles the odd one follows the even one. */
const operand = (tiled, v, r, offset, how = load) =>
  tiled && r === 'o' ? how(`${v}e`, 8 * RUN + offset) : how(`${v}${r}`, offset);
const both = (tiled, factor, v) => rows.flatMap((r) => add(r, factor, (i) => operand(tiled, v, r, 16 * i)));

/** The l-bit whose flips join elements that are 2^place apart, within a run: of the even row those with the bit, of the odd those without. */
function near(tiled, place) {
  const j = splat('flips', 16 * place);
  if (place === 0) {
    return [
      `const up = f64x2.replace_lane(${j}, 0, 0);`,
      `const down = f64x2.replace_lane(${j}, 1, 0);`,
      ...add(
        'e',
        () => 'up',
        (i) => operand(tiled, 'x', 'o', 16 * i, splat),
      ),
      ...add(
        'o',
        () => 'down',
        (i) => splat('xe', 16 * i + 8),
      ),
    ];
  }
  const step = 2 ** (place - 1);
  return [
    `const j = ${j};`,
    ...lanes
      .filter((i) => i & step)
      .map((i) => `e${i} = fma(j, ${operand(tiled, 'x', 'o', 16 * (i - step))}, e${i});`),
    ...lanes.filter((i) => !(i & step)).map((i) => `o${i} = fma(j, ${load('xe', 16 * (i + step))}, o${i});`),
  ];
}

/** The l-bits whose flips join two runs, of one row. */
function far(r, left, from, sign, ahead = 0) {
  return [
    `for (let left = ${left}; left != 0; left &= left - 1) {`,
    '  const p = far + ((<usize>ctz(left)) << 4);',
    '  const j = v128.load64_splat(p);',
    `  const q = ${from} ${sign} <usize>load<u32>(p, 8);`,
    ...add(
      r,
      () => 'j',
      (i) => load('q', ahead + 16 * i),
    ).map((line) => `  ${line}`),
    '}',
  ];
}

const indented = (lines, by = '  ') => lines.map((line) => (line ? by + line : line));
const when = (condition, lines) =>
  condition === '' ? ['{', ...indented(lines), '}'] : [`if (${condition}) {`, ...indented(lines), '}'];

/** Rows a, a + 1 of one run. */
function run(tiled) {
  return [
    'const r = t >>> 3;',
    'const offset = <usize>r * tile;',
    ...rows.flatMap((r) => lanes.map((i) => `let ${r}${i} = f64x2.splat(0);`)),
    'let px = x + offset;',
    'for (let g = row0; g < row1; g += 16) {',
    ...indented([
      ...lanes.map((i) => `const x${i} = ${load('px', 16 * i)};`),
      'const ge = v128.load64_splat(g);',
      'const go = v128.load64_splat(g, 8);',
      ...rows.flatMap((r) =>
        add(
          r,
          () => `g${r}`,
          (i) => `x${i}`,
        ),
      ),
      `px += ${tiled ? 8 * RUN : 'row'};`,
    ]),
    '}',
    'const at = offset + <usize>a * row;',
    ...['x', 'w', 'y'].flatMap((v) => [
      `const ${v}e = ${v} + at;`,
      ...(tiled ? [] : [`const ${v}o = ${v}e + row;`]),
    ]),
    ...(tiled
      ? [
          'const energy = diag + ((<usize>t) << 3);',
          ...lanes.map((i) => `const d${i} = ${load('energy', 16 * i)};`),
        ]
      : lanes.map((i) => `const d${i} = energies(diag, lgp, t + ${2 * i});`)),
    ...both(tiled, (i) => `d${i}`, 'x'),
    ...when(
      'beta == -1',
      rows.flatMap((r) =>
        lanes.map((i) => `${r}${i} = f64x2.sub(${r}${i}, ${operand(tiled, 'w', r, 16 * i)});`),
      ),
    ).slice(0, -1),
    '} else if (beta != 0) {',
    ...indented(['const b = f64x2.splat(beta);', ...both(tiled, () => 'b', 'w')]),
    '}',
    ...when('gamma != 0', ['const b = f64x2.splat(gamma);', ...both(tiled, () => 'b', 'y')]),
    ...[0, 1, 2].flatMap((place) => when(tiled ? '' : `lgp <= ${place}`, near(tiled, place))),
    ...(tiled ? far('e', 'r', 'xe', '-', 8 * RUN) : far('e', 'r & apart', 'xo', '-')),
    ...far('o', '~r & apart', 'xe', '+'),
    ...rows.flatMap((r) =>
      lanes.map((i) =>
        operand(tiled, 'w', r, 16 * i, (p, o) => `v128.store(${p}, ${r}${i}${o === 0 ? '' : `, ${o}`});`),
      ),
    ),
  ];
}

function product(tiled) {
  const setup = tiled
    ? [
        'const m = 1 << bits;',
        `const row: usize = ${8 * RUN};`,
        'const tile = <usize>dg * row;',
        'const apart = (m >>> 3) - 1;',
      ]
    : [
        'const m = 1 << (bits + lgp);',
        'const row = (<usize>ld) << 3;',
        `const tile: usize = ${8 * RUN};`,
        '// Of the number of a run those bits that belong to an l-bit.',
        'const apart = ((m >>> 3) - 1) & ~((1 << (max(3, lgp) - 3)) - 1);',
      ];
  const last = tiled ? ['beta: f64', 'gamma: f64'] : ['ld: i32', 'beta: f64', 'gamma: f64'];
  const parameters = ['dg: i32', 'bits: i32', ...(tiled ? [] : ['lgp: i32'])]
    .concat(['pairs', 'diag', 'flips', 'x', 'w', 'y'].map((name) => `${name}: usize`))
    .concat(last);
  const says = tiled
    ? 'W ← H X + beta W + gamma Y of a vector in tiles, 2^bits ≥ 8.'
    : 'The same of 2^lgp vectors in rows that are `ld` doubles apart, 2^(bits + lgp) ≥ 8.';
  return [
    '',
    `/** ${says} Parameters as those of grainApply. */`,
    `export function ${tiled ? 'grainTiled' : 'grainRows'}(`,
    ...parameters.map((p) => `  ${p},`),
    '): void {',
    ...indented([
      ...setup,
      'const far = flips + 48;',
      'for (let c = 0; c < m; c += TOGETHER) {',
      '  const end = min(c + TOGETHER, m);',
      '  for (let a = 0; a < dg; a += 2) {',
      '    const row0 = pairs + ((<usize>(a * dg)) << 3);',
      '    const row1 = row0 + ((<usize>dg) << 4);',
      `    for (let t = c; t < end; t += ${RUN}) {`,
      ...indented(run(tiled), '      '),
      '    }',
      '  }',
      '}',
    ]),
    '}',
  ];
}

const head = `// Generated by scripts/generate-grain.js: do not edit.
// Two rows of a run of ${RUN} doubles stay in eight registers from the first element of H_g to the last flip, and are stored once: 139
// microseconds where one loop for H_g and two for flips, with runs of 16, took 173 (8 grain states with 13 l-bits, Intel Xeon with
// AVX-512, Node 20). Measured besides: the distances of far flips from a table and not by shifts save 8 %; runs of 16 of one row, the
// loop over H_g written out, and runs in the order of how many bits are set are no faster; distances in registers, which rows that lie
// apart need, cost 7 %.
import { fma } from '../fma';

/** Elements of a row multiplied by one pair of rows of H_g while the pair is in the first-level cache: 8, 16 and 64 differ by 4 %. */
const TOGETHER: i32 = 64;

/** Field energies of the elements c, c + 1 (c even) of a row. */
@inline
function energies(diag: usize, lgp: i32, c: i32): v128 {
  return lgp == 0
    ? v128.load(diag + ((<usize>c) << 3))
    : v128.load64_splat(diag + ((<usize>(c >> lgp)) << 3));
}
`;
const [folder = fileURLToPath(new URL('../assembly/generated', import.meta.url))] = process.argv.slice(2);
writeFileSync(join(folder, 'grain.ts'), `${head}${[...product(true), ...product(false)].join('\n')}\n`);
