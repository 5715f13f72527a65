import { useEffect, useRef } from 'react'

/** Key → act. `ctrl+s` also takes ⌘; single keys work outside inputs and while no window lies over the page. */
export type Hotkeys = Record<string, (() => void) | undefined>

const nameOf = (event: KeyboardEvent): string => {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  return event.ctrlKey || event.metaKey ? `ctrl+${key.toLowerCase()}` : key
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !/^(checkbox|radio|button)$/.test((target as HTMLInputElement).type)

const isCovered = (): boolean =>
  document.querySelector('.ant-modal-wrap:not([style*="display: none"])') !== null

/** Listens while the component is mounted. Keys of the input method (组字) are never taken. */
export function useHotkeys(keys: Hotkeys): void {
  const current = useRef(keys)
  useEffect(() => {
    current.current = keys
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.isComposing || event.altKey) return
      const name = nameOf(event)
      const act = current.current[name]
      if (!act || isCovered()) return
      if (!name.startsWith('ctrl+') && isTyping(event.target)) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
