import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { Tessera } from '#client';
import { RunningService } from '../acceptance/service.ts';
import { startChromium } from './chromium.ts';

/** For whoever looks at them; git ignores it. */
export const SCREENSHOTS = fileURLToPath(new URL('../../coverage/screens/', import.meta.url));

const AXE = readFileSync(
  fileURLToPath(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url)),
  'utf8',
);

// What is run in the page.

const SIDEWAYS = 'document.documentElement.scrollWidth - window.innerWidth';
const HAS_AXE = `'axe' in window`;
const violationsOf = (runOnly: object) => `axe
  .run(document, { runOnly: ${JSON.stringify(runOnly)}, resultTypes: ['violations'] })
  .then(({ violations }) => violations)`;
const VIOLATIONS = violationsOf({
  type: 'tag',
  values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
});
/** Those of its rules that look at colours. */
const VIOLATIONS_OF_COLOUR = violationsOf({ type: 'rule', values: ['color-contrast', 'link-in-text-block'] });

/** Only once: who signs out is signed out. */
const signedIn = (session: string) => `if (location.protocol === 'http:' && window.name !== 'signed in') {
  window.name = 'signed in';
  sessionStorage.setItem('tessera.session', ${JSON.stringify(session)});
}`;

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

export const DESK = { width: 1280, height: 860 };
export const PHONE = { width: 360, height: 740 };

type Role = 'technician' | 'manager' | 'administrator';

interface DemoAccount {
  readonly id: string;
  readonly name: string;
  readonly waiting: { readonly toEvaluate: number };
}

/** What the stories of the console share: one service with the demo world, and one browser. */
export class Stage {
  /** Those of the story that is told. */
  readonly #visitors: Visitor[] = [];
  /** Whose browsers are used again, so that they have its files already: by whom they are signed in as. */
  readonly #idle = new Map<string, BrowserContext[]>();

  private constructor(
    readonly service: RunningService,
    readonly browser: Browser,
    private readonly accounts: readonly DemoAccount[],
  ) {}

  static async start(): Promise<Stage> {
    const [service, browser] = await Promise.all([RunningService.start({ DEMO: 'on' }), startChromium()]);
    return new Stage(service, browser, await demoWorldAt(service.url));
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.service.dispose();
  }

  /** A company of the demo world. @param name a part of it */
  account(name: string): DemoAccount {
    const found = this.accounts.find((account) => account.name.includes(name));
    if (found === undefined) throw new Error(`There is no ${name} in the demo world.`);
    return found;
  }

