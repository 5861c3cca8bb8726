import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const path = (below: string) => fileURLToPath(new URL(`../../${below}`, import.meta.url));

/** What Lingui's own check says of the texts of the console. */
function check(...options: readonly string[]): { readonly passes: boolean; readonly says: string } {
  const args = [path('node_modules/@lingui/cli/dist/lingui.js'), 'check', ...options];
  const config = ['--config', path('apps/console/lingui.config.mjs'), '--workers', '1', '--verbose'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...args, ...config], { encoding: 'utf8' });
  return { passes: status === 0, says: stdout + stderr };
}

describe('the texts of the console', () => {
  it('are those that the screens use: none is lacking, and none is left over (npm run texts)', () => {
    expect(check('sync', '--clean')).toMatchObject({ passes: true });
  });

  it('are there in every language', () => {
    expect(check('missing')).toMatchObject({ passes: true });
  });
});
