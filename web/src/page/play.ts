// Play walks a parameter on by a step after each run.
import { isNumeric, type Values } from '../parts/params.js';
import type { Description } from '../parts/view.js';

/** The parameter's next value, which starts over at its end; null where nothing is played. */
export function nextValue({ play, params }: Description, values: Values): Values | null {
  const param = params.find((p) => p.key === play?.key);
  if (!play || !isNumeric(param)) return null;
  const { key, step } = play;
  const log = param.kind === 'log';
  // A step on a logarithmic slider is one of its decimal logarithm.
  const next = log ? Number(values[key]) * 10 ** step : Number(values[key]) + step;
  return { [key]: next > param.max ? param.min : Number(next.toPrecision(log ? 3 : 6)) };
}
