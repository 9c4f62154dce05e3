import { lazy } from 'react';
import {
  mayChangeLayers,
  mayCheckMeetings,
  mayManageDevices,
  mayManageUsers,
  mayCloseRoads,
  mayPlanShifts,
  mayReadBanks,
  mayReadPriors,
  mayReadRetention,
  mayReviewGlass,
  mayRunSimulator,
  maySendUpward,
  maySetClocks,
} from '../app/rights.ts';
import { adminTexts } from '../i18n/sections/admin.ts';
import { useTexts } from '../i18n/use-t.ts';
import { type PageSection, SectionedPage } from './sectioned-page.tsx';

type SectionName = keyof (typeof adminTexts)['zh']['sections'];

const sections: PageSection<SectionName>[] = [
  { name: 'layers', may: mayChangeLayers, Content: lazy(() => import('./layers/layers-section.tsx')) },
  { name: 'roster', may: mayPlanShifts, Content: lazy(() => import('./roster/roster-section.tsx')) },
  {
    name: 'simulator',
    may: mayRunSimulator,
    demoOnly: true,
    Content: lazy(async () => ({
      default: (await import('./simulator/simulator-section.tsx')).SimulatorSection,
    })),
  },
  {
    name: 'roads',
    may: mayCloseRoads,
    Content: lazy(async () => ({ default: (await import('./roads/roads-section.tsx')).RoadsSection })),
  },
  { name: 'users', may: mayManageUsers, Content: lazy(() => import('./users/users-section.tsx')) },
  {
    name: 'banks',
    may: mayReadBanks,
    Content: lazy(() => import('./banks/banks-section.tsx')),
  },
  { name: 'devices', may: mayManageDevices, Content: lazy(() => import('./devices/devices-section.tsx')) },
  { name: 'clocks', may: maySetClocks, Content: lazy(() => import('./clocks/clocks-section.tsx')) },
  { name: 'priors', may: mayReadPriors, Content: lazy(() => import('./priors/priors-section.tsx')) },
  {
    name: 'retention',
    may: mayReadRetention,
    Content: lazy(() => import('./retention/retention-section.tsx')),
  },
  { name: 'checks', may: mayCheckMeetings, Content: lazy(() => import('./checks/checks-section.tsx')) },
  { name: 'upward', may: maySendUpward, Content: lazy(() => import('./checks/upward-section.tsx')) },
  { name: 'glass', may: mayReviewGlass, Content: lazy(() => import('./glass/glass-section.tsx')) },
];

/** Everything that is set up once and seldom changed; each section shows to those who may use it. */
export function AdminPage({ section }: { section: string | null }) {
  const { page, sections: names, nothing } = useTexts(adminTexts);
  const props = { title: page, path: '/admin', sections, names, section, nothing };
  return <SectionedPage<SectionName> {...props} />;
}
