// The explorer as its users get it: `emft explore` in a process of its own, and headless Chromium.
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

/** Runs `emft explore` on a free port; the promise resolves when it has printed its address, which ends in "/". */
export async function explore(): Promise<{ origin: string; close(): void }> {
  const main = fileURLToPath(new URL('../../../cli/dist/main.js', import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [main, 'explore', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const origin = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (text) => resolve(String(text).trim()));
    child.once('exit', (code) => reject(new Error(`emft explore ended with status ${code}`)));
  });
  return { origin, close: () => void child.kill() };
}

/** Presses Run in a view that computes only then. */
export async function computing(page: Page): Promise<void> {
  await page.waitForSelector('.controls [name]');
  const button = page.locator('#run');
  if (await button.isVisible()) await button.click();
}

/** Looking at every frame, as is usual, would make the page draw without end. */
export const POLLING = { polling: 50 };

/** Waits until figures are drawn and nothing is being computed. */
export async function settled(page: Page): Promise<void> {
  await page.waitForSelector('#figures figure svg', { timeout: 30_000 });
  await page.waitForFunction(() => !document.querySelector('#figures[aria-busy], progress'), null, {
    timeout: 60_000,
    ...POLLING,
  });
}

/** Sets a control as its user would, by its name in the URL. */
export async function setControl(page: Page, key: string, value: string): Promise<void> {
  await page.evaluate(
    ([key, value]) => {
      const input = document.getElementById(`param-${key}`) as HTMLInputElement;
      input.value = value;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    },
    [key, value],
  );
}

/** The CSV that a figure's button saves, as columns of text. */
export async function csvOf(page: Page, figure: string): Promise<Record<string, string[]>> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator(`#figure-${figure} button`, { hasText: 'CSV' }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  const [names, ...rows] = Buffer.concat(chunks)
    .toString()
    .trimEnd()
    .split('\n')
    // The first line says what the numbers are of.
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.split(','));
  return Object.fromEntries(names.map((name, i) => [name, rows.map((row) => row[i])]));
}

/** Drops a file on the page. */
export async function dropFile(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  await page.evaluate(
    ([name, bytes]) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(bytes)], name));
      document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, dataTransfer: data }));
    },
    [name, [...bytes]] as const,
  );
}
