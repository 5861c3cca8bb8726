import { useLingui } from '@lingui/react/macro';
import { type Icon, IconCircleCheck, IconCircleX, IconPackage, IconX } from '@tabler/icons-react';
import type { PackageItem } from '../../api/queries.ts';
import { Status, type Tone } from '../../parts/status.tsx';

type State = PackageItem['state'];

const LOOKS: Readonly<Record<State, readonly [Tone, Icon]>> = {
  offered: ['act', IconPackage],
  placed: ['good', IconCircleCheck],
  declined: ['over', IconX],
  withdrawn: ['over', IconCircleX],
};

export function useItemStateName(): (state: State) => string {
  const { t } = useLingui();
  const names: Readonly<Record<State, string>> = {
    offered: t`On offer`,
    placed: t`Placed`,
    declined: t`Declined`,
    withdrawn: t`Withdrawn`,
  };
  return (state) => names[state];
}

/** What became of one installation of a share. */
export function ItemState({ state }: { readonly state: State }) {
  const name = useItemStateName();
  const [tone, icon] = LOOKS[state];
  return (
    <Status tone={tone} icon={icon}>
      {name(state)}
    </Status>
  );
}
