import { type Calendar, CLOSES_TOMORROW } from './calendar.ts';
import { type CompanyKey, companies } from './companies.ts';
import { command, type DemoCommand, demoId, type Story, scene, type Thread } from './steps.ts';

type Pair = readonly [creator: CompanyKey, acceptor: CompanyKey];

/** The connections of the demo world; some of them end in one of its stories. */
const CONNECTED: readonly Pair[] = [
  ['koudewacht', 'noordlicht'],
  ['koudewacht', 'polderklimaat'],
  ['scheldekoel', 'vlasbroek'],
  ['scheldekoel', 'kempenklima'],
  ['kempenklima', 'leiekoeling'],
  ['koudewacht', 'scheldekoel'],
  ['polderklimaat', 'tunnbro'],
  ['meridien', 'koudewacht'],
  ['sonnental', 'hellberg'],
  ['hellberg', 'brennerkaelte'],
  ['brennerkaelte', 'meridien'],
  ['brennerkaelte', 'alpenfrisch'],
  ['hellberg', 'alpenfrisch'],
  ['brisa', 'atlantica'],
  ['meridien', 'brisa'],
  ['tunnbro', 'fjordkol'],
];

const created = ([creator, acceptor]: Pair): DemoCommand => {
  const { name } = companies[acceptor];
  const connectionId = connectionBetween(creator, acceptor);
  return command(
    'CreateConnection',
    companies[creator].administrator,
    { connectionId, label: name, description: `Data exchange with ${name}` },
    connectionId,
  );
};

/** Placeholder for the token: seeding replaces it with the token in the answer to the command `tokenFrom`. */
const TOKEN_TO_COME = 'to-come';

function connected(pair: Pair): Thread {
  const [creator, acceptor] = pair;
  const create = created(pair);
  const authenticate = command(
    'AuthenticateConnection',
    companies[acceptor].administrator,
    { token: TOKEN_TO_COME, label: companies[creator].name },
    connectionBetween(creator, acceptor),
  );
  return [create, { ...authenticate, tokenFrom: create.id }];
}

/** The id of the connection of two companies, whoever of them created it. */
export function connectionBetween(one: CompanyKey, other: CompanyKey): string {
  return demoId('connection', ...[one, other].sort());
}

/** All connections that came about. */
export function connectionThreads(): readonly Thread[] {
  return CONNECTED.map(connected);
}

/** One that waits for its other side, and one that was cancelled. */
export function connectionStories(calendar: Calendar): readonly Story[] {
  const cancelled: Pair = ['atlantica', 'meridien'];
  const connectionId = connectionBetween(...cancelled);
  return [
    [scene(calendar.hoursAgo(CLOSES_TOMORROW), created(['polderklimaat', 'noordlicht']))],
    [
      scene(calendar.in(7, 'monday'), created(cancelled)),
      scene(
        calendar.in(7, 'friday'),
        command('CancelConnection', companies.atlantica.administrator, { connectionId }, connectionId),
      ),
    ],
  ];
}
