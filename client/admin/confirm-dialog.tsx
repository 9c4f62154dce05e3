import { useAction } from '../desk/use-action.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { Problem } from '../ui/section.tsx';

interface ConfirmDialogProps<T> {
  title: string;
  hint: string;
  confirm: string;
  isDanger?: boolean;
  act: () => Promise<T>;
  onDone: (answer: T) => void;
  onClose: () => void;
}

/** Says what comes of something, and does it when it is wanted still. */
export function ConfirmDialog<T>(props: ConfirmDialogProps<T>) {
  const { title, hint, confirm, isDanger = true, act, onDone, onClose } = props;
  const t = useT();
  const action = useAction();
  async function submit(): Promise<void> {
    const answers: T[] = [];
    if (await action.run(async () => void answers.push(await act()))) onDone(answers[0]!);
  }
  return (
    <Dialog title={title} hint={hint} isOpen onClose={onClose} role="alertdialog">
      <Problem>{action.problem}</Problem>
      <DialogActions>
        <Button onPress={onClose}>{t.cancel}</Button>
        <Button
          variant={isDanger ? 'danger' : 'primary'}
          isDisabled={action.busy}
          onPress={() => void submit()}
        >
          {confirm}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
