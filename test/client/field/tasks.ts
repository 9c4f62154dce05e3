import type { TaskView } from '../../../server/contract/task.ts';

/** A task as the server shows it; give what matters to the test. */
export const taskView = (more: Partial<TaskView> = {}): TaskView => ({
  id: 'tsk_1',
  incidentId: 'inc_1',
  incidentNumber: 1,
  unitId: 'unt_1',
  callsign: '茶口-1',
  placeId: 'p-bank',
  segmentId: null,
  target: { kind: 'bank', name: '江源银行', position: { lng: 103.34, lat: 24.76 }, path: null },
  method: 'clerkAsked',
  state: 'ordered',
  outcome: null,
  resultMethod: null,
  needsSworn: false,
  orderedAt: '2026-11-22T01:50:00.000Z',
  acceptedAt: null,
  arrivedAt: null,
  endedAt: null,
  helpAt: null,
  why: null,
  reason: null,
  note: null,
  ...more,
});
