import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const server = 'http://127.0.0.1:8080';

/**
 * A module of the contract that nobody uses anything of can go, although it calls zod when it is loaded: so the wall,
 * which checks no input, takes the closed lists (contract/kinds.ts) through it and carries no schema library.
 */
const treeshake = { moduleSideEffects: (id: string) => !/\/server\/contract\/[\w-]+\.ts$/.test(id) };

export default defineConfig({
  root: 'client',
  plugins: [react()],
  worker: { format: 'es', rolldownOptions: { treeshake } },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    // Data URLs would need font-src and img-src data: for no gain on a local network.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1800,
    rolldownOptions: { treeshake },
  },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/feeds', '/tiles', '/ogc', '/healthz', '/readyz'].map(path => [path, server]),
    ),
  },
  test: {
    root: '.',
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/global-setup.ts',
    reporters: ['default', './test/reporter.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Node 24 now and then ends while a thread's code is cleared away beside it (docs/operations.md): 4 of 14 runs of the layers' tests.
    execArgv: ['--single-threaded-gc'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
