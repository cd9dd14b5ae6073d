// Orbitals in windows of a lattice: the numbering of sites, and solutions in windows against those of the whole.
import { recordBytes } from '../../job';
import { LocalOrbital, nearSolve, pathSolve, siteIndex, windowWorkspace } from '../../lattice/localOrbital';

/** (A − E) x at site (u, v) for x held on the whole lattice. */
function residual(radius: i32, t: f64, v: usize, energy: f64, x: usize, u: i32, w: i32): f64 {
  const i = siteIndex(radius, u, w);
  let sum = (load<f64>(v + ((<usize>i) << 3)) - energy) * load<f64>(x + ((<usize>i) << 3));
  for (let du = -1; du <= 1; du += 2) {
    for (let dw = -1; dw <= 1; dw += 2) {
      if (abs(u + du) > radius || abs(w + dw) > radius) continue;
      sum += t * load<f64>(x + ((<usize>siteIndex(radius, u + du, w + dw)) << 3));
    }
  }
  return sum;
}

describe('siteIndex', () => {
  test('numbers the sites by u, then by v, without gaps', () => {
    for (let radius = 1; radius < 6; ++radius) {
      let next = 0;
      for (let u = -radius; u <= radius; ++u) {
        for (let v = -radius; v <= radius; ++v) {
          if ((u ^ v) & 1) continue;
          expect(siteIndex(radius, u, v)).toBe(next);
          ++next;
        }
      }
      expect(next).toBe(2 * radius * (radius + 1) + 1);
    }
  });
});

describe('nearSolve and pathSolve', () => {
  test('solves the whole lattice for every site, in every orientation', () => {
    // x_s = G_ss and, by symmetry of G, the component at the origin is that at s of the solve for the origin: both are
    // checked through a Gauss–Seidel solution of the same strongly diagonal system.
    const radius = 4;
    const n = 2 * radius * (radius + 1) + 1;
    const t: f64 = 0.7;
    const energy: f64 = 0.3;
    const v = heap.alloc(8 * n);
    const x = heap.alloc(8 * n);
    const solution = heap.alloc(recordBytes<LocalOrbital>());
    const out = changetype<LocalOrbital>(solution);
    const work = heap.alloc(windowWorkspace(radius, 2 * radius));
    for (let i = 0; i < n; ++i) {
      const size = 5 + <f64>((i * 29) % 17);
      store<f64>(v + ((<usize>i) << 3), i & 1 ? -size : size);
    }
    for (let us = -radius; us <= radius; ++us) {
      for (let vs = -radius; vs <= radius; ++vs) {
        if ((us ^ vs) & 1) continue;
        memory.fill(x, 0, 8 * n);
        const s = siteIndex(radius, us, vs);
        for (let sweep = 0; sweep < 200; ++sweep) {
          for (let u = -radius; u <= radius; ++u) {
            for (let w = -radius; w <= radius; ++w) {
              if ((u ^ w) & 1) continue;
              const i = siteIndex(radius, u, w);
              const at = x + ((<usize>i) << 3);
              const r = (i == s ? 1.0 : 0.0) - residual(radius, t, v, energy, x, u, w);
              store<f64>(at, load<f64>(at) + r / (load<f64>(v + ((<usize>i) << 3)) - energy));
            }
          }
        }
        let square: f64 = 0;
        let largest: f64 = 0;
        let peak = 0;
        for (let i = 0; i < n; ++i) {
          const xi = load<f64>(x + ((<usize>i) << 3));
          square += xi * xi;
          if (abs(xi) > largest) {
            largest = abs(xi);
            peak = i;
          }
        }
        nearSolve(radius, t, v, us, vs, 2 * radius, energy, out, work);
        expect(abs(out.own / load<f64>(x + ((<usize>s) << 3)) - 1)).toBeLessThan(1e-13);
        expect(abs(out.square / square - 1)).toBeLessThan(1e-13);
        expect(siteIndex(radius, out.u, out.v)).toBe(peak);
        pathSolve(radius, t, v, us, vs, 2 * radius, energy, out, work);
        const origin = load<f64>(x + ((<usize>((n - 1) / 2)) << 3));
        expect(abs(out.own / load<f64>(x + ((<usize>s) << 3)) - 1)).toBeLessThan(1e-13);
        expect(abs(out.square / square - 1)).toBeLessThan(1e-13);
        expect(abs(out.origin / origin - 1)).toBeLessThan(1e-12);
      }
    }
    heap.free(v);
    heap.free(x);
    heap.free(solution);
    heap.free(work);
  });

  test('stays inside its workspace for every window', () => {
    for (let radius = 1; radius <= 6; ++radius) {
      const n = 2 * radius * (radius + 1) + 1;
      const v = heap.alloc(8 * n);
      for (let i = 0; i < n; ++i) store<f64>(v + ((<usize>i) << 3), 10 + <f64>((i * 7) % 13));
      const solution = heap.alloc(recordBytes<LocalOrbital>());
      const out = changetype<LocalOrbital>(solution);
      for (let margin = 0; margin <= 2 * radius; ++margin) {
        const bytes = windowWorkspace(radius, margin);
        const work = heap.alloc(bytes + 64);
        for (let u = -radius; u <= radius; ++u) {
          for (let w = -radius; w <= radius; ++w) {
            if ((u ^ w) & 1) continue;
            store<u64>(work + bytes, 0x1234567812345678);
            nearSolve(radius, 1, v, u, w, margin, 0, out, work);
            pathSolve(radius, 1, v, u, w, margin, 0, out, work);
            expect(load<u64>(work + bytes)).toBe(0x1234567812345678);
          }
        }
        heap.free(work);
      }
      heap.free(v);
      heap.free(solution);
    }
  });
});
