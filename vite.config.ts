import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The workbench: src/web → dist/web. The server fills the nonce of index.html and answers /api. */
export default defineConfig({
  root: 'src/web',
  plugins: [react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    manifest: true,
    // 信创 desktops run Chromium 107 and later; antd 6 needs :where and logical properties (88, 89).
    target: 'chrome107',
    assetsInlineLimit: 0,
  },
  server: {
    port: 5173,
    // Without a dot: src/web/api/*.ts are modules of the page, not addresses of the server.
    proxy: { '^/api/[^.]*$': 'http://127.0.0.1:3000' },
  },
})
