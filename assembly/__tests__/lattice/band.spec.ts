// The parts of the spectrum of a lattice by bands and by Lanczos: quadrature, sorting, reduction, copies.
import { bandBytes, bandTridiagonalizeStart, bandTridiagonalizeWorkspace } from '../../eigen/reduce/band';
import { finish, step } from '../../job';
import { golubWelschStart, golubWelschWorkspace } from '../../lattice/golubWelsch';
import { lanczosContinue, lanczosStart, lanczosWorkspace, Recursion } from '../../lattice/lanczos';
import { resolveSpectrum } from '../../lattice/ritz';
import { heapSort } from '../../numeric/sort';

function put(x: usize, i: i32, value: f64): void {
  store<f64>(x + ((<usize>i) << 3), value);
}

function get(x: usize, i: i32): f64 {
  return load<f64>(x + ((<usize>i) << 3));
}

/** The whole job, a sweep at a time. */
function golubWelsch(n: i32, d: usize, e: usize, z: usize, l: usize): i32 {
  const work = heap.alloc(golubWelschWorkspace());
  golubWelschStart(n, d, e, z, l, work);
  let status = step(work, 0);
  while (status < 0) status = step(work, 0);
  heap.free(work);
  return status;
}

/** The steps up to `to`, one at a time; how many there are. */
function continued(to: i32, work: usize): i32 {
  lanczosContinue(to, work);
  while (step(work, 0) < 0);
  return changetype<Recursion>(work).steps;
}

describe('golubWelsch', () => {
  test('gives the nodes and weights of Gauss–Legendre quadrature', () => {
    // The Jacobi matrix of the Legendre polynomials integrates x^p exactly for p < 2n.
    const n = 20;
    const d = heap.alloc(8 * n);
    const e = heap.alloc(8 * n);
    const z = heap.alloc(8 * n);
    const l = heap.alloc(8 * n);
    for (let i = 0; i < n; ++i) {
      const k = <f64>(i + 1);
      put(d, i, 0);
      put(e, i, k / sqrt(4 * k * k - 1));
      put(z, i, i == 0 ? 1 : 0);
      put(l, i, 0);
    }
    expect(golubWelsch(n, d, e, z, l)).toBe(0);
    for (let p = 0; p < 2 * n; ++p) {
      let sum: f64 = 0;
      for (let i = 0; i < n; ++i) {
        let power: f64 = 1;
        for (let q = 0; q < p; ++q) power *= get(d, i);
        sum += get(z, i) * get(z, i) * power;
      }
      expect(abs(sum - (p & 1 ? 0 : 1 / <f64>(p + 1)))).toBeLessThan(2e-15);
    }
    heap.free(d);
    heap.free(e);
    heap.free(z);
    heap.free(l);
  });

  test('leaves a zero matrix and a diagonal one as they are', () => {
    const x = heap.alloc(8 * 12);
    for (let i = 0; i < 12; ++i) put(x, i, 0);
    expect(golubWelsch(3, x, x + 24, x + 48, x + 72)).toBe(0);
    put(x, 0, 1e300);
    put(x, 1, -1e-300);
    put(x, 6, 1);
    expect(golubWelsch(3, x, x + 24, x + 48, x + 72)).toBe(0);
    expect(get(x, 0)).toBe(1e300);
    expect(get(x, 6)).toBe(1);
    heap.free(x);
  });
});

describe('heapSort', () => {
  test('sorts three arrays together', () => {
    for (let n = 0; n < 40; ++n) {
      const x = heap.alloc(24 * n + 8);
      for (let i = 0; i < n; ++i) {
        const value = <f64>((i * 17) % 41);
        put(x, i, value);
        put(x, n + i, 2 * value);
        put(x, 2 * n + i, -value);
      }
      heapSort(n, x, x + ((<usize>n) << 3), x + ((<usize>n) << 4));
      for (let i = 0; i < n; ++i) {
        if (i > 0) expect(get(x, i)).toBeGreaterThan(get(x, i - 1));
        expect(get(x, n + i)).toBe(2 * get(x, i));
        expect(get(x, 2 * n + i)).toBe(-get(x, i));
      }
      heap.free(x);
    }
  });
});

