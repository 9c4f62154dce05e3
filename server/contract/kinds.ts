/** Closed lists without their schemas: screens that check no input, such as the wall, load these and no schema library. */
export const risks = ['extraHigh', 'high', 'medium', 'low'] as const;

export const scamTypes = [
  'fakePolice',
  'investment',
  'rebate',
  'customerService',
  'loan',
  'romance',
  'acquaintance',
  'courier',
  'other',
] as const;

/** Of the kinds of places, those that are lines. */
export const lineKinds = ['industrialRoad', 'quietRoad', 'street'] as const;
export type LineKind = (typeof lineKinds)[number];

export const unitKinds = ['car', 'motorcycle', 'foot'] as const;
export const unitStates = ['available', 'dispatched', 'enRoute', 'onScene', 'outOfService'] as const;

export const roles = [
  'wall',
  'operator',
  'leader',
  'trace',
  'station',
  'field',
  'analyst',
  'auditor',
  'admin',
] as const;

/** What somebody else says of a use of break-glass. */
export const glassVerdicts = ['justified', 'notJustified'] as const;

/** What of an incident can be put on the wall. */
export const pinParts = ['regions', 'units', 'tasks'] as const;
