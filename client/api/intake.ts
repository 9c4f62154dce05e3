import type { IntakePreview, IntakeReply } from '#contract/intake.ts';
import { call } from './http.ts';

/** What taking the table in would do. */
export const previewAlerts = (file: Blob) => call<IntakePreview>('POST', '/api/alerts/preview', { file });
export const importAlerts = (file: Blob) => call<IntakeReply>('POST', '/api/alerts/import', { file });