  /** The API, as someone of that company. */
  async api(name: string, role: Role = 'administrator'): Promise<Tessera> {
    return new Tessera({ url: this.service.url, token: await this.#token(name, role) });
  }

  /**
   * Someone of that company, signed in, in a browser of their own until the story ends; nobody: whoever has not signed in.
   * @param isNew whether it has none of the console's files yet
   */
  async visit(name?: string, { role = 'administrator' as Role, isNew = false } = {}): Promise<Visitor> {
    const visitor = await this.enter(name, role, isNew);
    this.#visitors.push(visitor);
    return visitor;
  }

  /** The same, until they are let go. */
  async enter(name?: string, role: Role = 'administrator', isNew = false): Promise<Visitor> {
    const idle = isNew ? undefined : this.#idle.get(keyOf(name, role))?.pop();
    const context = idle ?? (await this.#contextOf(name, role));
    return new Visitor(context, await context.newPage(), keyOf(name, role));
  }

  /** @returns what went wrong unnoticed by whoever looked at it */
  async letGo({ context, page, faults, key }: Visitor): Promise<readonly string[]> {
    await page.evaluate('localStorage.clear()').catch(() => undefined);
    await Promise.all(context.pages().map((page) => page.close()));
    this.#idle.set(key, [...(this.#idle.get(key) ?? []), context]);
    return faults;
  }

  /** Lets go of everybody. @returns what went wrong in one of their browsers, unnoticed by whoever looked at it */
  async leave(): Promise<readonly string[]> {
    const leaving = this.#visitors.splice(0);
    return (await Promise.all(leaving.map((visitor) => this.letGo(visitor)))).flat();
  }

  async #contextOf(name: string | undefined, role: Role): Promise<BrowserContext> {
    const context = await newContext(this.browser, this.service.url);
    if (name === undefined) return context;
    const { id, name: fullName } = this.account(name);
    const account = { id, name: fullName };
    const session = { token: await this.#token(name, role), account, roles: [role] };
    await context.addInitScript({ content: signedIn(JSON.stringify(session)) });
    return context;
  }

  #token(name: string, role: Role): Promise<string> {
    return tokenAt(this.service.url, this.account(name).id, role);
  }
}

/** The browser of one person. */
export class Visitor {
  /** Errors on the console, among them violations of the content security policy, and those that nobody caught. */
  readonly faults: string[] = [];

  /** Opens a browser of their own, in which nothing is shown yet. */
  static async enter(browser: Browser, baseURL: string): Promise<Visitor> {
    const context = await newContext(browser, baseURL);
    return new Visitor(context, await context.newPage());
  }

  constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    /** Whom the browser is signed in as. */
    readonly key = '',
  ) {
    page.on('console', (message) => {
      // That the service refused something is shown, where it matters, and tested there; what a view of a busy machine
      // does not show yet is asked for again.
      const isRefusal = /^Failed to load resource: .* status of (?:4|503)/.test(message.text());
      if (message.type() === 'error' && !isRefusal) this.faults.push(`${page.url()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.faults.push(`${page.url()}: ${error.stack}`));
  }

  /** Clicks since it was last asked. */
  #clicks = 0;

  /** Clicks on something, and counts it. */
  async click(target: Locator): Promise<void> {
    this.#clicks += 1;
    await target.click();
  }

  takeClicks(): number {
    const clicks = this.#clicks;
    this.#clicks = 0;
    return clicks;
  }

  /** Goes on to what can be reached by the key alone, and stays there. */
  async tabTo(target: Locator): Promise<void> {
    await target.waitFor();
    const focused = target.and(this.page.locator(':focus'));
    for (let key = 0; key < MOST_KEYS; key += 1) {
      if ((await focused.count()) > 0) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`${target} is not reached by the keyboard.`);
  }

  /** What is done while the service cannot be reached. */
  async offline(act: () => Promise<void>): Promise<void> {
    await this.context.setOffline(true);
    await act().finally(() => this.context.setOffline(false));
    // The browser's own words for what was tried meanwhile.
    const others = this.faults.filter((fault) => !fault.includes('ERR_INTERNET_DISCONNECTED'));
    this.faults.splice(0, this.faults.length, ...others);
  }

  /** Goes to a screen, and waits until it shows what it is for. */
  async goto(path: string): Promise<void> {
    await this.page.goto(path);
    await this.settled();
  }

  /** Waits until nothing on the screen is only its skeleton. */
  async settled(): Promise<void> {
    await this.page.locator('h1').first().waitFor();
    await this.page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
  }

  /** What WCAG 2.2 AA forbids of what is shown. @param of where nothing but the colours is another since it was asked */
  async violations(of?: 'colours'): Promise<readonly string[]> {
    if (!(await this.page.evaluate(HAS_AXE))) await this.page.evaluate(AXE);
    const rules = of === 'colours' ? VIOLATIONS_OF_COLOUR : VIOLATIONS;
    const violations = await this.page.evaluate<readonly Violation[]>(rules);
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} — ${failureSummary}`),
    );
  }

  /** Shows everything in other colours, as it is. */
  async showIn(colorScheme: 'light' | 'dark'): Promise<void> {
    await this.page.emulateMedia({ colorScheme });
    await this.page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
  }

  /** By how many pixels the page is wider than the window, once what floats over it has found its place. */
  async sideways(): Promise<number> {
    const deadline = Date.now() + TIMEOUT_MS;
    for (;;) {
      const by = await this.page.evaluate<number>(SIDEWAYS);
      if (by <= 0 || Date.now() > deadline) return by;
      await new Promise((resume) => setTimeout(resume, POLL_MS));
    }
  }

  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: `${SCREENSHOTS}${name}.png`, animations: 'disabled' });
  }
}

function keyOf(name: string | undefined, role: Role): string {
  return name === undefined ? '' : `${role} of ${name}`;
}

async function newContext(browser: Browser, baseURL: string): Promise<BrowserContext> {
  const context = await browser.newContext({
    ...{ baseURL, locale: 'en-GB', viewport: DESK },
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(TIMEOUT_MS);
  return context;
}

const MOST_KEYS = 100;

const POLL_MS = 50;
const WORLD_POLL_MS = 500;
/** For one thing to appear; only what hangs is meant. */
const TIMEOUT_MS = 60_000;

async function tokenAt(url: string, account: string, role: Role): Promise<string> {
  const response = await fetch(`${url}/dev/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account, roles: [role] }),
  });
  return ((await response.json()) as { readonly token: string }).token;
}

/** The accounts, once the demo world is complete: its last request waits for its provider. */
async function demoWorldAt(url: string): Promise<readonly DemoAccount[]> {
  const last = { q: 'Zomercheck', status: 'to-evaluate' } as const;
  for (;;) {
    const response = await fetch(`${url}/dev/accounts`);
    const { items } = (await response.json()) as { readonly items: readonly DemoAccount[] };
    const owner = items.find(({ name }) => name.startsWith('Noordlicht'));
    // It decides on others before, in the past that is being told.
    if (owner !== undefined && owner.waiting.toEvaluate > 0) {
      const api = new Tessera({ url, token: await tokenAt(url, owner.id, 'administrator') });
      if ((await api.get('/v1/shares', { params: { query: last } })).items.length > 0) return items;
    }
    // What is asked costs what makes that world its time.
    await new Promise((resume) => setTimeout(resume, WORLD_POLL_MS));
  }
}
