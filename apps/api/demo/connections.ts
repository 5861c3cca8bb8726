import { type CompanyKey, companies } from './companies.ts';
import { command, type DemoCommand, demoId, type Thread } from './steps.ts';

type Pair = readonly [creator: CompanyKey, acceptor: CompanyKey];

/** The connections of the demo world; some of them end in one of its stories. */
const CONNECTED: readonly Pair[] = [
  ['koudewacht', 'noordlicht'],
  ['koudewacht', 'polderklimaat'],
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
export const TOKEN_TO_COME = 'to-come';

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

/** All connections: active ones, one that waits for its other side, and one that was cancelled. */
export function connectionThreads(): readonly Thread[] {
  const cancelled: Pair = ['atlantica', 'meridien'];
  const connectionId = connectionBetween(...cancelled);
  return [
    ...CONNECTED.map(connected),
    [created(['polderklimaat', 'noordlicht'])],
    [
      created(cancelled),
      command('CancelConnection', companies.atlantica.administrator, { connectionId }, connectionId),
    ],
  ];
}
