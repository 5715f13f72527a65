import type { Point } from '#programmes/careRoom/point.ts'

/** What a host of the page gave: the thing, a no of the person, or that it cannot. */
export type Given<T> = { kind: 'ok'; value: T } | { kind: 'denied' } | { kind: 'unsupported' }

/** A place to be shown on a map; the point is WGS84. */
export type Place = { point: Point; name: string; address: string }
/** A page to be passed on. */
export type Card = { title: string; text: string; url: string }

/**
 * The app that shows the page (interfaces §4). Whoever asks it for something always keeps a plain way of the web for what it
 * cannot, and none of it is asked for before she presses a button.
 */
export type Host = {
  /** A code that says once who she is at the host; her account is bound by the federation's sign-in, never by a name. */
  identify(): Promise<Given<string>>
  share(card: Card): Promise<Given<null>>
  openLocation(place: Place): Promise<Given<null>>
  /** Where she is now, asked once and kept nowhere. */
  getLocation(): Promise<Given<Point>>
  /** What a code before the camera says. */
  scan(): Promise<Given<string>>
  /** One message by the host about what she asked to be reminded of. */
  subscribe(template: string): Promise<Given<null>>
  saveImage(image: Blob, name: string): Promise<Given<null>>
  close(): Promise<Given<null>>
  /** Puts a text on the clipboard. */
  copy(text: string): Promise<Given<null>>
}

export const ok = <T>(value: T): Given<T> => ({ kind: 'ok', value })
export const denied = { kind: 'denied' } as const
export const unsupported = { kind: 'unsupported' } as const
