import { appendFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type BegunTraining, TrainingLog } from '../../server/sim/training-log.ts';

const begun = (incidentId: string): BegunTraining => ({
  scenarioId: 'fakePolice',
  seed: 7,
  startedAt: '2026-11-22T01:00:00.000Z',
  incidentId,
});

it('is read again by the next start, without the line that a power cut tore', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'jianmian-trainings-')), 'trainings.jsonl');
  const log = new TrainingLog(file);
  log.keep(begun('inc-1'));
  log.keep(begun('inc-1'));
  log.keep(begun('inc-2'));
  expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(2);
  appendFileSync(file, '{"scenarioId":"fakePol');
  const again = new TrainingLog(file);
  expect(again.open).toEqual([begun('inc-1'), begun('inc-2')]);
  again.keep(begun('inc-3'));
  expect(new TrainingLog(file).open.map(({ incidentId }) => incidentId)).toEqual(['inc-1', 'inc-2', 'inc-3']);
});
