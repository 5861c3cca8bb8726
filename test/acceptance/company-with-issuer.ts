import type { Role } from '#domain/kernel';
import { type Session, Sessions } from '../../apps/api/auth/sessions.ts';
import { Secret } from '../../apps/secret.ts';
import { freePort } from '../servers/free-port.ts';
import { IdentityProvider } from '../servers/identity-provider.ts';
import { Consistency, Member } from './client.ts';
import { RunningService } from './service.ts';
import { until } from './world.ts';

export const COMPANY = {
  kind: 'service',
  name: 'Frigo North',
  company: {
    name: 'Frigo North Ltd',
    vatNumber: 'BE0123456749',
    street: 'Main Street 1',
    postalCode: '1000',
    city: 'Brussels',
    country: 'BE',
  },
};

/** A company with a provider, at which its people sign in to a service. */
export class CompanyWithIssuer {
  private constructor(
    readonly provider: IdentityProvider,
    readonly service: RunningService,
    readonly account: string,
  ) {}

  static async start(): Promise<CompanyWithIssuer> {
    const port = String(await freePort());
    const provider = await IdentityProvider.start({ signsInTo: `http://127.0.0.1:${port}` });
    const service = await RunningService.start({ ...provider.settings, PORT: port, LOG_LEVEL: 'fatal' });
    const as = async (claims: Readonly<Record<string, unknown>>) =>
      new Member(service, '', await provider.token(claims), new Consistency());
    const operator = await as({ roles: ['operator'] });
    const account = (await operator.post('/v1/accounts', COMPANY)).body.id;
    const member = await as({ account, roles: ['manager'] });
    await until(
      () => member.get('/v1/accounts/me'),
      ({ status }) => status === 200,
    );
    return new CompanyWithIssuer(provider, service, account);
  }

  /** Has someone of the company sign in by that name. */
  employ(name: string, ...roles: readonly Role[]): void {
    this.provider.people.set(name, { account: this.account, roles });
  }

  /**
   * A session of somebody who has signed in to the service, as it is once it is over.
   * @param sealed the value of its cookie
   * @param renewable whether the provider gave what to renew it with
   * @returns the value of the cookie from then on
   */
  async over(sealed: string, { renewable }: { readonly renewable: boolean }): Promise<string> {
    const { url, dataDir } = this.service;
    const sessions = new Sessions(Secret.in(dataDir).keyFor('console-sessions'), url);
    const cookie = `tessera-session=${sealed}`;
    const { refreshToken, ...session } = (await sessions.in({ headers: { cookie, origin: url } })) as Session;
    const over = { ...session, until: 0, ...(renewable && { refreshToken }) };
    return /=([^;]*)/.exec(await sessions.setCookie(over))?.[1] ?? '';
  }

  async end(): Promise<void> {
    await this.service.dispose();
    await this.provider.end();
  }
}
