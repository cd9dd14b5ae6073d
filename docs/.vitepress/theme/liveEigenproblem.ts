// All eigenvalues and eigenvectors of an Anderson chain, decomposed anew whenever the disorder or the length is changed.
import type { EigenCore } from 'emft/eigen';
import { useData } from 'vitepress';
import {
  computed,
  defineComponent,
  h,
  onBeforeUnmount,
  onMounted,
  type Ref,
  ref,
  shallowRef,
  watch,
} from 'vue';
import { andersonChain, heatMap, medianSpread } from './anderson.js';

const LENGTHS = [16, 32, 64, 128, 256];

interface Solved {
  values: Float64Array;
  vectors: Float64Array;
  n: number;
  ms: number;
  residual: number;
  orthogonality: number;
  converged: boolean;
}

/** The levels as a staircase of dots in a box of 400 × 200. */
function levels({ values, n }: Solved) {
  const [least, most] = [Math.min(-3, values[0]), Math.max(3, values[n - 1])];
  const points = Array.from(values, (value, k) => {
    const [x, y] = [(400 * (k + 0.5)) / n, 190 - (180 * (value - least)) / (most - least)];
    return h('circle', { cx: x.toFixed(1), cy: y.toFixed(1), r: Math.max(1.2, 60 / n) });
  });
  return h(
    'svg',
    { viewBox: '0 0 400 200', role: 'img', 'aria-label': `The ${n} eigenvalues, ascending` },
    points,
  );
}

function slider(id: string, label: string, attributes: Record<string, unknown>) {
  return h('p', { class: 'control' }, [
    h('label', { for: id }, label),
    h('input', { id, type: 'range', ...attributes }),
  ]);
}

function facts({ n, ms, residual, orthogonality, converged, vectors }: Solved) {
  return h('p', { class: 'facts', role: 'status' }, [
    `eigh of ${n} × ${n} in ${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms, `,
    converged ? 'converged; ' : 'not converged; ',
    `LAPACK’s ratios ${residual.toFixed(2)} and ${orthogonality.toFixed(2)} (below 10 is good). `,
    `A vector spreads over ${medianSpread(vectors, n).toFixed(1)} sites in the median.`,
  ]);
}

/** What the core of this page finds for the chain that the sliders ask for, and why it finds nothing. */
function useSolutions(n: Ref<number>, disorder: Ref<number>) {
  const solved = shallowRef<Solved>();
  const failure = ref('');
  let core: EigenCore | undefined;
  let ratios: typeof import('emft/accuracy').decompositionRatios;

  function solve(): void {
    if (!core) return;
    const a = andersonChain(n.value, disorder.value);
    const start = performance.now();
    const { values, vectors, convergence } = core.eigh(a, n.value);
    const ms = performance.now() - start;
    // All vectors of a long chain would take longer to check than to compute.
    const { residual, orthogonality } = ratios(a, n.value, values, vectors, { columns: 32 });
    const { converged } = convergence;
    solved.value = { values, vectors, n: n.value, ms, residual, orthogonality, converged };
  }

  onMounted(async () => {
    try {
      const [eigen, accuracy] = await Promise.all([import('emft/eigen'), import('emft/accuracy')]);
      core = await eigen.createEigenCore();
      ratios = accuracy.decompositionRatios;
      // Twice: the first call of a size is slower until the engine has compiled the kernels.
      solve();
      solve();
    } catch (error) {
      failure.value = `This browser cannot compute it: ${(error as Error).message}`;
    }
  });
  onBeforeUnmount(() => core?.dispose());
  watch([disorder, n], solve);
  return { solved, failure };
}

/** Paper and ink of the map of vectors. */
const [LIGHT, DARK] = [
  [
    [255, 255, 255],
    [40, 60, 140],
  ],
  [
    [27, 27, 31],
    [255, 214, 102],
  ],
];

function paint(canvas: HTMLCanvasElement | undefined, solved: Solved | undefined, isDark: boolean): void {
  const context = canvas?.getContext('2d');
  if (!context || !solved) return;
  const [paper, ink] = isDark ? DARK : LIGHT;
  const { vectors, n } = solved;
  context.canvas.width = context.canvas.height = n;
  context.putImageData(heatMap(vectors, n, paper, ink), 0, 0);
}

function controls(disorder: Ref<number>, length: Ref<number>) {
  const n = LENGTHS[length.value];
  const onInput = (to: Ref<number>) => (event: Event) => {
    to.value = Number((event.target as HTMLInputElement).value);
  };
  return h('div', { class: 'controls' }, [
    slider('disorder', `Disorder W = ${disorder.value.toFixed(1)}`, {
      min: 0,
      max: 12,
      step: 0.1,
      value: disorder.value,
      onInput: onInput(disorder),
    }),
    slider('length', `Sites n = ${n}`, {
      min: 0,
      max: LENGTHS.length - 1,
      step: 1,
      value: length.value,
      'aria-valuetext': `${n} sites`,
      onInput: onInput(length),
    }),
  ]);
}

function figures(solved: Solved, canvas: Ref<HTMLCanvasElement | undefined>) {
  return h('div', { class: 'figures' }, [
    h('figure', [levels(solved), h('figcaption', 'Eigenvalues, ascending')]),
    h('figure', [
      h('canvas', { ref: canvas, role: 'img', 'aria-label': 'Sizes of the entries of all eigenvectors' }),
      h('figcaption', 'Eigenvectors: a column each, sites from top to bottom'),
    ]),
  ]);
}

export const LiveEigenproblem = defineComponent({
  name: 'LiveEigenproblem',
  setup() {
    const disorder = ref(2);
    const length = ref(2);
    const canvas = ref<HTMLCanvasElement>();
    const { isDark } = useData();
    const { solved, failure } = useSolutions(
      computed(() => LENGTHS[length.value]),
      disorder,
    );
    watch([solved, isDark], () => paint(canvas.value, solved.value, isDark.value), { flush: 'post' });

    return () =>
      h('section', { class: 'eigenproblem', 'aria-label': 'A live eigenproblem' }, [
        h('p', { class: 'words' }, [
          'A particle on a chain of sites with random energies: with little disorder each eigenvector spreads out, with much it stays where it is. This page computes them, again at every step of the sliders.',
        ]),
        controls(disorder, length),
        failure.value ? h('p', { class: 'facts', role: 'alert' }, failure.value) : null,
        solved.value ? figures(solved.value, canvas) : null,
        solved.value ? facts(solved.value) : null,
      ]);
  },
});
