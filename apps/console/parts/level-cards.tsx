import { useLingui } from '@lingui/react/macro';
import { Radio } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './cards.module.css';
import { LEVELS, type Level, useLevelName } from './words.ts';

interface LevelCardsProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly value: Level;
  readonly onChange: (level: Level) => void;
  /** The level that was asked for. */
  readonly suggested?: Level;
}

/** The levels of a share, each with what goes along with the installations. */
export function LevelCards({ label, hint, value, onChange, suggested }: LevelCardsProps) {
  const { t } = useLingui();
  const name = useLevelName();
  const along: Readonly<Record<Level, string>> = {
    customer: t`The installations with their logbooks; name, address and VAT number of the customers, and names and addresses of their locations and buildings.`,
    location: t`The installations with their logbooks; names and addresses of the locations and buildings. Nothing of the customer.`,
    installation: t`The installations with their logbooks, without their locations.`,
  };
  return (
    <Radio.Group
      label={label}
      description={hint}
      value={value}
      onChange={(level) => onChange(level as Level)}
    >
      <div className={classes.cards}>
        {LEVELS.map((level) => (
          <Radio.Card key={level} value={level} className={classes.card}>
            <Radio.Indicator />
            <span className={classes.text}>
              <span className={classes.name}>
                {name(level)}
                {level === suggested && <span className={classes.tag}>{t`asked for`}</span>}
              </span>
              <span className={classes.about}>{along[level]}</span>
            </span>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}
