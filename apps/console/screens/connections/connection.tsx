import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type Connection, connection as connectionQuery, shareCount } from '../../api/queries.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { Fact, Facts } from '../../parts/facts.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { PageSkeleton } from '../../parts/page-skeleton.tsx';
import { Time, TimeLeft } from '../../parts/time.tsx';
import { type ShareSide, useKindName } from '../../parts/words.ts';
import { CancelConnection } from './cancel-connection.tsx';
import { ConnectionStatusBadge } from './connection-status.tsx';
import { EndConnection } from './end-connection.tsx';
import { ReissueToken } from './reissue-token.tsx';
import { RenameConnection } from './rename-connection.tsx';

const route = getRouteApi('/shell/connections/$connectionId');

/** Everything of one connection. */
export function ConnectionScreen() {
  const { connectionId } = route.useParams();
  const query = useQuery(connectionQuery(connectionId));
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {(connection) => <ConnectionPage connection={connection} />}
    </Loaded>
  );
}

function ConnectionPage({ connection }: { readonly connection: Connection }) {
  const { id, status, label, description, counterparty, since, expiresAt } = connection;
  const kindName = useKindName();
  return (
    <Page
      title={counterparty?.name ?? label}
      above={
        <Link to="/connections">
          <Trans>Connections</Trans>
        </Link>
      }
      lead={<ConnectionStatusBadge status={status} />}
      actions={<Actions connection={connection} />}
    >
      <Facts>
        <Fact name={<Trans>Your label</Trans>}>{label}</Fact>
        {description && <Fact name={<Trans>Note for yourself</Trans>}>{description}</Fact>}
        {counterparty?.kind && <Fact name={<Trans>Kind</Trans>}>{kindName(counterparty.kind)}</Fact>}
        <Fact name={<Trans>Since</Trans>}>
          <Time at={since} />
        </Fact>
        {expiresAt !== undefined && status === 'pending' && (
          <Fact name={<Trans>Token</Trans>}>
            <Trans>
              Not used yet; it works for <TimeLeft at={expiresAt} /> more.
            </Trans>
          </Fact>
        )}
        {counterparty && (
          <>
            <Fact name={<Trans>You asked</Trans>}>
              <ShareCount connectionId={id} side="requester" />
            </Fact>
            <Fact name={<Trans>They asked</Trans>}>
              <ShareCount connectionId={id} side="provider" />
            </Fact>
          </>
        )}
        <Fact name={<Trans>History</Trans>}>
          <Link to="/audit/$kind/$id" params={{ kind: 'connections', id }}>
            <Trans>What happened, and how it was at any moment</Trans>
          </Link>
        </Fact>
      </Facts>
    </Page>
  );
}

function ShareCount({ connectionId, side }: { readonly connectionId: string; readonly side: ShareSide }) {
  const { data } = useQuery(shareCount({ connectionId, role: side }));
  if (data === undefined) return '…';
  if (data === 0) return <Trans>nothing yet</Trans>;
  return (
    <Link to="/shares" search={{ connectionId, role: side }}>
      {data === 1 ? <Trans>1 share</Trans> : <Trans>{data} shares</Trans>}
    </Link>
  );
}

function Actions({ connection }: { readonly connection: Connection }) {
  const { t } = useLingui();
  const { id, status, allowedActions } = connection;
  const [dialog, setDialog] = useState<Connection['allowedActions'][number]>();
  const close = () => setDialog(undefined);
  const may = (action: Connection['allowedActions'][number]) => allowedActions.includes(action);
  const isOpen = status === 'active' || status === 'pending' || status === 'expired';
  const because = t`Only an administrator of your company may do this.`;
  if (!isOpen) return null;
  return (
    <>
      {status === 'active' && (
        <LinkButton to="/shares/new" search={{ connectionId: id }}>
          <Trans>Request installations</Trans>
        </LinkButton>
      )}
      <ActionButton
        variant="default"
        allowed={may('rename')}
        because={because}
        onClick={() => setDialog('rename')}
      >
        <Trans>Rename</Trans>
      </ActionButton>
      {status === 'active' ? (
        <ActionButton
          variant="default"
          allowed={may('end')}
          because={because}
          onClick={() => setDialog('end')}
        >
          <Trans>End the connection</Trans>
        </ActionButton>
      ) : (
        <>
          <ActionButton
            variant="default"
            allowed={may('reissue')}
            because={because}
            onClick={() => setDialog('reissue')}
          >
            <Trans>Issue a new token</Trans>
          </ActionButton>
          <ActionButton
            variant="default"
            allowed={may('cancel')}
            because={because}
            onClick={() => setDialog('cancel')}
          >
            <Trans>Cancel the connection</Trans>
          </ActionButton>
        </>
      )}
      <RenameConnection connection={connection} opened={dialog === 'rename'} onClose={close} />
      <ReissueToken connection={connection} opened={dialog === 'reissue'} onClose={close} />
      <CancelConnection connection={connection} opened={dialog === 'cancel'} onClose={close} />
      <EndConnection connection={connection} opened={dialog === 'end'} onClose={close} />
    </>
  );
}
