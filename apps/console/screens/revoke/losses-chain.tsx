import { Plural, useLingui } from '@lingui/react/macro';
import { Chain } from '../../parts/chain.tsx';
import type { Losing } from './losses.ts';

interface LossesChainProps {
  /** Who loses what is revoked. */
  readonly top: { readonly id: string; readonly name: string };
  readonly losing: readonly Losing[];
}

/** Who further down loses access, below whoever gave it to them, as a drawing. */
export default function LossesChain({ top, losing }: LossesChainProps) {
  const { t } = useLingui();
  const nodes = [
    { key: top.id, parent: undefined, name: top.name, about: undefined, isOwn: true, isOver: false },
    ...losing.map(({ account, above, name, lost, kept }) => ({
      key: account,
      parent: above,
      name,
      about:
        lost > 0 ? (
          <Plural value={lost} one="loses # installation" other="loses # installations" />
        ) : (
          <Plural value={kept} one="keeps # by another share" other="keeps # by another share" />
        ),
      isOwn: false,
      isOver: lost > 0,
    })),
  ];
  return <Chain label={t`Further down`} title={t`Who further down loses access`} nodes={nodes} />;
}
