import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Checkbox, Group, Modal, Radio } from '@mantine/core';
import { useState } from 'react';
import cards from '../../parts/cards.module.css';
import type { Choice, EditedPlan } from './edits.ts';
import type { Line } from './lines.ts';
import { OwnEntries } from './own-entries.tsx';
import { useLineName } from './plan-tree.tsx';
import classes from './process.module.css';

interface ChooseDestinationProps {
  readonly line: Line | undefined;
  readonly plan: EditedPlan;
  readonly onClose: () => void;
}

/** Changes where one thing of the package goes. */
export function ChooseDestination({ line, plan, onClose }: ChooseDestinationProps) {
  const { t } = useLingui();
  return (
    <Modal
      opened={line !== undefined}
      onClose={onClose}
      title={line && <ChoiceTitle line={line} />}
      size="lg"
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {line && <Choices key={line.id} line={line} plan={plan} onClose={onClose} />}
    </Modal>
  );
}

function ChoiceTitle({ line }: { readonly line: Line }) {
  return useLineName(line);
}

type Way = Choice['to'];

interface ChoicesProps extends ChooseDestinationProps {
  readonly line: Line;
}

function Choices({ line, plan, onClose }: ChoicesProps) {
  const outcome = line.kind === 'together' ? line.outcome : line.decided.outcome;
  const [way, setWay] = useState<Way>(() => startingWay(line));
  const [own, setOwn] = useState(outcome.to === 'own' ? outcome.id : undefined);
  const [under, setUnder] = useState(outcome.to === 'new' ? outcome.customerId : undefined);
  const [replaces, setReplaces] = useState(
    line.kind === 'installation' && line.decided.replaces !== undefined,
  );
  const mayReplace = line.kind === 'installation' && line.decided.planned.outcome !== undefined;
  const needsCustomer = line.kind === 'location' && line.customer === undefined;
  const choice = ((): Choice | undefined => {
    switch (way) {
      case 'new':
        return needsCustomer && under === undefined ? undefined : { to: 'new', customerId: under };
      case 'own':
        return own === undefined ? undefined : { to: 'own', id: own };
      case 'declined':
        return { to: 'declined' };
    }
  })();
  const isEdited = line.kind === 'together' ? outcome.to !== 'undecided' : line.decided.isEdited;
  return (
    <div className={classes.choices}>
      <Ways line={line} value={way} onChange={setWay} />
      {way === 'new' && needsCustomer && <OwnEntries kind="customer" value={under} onChange={setUnder} />}
      {way === 'own' && (
        <OwnEntries
          kind={line.kind === 'customer' ? 'customer' : 'location'}
          under={line.kind === 'location' ? customerOf(line) : undefined}
          suggested={line.kind === 'customer' || line.kind === 'location' ? line.decided.planned : undefined}
          value={own}
          onChange={setOwn}
        />
      )}
      {mayReplace && way !== 'declined' && (
        <Checkbox
          checked={replaces}
          onChange={({ currentTarget }) => setReplaces(currentTarget.checked)}
          label={
            <Trans>Archive your own record {line.decided.planned.match?.name} once this one is placed</Trans>
          }
          description={<Trans>Both are records of one machine: the serial numbers are the same.</Trans>}
        />
      )}
      <Group justify="flex-end">
        {isEdited && (
          <Button
            variant="subtle"
            onClick={() => {
              plan.undo(line.id);
              onClose();
            }}
          >
            <Trans>As it was proposed</Trans>
          </Button>
        )}
        <Button
          disabled={choice === undefined}
          onClick={() => {
            if (line.kind === 'installation' && way === 'new') plan.undo(line.id);
            else if (choice !== undefined) plan.choose(line.id, choice);
            if (mayReplace) plan.replace(line.id, replaces && way !== 'declined');
            onClose();
          }}
        >
          <Trans>Put it there</Trans>
        </Button>
      </Group>
    </div>
  );
}

function startingWay(line: Line): Way {
  if (line.kind === 'together') return line.outcome.to === 'declined' ? 'declined' : 'own';
  const { outcome, isEdited } = line.decided;
  if (outcome.to === 'declined') return 'declined';
  if (line.kind === 'installation') return isEdited || outcome.to === 'undecided' ? 'own' : 'new';
  return outcome.to === 'own' ? 'own' : 'new';
}

/** The customer of one's own under which the location goes, where it goes under one. */
function customerOf(line: Extract<Line, { kind: 'location' }>): string | undefined {
  const outcome = line.customer?.outcome;
  return outcome?.to === 'own' ? outcome.id : undefined;
}

interface WaysProps {
  readonly line: Line;
  readonly value: Way;
  readonly onChange: (way: Way) => void;
}

function Ways({ line, value, onChange }: WaysProps) {
  const { t } = useLingui();
  const { kind } = line;
  const names: Readonly<Record<Way, string>> = {
    new: { customer: t`New customer`, location: t`New location`, installation: t`As proposed`, together: '' }[
      kind
    ],
    own: kind === 'customer' ? t`One of your customers` : t`One of your locations`,
    declined: t`Decline it`,
  };
  const about: Readonly<Record<Way, string>> = {
    new: {
      customer: t`A copy of it becomes your own; you may change it.`,
      location: t`A copy of it becomes your own; you may change it.`,
      installation: t`Where its location goes, or where you have it already.`,
      together: '',
    }[kind],
    own:
      kind === 'customer'
        ? t`Its locations are placed under that customer.`
        : t`The installations are placed there.`,
    declined: t`You get no access to it, or to what belongs to it.`,
  };
  const ways: readonly Way[] =
    kind === 'together' || (kind === 'installation' && line.decided.planned.location === undefined)
      ? ['own', 'declined']
      : ['new', 'own', 'declined'];
  return (
    <Radio.Group value={value} onChange={(way) => onChange(way as Way)} label={t`Where it goes`}>
      <div className={cards.cards}>
        {ways.map((way) => (
          <Radio.Card key={way} value={way} className={cards.card}>
            <Radio.Indicator />
            <span className={cards.text}>
              <span className={cards.name}>{names[way]}</span>
              <span className={cards.about}>{about[way]}</span>
            </span>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}
