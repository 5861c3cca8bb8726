import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button, CloseButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Level } from '../../parts/words.ts';
import { nameOf } from './candidates.ts';
import classes from './evaluate.module.css';
import type { Selection } from './selection.ts';

const SHOWN = 8;

interface BasketProps {
  readonly level: Level;
  readonly selection: Selection;
}

/** What is picked, the last first; each can be put back. */
export function Basket({ level, selection }: BasketProps) {
  const { i18n } = useLingui();
  const { ids, toggle, clear } = selection;
  const shown = [...ids].slice(-SHOWN).reverse();
  return (
    <section className={classes.basket}>
      <header>
        <h2 aria-live="polite">
          <Plural value={ids.size} _0="Nothing picked" one="# picked" other="# picked" />
        </h2>
        {ids.size > 0 && (
          <Button variant="subtle" size="compact-sm" onClick={clear}>
            <Trans>Put all back</Trans>
          </Button>
        )}
      </header>
      {ids.size === 0 && (
        <p>
          <Trans>What you pick is kept here while you search on, and when you load the page again.</Trans>
        </p>
      )}
      <ul>
        {shown.map((id) => (
          <Picked key={id} level={level} id={id} onRemove={() => toggle(id, false)} />
        ))}
      </ul>
      {ids.size > shown.length && (
        <p>
          <Trans>and {i18n.number(ids.size - shown.length)} more</Trans>
        </p>
      )}
    </section>
  );
}

interface PickedProps {
  readonly level: Level;
  readonly id: string;
  readonly onRemove: () => void;
}

function Picked({ level, id, onRemove }: PickedProps) {
  const { t } = useLingui();
  const { data: name = '…' } = useQuery(nameOf(level, id));
  return (
    <li>
      <span>{name}</span>
      <CloseButton size="sm" aria-label={t`Put back ${name}`} onClick={onRemove} />
    </li>
  );
}
