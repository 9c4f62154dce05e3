import type { Messages } from '../i18n/zh.ts';
import { ApiFailure } from './http.ts';

/** What to tell the person about a failure: the code in their language, and the facts that help to mend it. */
export function errorText(error: unknown, t: Messages): string {
  if (!(error instanceof ApiFailure)) return error instanceof Error ? error.message : t.errors.internal;
  const facts = factsOf(error, t);
  return facts === '' ? t.errors[error.code] : `${t.errors[error.code]}: ${facts}`;
}

function factsOf({ code, details }: ApiFailure, t: Messages): string {
  if (code === 'traceNotAllowed') {
    const missing = (details as { missing?: unknown } | undefined)?.missing;
    const known = t.errors.missing as Record<string, string>;
    return Array.isArray(missing)
      ? missing.map(item => known[String(item)] ?? String(item)).join(t.list)
      : '';
  }
  if (code !== 'invalidBody' && code !== 'badRequest') return '';
  const issues = Array.isArray(details)
    ? details
    : ((details as { issues?: unknown } | undefined)?.issues ?? []);
  return Array.isArray(issues) ? issues.map(issueText).filter(Boolean).join('; ') : '';
}

/** `path` names the entry, in parts or already joined. */
function issueText({ path, message }: { path?: unknown; message?: unknown }): string {
  const name = Array.isArray(path) ? path.join('.') : path;
  return [name, message].filter(part => typeof part === 'string' && part !== '').join(': ');
}
