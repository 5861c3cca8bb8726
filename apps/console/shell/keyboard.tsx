import { Trans, useLingui } from '@lingui/react/macro';
import { Kbd, Modal } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { Session } from '../session/session.ts';
import classes from './keyboard.module.css';
import type { Place } from './navigation.ts';
import { onOpenOverlay, openOverlay } from './overlays.ts';

/** How long after `g` its letter may come. Milliseconds. */
const NEXT_KEY = 1_500;

/** The key that is pressed with K. */
export const MODIFIER = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl';

const Palette = lazy(async () => ({ default: (await import('./palette/palette.tsx')).Palette }));

interface KeyboardProps {
  readonly session: Session;
  readonly places: readonly Place[];
}

/** The keys that work everywhere, and the list of them. */
export function Keyboard({ session, places }: KeyboardProps) {
  const [palette, setPalette] = useState(0);
  const [helps, setHelps] = useState(false);
  const navigate = useNavigate();
  const { i18n, t } = useLingui();

  useEffect(() => {
    let goes = 0;
    const press = (event: KeyboardEvent) => {
      if (isForPalette(event)) {
        event.preventDefault();
        // What is being entered in a dialog is not lost by leaving it so.
        if (document.querySelector('[role="dialog"]') === null) openOverlay('palette');
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const place = event.timeStamp - goes < NEXT_KEY && places.find(({ key }) => key === event.key);
      goes = event.key === 'g' ? event.timeStamp : 0;
      if (place) void navigate({ to: place.to });
      else if (event.key === '?') setHelps(true);
      else if (event.key === '/') document.querySelector<HTMLElement>('[type="search"]')?.focus();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    const stop = onOpenOverlay((what) =>
      what === 'help' ? setHelps(true) : setPalette((times) => times + 1),
    );
    return () => {
      window.removeEventListener('keydown', press);
      stop();
    };
  }, [navigate, places]);

  return (
    <>
      {palette > 0 && (
        <Suspense>
          <Palette session={session} asked={palette} />
        </Suspense>
      )}
      <Modal
        opened={helps}
        onClose={() => setHelps(false)}
        title={<Trans>Keyboard shortcuts</Trans>}
        closeButtonProps={{ 'aria-label': t`Close` }}
      >
        <dl className={classes.keys}>
          <Shortcut keys={[MODIFIER, 'K']}>
            <Trans>Search everything</Trans>
          </Shortcut>
          <Shortcut keys={['/']}>
            <Trans>Search on this page</Trans>
          </Shortcut>
          <Shortcut keys={['↑', '↓']}>
            <Trans>Move through a list; Enter opens</Trans>
          </Shortcut>
          {places.map(({ to, key, name }) => (
            <Shortcut key={to} keys={['g', key]}>
              <Trans>Go to {i18n._(name)}</Trans>
            </Shortcut>
          ))}
          <Shortcut keys={['?']}>
            <Trans>This list</Trans>
          </Shortcut>
        </dl>
      </Modal>
    </>
  );
}

function Shortcut({
  keys,
  children,
}: {
  readonly keys: readonly string[];
  readonly children: React.ReactNode;
}) {
  return (
    <div>
      <dt>{children}</dt>
      <dd>
        {keys.map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}
      </dd>
    </div>
  );
}

function isForPalette({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === 'k' && (ctrlKey || metaKey) && !altKey && !shiftKey;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
