// The same computation elsewhere: as an experiment file of the command, and as a program.
import type { SpinModel } from '../../../../cli/src/common/spinModel/model.js';
import { drawStream, placesOf } from '../../../../cli/src/common/spinModel/terms.js';
import type { Values } from '../../parts/params.js';
import { modelOf, type Row, rowsOf } from './model.js';

const places = ({ places: where }: Row): string =>
  typeof where === 'string' ? `"${where}"` : JSON.stringify(where);

function termToml(row: Row): string {
  const { words, coefficient, drawn, distance } = row;
  const width = Math.abs(coefficient);
  const lines = [
    '[[model.terms]]',
    `op = ${words.length === 1 ? `"${words[0]}"` : JSON.stringify(words)}`,
    `sites = ${places(row)}`,
    ...(distance === 1 ? [] : [`distance = ${distance}`]),
    `coefficient = ${drawn ? `{ uniform = [${0 - width}, ${width}] }` : coefficient}`,
  ];
  return lines.join('\n');
}

/** Half of the sites, of an odd number the larger half: as many as are up in a Néel state. */
export const halfUp = (sites: Values[string]): number => Math.ceil(Number(sites) / 2);

/** The experiment file: `emft spins` computes one realization of it, `emft sweep` all of it. */
export function tomlOf(values: Values): string {
  const { sites, up, momentum, reflection, flip, seed } = values;
  const all = Array.from({ length: Number(sites) }, (_, k) => k).join(', ');
  const parameters = [
    `sites = ${sites}`,
    ...(up === 'any' ? [] : [`up = ${up === 'half' ? halfUp(sites) : up}`]),
    ...(momentum === 'any' ? [] : [`momentum = ${momentum === 'each' ? `[${all}]` : momentum}`]),
    ...(reflection === 'any' ? [] : [`reflection = "${reflection}"`]),
    ...(flip === 'any' ? [] : [`flip = "${flip}"`]),
  ];
  const head = ['title = "Spins ½"', 'compute = "spins"', 'table = "states"', `seed = ${seed}`];
  const terms = rowsOf(String(values.terms)).map(termToml);
  return `${[head.join('\n'), ...terms, `[parameters]\n${parameters.join('\n')}`].join('\n\n')}\n`;
}

/** The places of a term, as a program has them. */
function placesCode(row: Row): string {
  const { words, places: where, distance } = row;
  if (typeof where !== 'string') return JSON.stringify(where);
  const far = distance === 1 ? '' : `, ${distance}`;
  return `${where === 'ring' ? 'ring' : 'chain'}(${words[0].length}${far})`;
}

function termCode(row: Row, stream: string): string {
  const { words, coefficient, drawn } = row;
  const list = `[${words.map((word) => `'${word}'`).join(', ')}]`;
  const width = Math.abs(coefficient);
  const value = drawn ? `${0 - width} + ${2 * width} * drawn(${stream}, at)` : String(coefficient);
  const index = stream.includes('[i]') ? ', i' : '';
  return `  ...${list}.flatMap((op) => ${placesCode(row)}.map((at${index}) => ({ op, sites: at, coefficient: ${value} }))),`;
}

/** The streams of a term's draws: one, or of more than three sites one a place. */
function streamCode({ terms }: SpinModel, t: number, sites: number): string {
  const streams = placesOf(terms[t], sites).map((at) => drawStream(terms, t, at));
  return streams.every((one) => one === streams[0]) ? String(streams[0]) : `${JSON.stringify(streams)}[i]`;
}

function sectorCode({ sites, up, momentum, reflection, flip }: Values): string {
  const sign = { even: '1', odd: '-1' } as const;
  const symmetries = [
    ...(momentum === 'any'
      ? []
      : ['{ permutation: all.map((i) => (i + 1) % sites), character: [Math.cos(angle), Math.sin(angle)] }']),
    ...(reflection === 'any'
      ? []
      : [
          `{ permutation: all.map((i) => sites - 1 - i), character: ${sign[reflection as keyof typeof sign]} }`,
        ]),
    ...(flip === 'any' ? [] : [`{ flip: true, character: ${sign[flip as keyof typeof sign]} }`]),
  ];
  const number = up === 'half' ? halfUp(sites) : up;
  const parts = [
    ...(up === 'any' ? [] : [`up: ${number}`]),
    ...(symmetries.length > 0 ? [`symmetries: [\n    ${symmetries.join(',\n    ')},\n  ]`] : []),
  ];
  return parts.length > 0 ? `{\n  ${parts.join(',\n  ')},\n}` : '{}';
}

/** The sector as it is shown, of all momenta the first; what is printed are levels, entropies and the mean gap ratio. */
export function programOf(values: Values): string {
  const { sites, momentum, seed } = values;
  const rows = rowsOf(String(values.terms));
  const model = modelOf(String(values.terms));
  const terms = rows.map((row, t) => termCode(row, row.drawn ? streamCode(model, t, Number(sites)) : ''));
  const uses = (what: string) => terms.some((line) => line.includes(what));
  const k = momentum === 'each' ? 0 : momentum;
  const run = 'Array.from({ length: letters }, (_, k) =>';
  const lines = [
    "import { createCore } from 'emft';",
    '',
    'const core = await createCore();',
    `const sites = ${sites};`,
    'const all = Array.from({ length: sites }, (_, i) => i);',
    ...(uses('chain(')
      ? [
          'const chain = (letters, far = 1) =>',
          `  all.slice(0, sites - (letters - 1) * far).map((i) => ${run} i + k * far));`,
        ]
      : []),
    ...(uses('ring(')
      ? ['const ring = (letters, far = 1) =>', `  all.map((i) => ${run} (i + k * far) % sites));`]
      : []),
    ...(uses('drawn(')
      ? [
          '// Sites say which number of a stream is drawn.',
          'const drawn = (stream, [a, b = 0, c = 0]) => {',
          '  const place = a + 32 * (b + 32 * c);',
          `  return core.uniforms({ seed: ${seed}, stream, index: 0 }, place + 1)[place];`,
          '};',
        ]
      : []),
    'const terms = [',
    ...terms,
    '];',
    ...(momentum === 'any' ? [] : [`const angle = (2 * Math.PI * ${k}) / sites; // momentum ${k}`]),
    `const sector = ${sectorCode(values)};`,
    'const h = core.spins({ sites, terms, sector });',
    'const { values, vectors } = (h.complex ? core.eighComplex : core.eigh)(h.toDense(), h.n);',
    'const entropies = core.entanglementEntropy(h.embed(vectors, h.n), {',
    '  dimensions: Array(sites).fill(2),',
    '  subsystem: all.slice(0, Math.floor(sites / 2)),',
    '  complex: h.complex,',
    '});',
    'console.log(JSON.stringify({ values: [...values], entropies: [...entropies] }));',
    'core.dispose();',
  ];
  return `${lines.join('\n')}\n`;
}
