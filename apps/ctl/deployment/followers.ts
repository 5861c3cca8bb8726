import { START } from '#event-store';
import { PROCESSES } from '#processes';
import { projections } from '#projections';
import { SEAL } from '#seal';
import {
  type FollowerStatus,
  followerOf,
  listParked,
  type ParkedStream,
  projectionVersions,
  readableVersion,
} from '#subscriptions';
import { WEBHOOKS } from '#webhooks';
import { WrongUsage } from '../command-line.ts';
import type { Deployment } from './deployment.ts';

/** A follower of this release, or a former version of one that is still stored. */
export interface FollowerReport {
  /** As commands name it: the projection, or the processes. */
  readonly follower: string;
  /** Of a projection; none for the processes. */
  readonly version?: number;
  /** Whether this release runs it; former versions are kept while they are read. */
  readonly own: boolean;
  /** Whether queries read it. */
  readonly read: boolean;
  /** `unknown` where it cannot be found out whether it runs. */
  readonly state: FollowerStatus['state'] | 'unknown';
  readonly position: number;
  /** How far the log's end is ahead, in positions. */
  readonly lag: number;
  readonly lastError?: string;
  readonly parkedStreams: number;
  /** Who has its lease, where there are leases. */
  readonly owner?: string;
}

/** A follower that may park streams: its name in commands, and its stored name. */
const PARKING = new Map([
  ...projections.map((projection) => [projection.name, followerOf(projection)] as const),
  [PROCESSES, PROCESSES] as const,
  [WEBHOOKS, WEBHOOKS] as const,
]);

/** @throws WrongUsage there is no such projection */
export function requireProjection(name: string): void {
  const names = projections.map((each) => each.name);
  if (!names.includes(name))
    throw new WrongUsage(`there is no projection '${name}', but ${names.join(', ')}`);
}

/** @throws WrongUsage there is no such follower, or it parks nothing */
export function requireFollower(name: string): void {
  if (PARKING.has(name)) return;
  throw new WrongUsage(`there is no follower '${name}', but ${[...PARKING.keys()].join(', ')}`);
}

export async function reportFollowers(deployment: Deployment): Promise<readonly FollowerReport[]> {
  const { events, stored } = deployment;
  const [status, head] = await Promise.all([deployment.status(), events.head()]);
  const reported = new Map(
    status &&
      [
        ...status.projections,
        ...[status.processes, status.seal, status.webhooks].map(({ follower }) => follower),
      ].map((each) => [each.name, each]),
  );
  const report = async (
    name: string,
    known: Pick<FollowerReport, 'follower' | 'version' | 'own' | 'read'>,
  ): Promise<FollowerReport> => {
    const live = reported.get(name);
    const position = live?.position ?? (await stored.checkpoint(name));
    return {
      ...known,
      state: live?.state ?? (deployment.kind === 'stopped' ? 'stopped' : 'unknown'),
      position,
      lag: Math.max(0, head - position),
      lastError: live?.lastError,
      parkedStreams: (await listParked(stored, name)).length,
      owner: (await deployment.leases?.read(name))?.owner,
    };
  };
  const records = await stored.getMany(
    projectionVersions,
    projections.map(({ name }) => name),
  );
  const ofProjections = projections.map(async (projection, place) => {
    const record = records[place];
    const read = record && readableVersion(record, projection.version)?.version;
    const versions = new Set([projection.version, ...(record?.versions ?? []).map(({ version }) => version)]);
    return Promise.all(
      [...versions].map((version) =>
        report(followerOf({ name: projection.name, version }), {
          follower: projection.name,
          version,
          own: version === projection.version,
          read: version === read,
        }),
      ),
    );
  });
  const others = [PROCESSES, SEAL, WEBHOOKS].map((name) =>
    report(name, { follower: name, own: true, read: true }),
  );
  // Sealing and deliveries are optional: they are reported once they have started.
  const started = (await Promise.all(others)).filter(
    ({ follower, position }) => follower === PROCESSES || position !== START,
  );
  return [...(await Promise.all(ofProjections)).flat(), ...started];
}

/** A parked stream under its follower's plain name. */
export type ReportedPark = Omit<ParkedStream, 'id'>;

/** The parked streams of this release's followers, the oldest of each first. */
export async function reportParked({ stored }: Deployment): Promise<readonly ReportedPark[]> {
  const lists = [...PARKING].map(async ([follower, name]) =>
    (await listParked(stored, name)).map(({ id: _, ...parked }) => ({ ...parked, follower })),
  );
  return (await Promise.all(lists)).flat();
}
