import type { Reporter, TestModule } from 'vitest/node';

/** Prints the totals as the run's last line: `N passed, N failed`, and `, N skipped` when there are any. */
export default class TotalsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const totals = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      // A file that could not even be loaded has no tests to count, yet it failed.
      if (module.errors().length > 0) totals.failed++;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state !== 'pending') totals[state]++;
      }
    }
    const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
    // After the other reporters, which write their summaries in the same tick.
    setImmediate(() => console.log(`${totals.passed} passed, ${totals.failed} failed${skipped}`));
  }
}
