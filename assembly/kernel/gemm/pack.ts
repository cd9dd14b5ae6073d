// Packing for gemm: copies a block of A or B into the order in which the micro-kernel reads it.
// Strides are in bytes. Panels are padded with zeros to their full width.
import { PANEL } from '../tuning';

/** Rows [0, m) of A (m×k) as panels of 4 rows; panel p holds its 4 elements for each k: 32 bytes a step. */
export function packA(m: i32, k: i32, a: usize, rs: usize, cs: usize, out: usize): void {
  let i = 0;
  for (; i + 4 <= m; i += 4) {
    let p = a + <usize>i * rs;
    if (rs == 8) {
      for (let l = 0; l < k; ++l) {
        v128.store(out, v128.load(p));
        v128.store(out, v128.load(p, 16), 16);
        p += cs;
        out += 32;
      }
    } else if (cs == 8) {
      let q = p + 2 * rs;
      let l = 0;
      for (; l + 2 <= k; l += 2) {
        const r0 = v128.load(p);
        const r1 = v128.load(p + rs);
        const r2 = v128.load(q);
        const r3 = v128.load(q + rs);
        v128.store(out, v128.shuffle<f64>(r0, r1, 0, 2));
        v128.store(out, v128.shuffle<f64>(r2, r3, 0, 2), 16);
        v128.store(out, v128.shuffle<f64>(r0, r1, 1, 3), 32);
        v128.store(out, v128.shuffle<f64>(r2, r3, 1, 3), 48);
        p += 16;
        q += 16;
        out += 64;
      }
      if (l < k) {
        store<f64>(out, load<f64>(p));
        store<f64>(out, load<f64>(p + rs), 8);
        store<f64>(out, load<f64>(q), 16);
        store<f64>(out, load<f64>(q + rs), 24);
        out += 32;
      }
    } else {
      for (let l = 0; l < k; ++l) {
        store<f64>(out, load<f64>(p));
        store<f64>(out, load<f64>(p + rs), 8);
        store<f64>(out, load<f64>(p + 2 * rs), 16);
        store<f64>(out, load<f64>(p + 3 * rs), 24);
        p += cs;
        out += 32;
      }
    }
  }
  if (i < m) {
    let p = a + <usize>i * rs;
    for (let l = 0; l < k; ++l) {
      for (let r = 0; r < 4; ++r) {
        store<f64>(out + ((<usize>r) << 3), i + r < m ? load<f64>(p + <usize>r * rs) : 0);
      }
      p += cs;
      out += 32;
    }
  }
}

/**
 * Columns [0, n) of alpha B (k×n) as panels of PANEL columns; panel p holds its elements for each k, each stored
 * twice: 16 PANEL bytes a step.
 */
export function packB(k: i32, n: i32, alpha: f64, b: usize, rs: usize, cs: usize, out: usize): void {
  const scale = f64x2.splat(alpha);
  let j = 0;
  for (; j + PANEL <= n; j += PANEL) {
    let p0 = b + <usize>j * cs;
    let p1 = p0 + cs;
    let p2 = p1 + cs;
    let p3 = p2 + cs;
    let p4 = p3 + cs;
    let p5 = p4 + cs;
    for (let l = 0; l < k; ++l) {
      v128.store(out, f64x2.mul(scale, v128.load_splat<f64>(p0)));
      v128.store(out, f64x2.mul(scale, v128.load_splat<f64>(p1)), 16);
      v128.store(out, f64x2.mul(scale, v128.load_splat<f64>(p2)), 32);
      v128.store(out, f64x2.mul(scale, v128.load_splat<f64>(p3)), 48);
      if (PANEL == 6) {
        v128.store(out, f64x2.mul(scale, v128.load_splat<f64>(p4)), 64);
        v128.store(out, f64x2.mul(scale, v128.load_splat<f64>(p5)), 80);
        p4 += rs;
        p5 += rs;
      }
      p0 += rs;
      p1 += rs;
      p2 += rs;
      p3 += rs;
      out += (<usize>PANEL) << 4;
    }
  }
  if (j < n) {
    let p = b + <usize>j * cs;
    for (let l = 0; l < k; ++l) {
      for (let r = 0; r < PANEL; ++r) {
        v128.store(
          out + ((<usize>r) << 4),
          j + r < n ? f64x2.mul(scale, v128.load_splat<f64>(p + <usize>r * cs)) : f64x2.splat(0),
        );
      }
      p += rs;
      out += (<usize>PANEL) << 4;
    }
  }
}
