import type { Point } from '#programmes/careRoom/point.ts'

/** What a host of the page gave: the thing, a no of the person, or that it cannot. */
export type Given<T> = { kind: 'ok'; value: T } | { kind: 'denied' } | { kind: 'unsupported' }

/** The app that shows the page. Whoever asks it for something always keeps a plain way of the web. */
export type Host = {
  /** Where she is now, asked once and kept nowhere. */
  getLocation(): Promise<Given<Point>>
  /** Puts a text on the clipboard. */
  copy(text: string): Promise<Given<null>>
}

/** An ordinary browser, and whatever passes for one. */
export const browserHost: Host = {
  getLocation: () =>
    new Promise((resolve) => {
      if (!('geolocation' in navigator) || !isSecureContext) return resolve({ kind: 'unsupported' })
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => resolve({ kind: 'ok', value: { lng: coords.longitude, lat: coords.latitude } }),
        (error) => resolve({ kind: error.code === error.PERMISSION_DENIED ? 'denied' : 'unsupported' }),
        { timeout: 10_000, maximumAge: 60_000 },
      )
    }),
  copy: async (text) => {
    try {
      await navigator.clipboard.writeText(text)
      return { kind: 'ok', value: null }
    } catch {
      return { kind: 'unsupported' }
    }
  },
}

export const host: Host = browserHost
