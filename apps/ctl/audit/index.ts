import { newSignerKey } from '#evidence';
import { newOrigin } from '../../sealing.ts';
import { type CommandLine, WrongUsage } from '../command-line.ts';
import { evidence } from './evidence.ts';
import { exportHistory } from './export.ts';
import { verify } from './verify.ts';

/** For operators and auditors of the log. */
export function audit(line: CommandLine) {
  return line.group('audit', 'the history, and the log that it is sealed in', [
    verify(line),
    exportHistory(line),
    evidence(line),
    newKey(line),
  ]);
}

function newKey(line: CommandLine) {
  return line
    .command('new-key', {
      summary: 'make a private key to seal the log with',
      description:
        'Makes a private key to seal the log with. Keys that follow each other for one log all have its name.',
      examples: { 'audit new-key --name tessera.example': 'Make a key of the log called tessera.example:' },
    })
    .option('--name <name>', 'of the log; a new one by default')
    .action(
      line.answering(async ({ name = newOrigin() }) => {
        try {
          const key = newSignerKey(name);
          return { data: { key }, text: key };
        } catch (error) {
          if (error instanceof RangeError) throw new WrongUsage(error.message);
          throw error;
        }
      }),
    );
}