describe('bandTridiagonalize', () => {
  test('keeps the moments yᵀAᵏy for every size around the half-width', () => {
    for (let b = 1; b <= 5; ++b) {
      for (let n = 1; n <= 14; ++n) {
        const bytes = bandBytes(n, b);
        const ab = heap.alloc(bytes);
        const x = heap.alloc(8 * 6 * n);
        const work = heap.alloc(bandTridiagonalizeWorkspace(b));
        memory.fill(ab, 0, bytes);
        for (let j = 0; j < n; ++j) {
          for (let i = j; i < n && i - j <= b; ++i)
            put(ab, i - j + 2 * b * j, <f64>((7 * i + 5 * j) % 11) / 11 - 0.4);
        }
        const y = x;
        const d = x + ((<usize>n) << 3);
        const e = d + ((<usize>n) << 3);
        const u = e + ((<usize>n) << 3);
        const w = u + ((<usize>n) << 3);
        for (let i = 0; i < n; ++i) put(y, i, i == n / 2 ? 1 : 0);
        const moments = heap.alloc(8 * 8);
        memory.copy(u, y, (<usize>n) << 3);
        for (let k = 0; k < 8; ++k) {
          for (let i = 0; i < n; ++i) {
            let sum: f64 = 0;
            for (let j = 0; j < n; ++j) {
              const low = min(i, j);
              const high = max(i, j);
              if (high - low <= b) sum += get(ab, high - low + 2 * b * low) * get(u, j);
            }
            put(w, i, sum);
          }
          memory.copy(u, w, (<usize>n) << 3);
          put(moments, k, get(u, n / 2));
        }
        bandTridiagonalizeStart(n, b, ab, d, e, y, work);
        expect(finish(work)).toBe(0);
        memory.copy(u, y, (<usize>n) << 3);
        for (let k = 0; k < 8; ++k) {
          let moment: f64 = 0;
          for (let i = 0; i < n; ++i) {
            let sum = get(d, i) * get(u, i);
            if (i > 0) sum += get(e, i - 1) * get(u, i - 1);
            if (i + 1 < n) sum += get(e, i) * get(u, i + 1);
            put(w, i, sum);
            moment += sum * get(y, i);
          }
          memory.copy(u, w, (<usize>n) << 3);
          expect(abs(moment - get(moments, k))).toBeLessThan(1e-12 * (1 + abs(moment)));
        }
        heap.free(ab);
        heap.free(x);
        heap.free(work);
        heap.free(moments);
      }
    }
  });
});

describe('lanczos', () => {
  test('goes on where it stopped, and stops when the start vector is exhausted', () => {
    // k = n leaves A = diag: a start on one site is exhausted after one step.
    const n = 9;
    const x = heap.alloc(8 * 3 * n);
    memory.fill(x, 0, 8 * 3 * n);
    for (let i = 0; i < n; ++i) put(x, i, <f64>i);
    const t = heap.alloc(8 * 4 * n);
    const work = heap.alloc(lanczosWorkspace(n));
    const a = x + 8 * n;
    const b = x + 16 * n;
    lanczosStart(n, n, x, a, b, 9, 4, t, t + 8 * n, work);
    expect(continued(5, work)).toBe(1);
    expect(continued(7, work)).toBe(1);
    expect(get(t, 0)).toBe(4);
    expect(get(t, n)).toBe(0);
    for (let i = 0; i + 1 < n; ++i) put(a, i, 1);
    lanczosStart(n, 1, x, a, b, 9, 4, t, t + 8 * n, work);
    lanczosContinue(6, work);
    expect(finish(work)).toBe(0);
    const s = t + 16 * n;
    lanczosStart(n, 1, x, a, b, 9, 4, s, s + 8 * n, work);
    expect(continued(2, work)).toBe(2);
    expect(continued(6, work)).toBe(6);
    for (let i = 0; i < 6; ++i) {
      expect(get(s, i)).toBe(get(t, i));
      expect(get(s, n + i)).toBe(get(t, n + i));
    }
    heap.free(x);
    heap.free(t);
    heap.free(work);
  });

  test('merges copies, absorbs copies on their way and counts the rest', () => {
    const x = heap.alloc(8 * 32);
    const z = x + 64;
    const l = x + 128;
    const rest = x + 192;
    // 1: two copies; 2: converged; 2.0000001: a light copy beside it; 3: unresolved; 4: negligible.
    const values: StaticArray<f64> = [2.0000001, 1, 3, 4, 1.0000000000001, 2];
    const firsts: StaticArray<f64> = [1e-6, 0.6, 1e-3, 1e-20, 0.3, -0.5];
    const lasts: StaticArray<f64> = [1, 1, 1, 0, 1, 0];
    for (let i = 0; i < 6; ++i) {
      put(x, i, unchecked(values[i]));
      put(z, i, unchecked(firsts[i]));
      put(l, i, unchecked(lasts[i]));
    }
    expect(resolveSpectrum(6, x, z, l, 1, 1e-7, 1e-10, 1e-6, 1e-14, rest)).toBe(2);
    expect(get(x, 0)).toBe(1);
    expect(abs(get(z, 0) - sqrt<f64>(0.45))).toBeLessThan(1e-15);
    expect(get(x, 1)).toBe(2);
    expect(get(z, 1)).toBe(0.5);
    expect(get(rest, 0)).toBe(1e-3);
    heap.free(x);
  });
});
