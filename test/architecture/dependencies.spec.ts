import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}

const CONFIG = fileURLToPath(new URL('./dependency-cruiser.cjs', import.meta.url));
const TOOL = fileURLToPath(
  new URL('../../node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', import.meta.url),
);
const ROOT = new URL('../../', import.meta.url);
const FIXTURES = new URL('./fixtures/', import.meta.url);

const rules: string[] = createRequire(import.meta.url)(CONFIG).forbidden.map(
  (rule: { name: string }) => rule.name,
);

/** What the tool finds below `folder`: every forbidden dependency, and how many files it has read. */
async function cruise(folder: URL) {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [TOOL, '--config', CONFIG, '--output-type', 'json', '{apps,libs,projections,test}/**/*.{ts,tsx}'],
    { cwd: folder, maxBuffer: 1 << 28 },
  ).catch((failed: { stdout?: string }) => {
    // The tool ends with the number of violations; what it says of them is on stdout all the same.
    if (!failed.stdout) throw failed;
    return { stdout: failed.stdout };
  });
  const { violations, totalCruised } = JSON.parse(stdout).summary;
  return { violations: violations as Violation[], files: totalCruised as number };
}

const described = ({ rule, from, to }: Violation) => `${rule.name}: ${from} → ${to}`;

describe('the dependency rules between folders', () => {
  it('are kept', async () => {
    const { violations, files } = await cruise(ROOT);
    expect(violations.map(described)).toEqual([]);
    expect(files).toBeGreaterThan(10);
  });

  describe('report each violation', () => {
    let violations: Violation[];
    beforeAll(async () => {
      ({ violations } = await cruise(FIXTURES));
    });

    it.each(rules)('%s is reported', (rule) => {
      expect(violations.map((violation) => violation.rule.name)).toContain(rule);
    });

    it('nothing that is allowed is reported', () => {
      const reported = violations.map((violation) => `${violation.from} → ${violation.to}`);
      expect(reported).not.toContain('libs/event-store/sqlite/index.ts → libs/event-store/sqlite/table.ts');
      expect(reported).not.toContain('apps/api/main.ts → libs/view-store/sqlite/index.ts');
      expect(reported).not.toContain('test/allowed.spec.ts → libs/event-store/sqlite/index.ts');
      expect(violations.map((violation) => violation.from)).not.toContain('apps/api/talking.ts');
    });
  });
});
