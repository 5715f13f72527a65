import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/**
 * Two places in antd's base (scroll lock, measuring of scroll bars) add a style tag without the nonce that
 * ConfigProvider was given, so that the content security policy refuses them. This gives every such tag the page's nonce.
 */
const styleNonce = (): Plugin => ({
  name: 'style-nonce',
  transform(code, id) {
    if (!id.endsWith('@rc-component/util/es/Dom/dynamicCSS.js')) return null
    const made = "document.createElement('style');"
    if (!code.includes(made)) throw new Error('style-nonce: @rc-component/util has changed, look again')
    return code.replace(
      made,
      `${made} styleNode.nonce = document.querySelector('meta[name=csp-nonce]')?.content ?? '';`,
    )
  },
})

/** The workbench: src/web → dist/web. The server fills the nonce of index.html and answers /api. */
export default defineConfig({
  root: 'src/web',
  plugins: [react(), styleNonce()],
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
