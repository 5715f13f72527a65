import { useState } from 'react'

/** A choice of hers kept in this browser (density, columns); falls back when absent or no longer readable. */
export function usePreference<T>(name: string, fallback: T): [T, (value: T) => void] {
  const key = `jinguo.${name}`
  const [value, setValue] = useState<T>(() => {
    try {
      const kept = localStorage.getItem(key)
      return kept === null ? fallback : (JSON.parse(kept) as T)
    } catch {
      return fallback
    }
  })
  return [
    value,
    (next) => {
      setValue(next)
      localStorage.setItem(key, JSON.stringify(next))
    },
  ]
}
