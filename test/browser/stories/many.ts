import { describe, expect, it } from '@jest/globals';
import { report } from '../budgets.ts';
import type { Stage } from '../stage.ts';
import { askFor } from './asking.ts';

const MACHINES = 12_000;
const PER_LOCATION = 40;
const PER_CUSTOMER = 400;

/** From an interaction until the next paint shows what it did. Milliseconds. */
const NEXT_PAINT = 200;
/** So many rows are there at once at most, however many there are to pick from. */
const ROWS = 80;

const HEADER =
  'customer_name;location_name;location_street;location_city;reference;brand;refrigerant;charge_kg';

/** What the browser itself measures of each interaction. */
const OBSERVED = `window.slowest = 0;
new PerformanceObserver((list) => {
  for (const { interactionId, duration } of list.getEntries())
    if (interactionId > 0) window.slowest = Math.max(window.slowest, duration);
}).observe({ type: 'event', durationThreshold: 16, buffered: true });`;

/** What an administrator of very many machines works with. */
export function manyStories(stage: () => Stage): void {
  describe('among twelve thousand machines', () => {
    it('what is given is picked without delay, of rows of which only those in sight are there', async () => {
      const owner = await stage().api('Fjordkøl');
      await imported(owner);
      const id = await askFor(await stage().api('Tunnbro'), 'Fjordkøl', 'Alt', 'installation');
      const visitor = await stage().visit('Fjordkøl');
      const { page } = visitor;
      await visitor.goto(`/shares/${id}/evaluate?step=select&level=installation`);
      await page.evaluate(OBSERVED);
      const checkboxes = page.getByRole('checkbox');
      await page.getByRole('button', { name: /^Select all 1\d,\d{3}$/ }).waitFor();
      for (const row of [0, 3, 6]) await checkboxes.nth(row).click();
      await page.getByRole('heading', { name: '3 picked' }).waitFor();
      await page.getByRole('searchbox').pressSequentially('kar-04');
      await page.getByRole('button', { name: 'Select all 1,000 that match' }).click();
      await page.getByRole('heading', { name: /^1,00\d picked$/ }).waitFor();
      for (const row of [1, 4]) await checkboxes.nth(row).click();
      await page.mouse.move(400, 500);
      for (let turn = 0; turn < 20; turn += 1) await page.mouse.wheel(0, 1_500);
      await page
        .getByRole('checkbox', { name: /^KAR-04[1-9]/ })
        .first()
        .waitFor();
      await checkboxes.nth(10).click();
      await page.evaluate('window.scrollTo(0, 0)');
      await page.getByRole('checkbox', { name: /^KAR-04000/ }).waitFor();
      await visitor.screenshot('evaluate-select-many.light');
      expect(await checkboxes.count()).toBeLessThan(ROWS);
      const slowest = await page.evaluate<number>('window.slowest');
      report('interaction to next paint, 12,000 machines', `${slowest} ms`, `${NEXT_PAINT} ms`);
      expect(slowest).toBeGreaterThan(0);
      await visitor.goto('/catalogue?show=installations');
      await visitor.screenshot('catalogue-installations-many.light');
    });
  });
}

/** All of them brought in by a file, as they would be. */
async function imported(owner: Awaited<ReturnType<Stage['api']>>): Promise<void> {
  const rows = Array.from({ length: MACHINES }, (_, index) => {
    const customer = `Karré ${Math.floor(index / PER_CUSTOMER) + 1}`;
    const location = `Hal ${Math.floor(index / PER_LOCATION) + 1}`;
    const reference = `KAR-${String(index).padStart(5, '0')}`;
    return `${customer};${location};Havnegade ${index};Kolding;${reference};Bitzer;R-449A;12`;
  });
  const started = await owner.post('/v1/catalogue/imports', {
    body: [HEADER, ...rows].join('\n'),
    headers: { 'content-type': 'text/csv' },
  });
  const id = 'id' in started ? started.id : '';
  for (;;) {
    const { status, imported } = await owner.get('/v1/catalogue/imports/{id}', { params: { path: { id } } });
    if (status !== 'running') {
      expect({ status, imported }).toEqual({ status: 'completed', imported: MACHINES });
      return;
    }
    await new Promise((resume) => setTimeout(resume, 100));
  }
}
