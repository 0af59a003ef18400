import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const server = process.env.SEXTANT_SERVER ?? 'http://localhost:8000';

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': new URL('./src', import.meta.url).pathname } },
  server: {
    port: 3000,
    proxy: { '/api': { target: server, ws: true } },
  },
  build: {
    target: 'es2022',
    manifest: true,
    // The server's content policy allows no data: fonts or images.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}'], setupFiles: ['src/testing/setup.ts'] },
});
