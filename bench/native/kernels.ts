// Whether a library computes with what this processor can do. OpenBLAS chooses a kernel by the processor's name: one it does not know gets
// a generic one, which is several times slower and would flatter everybody who is compared with it. So would reference LAPACK, which
// has no kernels at all, and tells none.

/** Widest instructions: 128 bits (SSE), 256 without and with fused operations (AVX, AVX2), 512 (AVX-512). */
export type Width = 'sse' | 'avx' | 'avx2' | 'avx512';
const ORDER: readonly Width[] = ['sse', 'avx', 'avx2', 'avx512'];

/** Kernels of OpenBLAS for x86-64, by the instructions they are written in. */
const KERNELS: Record<Width, readonly string[]> = {
  sse: [
    ...[
      'generic',
      'katmai',
      'coppermine',
      'northwood',
      'prescott',
      'banias',
      'core2',
      'penryn',
      'dunnington',
    ],
    ...[
      'nehalem',
      'atom',
      'nano',
      'athlon',
      'opteron',
      'opteron_sse3',
      'barcelona',
      'bobcat',
      'unknown',
      'none',
    ],
  ],
  avx: ['sandybridge', 'bulldozer', 'piledriver', 'steamroller'],
  avx2: ['haswell', 'zen', 'excavator'],
  avx512: ['skylakex', 'cooperlake', 'sapphirerapids'],
};

/** The width of a kernel's instructions; undefined where it is not known, as for other libraries and processors. */
export function widthOfKernel(kernel: string): Width | undefined {
  const name = kernel.toLowerCase();
  return ORDER.find((width) => KERNELS[width].includes(name));
}

/** The widest instructions of a processor by its flags, as /proc/cpuinfo and sysctl have them; undefined for one without SSE2. */
export function widthOfMachine(flags: string): Width | undefined {
  const all = new Set(flags.toLowerCase().split(/[\s,]+/));
  if (all.has('avx512f')) return 'avx512';
  if (all.has('avx2')) return 'avx2';
  if (all.has('avx') || all.has('avx1.0')) return 'avx';
  return all.has('sse2') ? 'sse' : undefined;
}

/** `refused` is why the library is no baseline, `remark` what is worth knowing of it. */
export function judgeKernel(
  kernel: string,
  machine: Width | undefined,
): { refused?: string; remark?: string } {
  const own = widthOfKernel(kernel);
  const wide = machine !== undefined && ORDER.indexOf(machine) >= ORDER.indexOf('avx2');
  if (own === undefined) {
    const told =
      kernel === '' ? 'does not tell its kernel' : `runs a kernel ${kernel} that is not known here`;
    if (wide) return { refused: `${told}, on a machine with ${machine}: no baseline` };
    return kernel === '' ? { remark: told } : {};
  }
  if (machine === undefined) return {};
  if (wide && ORDER.indexOf(own) < ORDER.indexOf('avx2')) {
    return { refused: `runs its kernel ${kernel} (${own}) on a machine with ${machine}: no baseline` };
  }
  return own === machine ? {} : { remark: `its kernel ${kernel} is ${own}, the machine has ${machine}` };
}
