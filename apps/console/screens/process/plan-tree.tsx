import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Button } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import type { DecidedLocation } from './decided.ts';
import { Destination } from './destination.tsx';
import type { Line } from './lines.ts';
import classes from './process.module.css';

const LINE_HEIGHT = 56;
const OVERSCAN = 10;

interface PlanTreeProps {
  /** Those in sight: what is folded is not among them. */
  readonly lines: readonly Line[];
  readonly isFolded: (line: Line) => boolean;
  readonly onFold: (line: Line) => void;
  readonly onChange: (line: Line) => void;
}

/** The package on the left, and on the right where each of it goes; only the lines in sight are there. */
export function PlanTree({ lines, isFolded, onFold, onChange }: PlanTreeProps) {
  const { t } = useLingui();
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => setTop((box.current?.getBoundingClientRect().top ?? 0) + window.scrollY));
  const virtual = useWindowVirtualizer({
    count: lines.length,
    estimateSize: () => LINE_HEIGHT,
    overscan: OVERSCAN,
    scrollMargin: top,
    getItemKey: (index) => lines[index]?.id ?? index,
  });
  return (
    <>
      <div className={classes.heads} aria-hidden>
        <span>
          <Trans>What you are given</Trans>
        </span>
        <span>
          <Trans>Where it goes with you</Trans>
        </span>
      </div>
      <div
        ref={box}
        role="list"
        aria-label={t`The package, and where it goes`}
        className={classes.lines}
        style={{ height: virtual.getTotalSize() }}
      >
        {virtual.getVirtualItems().map(({ key, index, start }) => {
          const line = lines[index] as Line;
          return (
            <div
              key={key}
              role="listitem"
              data-index={index}
              data-depth={line.depth}
              data-attention={line.attention}
              ref={virtual.measureElement}
              className={classes.line}
              style={{ transform: `translateY(${start - virtual.options.scrollMargin}px)` }}
            >
              <PlanLine line={line} isFolded={isFolded(line)} onFold={onFold} onChange={onChange} />
            </div>
          );
        })}
      </div>
    </>
  );
}

interface PlanLineProps {
  readonly line: Line;
  readonly isFolded: boolean;
  readonly onFold: (line: Line) => void;
  readonly onChange: (line: Line) => void;
}

function PlanLine({ line, isFolded, onFold, onChange }: PlanLineProps) {
  const { t } = useLingui();
  const name = useLineName(line);
  const isChangeable =
    line.kind === 'together' || !(line.decided.isInherited || line.decided.outcome.to === 'placed');
  return (
    <>
      <div className={classes.source}>
        {line.kind === 'location' && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-expanded={!isFolded}
            aria-label={t`Installations of ${name}`}
            onClick={() => onFold(line)}
          >
            {isFolded ? (
              <IconChevronRight size={16} aria-hidden />
            ) : (
              <IconChevronDown size={16} aria-hidden />
            )}
          </ActionIcon>
        )}
        <div className={classes.what}>
          <span className={classes.name}>{name}</span>
          <span className={classes.about}>
            <About line={line} />
          </span>
        </div>
      </div>
      <Destination line={line} />
      {isChangeable && (
        <Button
          variant="subtle"
          size="compact-sm"
          className={classes.change}
          aria-label={t`Change where ${name} goes`}
          onClick={() => onChange(line)}
        >
          <Trans>Change</Trans>
        </Button>
      )}
    </>
  );
}

/** How something of the package is called by whoever gives it. */
export function useLineName(line: Line): string {
  const { t } = useLingui();
  switch (line.kind) {
    case 'customer':
    case 'location':
      return line.decided.planned.name;
    case 'installation':
      return line.decided.planned.reference;
    case 'together':
      return t`Without a location`;
  }
}

function About({ line }: { readonly line: Line }): ReactNode {
  switch (line.kind) {
    case 'customer': {
      const { address, vatNumber } = line.decided.planned;
      return [address.street, address.city, vatNumber].filter(Boolean).join(' · ');
    }
    case 'location':
      return <LocationAbout location={line.decided} />;
    case 'installation': {
      const { customerReference, serialNumber, building } = line.decided.planned;
      return [building, customerReference, serialNumber].filter(Boolean).join(' · ');
    }
    case 'together':
      return (
        <Plural
          value={line.count}
          one="# installation; the giver does not share its location"
          other="# installations; the giver does not share their locations"
        />
      );
  }
}

function LocationAbout({ location: { planned, installations } }: { readonly location: DecidedLocation }) {
  const { street, city } = planned.address;
  return (
    <>
      {street}, {city} · <Plural value={installations.length} one="# installation" other="# installations" />
    </>
  );
}
