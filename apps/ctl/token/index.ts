import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidArgumentError } from '@commander-js/extra-typings';
import type { Role } from '#domain/kernel';
import { isRole } from '../../api/auth/claims.ts';
import { DevelopmentTokens } from '../../api/auth/tokens.ts';
import { readConfig } from '../../api/config.ts';
import { Secret } from '../../secret.ts';
import { CannotBeDone, type CommandLine } from '../command-line.ts';

/** Development sign-in without a running service. */
export function token(line: CommandLine) {
  return line
    .command('token', {
      summary: 'make a token for development sign-in',
      description:
        'Makes a bearer token for twelve hours, as /dev/sign-in does, signed with the secret of the deployment. Only where AUTH=development.',
      examples: {
        'token --account 0190… --role administrator': 'Act as an administrator of that account:',
        'token --role operator': 'Act as an operator of the platform:',
      },
    })
    .option('--account <id>', 'the account it speaks for', '')
    .requiredOption(
      '--role <role...>',
      'technician, manager, administrator, auditor, operator or service',
      roles,
    )
    .action(
      line.answering(async ({ account, role }) => {
        const { authentication, stores, dataDir } = readConfig(line.env, false);
        if (authentication.mode !== 'development') {
          throw new CannotBeDone(
            'Tokens come from the OpenID provider: this command is for development sign-in only.',
          );
        }
        if (stores === undefined && !existsSync(join(dataDir, 'secret.key'))) {
          throw new CannotBeDone(
            `There is no secret.key in ${dataDir}: start the service once, or name its DATA_DIR.`,
          );
        }
        const secret = stores?.secret ?? Secret.in(dataDir);
        const tokens = new DevelopmentTokens(secret.keyFor('development-tokens'));
        const made = await tokens.sign({ account, user: `dev:${role.join('+')}`, roles: role });
        return { data: { token: made, account, roles: role }, text: made };
      }),
    );
}

function roles(text: string, before: readonly Role[] | undefined): readonly Role[] {
  if (!isRole(text)) throw new InvalidArgumentError('There is no such role.');
  return [...(before ?? []), text];
}
