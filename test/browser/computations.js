// Named results of the public API, one after another, for comparing hosts bit by bit. Runs in Node and in a page.

/** @returns {Promise<{ threads: number, notes: readonly string[], hash: string }>} */
export async function computations(createCore, threads, sizes) {
  const core = await createCore({ threads });
  const parts = [];
  for (const n of sizes) {
    const a = core.goe(n, { seed: 11, stream: n });
    for (const method of ['dc', 'qr', 'jacobi']) {
      const { values, vectors } = core.eigh(a, n, { method });
      parts.push(values, vectors);
    }
    parts.push(core.eigh(a, n, { vectors: false }).values);
    parts.push(core.eigh(a, n, { range: { index: [0, Math.floor(n / 3)] } }).vectors);
    parts.push(core.eighBatch(a, n, 1).vectors);
  }
  const { eta, entropy, czz } = core.response(core.uniforms({ seed: 11, stream: 1 }, 100));
  parts.push(eta, entropy, czz);
  const chain = core.solveMeanField(core.drhLogCouplings({ g0: 0.5, alpha: 0.63, n: 60 }), { log: true });
  parts.push(chain.g, chain.entropy, Float64Array.of(chain.etaTot));
  for (const phases of [{ theta0: 2.954 }, { random: true, seed: 3 }]) {
    const { energies, phi0 } = core.latticeCouplings({ radius: 6, strength: 45, ...phases });
    parts.push(energies, phi0);
  }
  const result = { threads: core.threads, notes: core.notes, hash: await sha256(parts) };
  core.dispose();
  return result;
}

async function sha256(parts) {
  const bytes = await new Blob(parts).arrayBuffer();
  // A page that is not a secure context has no digest of its own; 127.0.0.1 counts as secure.
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (b) => b.toString(16).padStart(2, '0')).join('');
}
