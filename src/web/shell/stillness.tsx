import { useSyncExternalStore } from 'react'

const wish = matchMedia('(prefers-reduced-motion: reduce)')

const subscribe = (listener: () => void) => {
  wish.addEventListener('change', listener)
  return () => wish.removeEventListener('change', listener)
}

/** Whether she has asked her device for less motion (WCAG 2.1, 2.3.3). */
export const useStillness = (): boolean => useSyncExternalStore(subscribe, () => wish.matches)
