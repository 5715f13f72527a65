import { pinyin } from 'pinyin-pro'

/**
 * Sort and search key of a name: full pinyin, a space, the initials (沙河口区 → `shahekouqu shkq`).
 * Databases sort Han by code point; a stored key sorts and finds the same on every engine.
 */
export function nameSort(name: string): string {
  const syllables = pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive' }).map((s) =>
    s.toLowerCase().replace(/[^a-z0-9]/g, ''),
  )
  return `${syllables.join('')} ${syllables.map((s) => s[0] ?? '').join('')}`
}
