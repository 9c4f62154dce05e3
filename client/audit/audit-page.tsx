import { lazy } from 'react';
import { type PageSection, SectionedPage } from '../admin/sectioned-page.tsx';
import { mayReadAudit, mayReadRetention, mayReviewGlass } from '../app/rights.ts';
import { auditTexts } from '../i18n/sections/audit.ts';
import { useTexts } from '../i18n/use-t.ts';

type SectionName = keyof (typeof auditTexts)['zh']['sections'];

const sections: PageSection<SectionName>[] = [
  { name: 'records', may: mayReadAudit, Content: lazy(() => import('./records-section.tsx')) },
  { name: 'lookers', may: mayReadAudit, Content: lazy(() => import('./lookers-section.tsx')) },
  { name: 'unusual', may: mayReadAudit, Content: lazy(() => import('./unusual-section.tsx')) },
  {
    name: 'glass',
    may: role => mayReadAudit(role) && mayReviewGlass(role),
    Content: lazy(() => import('../admin/glass/glass-section.tsx')),
  },
  {
    name: 'retention',
    may: role => mayReadAudit(role) && mayReadRetention(role),
    Content: lazy(() => import('../admin/retention/retention-section.tsx')),
  },
  { name: 'days', may: mayReadAudit, Content: lazy(() => import('./days-section.tsx')) },
];

/** What an auditor sees, and nothing else. */
export default function AuditPage({ section }: { section: string | null }) {
  const { page, sections: names, nothing } = useTexts(auditTexts);
  const props = { title: page, path: '/audit', sections, names, section, nothing };
  return <SectionedPage<SectionName> {...props} />;
}
