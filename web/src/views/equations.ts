// Equations that several views show, as the pieces of a line.
import { both, frac, id, log, minus, num, of, op, root, row, sub, sum, sup } from '../parts/math.js';

const pieces = (...parts: string[]) => parts.join('');

/** The share of the minority level in an eigenstate that mixes two, by the ratio h of matrix element and energy difference. */
export const MINORITY = pieces(
  id('P'),
  of(id('h')),
  op('='),
  frac(num('1'), num('2')),
  op('−'),
  frac(num('1'), row(num('2'), root(num('1'), op('+'), num('4'), sup(id('h'), num('2'))))),
);

/** The entropy of such a state. */
export const MIXED_ENTROPY = pieces(
  id('S'),
  op('='),
  minus,
  id('P'),
  log,
  id('P'),
  op('−'),
  of(num('1'), op('−'), id('P')),
  log,
  of(num('1'), op('−'), id('P')),
);

/** The Hamiltonian of a central grain with its l-bits. */
export const CENTRAL_GRAIN = pieces(
  id('H'),
  op('='),
  sub(id('H'), id('g')),
  op('+'),
  sum(id('n')),
  row(
    sub(id('h'), id('n')),
    both(id('σ'), id('n'), id('z')),
    op('+'),
    sub(id('J'), id('n')),
    op('('),
    both(id('σ'), id('g'), id('x')),
    both(id('σ'), id('n'), id('x')),
    op('+'),
    both(id('σ'), id('g'), id('y')),
    both(id('σ'), id('n'), id('y')),
    op(')'),
  ),
);
