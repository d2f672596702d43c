import { defineConfig } from 'vite';

// Fixed names: the server gives every file an ETag, so nothing needs a hash in its name, and the built files keep
// their places in the repository. `npm run dev` talks to a server started with `annalist serve STORE --port 8765`.
export default defineConfig({
  build: {
    target: 'es2022',
    outDir: 'dist',
    modulePreload: false,
    assetsInlineLimit: 0,
    rollupOptions: {
      output: { entryFileNames: 'desk.js', chunkFileNames: '[name].js', assetFileNames: 'desk[extname]' },
    },
  },
  server: { proxy: { '/v1': 'http://127.0.0.1:8765' } },
});
