// What the page says of values that it does not take: in the words of what was filled in, and of figures only where there are some.
import { expect, test } from 'vitest';
import { setControl, settled } from '../support/browser/explorer.js';
import { exploring } from '../support/browser/opened.js';

const { explorer, page } = await exploring();

const open = (query: string) => page.goto(explorer.origin + query);
const problems = () => page.locator('#problems').textContent();
const wrong = () => page.locator('#param-terms-wrong').textContent();

test.each(['?view=hamiltonian&sites=13&up=any', '?view=matrix&matrix=own&own=1+2;3+4'])(
  '%s: nothing is shown, and nothing is said to be from before',
  async (query) => {
    await open(query);
    await page.waitForSelector('#problems:not([hidden])');
    expect(await page.locator('#figures figure').count()).toBe(0);
    expect(await problems()).not.toMatch(/from before/);
  },
);

async function type(label: string, text: string): Promise<void> {
  const field = page.getByLabel(label).first();
  await field.fill(text);
  await field.press('Tab');
}

test('a term that is refused is named in the words of the form, and the figures beside it are said to be of before', async () => {
  await open('?view=hamiltonian&sites=4&terms=xx,yy*1@ring;zz*2@chain');
  await settled(page);
  await type('Term 1: products', 'xx, yq');
  expect(await wrong()).toMatch(/“yq” is no product of .*\. What is shown is from before\.$/);
  for (const [label, text, said] of [
    ['Term 1: products', '', /^Term 1: no product of letters, as in xx, yy\. What/],
    ['Term 1: products', 'x@y', /^Term 1: “x@y” is no product/],
    ['Term 1: products', 'xx', /^$/],
    ['Term 2: coefficient', '', /^Term 2: no coefficient\. What/],
    ['Term 2: coefficient', '1;2', /^Term 2: “1;2” is no number/],
    ['Term 2: coefficient', '1', /^$/],
    ['Term 2: sites apart', '', /^Term 2: “” sites apart, expected a whole number/],
  ] as const) {
    await type(label, text);
    expect(await wrong()).toMatch(said);
  }
  // A row that lacks something can be taken away.
  await page.getByLabel('Term 2: remove').click();
  await page.waitForURL((url) => url.searchParams.get('terms') === 'xx*1@ring');
  expect(await wrong()).toBe('');
});

test('a number that is no choice goes to the nearest choice, as one beyond a slider goes to its end', async () => {
  for (const [query, key, value] of [
    ['?view=solvers&n=1e9', 'n', '1024'],
    ['?view=solvers&n=Infinity', 'n', '1024'],
    ['?view=solvers&n=-3', 'n', '64'],
    ['?view=solvers&n=140', 'n', '128'],
    ['?view=hamiltonian&sites=13&up=99', 'up', '13'],
    ['?view=hamiltonian&sites=13&terms=zz*1@ring&momentum=77', 'momentum', '12'],
    ['?view=hamiltonian&sites=4&middle=0.4', 'middle', '0.5'],
  ]) {
    await open(query);
    await page.waitForSelector('#problems:not([hidden])');
    expect(await problems()).toContain(`The nearest, ${value}, is shown.`);
    expect(await page.locator(`#param-${key}`).inputValue()).toBe(value);
  }
  // No more of the sites can be up than there are: the task refused what the choices alone allow.
  await open('?view=hamiltonian&sites=6&terms=zz*1@ring&up=99&momentum=9');
  await settled(page);
  expect(await page.locator('#problems p, #problems li').allTextContents()).toEqual([
    '“up=99”: expected at most 6, beside the other parameters. The nearest, 6, is shown.',
    '“momentum=9”: expected at most 5, beside the other parameters. The nearest, 5, is shown.',
  ]);
  expect(await page.locator('#param-up').inputValue()).toBe('6');
  expect(await page.locator('#param-momentum').inputValue()).toBe('5');
  // Fewer sites by the slider move them along, where the task refused them and the figures stayed as they were.
  await setControl(page, 'sites', '4');
  await settled(page);
  expect(await page.locator('#problems p').allTextContents()).toEqual([
    '“up=99”: expected at most 6, beside the other parameters. The nearest, 6, is shown.',
    '“momentum=9”: expected at most 5, beside the other parameters. The nearest, 5, is shown.',
    '“Up spins 6”: expected at most 4, beside the other parameters. The nearest, 4, is shown.',
    '“Momentum k 5”: expected at most 3, beside the other parameters. The nearest, 3, is shown.',
  ]);
  expect(await page.locator('#param-up').inputValue()).toBe('4');
  expect(await page.locator('#param-momentum').inputValue()).toBe('3');
  // Once something else is changed, that has been said.
  await setControl(page, 'up', '2');
  await settled(page);
  expect(await page.locator('#problems p').count()).toBe(2);
  await open('?view=solvers&n=many');
  await page.waitForSelector('#problems:not([hidden])');
  expect(await problems()).toContain('The default is shown.');
  // Of a long name the beginning is quoted, and each sentence has its end.
  await open(`?view=chain&${'a'.repeat(3000)}=1`);
  await page.waitForSelector('#problems:not([hidden])');
  expect(await problems()).toMatch(/^“a{200}…” is not a parameter of this view/);
  await open('?view=hamiltonian&sites=4&terms=zz*1@0');
  await page.waitForSelector('#problems:not([hidden])');
  expect(await problems()).toMatch(/got 1\. The default is shown\.$/);
});
