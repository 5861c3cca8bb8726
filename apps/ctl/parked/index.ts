import { WEBHOOKS } from '#webhooks';
import { type Answer, CannotBeDone, type CommandLine } from '../command-line.ts';
import { type ReportedPark, reportParked, requireFollower } from '../deployment/followers.ts';
import { type Deployment, withDeployment } from '../deployment/index.ts';
import { record, table } from '../table.ts';

/** Parked streams: an event that could not be handled, and the later events that wait. */
export function parkedCommands(line: CommandLine) {
  return line.group('parked', 'events that a view or process could not handle, and later ones that wait', [
    list(line),
    show(line),
    retry(line),
    skip(line),
  ]);
}

function list(line: CommandLine) {
  return line
    .command('list', {
      summary: 'list the parked streams',
      examples: { 'parked list': 'See what is parked, and why:' },
    })
    .action(
      line.answering(() =>
        withDeployment(line, async (deployment) => {
          const parked = await reportParked(deployment);
          const head = ['follower', 'stream', 'event', 'parked at', 'waiting', 'reason'];
          const rows = parked.map(({ follower, stream, event, parkedAt, waiting, reason }) => [
            ...[follower, stream, event.type, parkedAt, waiting, reason],
          ]);
          const text = parked.length === 0 ? 'Nothing is parked.' : table(head, rows);
          return { data: parked, text };
        }),
      ),
    );
}

function show(line: CommandLine) {
  return line
    .command('show', {
      summary: 'show one parked stream',
      examples: { 'parked show shares share-0190…': 'See which event of it could not be handled:' },
    })
    .argument('<follower>')
    .argument('<stream>')
    .action(
      line.answering((follower, stream) => {
        requireFollower(follower);
        return withDeployment(line, async (deployment) => {
          const parked = await requireParked(deployment, follower, stream);
          const { event, reason, attempts, parkedAt, waiting } = parked;
          const fields = {
            follower,
            stream,
            event: event.id,
            type: event.type,
            'revision in the stream': event.revision,
            'position in the log': event.position,
            attempts,
            'parked at': parkedAt,
            'events waiting behind it': waiting,
            reason,
          };
          return { data: parked, text: record(fields) };
        });
      }),
    );
}

function retry(line: CommandLine) {
  return line
    .command('retry', {
      summary: 'try a parked stream again, from the event it is parked on',
      examples: { 'parked retry shares share-0190…': 'After a release that can handle the event:' },
    })
    .argument('<follower>')
    .argument('<stream>')
    .action(
      line.answering((follower, stream) => {
        requireFollower(follower);
        return withDeployment(line, async (deployment) => {
          await requireParked(deployment, follower, stream);
          requireOwner(deployment, follower);
          const free = await deployment.operations.retryParked({ follower, stream });
          return outcome(deployment, follower, stream, free);
        });
      }),
    );
}

function skip(line: CommandLine) {
  return line
    .command('skip', {
      summary: 'skip the event a stream is parked on, and continue with later ones',
      description:
        'Skips the event a stream is parked on: the view or process never handles it. The log keeps it; a view has it again when it is rebuilt by a release that can handle it.',
      examples: { 'parked skip shares share-0190… --event 0190…': 'As `parked show` names the event:' },
    })
    .argument('<follower>')
    .argument('<stream>')
    .requiredOption('--event <id>', 'the id of that event: another one is not skipped')
    .action(
      line.answering((follower, stream, { event }) => {
        requireFollower(follower);
        return withDeployment(line, async (deployment) => {
          await requireParked(deployment, follower, stream);
          requireOwner(deployment, follower);
          const skipped = await deployment.operations.skipParked({ follower, stream, event });
          if (skipped === 'not-parked-on-it') {
            throw new CannotBeDone(`${stream} is parked on another event: see tessera-ctl parked show.`);
          }
          return outcome(deployment, follower, stream, skipped === 'free');
        });
      }),
    );
}

/** Running the deliveries of webhooks would send what is due: that is left to services and workers. */
function requireOwner({ kind }: Deployment, follower: string): void {
  if (follower !== WEBHOOKS || kind === 'running') return;
  const fix =
    kind === 'stopped' ? 'start the service first' : 'ask the worker that makes them, by POST /retry';
  throw new CannotBeDone(`${follower} is run by services and workers only: ${fix}.`);
}

async function outcome(
  deployment: Deployment,
  follower: string,
  stream: string,
  free: boolean,
): Promise<Answer> {
  const data = { follower, stream, parked: !free };
  if (free) return { data, text: `Nothing of ${stream} is parked any more for ${follower}.` };
  const { event, reason } = await requireParked(deployment, follower, stream);
  const text = `${stream} is still parked, on event ${event.revision} (${event.type} ${event.id}): ${reason}`;
  return { data, text, foundWrong: true };
}

async function requireParked(
  deployment: Deployment,
  follower: string,
  stream: string,
): Promise<ReportedPark> {
  const all = await reportParked(deployment);
  const found = all.find((parked) => parked.follower === follower && parked.stream === stream);
  if (found) return found;
  throw new CannotBeDone(`${follower} has not parked ${stream}: tessera-ctl parked list shows what is.`);
}
