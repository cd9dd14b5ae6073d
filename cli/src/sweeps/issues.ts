// What valibot finds wrong with a file, in the words of this package.
import type { BaseIssue } from 'valibot';
import { suggestion } from './nearest.js';

type Issue = BaseIssue<unknown>;

const isUnknownKey = (issue: Issue) => issue.type === 'strict_object' && issue.expected === 'never';
const isMissing = (issue: Issue) => issue.received === 'undefined' && !isUnknownKey(issue);
const around = ({ path }: Issue) => (path ?? []).slice(0, -1).map(({ key }) => key);

/**
 * The issue to speak of. Where a key is missing and another beside it is unknown, that is the one: its name is what was
 * misspelt, or guessed.
 */
export function foremost(issues: readonly Issue[]): Issue {
  const [first] = issues;
  if (!isMissing(first)) return first;
  const place = String(around(first));
  return issues.find((one) => isUnknownKey(one) && String(around(one)) === place) ?? first;
}

/** What is wrong with a key, for a message; `known`: the keys that there may be beside it; `place`: where the file may have it. */
export function reasonOf(issue: Issue, key: string, known: () => readonly string[], place?: string): string {
  if (!isUnknownKey(issue)) return isMissing(issue) ? 'missing' : (expectation(issue) ?? issue.message);
  const keys = known();
  const hint = place === undefined ? suggestion(key, keys) : `; it belongs into ${place}.`;
  return `unknown key${hint}${hint ? ' Known' : '; known'} here: ${keys.join(', ')}`;
}

const NAMES: Readonly<Record<string, string>> = {
  Array: 'a list',
  Object: 'a table',
  boolean: 'true or false',
  number: 'a number',
  string: 'a text in quotation marks',
};
/** What came may have no prototype, as tables of TOML have none: valibot calls that null. */
const CAME: Readonly<Record<string, string>> = { ...NAMES, null: 'a table' };
const WHOLE = ['integer', 'safe_integer'];

/** What was expected in place of what came; undefined where the schema says so in a message of its own. */
function expectation({ expected, received, message, type }: Issue): string | undefined {
  if (!message.startsWith('Invalid ')) return undefined;
  if (WHOLE.includes(type)) return `expected a whole number, got ${received}`;
  if (type === 'finite') return `expected a finite number, got ${received}`;
  const choices = type === 'picklist' && expected?.replace(/[()"]/g, '').split(' | ');
  if (choices)
    return `expected one of ${choices.join(', ')}, got ${received}${suggestion(received.slice(1, -1), choices)}`;
  const bound = /^([<>])=(-?[\d.e+]+)$/.exec(expected ?? '');
  if (bound) return `expected a number ${bound[1] === '<' ? '≤' : '≥'} ${bound[2]}, got ${received}`;
  const name = NAMES[expected ?? ''];
  return name && `expected ${name}, got ${CAME[received] ?? received}`;
}

/** A path in a file as people count: from 1. */
export const placeIn = (path: readonly unknown[]): string =>
  path.map((key) => (typeof key === 'number' ? key + 1 : key)).join('.');
