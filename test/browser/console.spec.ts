// What people see, in a real browser: every screen as it looks, and the stories of those who use them.
import { mkdirSync, rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { measureHome } from './budgets.ts';
import { LOOKS } from './screens.ts';
import { DESK, PHONE, SCREENSHOTS, Stage } from './stage.ts';
import { auditingStories } from './stories/auditing.ts';
import { catalogueStories } from './stories/catalogue.ts';
import { flowStories } from './stories/flows.ts';
import { frameStories } from './stories/frame.ts';
import { manyStories } from './stories/many.ts';
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
  it.each(LOOKS)(
    '$name can be read by everyone, in light and dark, and on a phone',
    async ({ name, as, path, after }) => {
      const visitor = await stage.visit(as);
      await visitor.goto(typeof path === 'string' ? path : await path(stage));
      await after?.(visitor);
      for (const colorScheme of ['light', 'dark'] as const) {
        await visitor.page.emulateMedia({ colorScheme });
        expect(await visitor.violations()).toEqual([]);
        await visitor.screenshot(`${name}.${colorScheme}`);
      }
      await visitor.page.emulateMedia({ colorScheme: 'light' });
      await visitor.page.setViewportSize(PHONE);
      expect(await visitor.sideways()).toBeLessThanOrEqual(0);
      await visitor.screenshot(`${name}.phone`);
      await visitor.page.setViewportSize(DESK);
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
flowStories(() => stage);
manyStories(() => stage);
