import { lazy } from 'react';
import { type PageSection, SectionedPage } from '../admin/sectioned-page.tsx';
import { mayReadClear, mayReadHandovers, mayReadReports, mayReplay } from '../app/rights.ts';
import { calibrationTexts } from '../i18n/sections/calibration.ts';
import { handoverTexts } from '../i18n/sections/handover.ts';
import { replayTexts } from '../i18n/sections/replay.ts';
import { reportTexts } from '../i18n/sections/reports.ts';
import { todayTexts } from '../i18n/sections/today.ts';
import { useT, useTexts } from '../i18n/use-t.ts';

type Name = 'today' | 'reports' | 'calibration' | 'handover' | 'replay';
const sections: PageSection<Name>[] = [
  { name: 'today', may: mayReadClear, Content: lazy(() => import('./today-board.tsx')) },
  { name: 'reports', may: mayReadReports, Content: lazy(() => import('../reports/bulletin-section.tsx')) },
  {
    name: 'calibration',
    may: mayReadReports,
    Content: lazy(() => import('../reports/calibration-section.tsx')),
  },
  {
    name: 'handover',
    may: mayReadHandovers,
    Content: lazy(() => import('../handover/handover-page.tsx')),
  },
  { name: 'replay', may: mayReplay, Content: lazy(() => import('../replay/recordings.tsx')) },
];

/** What the bureau answers for: the day, and the week. */
export default function LoopPages({ section }: { section: Name }) {
  const t = useT();
  const names = {
    today: useTexts(todayTexts).title,
    reports: useTexts(reportTexts).nav,
    calibration: useTexts(calibrationTexts).title,
    handover: useTexts(handoverTexts).title,
    replay: useTexts(replayTexts).title,
  };
  const props = { title: names[section], path: '', sections, names, section, nothing: t.none };
  return <SectionedPage<Name> {...props} />;
}
