import { useSyncExternalStore } from 'react'
import { fontSizes, type FontSize } from '../theme.tsx'

const key = 'jinguo.fontSize'
const listeners = new Set<() => void>()

const read = (): FontSize => {
  const kept = localStorage.getItem(key)
  return kept !== null && kept in fontSizes ? (kept as FontSize) : '标准'
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const write = (size: FontSize): void => {
  localStorage.setItem(key, size)
  for (const listener of listeners) listener()
}

/** 字号 标准, 大, 特大; kept in this browser. */
export function useFontSize(): [FontSize, (size: FontSize) => void] {
  return [useSyncExternalStore(subscribe, read), write]
}

/** 字号 against the standard size, for widths that hold text. */
export const useFontScale = (): number => fontSizes[useFontSize()[0]] / fontSizes.标准
