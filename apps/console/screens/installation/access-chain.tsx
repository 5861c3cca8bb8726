import { useLingui } from '@lingui/react/macro';
import { type HierarchyPointNode, stratify, tree } from 'd3-hierarchy';
import type { Grant } from '../../api/queries.ts';
import { useAccessTypeName } from '../../parts/words.ts';
import classes from './installation.module.css';

interface Party {
  readonly id: string;
  readonly name: string;
}

interface AccessChainProps {
  readonly own: Party;
  readonly isRoot: boolean;
  readonly grants: readonly Grant[];
}

/** A company with access, by the grant it has it from. */
interface Holder {
  readonly key: string;
  readonly parent: string | undefined;
  readonly name: string;
  readonly type: string | undefined;
  readonly isOwn: boolean;
  readonly isOver: boolean;
}

const WIDTH = 190;
const HEIGHT = 44;
const GAP = 40;

/** From whom the account has its access, and to whom it gave it on, as a drawing; the list below it says the same. */
export function AccessChain({ own, isRoot, grants }: AccessChainProps) {
  const { t } = useLingui();
  const accessTypeName = useAccessTypeName();
  const live = grants.filter(({ withdrawal }) => withdrawal === undefined);
  const drawn = live.length === 0 ? grants : live;
  const top = isRoot ? own : (drawn.find(({ holder }) => holder.id === own.id)?.giver ?? own);
  const holders: readonly Holder[] = [
    {
      key: top.id,
      parent: undefined,
      name: top.name,
      type: undefined,
      isOwn: top.id === own.id,
      isOver: false,
    },
    ...unique(
      drawn.flatMap(({ giver, holder, accessType, withdrawal }): Holder[] =>
        holder.id === top.id || (giver.id !== top.id && giver.id !== own.id)
          ? []
          : [
              {
                key: holder.id,
                parent: giver.id,
                name: holder.name,
                type: accessTypeName(accessType, holder.id === own.id ? 'holder' : 'giver'),
                isOwn: holder.id === own.id,
                isOver: withdrawal !== undefined,
              },
            ],
      ),
    ),
  ];
  const known = new Set(holders.map(({ key }) => key));
  const root = stratify<Holder>()
    .id(({ key }) => key)
    .parentId(({ parent }) => parent)(
    holders.filter(({ parent }) => parent === undefined || known.has(parent)) as Holder[],
  );
  const laid = tree<Holder>().nodeSize([HEIGHT + 12, WIDTH + GAP])(root);
  const nodes = laid.descendants();
  const rows = nodes.map(({ x }) => x);
  const above = Math.min(...rows) - HEIGHT / 2;
  const height = Math.max(...rows) - Math.min(...rows) + HEIGHT;
  const width = (Math.max(...nodes.map(({ depth }) => depth)) + 1) * (WIDTH + GAP) - GAP;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls where it is wider than the screen
    <div className={classes.chain} tabIndex={0} role="region" aria-label={t`Access chain`}>
      <svg width={width} height={height} viewBox={`0 ${above} ${width} ${height}`} role="img">
        <title>{t`Who gave access to whom`}</title>
        {laid.links().map(({ source, target }) => (
          <path key={target.id} d={curve(source, target)} className={classes.link} />
        ))}
        {nodes.map((node) => (
          <Node key={node.id} node={node} />
        ))}
      </svg>
    </div>
  );
}

function Node({ node: { x, y, data } }: { readonly node: HierarchyPointNode<Holder> }) {
  return (
    <g transform={`translate(${y}, ${x - HEIGHT / 2})`} data-own={data.isOwn} data-over={data.isOver}>
      <rect width={WIDTH} height={HEIGHT} rx="6" className={classes.box} />
      <text x="12" y={data.type ? 18 : 27} className={classes.name}>
        {short(data.name)}
      </text>
      {data.type && (
        <text x="12" y="34" className={classes.type}>
          {data.type}
        </text>
      )}
    </g>
  );
}

function curve(source: HierarchyPointNode<Holder>, target: HierarchyPointNode<Holder>): string {
  const from = source.y + WIDTH;
  const middle = (from + target.y) / 2;
  return `M${from},${source.x}C${middle},${source.x} ${middle},${target.x} ${target.y},${target.x}`;
}

const LETTERS = 24;
const short = (name: string) => (name.length > LETTERS ? `${name.slice(0, LETTERS - 1)}…` : name);

/** A company with several grants stands there once. */
function unique(holders: readonly Holder[]): readonly Holder[] {
  return [...new Map(holders.map((holder) => [holder.key, holder])).values()];
}
