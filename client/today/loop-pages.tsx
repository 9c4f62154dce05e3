import { lazy } from 'react';
import { type PageSection, SectionedPage } from '../admin/sectioned-page.tsx';
import { mayReadClear, mayReadHandovers, mayReadReports } from '../app/rights.ts';
import { handoverTexts } from '../i18n/sections/handover.ts';
import { reportTexts } from '../i18n/sections/reports.ts';
import { todayTexts } from '../i18n/sections/today.ts';
import { useT, useTexts } from '../i18n/use-t.ts';

type Name = 'today' | 'reports' | 'handover';
const sections: PageSection<Name>[] = [
  { name: 'today', may: mayReadClear, Content: lazy(() => import('./today-board.tsx')) },
  { name: 'reports', may: mayReadReports, Content: lazy(() => import('../reports/bulletin-section.tsx')) },
  {
    name: 'handover',
    may: mayReadHandovers,
    Content: lazy(() => import('../handover/handover-page.tsx')),
  },
];

/** What the bureau answers for: the day, and the week. */
export default function LoopPages({ section }: { section: Name }) {
  const t = useT();
  const names = {
    today: useTexts(todayTexts).title,
    reports: useTexts(reportTexts).nav,
    handover: useTexts(handoverTexts).title,
  };
  const props = { title: names[section], path: '', sections, names, section, nothing: t.none };
  return <SectionedPage<Name> {...props} />;
}
