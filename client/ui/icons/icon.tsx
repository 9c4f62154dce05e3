import type { CSSProperties } from 'react';
import { type IconName, icons } from './icons.ts';

export interface IconProps {
  name: IconName;
  /** CSS length; default 1.25em, so that it goes with the text beside it. */
  size?: string | number;
  /** Read out instead of the picture; without it the icon is decoration and hidden from screen readers. */
  label?: string;
  className?: string;
  style?: CSSProperties;
}

/** An icon in the colour of the text around it. */
export function Icon({ name, size = '1.25em', label, className, style }: IconProps) {
  const shape = icons[name];
  const naming = label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true };
  return (
    <svg
      {...naming}
      className={className}
      style={style}
      width={size}
      height={size}
      viewBox={`0 0 ${shape.grid} ${shape.grid}`}
      focusable="false"
    >
      {shape.stroke ? (
        <path
          d={shape.path}
          fill="none"
          stroke="currentColor"
          strokeWidth={shape.grid / 12}
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      ) : (
        <path d={shape.path} fill="currentColor" fillRule="evenodd" />
      )}
    </svg>
  );
}
