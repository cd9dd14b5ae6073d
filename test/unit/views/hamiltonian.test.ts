// The view of your own Hamiltonian with a sector of each momentum: which levels its gap ratios are taken of, and of which momenta it speaks.
import { type Core, createCore } from 'emft';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ratioBySector } from '../../../web/src/views/hamiltonian/figures.js';
import { modelOf } from '../../../web/src/views/hamiltonian/model.js';
import { hamiltonian } from '../../../web/src/views/hamiltonian/task.js';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

const computed = (terms: string, sites: number) =>
  hamiltonian(
    {
      model: modelOf(terms),
      parameters: { sites, up: Math.ceil(sites / 2), reflection: 'any', flip: 'any', filling: 'any' },
      each: true,
      seed: 1,
      middle: 1,
      latest: 10,
    },
    { core, threaded: async () => core },
    async () => {},
    new AbortController().signal,
  );
const counts = ({ sectors }: Awaited<ReturnType<typeof computed>>) =>
  sectors.map(({ statistics }) => statistics.ratios.length);
const sum = (list: readonly number[]) => list.reduce((total, x) => total + x, 0);

test.each([8, 9])(
  'momenta k and L − k of a real ring of %d have one spectrum, which counted twice: errors were too small by √2',
  async (sites) => {
    const result = await computed('xx,yy,zz*1@ring;xx,yy,zz*0.5@ring/2', sites);
    expect(result.sectors).toHaveLength(sites);
    expect(result.statistics.ratios).toHaveLength(sum(counts(result).slice(0, Math.floor(sites / 2) + 1)));
  },
);

test('momenta of a ring that no reflection and no complex conjugation keeps all count', async () => {
  // Bonds turned in their plane, and three spins in a row.
  const result = await computed(
    'xx,yy,zz*1@ring;xy*0.4@ring;yx*-0.4@ring;xyz,yzx,zxy*0.3@ring;xzy,zyx,yxz*-0.3@ring;xx,yy*0.3@ring/2',
    8,
  );
  expect(result.complex).toBe(true);
  expect(result.statistics.ratios).toHaveLength(sum(counts(result)));
});

test('an odd ring has a reflection at momentum 0 alone', async () => {
  const speaks = async (sites: number) => ratioBySector(await computed('xx,yy,zz*1@ring', sites))!.summary;
  expect(await speaks(7)).toContain('At momentum 0 alone, a reflection');
  expect(await speaks(8)).toContain('At momenta 0 and 4, a reflection');
});
