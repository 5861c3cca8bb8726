import { Trans, useLingui } from '@lingui/react/macro';
import { SegmentedControl, Skeleton, UnstyledButton } from '@mantine/core';
import { IconBuilding, IconChevronRight, IconHistory, IconServer, IconTool } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { queryClient } from '../../api/queries.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { ProblemNotice } from '../../parts/problem.tsx';
import { useKindName, useRoleName } from '../../parts/words.ts';
import {
  type DevelopmentAccount,
  developmentAccounts,
  keepDevelopmentSession,
  MEMBER_ROLES,
  type MemberRole,
  PLATFORM_ROLES,
  type PlatformRole,
  signInAs,
} from '../../session/development.ts';
import classes from './sign-in.module.css';
import { SignInFrame } from './sign-in-frame.tsx';

/** Signs in as anyone, where a service is tried out. */
export function AccountPicker() {
  const { t } = useLingui();
  const roleName = useRoleName();
  const [role, setRole] = useState<MemberRole>('administrator');
  const { back } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  const accounts = useQuery({
    queryKey: ['development-accounts'],
    queryFn: developmentAccounts,
    staleTime: 0,
    // The demo world may still be being made.
    refetchInterval: 3_000,
  });
  const signIn = useMutation({
    mutationFn: signInAs,
    onSuccess: (session) => {
      keepDevelopmentSession(session);
      queryClient.clear();
      void navigate({ href: back ?? '/' });
    },
  });
  return (
    <SignInFrame
      lead={
        <Trans>
          This is a demo service: choose whom to sign in as. Open a second tab to act as the other party.
        </Trans>
      }
    >
      <SegmentedControl
        fullWidth
        aria-label={t`Your role`}
        value={role}
        onChange={(value) => setRole(value as MemberRole)}
        data={MEMBER_ROLES.map((value) => ({ value, label: roleName(value) }))}
      />
      {signIn.error && <ProblemNotice error={signIn.error} />}
      <Loaded query={accounts} skeleton={<AccountSkeletons />}>
        {(items) => (
          <ul className={classes.accounts}>
            {[...items].sort(byWhatWaits).map((account) => (
              <li key={account.id}>
                <AccountEntry account={account} onChoose={() => signIn.mutate({ account, role })} />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <h2 className={classes.heading}>
        <Trans>Without a company</Trans>
      </h2>
      <ul className={classes.accounts}>
        {PLATFORM_ROLES.map((role) => (
          <li key={role}>
            <PlatformEntry role={role} onChoose={() => signIn.mutate({ role })} />
          </li>
        ))}
      </ul>
    </SignInFrame>
  );
}

interface AccountEntryProps {
  readonly account: DevelopmentAccount;
  readonly onChoose: () => void;
}

function AccountEntry({ account: { kind, name, waiting }, onChoose }: AccountEntryProps) {
  const kindName = useKindName();
  const Icon = kind === 'service' ? IconTool : IconBuilding;
  return (
    <UnstyledButton className={classes.account} onClick={onChoose}>
      <Icon size={20} stroke={1.5} aria-hidden />
      <span className={classes.name}>
        <strong>{name}</strong>
        <span>{kindName(kind)}</span>
      </span>
      <span className={classes.waiting}>
        {waiting.toEvaluate > 0 && (
          <span>
            <Trans>{waiting.toEvaluate} to evaluate</Trans>
          </span>
        )}
        {waiting.toProcess > 0 && (
          <span>
            <Trans>{waiting.toProcess} to process</Trans>
          </span>
        )}
      </span>
      <IconChevronRight size={16} stroke={1.75} aria-hidden />
    </UnstyledButton>
  );
}

interface PlatformEntryProps {
  readonly role: PlatformRole;
  readonly onChoose: () => void;
}

function PlatformEntry({ role, onChoose }: PlatformEntryProps) {
  const roleName = useRoleName();
  const Icon = role === 'auditor' ? IconHistory : IconServer;
  return (
    <UnstyledButton className={classes.account} onClick={onChoose}>
      <Icon size={20} stroke={1.5} aria-hidden />
      <span className={classes.name}>
        <strong>{roleName(role)}</strong>
        <span>
          {role === 'auditor' ? (
            <Trans>Reads all histories, and who had access</Trans>
          ) : (
            <Trans>Registers companies</Trans>
          )}
        </span>
      </span>
      <IconChevronRight size={16} stroke={1.75} aria-hidden />
    </UnstyledButton>
  );
}

/** Those first where something waits. */
function byWhatWaits(one: DevelopmentAccount, other: DevelopmentAccount): number {
  const waits = ({ waiting }: DevelopmentAccount) => (waiting.toEvaluate + waiting.toProcess > 0 ? 0 : 1);
  return waits(one) - waits(other) || one.name.localeCompare(other.name);
}

function AccountSkeletons() {
  return (
    <ul className={classes.accounts} aria-busy>
      {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
        <li key={key} className={classes.account}>
          <Skeleton height={20} width={20} />
          <span className={classes.name}>
            <Skeleton height={12} width="40%" mb={8} />
            <Skeleton height={10} width="60%" />
          </span>
        </li>
      ))}
    </ul>
  );
}
