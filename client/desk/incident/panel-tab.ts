/** Which part of an incident is shown: the same for each incident, remembered for each operator of this browser. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

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
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(keyOf(userId));
  } catch {
    // Private windows may refuse storage; everybody then begins with the first.
  }
  store.setState({ userId, tab: isTab(kept) ? kept : 'plan' });
}

export function showTab(tab: PanelTab): void {
  store.setState({ tab });
  try {
    localStorage.setItem(keyOf(store.getState().userId), tab);
  } catch {
    // As above.
  }
}

/** Shows the part that holds an element, so that what a key does is seen. */
export function showTabOf(element: Element): void {
  const tab = element.closest('[data-tab]')?.getAttribute('data-tab');
  if (isTab(tab)) showTab(tab);
}
