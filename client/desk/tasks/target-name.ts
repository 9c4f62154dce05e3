import type { WorldTask } from '#domain/world.ts';
import { taskTexts } from '../../i18n/sections/tasks.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { useTaskStore } from './task-store.ts';

/** Where a task leads, in words. */
export function useTargetName(task: WorldTask): string {
  const t = useT();
  const texts = useTexts(taskTexts);
  const view = useTaskStore(store => store.views[task.id]);
  if (!view) return t.loading;
  return view.target?.name ?? texts.unknownTarget;
}
