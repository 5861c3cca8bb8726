import { Trans, useLingui } from '@lingui/react/macro';
import { Kbd, Modal } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import classes from './keyboard.module.css';
import { PLACES } from './navigation.ts';

const HELP = 'tessera:help';
/** How long after `g` its letter may come. Milliseconds. */
const NEXT_KEY = 1_500;

export function openHelp(): void {
  window.dispatchEvent(new Event(HELP));
}

/** The keys that work everywhere, and the list of them. */
export function Keyboard() {
  const [helps, setHelps] = useState(false);
  const navigate = useNavigate();
  const { i18n, t } = useLingui();

  useEffect(() => {
    let goes = 0;
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const place = event.timeStamp - goes < NEXT_KEY && PLACES.find(({ key }) => key === event.key);
      goes = event.key === 'g' ? event.timeStamp : 0;
      if (place) void navigate({ to: place.to });
      else if (event.key === '?') setHelps(true);
      else if (event.key === '/') document.querySelector<HTMLElement>('[type="search"]')?.focus();
      else return;
      event.preventDefault();
    };
    const help = () => setHelps(true);
    window.addEventListener('keydown', press);
    window.addEventListener(HELP, help);
    return () => {
      window.removeEventListener('keydown', press);
      window.removeEventListener(HELP, help);
    };
  }, [navigate]);

  return (
    <Modal
      opened={helps}
      onClose={() => setHelps(false)}
      title={<Trans>Keyboard shortcuts</Trans>}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <dl className={classes.keys}>
        <Shortcut keys={['/']}>
          <Trans>Search on this page</Trans>
        </Shortcut>
        <Shortcut keys={['↑', '↓']}>
          <Trans>Move through a list; Enter opens</Trans>
        </Shortcut>
        {PLACES.map(({ to, key, name }) => (
          <Shortcut key={to} keys={['g', key]}>
            <Trans>Go to {i18n._(name)}</Trans>
          </Shortcut>
        ))}
        <Shortcut keys={['?']}>
          <Trans>This list</Trans>
        </Shortcut>
      </dl>
    </Modal>
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

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
