// Parameters of a view: their controls, their text in the URL, and the messages for bad ones.
import { plain } from './text.js';

interface Common {
  key: string;
  label: string;
  /** Shown behind the value, and read to a screen reader with it. */
  hint?: string;
  /** Takes half of the width: a neighbour stands beside it. */
  half?: boolean;
}

/** A number on a linear slider. */
interface LinearParam extends Common {
  kind: 'linear';
  min: number;
  max: number;
  step: number;
  value: number;
}

/** A positive number on a slider of its decimal logarithm. */
interface LogParam extends Common {
  kind: 'log';
  min: number;
  max: number;
  value: number;
  /** A whole number, as one of things that are counted. */
  whole?: true;
}

/** A whole number. */
interface IntegerParam extends Common {
  kind: 'integer';
  min: number;
  max: number;
  value: number;
  step?: number;
}

/** One of a few words. */
export interface ChoiceParam extends Common {
  kind: 'choice';
  choices: readonly { value: string; label: string }[];
  value: string;
}

/** What an editor of a text does with the parameters of its view. */
export interface Editing {
  /** Changes parameters as their controls would. */
  change(values: Values): void;
  /** Says below the editor what is wrong with what stands there; null: nothing. */
  complain(problem: string | null): void;
}

/** The control of a text. */
export interface Editor {
  /** What has the parameter's label, name and value. */
  input: HTMLInputElement | HTMLTextAreaElement;
  /** Everything that there is to see, the input among it. */
  nodes: readonly Node[];
  /** Shows another text. */
  set(text: string): void;
}

/** A text with a grammar of its own. */
export interface TextParam extends Common {
  kind: 'text';
  value: string;
  /** What is wrong with a text; null where it may be shown. */
  problem(text: string): string | null;
  editor(editing: Editing): Editor;
}

export type NumberParam = LinearParam | LogParam | IntegerParam;
export type Param = NumberParam | ChoiceParam | TextParam;
export type Values = Record<string, number | string>;

export const isNumeric = (param: Param | undefined): param is NumberParam =>
  param !== undefined && param.kind !== 'choice' && param.kind !== 'text';

export function defaults(params: readonly Param[]): Values {
  return Object.fromEntries(params.map((p) => [p.key, p.value]));
}

/** The largest numbers that some parameters may have beside the others, by key. */
export type Most = (values: Values) => Record<string, number>;

const unbounded: Most = () => ({});

/** The values that are beyond what the others allow, with their limits. */
function beyond(values: Values, most: Most) {
  return Object.entries(most(values))
    .filter(([key, limit]) => Number(values[key]) > limit)
    .map(([key, limit]) => ({
      key,
      limit,
      near: typeof values[key] === 'string' ? String(limit) : limit,
      why: `expected at most ${limit}, beside the other parameters.`,
    }));
}

/** Where a change of others has left a value beyond what they allow: the nearest that they do, and what is said of it. */
export function movedAlong(
  params: readonly Param[],
  values: Values,
  most: Most = unbounded,
): { moved: Values; problems: string[] } {
  const far = beyond(values, most);
  const label = (key: string) => plain(params.find((p) => p.key === key)?.label ?? key);
  return {
    moved: Object.fromEntries(far.map(({ key, near }) => [key, near])),
    problems: far.map(({ key, limit, why }) => said(`${label(key)} ${values[key]}`, why, limit)),
  };
}

/** Reads the values of a view from a query string. Every bad or unknown entry gives one message. */
export function parseValues(
  params: readonly Param[],
  query: URLSearchParams,
  most: Most = unbounded,
): { values: Values; problems: string[] } {
  const values = defaults(params);
  const problems: { key: string; text: string }[] = [];
  for (const [key, text] of query) {
    if (key === 'view') continue;
    const param = params.find((p) => p.key === key);
    if (!param) {
      const known = params.map((p) => p.key).join(', ');
      problems.push({ key, text: `“${short(key)}” is not a parameter of this view; it has ${known}.` });
      continue;
    }
    const problem = check(param, text);
    if (!problem) values[key] = isNumeric(param) ? Number(text) : text;
    else {
      const near = nearest(param, text);
      if (near !== null) values[key] = near;
      problems.push({ key, text: said(`${key}=${text}`, problem, near) });
    }
  }
  for (const { key, limit, near, why } of beyond(values, most)) {
    // What is within the limit of the parameter alone has not been spoken of; what is beyond it is said once.
    const before = problems.findIndex((p) => p.key === key);
    const text = said(`${key}=${query.get(key) ?? values[key]}`, why, limit);
    problems.splice(before < 0 ? problems.length : before, before < 0 ? 0 : 1, { key, text });
    values[key] = near;
  }
  return { values, problems: problems.map(({ text }) => text) };
}

