import { useEffect, useRef, useState } from 'react';
import SignaturePad from 'signature_pad';
import type { ScamType } from '#contract/alert.ts';
import { pledgeText, pledgeTitle } from '#domain/loop/pledge.ts';
import { dayOf } from '#domain/shanghai.ts';
import { serverNow } from '../../clock/use-now.ts';
import { meetingTexts } from '../../i18n/sections/meeting.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { Problem } from '../../ui/section.tsx';
import { useAction } from '../use-action.ts';
import { pledgeImage } from './meeting-pledge-image.ts';
import styles from './meeting.module.css';

export interface PledgeDialogProps {
  scamType: ScamType;
  /** Takes the signed document; the dialog closes when that is done. */
  onSigned: (document: Blob) => Promise<void>;
  onClose: () => void;
}

/** The pledge in words of her fraud, and a field to sign it with finger, pen or mouse. */
export function PledgeDialog({ scamType, onSigned, onClose }: PledgeDialogProps) {
  const texts = useTexts(meetingTexts);
  const formats = useFormats();
  const [round, setRound] = useState(0);
  const [signature, setSignature] = useState<HTMLCanvasElement | null>(null);
  const action = useAction();
  const paragraphs = pledgeText(scamType);
  const submit = () =>
    action.run(async () => {
      if (!signature) return;
      const now = serverNow();
      const signedAt = texts.signedAt(`${dayOf(now)} ${formats.time(now)}`);
      const parts = { title: pledgeTitle, paragraphs, signature, signedAt, sumLabel: texts.textSum };
      await onSigned(await pledgeImage(parts));
      onClose();
    });
  return (
    <Dialog title={pledgeTitle} hint={texts.pledgeHint} isOpen onClose={onClose} wide role="alertdialog">
      <div className={styles.pledge} lang="zh-CN">
        {paragraphs.map(paragraph => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
      <SignField key={round} label={texts.signHere} onStroke={setSignature} />
      <Problem>{action.problem}</Problem>
      <DialogActions>
        <Button
          className={styles.thumb}
          onPress={() => {
            setSignature(null);
            setRound(round + 1);
          }}
        >
          {texts.clear}
        </Button>
        <Button
          variant="primary"
          className={styles.thumb}
          isDisabled={!signature || action.busy}
          onPress={() => void submit()}
        >
          {texts.sign}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** A field of its own, for it exists only once the dialog has opened. Tells of itself after each stroke. */
function SignField({ label, onStroke }: { label: string; onStroke: (signature: HTMLCanvasElement) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const field = canvas.current!;
    const ratio = Math.max(globalThis.devicePixelRatio, 2);
    field.width = field.offsetWidth * ratio;
    field.height = field.offsetHeight * ratio;
    field.getContext('2d')?.scale(ratio, ratio);
    const look = { backgroundColor: '#fff', penColor: '#10182b', minWidth: 1, maxWidth: 3 };
    const pad = new SignaturePad(field, look);
    pad.addEventListener('endStroke', () => onStroke(field));
    return () => pad.off();
  }, [onStroke]);
  return <canvas ref={canvas} className={styles.signature} role="img" aria-label={label} />;
}
