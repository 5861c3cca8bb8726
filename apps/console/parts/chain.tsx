import { type HierarchyPointNode, stratify, tree } from 'd3-hierarchy';
import { type ReactNode, useId } from 'react';
import classes from './chain.module.css';

/** A company in a chain of access. */
export interface ChainNode {
  readonly key: string;
  /** The company above it, which gave it access; whatever has none in the chain is left out, but for the first. */
  readonly parent: string | undefined;
  readonly name: string;
  readonly about: ReactNode;
  readonly isOwn: boolean;
  readonly isOver: boolean;
}

interface ChainProps {
  readonly label: string;
  readonly title: string;
  /** Each once. */
  readonly nodes: readonly ChainNode[];
}

const WIDTH = 190;
const HEIGHT = 44;
const GAP = 40;

/** Who has access from whom, as a drawing: an arrow leads from the giver to the receiver. A list beside it says the same. */
export function Chain({ label, title, nodes: given }: ChainProps) {
  const arrow = useId();
  const known = new Set(given.map(({ key }) => key));
  const root = stratify<ChainNode>()
    .id(({ key }) => key)
    .parentId(({ parent }) => parent)(
    given.filter(({ parent }) => parent === undefined || known.has(parent)) as ChainNode[],
  );
  const laid = tree<ChainNode>().nodeSize([HEIGHT + 12, WIDTH + GAP])(root);
  const nodes = laid.descendants();
  const rows = nodes.map(({ x }) => x);
  const above = Math.min(...rows) - HEIGHT / 2;
  const height = Math.max(...rows) - Math.min(...rows) + HEIGHT;
  const width = (Math.max(...nodes.map(({ depth }) => depth)) + 1) * (WIDTH + GAP) - GAP;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls where it is wider than the screen
    <div className={classes.chain} tabIndex={0} role="region" aria-label={label}>
      <svg width={width} height={height} viewBox={`0 ${above} ${width} ${height}`} role="img">
        <title>{title}</title>
        <marker
          id={arrow}
          viewBox="0 0 8 8"
          refX="8"
          refY="4"
          markerWidth="8"
          markerHeight="8"
          orient="auto"
          markerUnits="userSpaceOnUse"
        >
          <path d="M0,0L8,4L0,8z" className={classes.arrow} />
        </marker>
        {laid.links().map(({ source, target }) => (
          <path
            key={target.id}
            d={curve(source, target)}
            className={classes.link}
            markerEnd={`url(#${arrow})`}
          />
        ))}
        {nodes.map((node) => (
          <Node key={node.id} node={node} />
        ))}
      </svg>
    </div>
  );
}

function Node({ node: { x, y, data } }: { readonly node: HierarchyPointNode<ChainNode> }) {
  return (
    <g transform={`translate(${y}, ${x - HEIGHT / 2})`} data-own={data.isOwn} data-over={data.isOver}>
      <rect width={WIDTH} height={HEIGHT} rx="6" className={classes.box} />
      <text x="12" y={data.about ? 18 : 27} className={classes.name}>
        {short(data.name)}
      </text>
      {data.about && (
        <text x="12" y="34" className={classes.type}>
          {data.about}
        </text>
      )}
    </g>
  );
}

function curve(source: HierarchyPointNode<ChainNode>, target: HierarchyPointNode<ChainNode>): string {
  const from = source.y + WIDTH;
  const middle = (from + target.y) / 2;
  return `M${from},${source.x}C${middle},${source.x} ${middle},${target.x} ${target.y},${target.x}`;
}

const LETTERS = 24;
const short = (name: string) => (name.length > LETTERS ? `${name.slice(0, LETTERS - 1)}…` : name);
