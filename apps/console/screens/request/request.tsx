import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Select, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconEye, IconPlugConnected } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { tessera } from '../../api/client.ts';
import { activeConnections, type Connection } from '../../api/queries.ts';
import { useWrite } from '../../api/writes.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { LevelCards } from '../../parts/level-cards.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { PageSkeleton } from '../../parts/page-skeleton.tsx';
import { ProblemNotice } from '../../parts/problem.tsx';
import type { Level } from '../../parts/words.ts';
import classes from './request.module.css';

const route = getRouteApi('/shell/shares/new');

/** Asks a connected company for installations. */
export function RequestShare() {
  const { t } = useLingui();
  const { connectionId } = route.useSearch();
  const query = useQuery(activeConnections());
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {(connections) => (
        <Page
          title={t`Request installations`}
          above={
            <Link to="/shares">
              <Trans>Shares</Trans>
            </Link>
          }
          lead={<Trans>The other company decides what it gives, and on which terms.</Trans>}
        >
          {connections.length === 0 ? (
            <NotConnected />
          ) : (
            <RequestForm connections={connections} connectionId={connectionId} />
          )}
        </Page>
      )}
    </Loaded>
  );
}

function NotConnected() {
  return (
    <EmptyState
      icon={IconPlugConnected}
      title={<Trans>You are not connected with anyone</Trans>}
      action={
        <LinkButton to="/connections">
          <Trans>Connect with a company</Trans>
        </LinkButton>
      }
    >
      <Trans>Installations are asked for over a connection.</Trans>
    </EmptyState>
  );
}

interface RequestFormProps {
  readonly connections: readonly Connection[];
  readonly connectionId: string | undefined;
}

function RequestForm({ connections, connectionId }: RequestFormProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const only = connections.length === 1 ? connections[0]?.id : undefined;
  const form = useForm({
    initialValues: {
      connectionId: connectionId ?? only ?? '',
      name: '',
      explanation: '',
      suggestedLevel: 'customer' as Level,
    },
  });
  const { values } = form;
  const party = connections.find(({ id }) => id === values.connectionId)?.counterparty?.name;
  const request = useWrite(
    () => {
      const { explanation, name, ...rest } = values;
      const why = explanation.trim();
      return tessera.post('/v1/shares', {
        body: { ...rest, name: name.trim(), ...(why && { explanation: why }) },
      });
    },
    { onSuccess: ({ id }) => void navigate({ to: '/shares/$shareId', params: { shareId: id } }) },
  );
  return (
    <form className={classes.form} onSubmit={form.onSubmit(() => request.mutate(undefined))}>
      <Select
        label={<Trans>Company</Trans>}
        placeholder={t`Choose a company`}
        required
        searchable
        nothingFoundMessage={t`You are not connected with such a company.`}
        data={connections.map(({ id, label, counterparty }) => ({
          value: id,
          label: counterparty?.name ?? label,
        }))}
        {...form.getInputProps('connectionId')}
      />
      <TextInput
        label={<Trans>What you ask for</Trans>}
        description={
          <Trans>
            So that they find it: the customer and the city; or the reference, token or serial number of a
            machine.
          </Trans>
        }
        required
        maxLength={200}
        {...form.getInputProps('name')}
      />
      <Textarea
        label={<Trans>Why, or anything else they should know</Trans>}
        autosize
        minRows={3}
        maxLength={2_000}
        {...form.getInputProps('explanation')}
      />
      <p className={classes.seen}>
        <IconEye size={16} stroke={1.75} aria-hidden />
        {party === undefined ? (
          <Trans>The other company reads what you write here.</Trans>
        ) : (
          <Trans>{party} reads what you write here.</Trans>
        )}
      </p>
      <LevelCards
        label={t`What you would like to get`}
        hint={<Trans>A suggestion: the other company may give more or less.</Trans>}
        value={values.suggestedLevel}
        onChange={(level) => form.setFieldValue('suggestedLevel', level)}
      />
      {request.error && <ProblemNotice error={request.error} />}
      <Group justify="flex-end">
        <LinkButton to="/shares" variant="default">
          <Trans>Cancel</Trans>
        </LinkButton>
        <Button
          type="submit"
          loading={request.isPending}
          disabled={values.connectionId === '' || values.name.trim() === ''}
        >
          {party === undefined ? <Trans>Send the request</Trans> : <Trans>Ask {party}</Trans>}
        </Button>
      </Group>
    </form>
  );
}