function said(what: string, problem: string, near: number | string | null): string {
  const shown = near === null ? 'The default is shown.' : `The nearest, ${near}, is shown.`;
  return `“${short(what)}”: ${problem.replace(/\.?$/, '.')} ${shown}`;
}

const isWhole = (param: NumberParam) =>
  param.kind === 'integer' || (param.kind === 'log' && param.whole === true);

/** What is quoted of a text. */
const short = (text: string) => (text.length > 200 ? `${text.slice(0, 200)}…` : text);

function check(param: Param, text: string): string | null {
  if (param.kind === 'text') return param.problem(text);
  if (param.kind === 'choice') {
    const words = param.choices.map((c) => c.value);
    return words.includes(text) ? null : `expected one of ${words.join(', ')}.`;
  }
  const x = text.trim() === '' ? Number.NaN : Number(text);
  const whole = isWhole(param);
  if (!Number.isFinite(x) || x < param.min || x > param.max || (whole && !Number.isInteger(x))) {
    return `expected a ${whole ? 'whole number' : 'number'} from ${param.min} to ${param.max}.`;
  }
  return null;
}

/** The limit that a number is beyond, or the choice next to one that is none; null for what is no number, or one within. */
function nearest(param: Param, text: string): number | string | null {
  const x = text.trim() === '' ? Number.NaN : Number(text);
  if (param.kind === 'choice') return nearestChoice(param, x);
  if (!isNumeric(param)) return null;
  return x > param.max ? param.max : x < param.min ? param.min : null;
}

/** Of the choices that are numbers. */
function nearestChoice({ choices }: ChoiceParam, x: number): string | null {
  const numbers = choices.map(({ value }) => Number(value)).filter(Number.isFinite);
  if (Number.isNaN(x) || numbers.length === 0) return null;
  const within = Math.min(Math.max(...numbers), Math.max(Math.min(...numbers), x));
  const far = (c: number) => Math.abs(c - within);
  const near = numbers.reduce((a, b) => (far(b) < far(a) ? b : a));
  return choices.find(({ value }) => Number(value) === near)?.value ?? null;
}

/** The value of a slider nearest to x, with the digits that the slider has. */
export function within(param: NumberParam, x: number): number {
  const { min, max } = param;
  if (param.kind === 'log') {
    const rounded = Number(x.toPrecision(3));
    return Math.min(max, Math.max(min, param.whole ? Math.round(rounded) : rounded));
  }
  const step = param.step ?? 1;
  const near = Number((min + step * Math.round((x - min) / step)).toPrecision(10));
  return Math.min(max, Math.max(min, near));
}

/**
 * The value some steps further: of a logarithm steps of a hundredth of a decade, as its slider has, and of whole numbers at least one
 * a step.
 */
export function steppedValue(param: NumberParam, x: number, steps: number): number {
  if (!Number.isFinite(steps)) return steps < 0 ? param.min : param.max;
  if (param.kind !== 'log') return within(param, x + steps * (param.step ?? 1));
  const next = within(param, x * 10 ** (0.01 * steps));
  return param.whole && Math.abs(next - x) < Math.abs(steps) ? within(param, x + steps) : next;
}

/** The query string that reproduces a view. */
export function toQuery(view: string, params: readonly Param[], values: Values): string {
  const query = new URLSearchParams({ view });
  for (const p of params) query.set(p.key, String(values[p.key]));
  return query.toString();
}

/** An entropy in units of log 2. */
export const bits = (nats: number) => nats / Math.LN2;

/** Four significant digits, in the signs of print. The URL holds what a slider is set to. */
export function formatNumber(x: number): string {
  if (x === 0 || !Number.isFinite(x)) return String(x);
  if (Math.abs(x) >= 1e-3 && Math.abs(x) < 1e5) return String(Number(x.toPrecision(4))).replace('-', '−');
  const [digits, exponent] = x.toExponential(2).split('e');
  const power = [...String(Number(exponent))].map((c) => SUPERSCRIPT[c]).join('');
  return `${String(Number(digits)).replace('-', '−')} × 10${power}`;
}

const SUPERSCRIPT: Record<string, string> = Object.fromEntries(
  [...'-0123456789'].map((c, i) => [c, [...'⁻⁰¹²³⁴⁵⁶⁷⁸⁹'][i]]),
);
