// Bessel functions of all orders at once, by identities that the algorithm does not use and by values to 17 digits (mpmath).
import { phases } from '../../numeric/phases';
import { besselOrders } from '../../special/besselOrders';

const COUNT = 700;

@inline
function at(out: usize, k: i32): f64 {
  return load<f64>(out + ((<usize>k) << 3));
}

describe('Bessel functions of the first kind', () => {
  test('add up to 1 over the even orders, which is cos 0 of the generating function, for z of every size', () => {
    const out = heap.alloc(8 * COUNT);
    for (let z: f64 = 1e-12; z < 300; z *= 1.37) {
      besselOrders(z, false, COUNT, out);
      let sum = at(out, 0);
      let squares = sum * sum;
      for (let k = 1; k < COUNT; ++k) squares += 2 * at(out, k) * at(out, k);
      for (let k = 2; k < COUNT; k += 2) sum += 2 * at(out, k);
      expect(abs(sum - 1)).toBeLessThan(2e-14);
      expect(abs(squares - 1)).toBeLessThan(2e-15);
    }
    heap.free(out);
  });

  test('are those of mpmath', () => {
    const out = heap.alloc(8 * COUNT);
    besselOrders(10, false, 20, out);
    expect(abs(at(out, 0) - -0.2459357644513483)).toBeLessThan(1e-15);
    expect(abs(at(out, 10) / 0.20748610663335885 - 1)).toBeLessThan(4e-15);
    besselOrders(256, false, COUNT, out);
    expect(abs(at(out, 0) - -0.03665349806171356)).toBeLessThan(1e-15);
    expect(abs(at(out, 100) - 0.006034798798897656)).toBeLessThan(1e-15);
    expect(abs(at(out, 300) / 1.2457996813797625e-9 - 1)).toBeLessThan(1e-13);
    besselOrders(1e-9, false, 3, out);
    expect(at(out, 1)).toBe(5e-10);
    expect(abs(at(out, 2) / 1.25e-19 - 1)).toBeLessThan(1e-15);
    besselOrders(0, false, 3, out);
    expect(at(out, 0)).toBe(1);
    expect(at(out, 1)).toBe(0);
    heap.free(out);
  });
});

describe('modified Bessel functions times e^−z', () => {
  test('are those of mpmath, relative to themselves', () => {
    const out = heap.alloc(8 * COUNT);
    besselOrders(32, true, COUNT, out);
    expect(abs(at(out, 0) / 0.0708041893112456 - 1)).toBeLessThan(2e-15);
    expect(abs(at(out, 40) / 7.886743812770567e-12 - 1)).toBeLessThan(2e-14);
    besselOrders(0.01, true, 5, out);
    expect(abs(at(out, 3) / 2.062616711616872e-8 - 1)).toBeLessThan(4e-15);
    heap.free(out);
  });
});

describe('phases', () => {
  test('of many turns have the accuracy of the product', () => {
    const energy = heap.alloc(8);
    const out = heap.alloc(16);
    const work = heap.alloc(32);
    store<f64>(energy, 1234.567);
    phases(1, energy, 1e6 + 0.1, out, work);
    expect(abs(load<f64>(out) - -0.16806551505013473)).toBeLessThan(1e-15);
    expect(abs(load<f64>(out, 8) - -0.9857758277879068)).toBeLessThan(1e-15);
    heap.free(energy);
    heap.free(out);
    heap.free(work);
  });
});
