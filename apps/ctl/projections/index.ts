import type { CommandLine } from '../command-line.ts';
import { CannotBeDone } from '../command-line.ts';
import { reportFollowers, requireProjection } from '../deployment/followers.ts';
import { withDeployment } from '../deployment/index.ts';
import { table } from '../table.ts';

/** Views, which are built from the log, and the processes. */
export function projectionCommands(line: CommandLine) {
  return line.group('projections', 'the views: their progress, and rebuilding them', [
    list(line),
    rebuild(line),
    swap(line),
  ]);
}

function list(line: CommandLine) {
  return line
    .command('list', {
      summary: 'list the views and the processes, and how far each is',
      examples: { 'projections list': 'See what is behind:' },
    })
    .action(
      line.answering(() =>
        withDeployment(line, async (deployment) => {
          const followers = await reportFollowers(deployment);
          const head = ['projection', 'version', 'read', 'state', 'position', 'lag', 'parked', 'owner'];
          const rows = followers.map(({ follower, version, read, state, ...figures }) => [
            ...[follower, version === undefined ? undefined : `v${version}`, read ? 'yes' : 'no', state],
            ...[figures.position, figures.lag, figures.parkedStreams, figures.owner],
          ]);
          return { data: followers, text: table(head, rows) };
        }),
      ),
    );
}

function rebuild(line: CommandLine) {
  return line
    .command('rebuild', {
      summary: 'remove the documents of a view, and rebuild it',
      description:
        'Removes the documents of a view, and rebuilds it from the start of the log. Until then requests that need it are answered 503.',
      examples: { 'projections rebuild shares': 'Rebuild the view of shares:' },
    })
    .argument('<projection>')
    .action(
      line.answering((projection) => {
        requireProjection(projection);
        return withDeployment(line, async ({ operations, kind }) => {
          await operations.rebuild(projection);
          const next = kind === 'stopped' ? 'It continues at the next start.' : 'It is being built.';
          return { data: { projection }, text: `The documents of ${projection} were removed. ${next}` };
        });
      }),
    );
}

function swap(line: CommandLine) {
  return line
    .command('swap', {
      summary: 'read the new version of a view before it has reached the end of the log',
      description:
        'A new version of a view is read once it has reached the end of the log. This lets it be read as soon as it has passed what the former version shows, as where no worker keeps that one up any more.',
      examples: { 'projections swap shares': 'Do not wait for the rest of the log:' },
    })
    .argument('<projection>')
    .action(
      line.answering((projection) => {
        requireProjection(projection);
        return withDeployment(line, async ({ operations }) => {
          switch (await operations.swap(projection)) {
            case 'swapped':
              return {
                data: { projection, swapped: true },
                text: `The version of ${projection} of this release is read.`,
              };
            case 'behind':
              throw new CannotBeDone(
                `The new version of ${projection} shows less than the one that is read: wait until it has passed it.`,
              );
            case 'not-started':
              throw new CannotBeDone(
                `No worker has started to build this release's version of ${projection}.`,
              );
          }
        });
      }),
    );
}
