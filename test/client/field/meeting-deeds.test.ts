import { describe, expect, it } from 'vitest';
import {
  type Deed,
  type OwnMeeting,
  type WaitingDeed,
  withDeed,
} from '../../../client/field/meeting-deeds.ts';
import { Outbox } from '../../../client/field/outbox.ts';
import { ApiFailure } from '../../../client/api/http.ts';

const at = '2026-11-22T02:00:00.000Z';
const hold: Deed = { say: 'hold', body: { at, place: '门口', officers: ['off_1', 'off_2'] } };
const waiting = (key: string, deed: Deed): WaitingDeed => ({
  key,
  incidentId: 'inc_1',
  meeting: 'first',
  deed,
});
const said = (...deeds: Deed[]): OwnMeeting | null =>
  deeds.reduce<OwnMeeting | null>(
    (meeting, deed, i) => withDeed(meeting, waiting(i === 0 ? 'first' : `k${i}`, deed)),
    null,
  );

describe('a meeting as the phone says it', () => {
  it('begins with who is there; before that nothing counts', () => {
    expect(said({ say: 'step', step: 1, body: { done: true } })).toBeNull();
    expect(said(hold)).toMatchObject({
      incidentId: 'inc_1',
      key: 'first',
      officerIds: ['off_1', 'off_2'],
      steps: {},
    });
  });

  it('keeps the last word on each step, adds up what was installed, counts documents', () => {
    const meeting = said(
      hold,
      { say: 'step', step: 3, body: { done: false, refusal: 'refused' } },
      { say: 'change', body: { consent: false } },
      { say: 'step', step: 3, body: { done: true } },
      { say: 'change', body: { consent: true } },
      { say: 'change', body: { appInstalled: true } },
      { say: 'document', kind: 'photo', data: 'AA==' },
      { say: 'document', kind: 'photo', data: 'AQ==' },
      { say: 'revisit', dueAt: at },
    );
    expect(meeting).toMatchObject({
      steps: { 3: { done: true, refusal: null } },
      noted: { consent: true, appInstalled: true },
      documents: { pledge: 0, photo: 2 },
      revisits: [at],
    });
    expect(JSON.stringify(meeting)).not.toContain('AQ==');
  });

  it('waits for the network in the order of saying, after what began the meeting', async () => {
    const texts = new Map<string, string>();
    const heard: string[] = [];
    let isUp = false;
    const outbox = new Outbox<WaitingDeed>('u1', {
      keep: { getItem: name => texts.get(name) ?? null, setItem: (name, text) => void texts.set(name, text) },
      shelf: 'deeds',
      send: async ({ deed }) => {
        if (!isUp) throw new ApiFailure('offline', 'away');
        heard.push(deed.say);
      },
      after: () => () => undefined,
      random: () => 0.5,
      onSent: () => undefined,
    });
    outbox.add(waiting('first', hold));
    outbox.add(waiting('second', { say: 'step', step: 1, body: { done: true, at } }));
    await new Promise(resolve => setImmediate(resolve));
    expect(heard).toEqual([]);
    expect([...texts.keys()]).toEqual(['jianmian.field.deeds.u1']);
    isUp = true;
    outbox.wake();
    await new Promise(resolve => setImmediate(resolve));
    expect(heard).toEqual(['hold', 'step']);
    expect(outbox.store.getState().unsent).toEqual([]);
  });
});
