import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The women workers' H5: src/mobile → dist/mobile, served below /m. */
export default defineConfig({
  root: 'src/mobile',
  base: '/m/',
  publicDir: false,
  plugins: [react()],
  build: {
    outDir: '../../dist/mobile',
    emptyOutDir: true,
    manifest: true,
    // WebViews of phones that are five years old.
    target: 'chrome87',
    cssTarget: 'chrome87',
    assetsInlineLimit: 0,
  },
})
