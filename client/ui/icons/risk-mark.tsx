import type { Risk } from '#contract/alert.ts';
import { riskShapes } from './shapes.ts';

/** Where the number stands in each shape: a triangle's middle is low. */
export const riskNumberY: Record<Risk, number> = { extraHigh: 18.4, high: 15.8, medium: 16, low: 16 };

export interface RiskMarkProps {
  risk: Risk;
  /** The incident's number; without it the bare shape, as in a legend. */
  number?: number;
  size?: string | number;
  label?: string;
}

/** Level of risk as shape, number and colour, the same in lists, legend and on the map. */
export function RiskMark({ risk, number, size = '1.5em', label }: RiskMarkProps) {
  const text = number === undefined ? '' : String(number);
  const naming = label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true };
  return (
    <svg {...naming} width={size} height={size} viewBox="-1 -1 26 26" focusable="false">
      <path
        d={riskShapes[risk].path}
        fill={`var(--risk-${risk})`}
        stroke="var(--on-risk)"
        strokeWidth="1.5"
        strokeLinejoin="round"
        paintOrder="stroke"
      />
      {text && (
        <text
          x="12"
          y={riskNumberY[risk]}
          textAnchor="middle"
          fontSize={text.length > 2 ? 8 : text.length > 1 ? 10 : 11.5}
          fontWeight="700"
          fill="var(--on-risk)"
        >
          {text}
        </text>
      )}
    </svg>
  );
}
