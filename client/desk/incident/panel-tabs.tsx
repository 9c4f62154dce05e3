import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { deskTexts } from '../../i18n/sections/desk.ts';
import { useTexts } from '../../i18n/use-t.ts';
import { type PanelTab, panelTabs, showTab, usePanelTab } from './panel-tab.ts';
import styles from './panel-tabs.module.css';

/**
 * The parts of an incident, one at a time, each with its digit. All of them stay mounted: their keys work from everywhere,
 * and what was typed or unfolded is still there on return.
 */
export function PanelTabs({ parts }: { parts: Record<PanelTab, ReactNode> }) {
  const texts = useTexts(deskTexts).tabs;
  const tab = usePanelTab();
  return (
    <Tabs
      className={styles.tabs ?? ''}
      selectedKey={tab}
      onSelectionChange={key => showTab(key as PanelTab)}
      keyboardActivation="manual"
    >
      <TabList className={styles.list ?? ''} aria-label={texts.label}>
        {panelTabs.map((name, index) => (
          <Tab key={name} id={name} className={styles.tab ?? ''}>
            <kbd>{index + 1}</kbd>
            {texts[name]}
          </Tab>
        ))}
      </TabList>
      {panelTabs.map(name => (
        <TabPanel key={name} id={name} shouldForceMount className={styles.part ?? ''} data-tab={name}>
          {parts[name]}
        </TabPanel>
      ))}
    </Tabs>
  );
}
