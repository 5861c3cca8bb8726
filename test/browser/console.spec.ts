// What people see, in a real browser: every screen as it looks, and the stories of those who use them.
import { mkdirSync, rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { measureHome } from './budgets.ts';
import { LOOKS } from './screens.ts';
import { PHONE, SCREENSHOTS, Stage } from './stage.ts';
import { auditingStories } from './stories/auditing.ts';
import { catalogueStories } from './stories/catalogue.ts';
import { extremeStories } from './stories/extremes.ts';
import { flowStories } from './stories/flows.ts';
import { frameStories } from './stories/frame.ts';
import { manyStories } from './stories/many.ts';
import { paletteStories } from './stories/palette.ts';
import { platformStories } from './stories/platform.ts';
import { revokingStories } from './stories/revoking.ts';
import { settingsStories } from './stories/settings.ts';
import { sharingStories } from './stories/sharing.ts';
import { takingOverStories } from './stories/taking-over.ts';

let stage: Stage;

beforeAll(async () => {
  rmSync(SCREENSHOTS, { recursive: true, force: true });
  mkdirSync(SCREENSHOTS, { recursive: true });
  stage = await Stage.start();
});

afterAll(() => stage.close());

afterEach(async () => {
  expect(await stage.leave()).toEqual([]);
});

describe('each screen', () => {
  // Looked at side by side: most of the time is spent waiting for the browser.
  it.concurrent.each(LOOKS)(
    '$name can be read by everyone, in light and dark, and on a phone',
    async ({ name, as, path, after }) => {
      const visitor = await stage.enter(as);
      const { page } = visitor;
      await visitor.goto(typeof path === 'string' ? path : await path(stage));
      await after?.(visitor);
      expect(await visitor.violations()).toEqual([]);
      await visitor.screenshot(`${name}.light`);
      await visitor.showIn('dark');
      expect(await visitor.violations('colours')).toEqual([]);
      await visitor.screenshot(`${name}.dark`);
      await visitor.showIn('light');
      await page.setViewportSize(PHONE);
      expect(await visitor.sideways()).toBeLessThanOrEqual(0);
      await visitor.screenshot(`${name}.phone`);
      expect(await stage.letGo(visitor)).toEqual([]);
    },
  );
});

describe('budgets', () => {
  it('are kept by home', () => measureHome(stage));
});

frameStories(() => stage);
sharingStories(() => stage);
catalogueStories(() => stage);
takingOverStories(() => stage);
revokingStories(() => stage);
settingsStories(() => stage);
auditingStories(() => stage);
platformStories(() => stage);
paletteStories(() => stage);
extremeStories(() => stage);
flowStories(() => stage);
manyStories(() => stage);
