import { accounts } from '#projections/accounts';
import type { ViewReader } from '#view-store';
import { personOf, type Session, type Sessions } from '../auth/sessions.ts';
import type { SignInState } from '../openapi/answers.ts';

/** The state of a session, for the page that has it. */
export async function stateOf(
  session: Session | undefined,
  sessions: Sessions,
  views: ViewReader,
): Promise<SignInState> {
  if (session === undefined) return { mode: 'oidc' };
  const { account, user, roles } = session.actor;
  const known = await views.get(accounts, account);
  return {
    mode: 'oidc',
    session: {
      person: personOf(session),
      account: { id: account, name: known?.name ?? '' },
      user,
      roles,
      expiresAt: new Date(session.until).toISOString(),
      live: sessions.isLive(session),
      renewable: session.refreshToken !== undefined,
    },
  };
}
