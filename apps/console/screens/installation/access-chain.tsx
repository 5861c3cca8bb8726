import { useLingui } from '@lingui/react/macro';
import type { Grant } from '../../api/queries.ts';
import { Chain, type ChainNode } from '../../parts/chain.tsx';
import { useAccessTypeName } from '../../parts/words.ts';

interface Party {
  readonly id: string;
  readonly name: string;
}

interface AccessChainProps {
  readonly own: Party;
  readonly isRoot: boolean;
  readonly grants: readonly Grant[];
}

/** From whom the account has its access, and to whom it gave it on, as a drawing; the list below it says the same. */
export function AccessChain({ own, isRoot, grants }: AccessChainProps) {
  const { t } = useLingui();
  const accessTypeName = useAccessTypeName();
  const live = grants.filter(({ withdrawal }) => withdrawal === undefined);
  const drawn = live.length === 0 ? grants : live;
  const top = isRoot ? own : (drawn.find(({ holder }) => holder.id === own.id)?.giver ?? own);
  const holders: readonly ChainNode[] = [
    {
      key: top.id,
      parent: undefined,
      name: top.name,
      about: undefined,
      isOwn: top.id === own.id,
      isOver: false,
    },
    ...unique(
      drawn.flatMap(({ giver, holder, accessType, withdrawal }): ChainNode[] =>
        holder.id === top.id || (giver.id !== top.id && giver.id !== own.id)
          ? []
          : [
              {
                key: holder.id,
                parent: giver.id,
                name: holder.name,
                about: accessTypeName(accessType, holder.id === own.id ? 'holder' : 'giver'),
                isOwn: holder.id === own.id,
                isOver: withdrawal !== undefined,
              },
            ],
      ),
    ),
  ];
  return <Chain label={t`Access chain`} title={t`Who gave access to whom`} nodes={holders} />;
}

/** A company with several grants is shown once. */
function unique(holders: readonly ChainNode[]): readonly ChainNode[] {
  return [...new Map(holders.map((holder) => [holder.key, holder])).values()];
}
