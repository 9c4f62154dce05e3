import { expect, it } from 'vitest';
import { PROTOCOL_VERSION } from '#contract/stream.ts';
import { payloadSchemas } from '#domain/event/event.ts';

it('the protocol is raised with each new kind of fact: an older client cannot apply it and must reload', () => {
  const kinds = Object.keys(payloadSchemas).length;
  expect({ protocol: PROTOCOL_VERSION, kinds }).toEqual({ protocol: 5, kinds: 69 });
});
