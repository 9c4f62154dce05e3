/** Which part of an incident is shown: the same for each incident, remembered for each operator of this browser. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { keep, kept } from '../../app/kept.ts';

/** In the order in which they are worked; their digits are their keys. */
export const panelTabs = ['plan', 'trace', 'lines', 'money', 'order', 'story', 'file'] as const;
export type PanelTab = (typeof panelTabs)[number];

const store = createStore<{ userId: string; tab: PanelTab }>()(() => ({ userId: '', tab: 'plan' }));
const keyOf = (userId: string) => `jianmian.tab.${userId}`;
const isTab = (name: unknown): name is PanelTab => panelTabs.some(tab => tab === name);

export const usePanelTab = (): PanelTab => useStore(store, ({ tab }) => tab);

/** What this operator looked at last. */
export function recallTab(userId: string): void {
  if (store.getState().userId === userId) return;
  const found = kept(keyOf(userId));
  store.setState({ userId, tab: isTab(found) ? found : 'plan' });
}

export function showTab(tab: PanelTab): void {
  store.setState({ tab });
  keep(keyOf(store.getState().userId), tab);
}

/** Shows the part that holds an element, so that what a key does is seen. */
export function showTabOf(element: Element): void {
  const tab = element.closest('[data-tab]')?.getAttribute('data-tab');
  if (isTab(tab)) showTab(tab);
}
