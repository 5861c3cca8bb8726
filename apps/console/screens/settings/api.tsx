import { Trans } from '@lingui/react/macro';
import { Code } from '@mantine/core';
import { Fact, Facts } from '../../parts/facts.tsx';

/** Where software of the company finds the service, and how it is described. */
export function Api() {
  return (
    <Facts>
      <Fact name={<Trans>Address of the service</Trans>}>
        <Code>{window.location.origin}</Code>
      </Fact>
      <Fact name={<Trans>Requests</Trans>}>
        <a href="/docs" target="_blank" rel="noreferrer">
          <Trans>Every operation, to read and to try</Trans>
        </a>
        <p>
          <Trans>
            The same for tools, as OpenAPI: <a href="/openapi.json">/openapi.json</a>
          </Trans>
        </p>
      </Fact>
      <Fact name={<Trans>Messages</Trans>}>
        <p>
          <Trans>
            Changes, commands over NATS and deliveries to webhooks, as AsyncAPI:{' '}
            <a href="/asyncapi.json">/asyncapi.json</a>
          </Trans>
        </p>
      </Fact>
      <Fact name={<Trans>Guide</Trans>}>
        <Trans>
          How a service of yours signs in, sends commands, follows changes and receives webhooks:{' '}
          <Code>docs/services.md</Code>, beside the source of Tessera.
        </Trans>
      </Fact>
    </Facts>
  );
}
