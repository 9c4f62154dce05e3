/** The few words that the map itself shows or reads out. */
import type { Risk } from '#contract/alert.ts';
import type { Lang } from './scene.ts';

export interface MapWords {
  map: string;
  incident: string;
  risk: Record<Risk, string>;
  zoomIn: string;
  zoomOut: string;
  north: string;
  fit: string;
  measure: string;
}

export const words: Record<Lang, MapWords> = {
  zh: {
    map: '态势地图',
    incident: '警情',
    risk: { extraHigh: '特高危', high: '高危', medium: '中危', low: '低危' },
    zoomIn: '放大',
    zoomOut: '缩小',
    north: '正北朝上',
    fit: '显示全域',
    measure: '测距',
  },
  en: {
    map: 'Situation map',
    incident: 'Incident',
    risk: { extraHigh: 'extra-high risk', high: 'high risk', medium: 'medium risk', low: 'low risk' },
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    north: 'North up',
    fit: 'Whole region',
    measure: 'Measure',
  },
};
