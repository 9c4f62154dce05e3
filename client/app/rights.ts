/**
 * Which buttons a role is shown. The server's policy decides what is allowed; this only spares people buttons that
 * would be refused.
 */
import type { Role } from '#contract/incident.ts';

const has =
  (...roles: Role[]) =>
  (role: Role) =>
    roles.includes(role);

export const mayReceiveAlerts = has('operator', 'leader');
export const mayAddMembers = has('operator', 'leader');
export const mayRequestAuthority = has('operator', 'leader', 'trace');
export const mayDecideAuthority = has('leader');
export const mayBreakGlass = has('leader');
export const mayReviewGlass = has('leader', 'auditor');
export const mayPinToWall = has('leader');
export const mayLookAtTraces = has('operator', 'leader', 'trace', 'station', 'field', 'analyst');
export const mayRecordSightings = has('operator', 'leader', 'trace', 'station', 'field');
export const mayAmendSightings = has('operator', 'leader', 'trace');
export const maySetHome = has('operator', 'leader', 'trace', 'station');
export const mayHandOver = has('operator', 'leader');
export const mayCloseIncidents = has('operator', 'leader');
export const maySetUnitState = has('operator', 'leader', 'station');
export const mayListUsers = has('operator', 'leader', 'trace', 'analyst');
export const mayRevealSubject = has('operator', 'leader', 'trace', 'station', 'field', 'analyst');
export const maySetCameraState = has('operator', 'leader', 'admin');
export const mayChangeLayers = has('admin');
export const mayPlanShifts = has('leader', 'admin', 'station');
export const mayCloseRoads = has('operator', 'leader');
export const mayUseLearnedSpeeds = has('leader');
export const mayAnswerTasks = has('operator', 'leader', 'station', 'field');
export const maySharePosition = has('field');
export const mayOrderTasks = has('operator', 'leader');
export const mayReadPriors = has('operator', 'leader', 'trace', 'analyst', 'admin');
export const maySetPriors = has('leader');
export const mayRunSimulator = has('leader', 'admin');
export const mayManageUsers = has('admin');
export const mayManageDevices = has('leader', 'admin');
export const mayReadAudit = has('auditor');
export const mayReadRetention = has('leader', 'admin', 'auditor');
export const maySetRetention = has('admin');
export const mayHold = has('leader', 'admin');
/** Whether the administration has anything for this role. */
export const mayAdminister = (role: Role) =>
  mayChangeLayers(role) ||
  mayPlanShifts(role) ||
  mayCloseRoads(role) ||
  mayReadPriors(role) ||
  mayReadRetention(role) ||
  mayReviewGlass(role) ||
  mayRunSimulator(role) ||
  mayManageUsers(role) ||
  mayManageDevices(role);
