/** An alert as it is typed in, and what it becomes on the wire. Pure. */
import { type AlertBody, alertBodySchema, type Risk, type ScamType } from '#contract/alert.ts';
import { emptyPosition, type PositionDraft, readNumber, readPosition } from './position-draft.ts';

export interface AlertDraft {
  risk: Risk;
  scamType: ScamType;
  source: string;
  name: string;
  phone: string;
  address: string;
  home: PositionDraft;
  vehicle: string;
  amount: string;
  note: string;
}

export const emptyAlert: AlertDraft = {
  risk: 'extraHigh',
  scamType: 'fakePolice',
  source: '',
  name: '',
  phone: '',
  address: '',
  home: emptyPosition,
  vehicle: '',
  amount: '',
  note: '',
};

/** The body to send, or the names of the fields that are not right yet. */
export function toAlert(draft: AlertDraft): AlertBody | { wrong: string[] } {
  const { risk, scamType } = draft;
  const home = readPosition(draft.home);
  const amount = readNumber(draft.amount);
  const wrong = [
    ...(home === null && (draft.home.lng.trim() !== '' || draft.home.lat.trim() !== '') ? ['home'] : []),
    ...(amount === null && draft.amount.trim() !== '' ? ['amount'] : []),
  ];
  const parsed = alertBodySchema.safeParse({
    risk,
    scamType,
    source: draft.source.trim(),
    subject: {
      name: draft.name,
      phone: draft.phone,
      ...(draft.address.trim() !== '' && { address: draft.address.trim() }),
      ...(home && { home }),
      ...(draft.vehicle.trim() !== '' && { vehicle: draft.vehicle.trim() }),
    },
    ...(amount !== null && { amount }),
    ...(draft.note.trim() !== '' && { note: draft.note.trim() }),
  });
  if (parsed.success && wrong.length === 0) return parsed.data;
  const issues = parsed.success ? [] : parsed.error.issues.map(({ path }) => String(path.at(-1) ?? ''));
  return { wrong: [...new Set([...wrong, ...issues])] };
}
