import { writeFile } from 'node:fs/promises';
import { AUDITOR } from '../auditor.ts';
import { CannotBeDone, type CommandLine } from '../command-line.ts';
import { withDeployment } from '../deployment/index.ts';

/** The evidence of one access, which anyone can check. */
export function evidence(line: CommandLine) {
  return line
    .command('evidence', {
      summary: 'whether, when and by whose decision an account had access, as a file to check offline',
      description:
        'Makes the evidence of GET /v1/audit/evidence: whether, when and by whose decision an account had access to an ' +
        'installation, with everything that it takes to check that offline.',
      examples: {
        'audit evidence --account 0190… --installation 0191… --file access.json':
          'Write it to a file, for node libs/evidence/verify.mjs access.json, and print its statement:',
      },
    })
    .requiredOption('--account <id>', 'whose access')
    .requiredOption('--installation <id>', 'to which installation')
    .requiredOption('--file <file>', 'where to write it; there must be nothing of that name')
    .action(
      line.answering(({ account, installation, file }) =>
        withDeployment(line, async ({ recorded, stored }) => {
          const { GetEvidence, GetEvidenceHandler } = await import('#application');
          const query = new GetEvidence(AUDITOR, installation, account);
          const pack = await new GetEvidenceHandler(recorded, stored).execute(query);
          // Exactly as the API answers: verification depends on every byte.
          await written(file, JSON.stringify(pack));
          const { statement } = pack;
          return { data: { file, statement }, text: `${statement.words}\nThe evidence is in ${file}.` };
        }),
      ),
    );
}

async function written(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    throw new CannotBeDone(`It cannot be written: ${(error as Error).message}.`, { cause: error });
  }
}
