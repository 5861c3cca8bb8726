import type { Stage } from './stage.ts';

/** A screen as it is looked at: in light, in dark, and on a phone. */
export interface Look {
  /** Of its pictures. */
  readonly name: string;
  /** A part of the name of the company whose administrator looks; without it nobody has signed in. */
  readonly as?: string;
  readonly path: string | ((stage: Stage) => Promise<string>);
}

/** The address of the first share that a company finds. */
const share =
  (company: string, query: object, rest = '') =>
  async (stage: Stage) => {
    const { items } = await (await stage.api(company)).get('/v1/shares', { params: { query } });
    return `/shares/${items[0]?.id}${rest}`;
  };

/** Every screen. */
export const LOOKS: readonly Look[] = [
  { name: 'sign-in', path: '/sign-in' },
  { name: 'home', as: 'Noordlicht', path: '/' },
  { name: 'inbox', as: 'Koudewacht', path: '/inbox' },
  { name: 'shares', as: 'Koudewacht', path: '/shares' },
  { name: 'shares-none-found', as: 'Koudewacht', path: '/shares?q=nothing' },
  { name: 'share-to-evaluate', as: 'Noordlicht', path: share('Noordlicht', { status: 'to-evaluate' }) },
  {
    name: 'share-processed',
    as: 'Koudewacht',
    path: share('Koudewacht', { role: 'provider', status: 'processed' }),
  },
  { name: 'no-such-page', as: 'Koudewacht', path: '/nowhere' },
];
