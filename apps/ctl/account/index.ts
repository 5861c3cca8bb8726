import { userInfo } from 'node:os';
import { Option } from '@commander-js/extra-typings';
import { newId } from '#application/core';
import { publicCommand } from '#contracts/commands';
import { type CommandLine, WrongUsage } from '../command-line.ts';
import { withDeployment } from '../deployment/index.ts';
import { record } from '../table.ts';

/** The accounts of the platform. */
export function accountCommands(line: CommandLine) {
  return line.group('account', 'the accounts of the platform', [open(line)]);
}

function open(line: CommandLine) {
  const example =
    "account open --name 'Koel Noord' --vat-number NL001 --street 'Kade 5' --postal-code '1011 CD' --city Amsterdam --country NL";
  return line
    .command('open', {
      summary: 'open the account of a company',
      description:
        'Opens the account of a company. Repeated with the same --id and the same details it changes nothing.',
      examples: { [example]: 'Open an account, and print its id:' },
    })
    .requiredOption('--name <name>', 'of the account')
    .addOption(
      new Option('--kind <kind>', 'service: the whole platform; connect: only shares')
        .choices(['service', 'connect'] as const)
        .default('service' as const),
    )
    .option('--id <uuid>', 'of the account; a new one unless given')
    .option('--company <name>', "the company's name, if it is not that of the account")
    .requiredOption('--vat-number <number>')
    .requiredOption('--street <street>', 'with the number of the house')
    .requiredOption('--postal-code <code>')
    .requiredOption('--city <city>')
    .requiredOption('--country <country>')
    .option('--certificate-number <number>')
    .action(
      line.answering(({ id: accountId = newId(), kind, name, company = name, ...details }) => {
        const { vatNumber, street, postalCode, city, country, certificateNumber } = details;
        const data = {
          accountId,
          kind,
          name,
          company: { name: company, vatNumber, street, postalCode, city, country, certificateNumber },
        };
        const issues = publicCommand('RegisterAccount')?.validate(data) ?? [];
        if (issues.length > 0) {
          throw new WrongUsage(issues.map(({ detail }) => detail).join(' '));
        }
        return withDeployment(line, async ({ operations }) => {
          const actor = {
            account: '',
            user: `operator:${userInfo().username}`,
            roles: ['operator'] as const,
          };
          const { position } = await operations.send({ id: newId(), type: 'RegisterAccount', data, actor });
          const opened = { id: accountId, kind, name };
          return { data: { ...opened, position }, text: record(opened) };
        });
      }),
    );
}
