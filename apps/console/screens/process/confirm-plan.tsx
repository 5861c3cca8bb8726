import { Plural, Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { tessera } from '../../api/client.ts';
import type { Share } from '../../api/queries.ts';
import { useWrite } from '../../api/writes.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { forgetEdits } from './edits.ts';
import type { Step } from './step.ts';
import { StepEffect } from './step-effect.tsx';

interface ConfirmPlanProps {
  readonly share: Share;
  readonly step: Step;
  /** Whether it is only what nobody needs to look at: the rest stays on offer. */
  readonly isCertain?: boolean;
}

/** Takes over what the plan says, once its effect was read. */
export function ConfirmPlan({ share, step, isCertain = false }: ConfirmPlanProps) {
  const { id } = share;
  const navigate = useNavigate();
  const [opened, setOpened] = useState(false);
  const process = useWrite(
    () => tessera.post('/v1/shares/{id}/process', { params: { path: { id } }, body: step }),
    {
      onSuccess: () => {
        forgetEdits(id);
        void navigate({ to: '/shares/$shareId', params: { shareId: id } });
      },
    },
  );
  const action = <StepAction step={step} isCertain={isCertain} />;
  const isEmpty = step.installations.length === 0 && !step.decline?.length;
  return (
    <>
      <Button
        fullWidth
        variant={isCertain ? 'default' : 'filled'}
        disabled={isEmpty}
        onClick={() => setOpened(true)}
      >
        {action}
      </Button>
      <Confirm
        opened={opened}
        onClose={() => setOpened(false)}
        title={action}
        action={action}
        onConfirm={() => process.mutate(undefined)}
        pending={process.isPending}
        error={process.error}
      >
        <StepEffect share={share} step={step} />
      </Confirm>
    </>
  );
}

function StepAction({
  step: { installations, decline = [] },
  isCertain,
}: Pick<ConfirmPlanProps, 'step' | 'isCertain'>): ReactNode {
  if (isCertain) {
    return (
      <Plural
        value={installations.length}
        one="Process only the # certain one"
        other="Process only the # certain ones"
      />
    );
  }
  if (installations.length > 0) {
    return (
      <Plural value={installations.length} one="Process # installation" other="Process # installations" />
    );
  }
  if (decline.length > 0) {
    return <Plural value={decline.length} one="Decline # installation" other="Decline # installations" />;
  }
  return <Trans>Nothing to process yet</Trans>;
}
