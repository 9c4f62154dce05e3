import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const server = 'http://127.0.0.1:8080';

export default defineConfig({
  root: 'client',
  plugins: [react()],
  worker: { format: 'es', rolldownOptions: { treeshake: { manualPureFunctions: ['z'] } } },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    // Data URLs would need font-src and img-src data: for no gain on a local network.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1800,
    // Making a zod schema changes nothing outside: those that a page does not use can go.
    rolldownOptions: { treeshake: { manualPureFunctions: ['z'] } },
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
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
