/** Ages and durations in the few characters that a map has room for. */
import type { Lang } from '../scene.ts';

/** `now`, `45s`, `12min`, `1h20`; Chinese `刚刚`, `45秒前`, `12分前`, `1时20分前`. Negative ages (a clock ahead) read as now. */
export function ageText(ageMs: number, lang: Lang): string {
  const seconds = Math.floor(ageMs / 1000);
  if (seconds < 10) return lang === 'zh' ? '刚刚' : 'now';
  return lang === 'zh' ? `${durationText(seconds, lang)}前` : durationText(seconds, lang);
}

/** `45s`, `12min`, `1h20`, `3d`; Chinese `45秒`, `12分`, `1时20分`, `3天`. */
export function durationText(seconds: number, lang: Lang): string {
  const zh = lang === 'zh';
  if (seconds < 60) return zh ? `${Math.round(seconds)}秒` : `${Math.round(seconds)}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return zh ? `${minutes}分` : `${minutes}min`;
  const hours = Math.floor(minutes / 60);
  const rest = String(minutes % 60).padStart(2, '0');
  if (hours < 48) return zh ? `${hours}时${rest}分` : `${hours}h${rest}`;
  const days = Math.floor(hours / 24);
  return zh ? `${days}天` : `${days}d`;
}

/** `850 m`, `2.4 km`, `36 km`; Chinese units 米 and 公里. */
export function distanceText(metres: number, lang: Lang): string {
  const zh = lang === 'zh';
  if (metres < 1000) return `${Math.round(metres / 10) * 10}${zh ? '米' : ' m'}`;
  const km = metres / 1000;
  return `${km < 10 ? km.toFixed(1) : Math.round(km)}${zh ? '公里' : ' km'}`;
}

/** The scale bar: the largest 1, 2 or 5 × 10ⁿ metres that fits `maxPx`. */
export function scaleBar(metresPerPx: number, maxPx: number): { metres: number; widthPx: number } {
  const most = metresPerPx * maxPx;
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [5, 2, 1].find(factor => factor * power <= most) ?? 1;
  return { metres: step * power, widthPx: (step * power) / metresPerPx };
}
