// The Philox generator against published words, and the numbers made of them.
import { cosSinTurn, normals, normalsWorkspace } from '../../random/normal';
import { philox4x32 } from '../../random/philox';
import { toOpenUnit, uniforms, uniformsWorkspace } from '../../random/uniform';

describe('philox4x32', () => {
  test('gives the published known answers for ten rounds', () => {
    const out = heap.alloc(16);
    philox4x32(0, 0, 0, 0, 0, 0, out);
    expect(load<u32>(out)).toBe(0x6627e8d5);
    expect(load<u32>(out, 4)).toBe(0xe169c58d);
    expect(load<u32>(out, 8)).toBe(0xbc57ac4c);
    expect(load<u32>(out, 12)).toBe(0x9b00dbd8);
    philox4x32(u32.MAX_VALUE, u32.MAX_VALUE, u32.MAX_VALUE, u32.MAX_VALUE, u32.MAX_VALUE, u32.MAX_VALUE, out);
    expect(load<u32>(out)).toBe(0x408f276d);
    expect(load<u32>(out, 4)).toBe(0x41c83b0e);
    expect(load<u32>(out, 8)).toBe(0xa20bc7c6);
    expect(load<u32>(out, 12)).toBe(0x6d5451fd);
    philox4x32(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, out);
    expect(load<u32>(out)).toBe(0xd16cfe09);
    expect(load<u32>(out, 4)).toBe(0x94fdcceb);
    expect(load<u32>(out, 8)).toBe(0x5001e420);
    expect(load<u32>(out, 12)).toBe(0x24126ea1);
    heap.free(out);
  });
});

describe('uniforms', () => {
  test('stay inside (0, 1) at both ends of the 53-bit range', () => {
    expect(toOpenUnit(0, 0)).toBe(1.0 / 18014398509481984.0);
    expect(toOpenUnit(2047, 0)).toBe(1.0 / 18014398509481984.0);
    expect(toOpenUnit(2048, 0)).toBe(1.0 / 9007199254740992.0);
    expect(toOpenUnit(u32.MAX_VALUE, u32.MAX_VALUE)).toBe(1.0 - 1.0 / 9007199254740992.0);
    expect(toOpenUnit(0, 0x80000000)).toBe(0.5);
  });

  test('an element does not depend on where the sequence is entered', () => {
    const whole = heap.alloc(8 * 16);
    const part = heap.alloc(8 * 16);
    const work = heap.alloc(normalsWorkspace() + uniformsWorkspace());
    for (let first = 0; first < 8; ++first) {
      uniforms(1, 2, 3, 4, 5, 0, 16, whole, work);
      uniforms(1, 2, 3, 4, 5, first, 5, part, work);
      for (let i = 0; i < 5; ++i) expect(load<f64>(part + 8 * i)).toBe(load<f64>(whole + 8 * (first + i)));
      normals(1, 2, 3, 4, 5, 0, 16, whole, work);
      normals(1, 2, 3, 4, 5, first, 5, part, work);
      for (let i = 0; i < 5; ++i) expect(load<f64>(part + 8 * i)).toBe(load<f64>(whole + 8 * (first + i)));
    }
    heap.free(whole);
    heap.free(part);
    heap.free(work);
  });
});

describe('cosSinTurn', () => {
  test('agrees with the library functions and is exact at quarter turns', () => {
    const out = heap.alloc(16);
    let worst: f64 = 0;
    for (let i = 0; i < 4096; ++i) {
      const v = <f64>i / 4096 + 1e-5;
      cosSinTurn(v, out);
      worst = max(worst, abs(load<f64>(out) - Math.cos(6.283185307179586 * v)));
      worst = max(worst, abs(load<f64>(out, 8) - Math.sin(6.283185307179586 * v)));
    }
    expect(worst).toBeLessThan(1e-15);
    for (let q = 0; q < 4; ++q) {
      cosSinTurn(0.25 * q, out);
      expect(load<f64>(out)).toBe(q == 0 ? 1 : q == 2 ? -1 : 0);
      expect(load<f64>(out, 8)).toBe(q == 1 ? 1 : q == 3 ? -1 : 0);
    }
    heap.free(out);
  });
});
