import '@mantine/spotlight/styles.layer.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useLayoutEffect, useState } from 'react';
import type { Session } from '../../session/session.ts';
import { usePlacesAndActions } from './actions.ts';
import { type Entry, fits } from './entry.ts';
import { useFound } from './found.ts';
import classes from './palette.module.css';

const [store, spotlight] = createSpotlight();

/** Milliseconds. */
const PAUSE = 150;

interface PaletteProps {
  readonly session: Session;
  /** Opens it each time that it is another one. */
  readonly asked: number;
}

/** Goes anywhere and does the most usual, by a few letters: to places, and to what is found by its words. */
export function Palette({ session, asked }: PaletteProps) {
  const { t } = useLingui();
  const [query, setQuery] = useState('');
  const [paused] = useDebouncedValue(query.trim(), PAUSE);
  const { places, actions } = usePlacesAndActions(session);
  const { groups, isSearching } = useFound(session, query.trim() === '' ? '' : paused);
  // biome-ignore lint/correctness/useExhaustiveDependencies: being asked again is what opens it
  useEffect(() => spotlight.open(), [asked]);
  const isPending = isSearching || paused !== query.trim();
  const known = [
    { name: t`Go to`, entries: places.filter((entry) => fits(entry, query)) },
    { name: t`Do`, entries: actions.filter((entry) => fits(entry, query)) },
  ].filter(({ entries }) => entries.length > 0);
  const found = query.trim() === '' ? [] : groups.filter(({ entries }) => entries.length > 0);
  const shown = [...known, ...found];
  const first = shown[0]?.entries[0];
  // Before it is painted, as Enter may be pressed at once.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever comes first is chosen
  useLayoutEffect(() => {
    if (query !== '') chooseFirst();
  }, [first?.key, query]);
  const [entered, setEntered] = useState<string>();
  useEffect(() => {
    if (entered === undefined || isPending) return;
    setEntered(undefined);
    if (entered !== query || first === undefined) return;
    spotlight.close();
    first.go();
  }, [entered, isPending, query, first]);
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      scrollable
      maxHeight="min(60vh, 520px)"
      aria-label={t`Search everything`}
    >
      <Spotlight.Search
        aria-label={t`Search everything`}
        placeholder={t`A share, a customer, a machine, or where to go`}
        leftSection={<IconSearch size={18} stroke={1.75} aria-hidden />}
        maxLength={200}
        // Enter may be pressed before the results for the last letters have arrived.
        onKeyDown={({ key }) => {
          if (key !== 'Enter' || !isPending || known.length > 0 || store.getState().selected > 0) return;
          chooseNone();
          setEntered(query);
        }}
      />
      <Spotlight.ActionsList aria-label={t`Found`}>
        {shown.map(({ name, entries }) => (
          <Spotlight.ActionsGroup key={name} label={name}>
            {entries.map((entry) => (
              <Found key={entry.key} entry={entry} />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {shown.length === 0 && (
          <Spotlight.Empty>
            {isPending ? (
              <Trans>Searching …</Trans>
            ) : (
              <Trans>Nothing fits. Try the beginning of a word.</Trans>
            )}
          </Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

/** The library chooses the first of what is there when something is typed, but not of what is found later. */
function chooseFirst(): void {
  chooseNone();
  chosenFrom()[0]?.setAttribute('data-selected', 'true');
  store.updateState((state) => ({ ...state, selected: 0 }));
}

function chooseNone(): void {
  for (const action of chosenFrom()) action.removeAttribute('data-selected');
}

function chosenFrom(): readonly Element[] {
  const { listId } = store.getState();
  return listId === '' ? [] : [...document.querySelectorAll(`#${CSS.escape(listId)} [data-action]`)];
}

function Found({ entry: { name, more, icon: Icon, go } }: { readonly entry: Entry }) {
  return (
    <Spotlight.Action onClick={go} className={classes.action}>
      <Icon size={18} stroke={1.75} aria-hidden className={classes.icon} />
      <span className={classes.name}>{name}</span>
      {more && <span className={classes.more}>{more}</span>}
    </Spotlight.Action>
  );
}
