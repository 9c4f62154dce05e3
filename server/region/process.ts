/** Whether a process with this number runs on this machine, whoever it belongs to; false for what is no number. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0); // 0 sends nothing, it only asks
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}
