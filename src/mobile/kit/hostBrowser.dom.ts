import { denied, ok, unsupported, type Host } from './host.ts'
import { asked } from './hostAsked.dom.ts'

const save = (image: Blob, name: string): void => {
  const url = URL.createObjectURL(image)
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** An ordinary browser, and whatever passes for one. Codes are scanned by the phone's own camera app. */
export const browserHost: Host = {
  identify: () => Promise.resolve(unsupported),
  share: async ({ title, text, url }) => {
    if (!('share' in navigator)) return unsupported
    try {
      await navigator.share({ title, text, url })
      return ok(null)
    } catch (error) {
      return (error as Error).name === 'AbortError' ? denied : unsupported
    }
  },
  openLocation: () => Promise.resolve(unsupported),
  getLocation: () =>
    asked((done) => {
      if (!('geolocation' in navigator) || !isSecureContext) return done(unsupported)
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => done(ok({ lng: coords.longitude, lat: coords.latitude })),
        (error) => done(error.code === error.PERMISSION_DENIED ? denied : unsupported),
        { timeout: 10_000, maximumAge: 60_000 },
      )
    }),
  scan: () => Promise.resolve(unsupported),
  subscribe: () => Promise.resolve(unsupported),
  saveImage: (image, name) => {
    save(image, name)
    return Promise.resolve(ok(null))
  },
  close: () => Promise.resolve(unsupported),
  copy: async (text) => {
    try {
      await navigator.clipboard.writeText(text)
      return ok(null)
    } catch {
      return unsupported
    }
  },
}
