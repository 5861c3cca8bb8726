import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useRouteContext } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { type AuditedKind, ownAccount } from '../../api/queries.ts';
import { Page } from '../../parts/page.tsx';
import classes from './audit.module.css';
import { AUDITED, AUDITED_NAMES } from './subject.ts';
import { WholeRecord } from './whole-record.tsx';

/** Where an audit begins: at one's own company, or at what one has the id of. */
export function AuditStart() {
  const { t } = useLingui();
  const { session } = useRouteContext({ from: '/shell' });
  const { data: account } = useQuery({ ...ownAccount(), enabled: session.account !== undefined });
  return (
    <Page
      title={t`Audit`}
      lead={<Trans>What happened, who had access to what, and how you know that nothing was altered.</Trans>}
    >
      <section className={classes.start}>
        <h2>
          <Trans>Of a company</Trans>
        </h2>
        <ul className={classes.starts}>
          {session.roles.includes('auditor') && (
            <li>
              <Link to="/companies">
                <Trans>The history of a company, and everything it had access to</Trans>
              </Link>
            </li>
          )}
          {account && (
            <>
              <li>
                <Link to="/audit/$kind/$id" params={{ kind: 'accounts', id: account.id }}>
                  <Trans>The history of {account.name}</Trans>
                </Link>
              </li>
              <li>
                <Link
                  to="/audit/$kind/$id"
                  params={{ kind: 'accounts', id: account.id }}
                  search={{ tab: 'access' }}
                >
                  <Trans>Everything that you ever had access to</Trans>
                </Link>
              </li>
            </>
          )}
        </ul>
      </section>
      <section className={classes.start}>
        <h2>
          <Trans>Of a share, a connection or a machine</Trans>
        </h2>
        <p>
          <Trans>Its history begins where it is named, or here with its id.</Trans>
        </p>
        <ById />
      </section>
      {session.roles.includes('auditor') && <WholeRecord />}
    </Page>
  );
}

function ById() {
  const { i18n, t } = useLingui();
  const navigate = useNavigate();
  const [kind, setKind] = useState<AuditedKind>('shares');
  const [id, setId] = useState('');
  const open = (event: FormEvent) => {
    event.preventDefault();
    if (id.trim() !== '') void navigate({ to: '/audit/$kind/$id', params: { kind, id: id.trim() } });
  };
  return (
    <form className={classes.fields} onSubmit={open}>
      <Select
        label={t`What it is`}
        value={kind}
        allowDeselect={false}
        onChange={(value) => setKind(value as AuditedKind)}
        data={AUDITED.map((value) => ({ value, label: i18n._(AUDITED_NAMES[value]) }))}
      />
      <TextInput
        label={t`Its id`}
        value={id}
        maxLength={100}
        onChange={({ currentTarget }) => setId(currentTarget.value)}
      />
      <Button type="submit" variant="default">
        <Trans>Open</Trans>
      </Button>
    </form>
  );
}
