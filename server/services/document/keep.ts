import { createHash } from 'node:crypto';
import { CodedError } from '#contract/errors.ts';
import { documentPrivate } from '../../../db/schema/index.ts';
import { elevate } from '../../../db/transaction.ts';
import type { ServiceDeps } from '../../deps.ts';
import { loadMeeting } from '../meeting/load.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';
import { sniff } from './sniff.ts';

const megabyte = 1_000_000;
/** A pledge or a photograph of a phone is a tenth of it. */
const mostDocumentBytes = 5 * megabyte;
const longestReference = 300;

interface NewDocument {
  kind: 'pledge' | 'photo' | 'recording';
  /** As the sender calls it; null or octet-stream: it says nothing. */
  type: string | null;
  bytes: Uint8Array;
}

/**
 * Keeps a document of a meeting in the vault. Of a recording only where it is kept: the body is that, as text. Throws notFound,
 * forbidden, alreadyClosed, tooLarge; unsupportedMedia when the bytes are no JPEG, PNG, WebP or PDF, or not what they are called.
 */
export function keepDocument(
  deps: ServiceDeps,
  call: Call,
  meetingId: string,
  document: NewDocument,
): Promise<Done<{ documentId: string; sha256: string | null }>> {
  return perform(deps, call, async work => {
    const { incidentId } = await loadMeeting(work, meetingId);
    const { kind } = document;
    const content = kind === 'recording' ? referenceOf(document.bytes) : fileOf(document);
    const documentId = work.id('doc');
    await elevate(work.tx);
    await work.tx.insert(documentPrivate).values({
      id: documentId,
      incidentId,
      meetingId,
      kind,
      ...content,
      addedBy: work.actorId,
      addedAt: work.at,
    });
    const sha256 = kind === 'recording' ? null : createHash('sha256').update(content.bytes).digest('hex');
    work.append({
      kind: 'documentKept',
      incidentId,
      observedAt: work.now,
      payload: { incidentId, documentId, meetingId, kind },
    });
    const { mime, bytes } = content;
    // The sum proves later that the document is the one that was kept then, and tells nothing of what is in it.
    work.audit({
      action: 'paper.keep',
      resource: documentId,
      incidentId,
      detail: { kind, mime, sizeBytes: bytes.length, sha256 },
    });
    return { documentId, sha256 };
  });
}

function fileOf({ type, bytes }: NewDocument) {
  if (bytes.length > mostDocumentBytes)
    throw new CodedError('tooLarge', `the document is larger than ${mostDocumentBytes / megabyte} MB`);
  const mime = sniff(bytes);
  if (!mime) throw new CodedError('unsupportedMedia', 'expected a JPEG, PNG or WebP picture or a PDF');
  const called = type?.split(';')[0]?.trim().toLowerCase();
  if (called && called !== 'application/octet-stream' && called !== mime)
    throw new CodedError(
      'unsupportedMedia',
      `the body is ${mime}; the header Content-Type calls it something else`,
    );
  return { mime, bytes, reference: null };
}

function referenceOf(bytes: Uint8Array) {
  let reference: string;
  try {
    reference = new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim();
  } catch {
    throw new CodedError('unsupportedMedia', 'a recording: expected the text that says where it is kept');
  }
  if (reference === '' || reference.length > longestReference || /\p{Cc}/u.test(reference)) {
    throw new CodedError(
      'invalidBody',
      `a recording: expected one line of 1 to ${longestReference} characters that says where it is kept`,
    );
  }
  return { mime: 'text/plain', bytes: new Uint8Array(), reference };
}
