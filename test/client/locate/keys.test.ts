import { describe, expect, it } from 'vitest';
import { claimedKey, claimKeys, keyName } from '../../../client/desk/claimed-keys.ts';

const press = (key: string, shiftKey = false) => ({ key, shiftKey });

describe('keys', () => {
  it('are letters whether caps lock is on or not; shift is another key', () => {
    expect([press('a'), press('A', true), press('A'), press('a', true)].map(keyName)).toEqual([
      'a',
      'Shift+a',
      'a',
      'Shift+a',
    ]);
    expect([press('?', true), press('Escape'), press('[')].map(keyName)).toEqual(['?', 'Escape', '[']);
  });

  it('belong to the panel that claimed them, until it gives them back', () => {
    const pressed: string[] = [];
    const release = claimKeys({ a: () => pressed.push('first') });
    claimedKey(press('a'))?.();
    const releaseNext = claimKeys({ a: () => pressed.push('second') });
    // A panel that goes late takes nothing from the one that came after it.
    release();
    claimedKey(press('a'))?.();
    expect(claimedKey(press('j'))).toBeUndefined();
    releaseNext();
    expect(claimedKey(press('a'))).toBeUndefined();
    expect(pressed).toEqual(['first', 'second']);
  });
});
