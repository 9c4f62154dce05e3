import type { UnitKind, UnitState } from '#contract/unit.ts';
import { unitShapes } from './shapes.ts';

export interface UnitMarkProps {
  state: UnitState;
  /** Without a kind the bare form of the state, as in a legend. */
  kind?: UnitKind;
  /** Not heard of for a while: grey, and never full. */
  stale?: boolean;
  size?: string | number;
  label?: string;
}

/** A unit as the map draws it: the state by form (ring, dashed ring, disc, square, struck through) and by colour. */
export function UnitMark({ state, kind, stale = false, size = '1.5em', label }: UnitMarkProps) {
  const naming = label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true };
  const color = stale ? 'var(--text-3)' : `var(--state-${state})`;
  const full = !stale && (state === 'enRoute' || state === 'onScene');
  const body = {
    fill: full ? color : 'var(--surface-1)',
    stroke: color,
    strokeWidth: state === 'outOfService' ? 1.2 : 2.2,
    ...(state === 'dispatched' && { strokeDasharray: '4.9 2.8' }),
  };
  const shape = kind && unitShapes[kind];
  const ink = full ? 'var(--bg)' : color;
  return (
    <svg {...naming} width={size} height={size} viewBox="0 0 24 24" focusable="false">
      {state === 'onScene' ? (
        <rect x="2" y="2" width="20" height="20" rx="3.5" {...body} />
      ) : (
        <circle cx="12" cy="12" r="9.8" {...body} />
      )}
      {shape && (
        <g transform="translate(6 6) scale(0.5)">
          {shape.stroke ? (
            <path
              d={shape.path}
              fill="none"
              stroke={ink}
              strokeWidth="2"
              strokeLinecap="round"
              strokeLinejoin="round"
            />
          ) : (
            <path d={shape.path} fill={ink} fillRule="evenodd" />
          )}
        </g>
      )}
      {state === 'outOfService' && <path d="M5 19 19 5" stroke={color} strokeWidth="1.5" />}
    </svg>
  );
}
