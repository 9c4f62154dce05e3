import { usePrefs } from '../app/prefs.ts';
import { useReference, useReferenceList } from '../desk/reference.ts';
import type { BulletinRow } from '../api/reports.ts';
import { reportTexts } from '../i18n/sections/reports.ts';
import { useTexts } from '../i18n/use-t.ts';

/** A row's name in the language in use; one without a station says so. */
export function useRowName(): (row: Pick<BulletinRow, 'stationId' | 'name'>) => string {
  const { noStation } = useTexts(reportTexts);
  const lang = usePrefs(prefs => prefs.lang);
  useReferenceList('stations', true);
  const stations = useReference(reference => reference.stations);
  return ({ stationId, name }) => {
    const nameEn = lang === 'en' ? stations.find(({ id }) => id === stationId)?.nameEn : null;
    return nameEn ?? name ?? stationId ?? noStation;
  };
}

/** 98.3 % */
export const percent = (share: number | null): string =>
  share === null ? '—' : `${(share * 100).toFixed(1)}%`;
