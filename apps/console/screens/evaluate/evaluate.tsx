import { Trans, useLingui } from '@lingui/react/macro';
import { IconChecks } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type Share, share as shareQuery } from '../../api/queries.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { PageSkeleton } from '../../parts/page-skeleton.tsx';
import { TabLink, Tabs } from '../../parts/tabs.tsx';
import type { Level } from '../../parts/words.ts';
import { ConfirmStep } from './confirm-step.tsx';
import { LevelStep } from './level-step.tsx';
import { SelectStep } from './select-step.tsx';
import { useSelection } from './selection.ts';
import { EVALUATION_STEPS, type EvaluationStep } from './steps.ts';

const route = getRouteApi('/shell/shares/$shareId/evaluate');

/** Decides a request: what is given, at which level, and on which terms. */
export function Evaluate() {
  const { shareId } = route.useParams();
  const query = useQuery(shareQuery(shareId));
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {(share) => <Evaluation share={share} />}
    </Loaded>
  );
}

function Evaluation({ share }: { readonly share: Share }) {
  const { t } = useLingui();
  const { id, name, counterparty, explanation, suggestedLevel, status } = share;
  const { step = 'level', level = suggestedLevel } = route.useSearch();
  const selection = useSelection(id, level);
  return (
    <Page
      title={t`Evaluate “${name}”`}
      wide
      above={
        <Link to="/shares/$shareId" params={{ shareId: id }}>
          {name}
        </Link>
      }
      lead={
        <>
          <Trans>Asked by {counterparty.name}.</Trans> {explanation && <q>{explanation}</q>}
        </>
      }
    >
      {status === 'to-evaluate' ? (
        <>
          <EvaluationSteps share={share} current={step} level={level} picked={selection.ids.size} />
          {step === 'level' && <LevelStep share={share} level={level} />}
          {step === 'select' && <SelectStep share={share} level={level} selection={selection} />}
          {step === 'confirm' && <ConfirmStep share={share} level={level} selection={selection} />}
        </>
      ) : (
        <Decided share={share} />
      )}
    </Page>
  );
}

/** Someone else was faster, or it was decided before. */
function Decided({ share: { id } }: { readonly share: Share }) {
  return (
    <EmptyState
      icon={IconChecks}
      title={<Trans>This request is not open any more</Trans>}
      action={
        <LinkButton to="/shares/$shareId" params={{ shareId: id }}>
          <Trans>View the outcome</Trans>
        </LinkButton>
      }
    >
      <Trans>
        It was decided, or the other company does not need it any more. Nothing of yours was sent.
      </Trans>
    </EmptyState>
  );
}

interface EvaluationStepsProps {
  readonly share: Share;
  readonly current: EvaluationStep;
  readonly level: Level;
  readonly picked: number;
}

function EvaluationSteps({ share: { id }, current, level, picked }: EvaluationStepsProps) {
  const { t } = useLingui();
  const names: Readonly<Record<EvaluationStep, string>> = {
    level: t`1. Level`,
    select: t`2. Select`,
    confirm: t`3. Confirm`,
  };
  return (
    <Tabs label={t`Steps`}>
      {EVALUATION_STEPS.filter((step) => step !== 'confirm' || picked > 0).map((step) => (
        <TabLink
          key={step}
          to="/shares/$shareId/evaluate"
          params={{ shareId: id }}
          search={{ step, level }}
          shown={step === current}
          of="step"
        >
          {names[step]}
        </TabLink>
      ))}
    </Tabs>
  );
}
