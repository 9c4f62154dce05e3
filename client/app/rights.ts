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
export const mayAnswerOrders = has('operator', 'leader', 'station', 'field');
export const mayIssueOrders = has('operator', 'leader');
export const mayHandOverOrders = has('operator', 'leader', 'station');
export const maySeeStations = has('operator', 'leader', 'trace', 'station', 'field', 'analyst');
export const mayWorkLines = has('operator', 'leader', 'trace');
export const mayWorkStops = has('operator', 'leader', 'trace');
export const mayReadBanks = has('operator', 'leader', 'trace', 'admin');
export const maySetBanks = has('leader', 'admin');
export const mayRecordContacts = has('operator', 'leader', 'trace', 'station', 'field');
export const maySendSms = has('operator', 'leader');
export const mayAnswerLeaderCalls = has('leader');
export const mayOrderTasks = has('operator', 'leader');
export const mayReadPriors = has('operator', 'leader', 'trace', 'analyst', 'admin');
export const maySetClocks = has('leader');
export const maySetPriors = has('leader');
export const mayRunSimulator = has('leader', 'admin');
export const mayManageUsers = has('admin');
export const mayManageDevices = has('leader', 'admin');
export const mayReadAudit = has('auditor');
export const mayReadRetention = has('leader', 'admin', 'auditor');
export const maySetRetention = has('admin');
export const mayHold = has('leader', 'admin');
export const mayHoldMeetings = has('operator', 'leader', 'station', 'field');
export const mayReadDocuments = has('operator', 'leader', 'station', 'field');
export const mayCheckMeetings = has('leader');
export const maySendUpward = has('operator', 'leader');
export const mayReportOutcomes = has('operator', 'leader', 'station', 'analyst');
export const mayWriteNotes = has('operator', 'leader', 'trace', 'station', 'field');
export const mayReadHandovers = has('operator', 'leader', 'trace');
export const maySignHandovers = has('leader');
export const mayReadClear = has('wall', 'operator', 'leader', 'trace', 'station', 'analyst');
export const mayAnswerClear = has('operator', 'leader', 'station');
export const mayReadReports = has('operator', 'leader', 'trace', 'station', 'analyst');
export const mayReplay = has('operator', 'leader', 'trace', 'station', 'analyst');
export const mayReplayCentre = has('operator', 'leader', 'trace', 'analyst');
export const mayReview = has('leader', 'trace', 'analyst');
export const mayExportReports = has('operator', 'leader', 'analyst');
/** Whether the administration has anything for this role. */
export const mayAdminister = (role: Role) =>
  mayChangeLayers(role) ||
  mayPlanShifts(role) ||
  mayCloseRoads(role) ||
  mayReadPriors(role) ||
  mayReadBanks(role) ||
  mayReadRetention(role) ||
  mayReviewGlass(role) ||
  mayRunSimulator(role) ||
  mayCheckMeetings(role) ||
  maySendUpward(role) ||
  mayManageUsers(role) ||
  mayManageDevices(role);
