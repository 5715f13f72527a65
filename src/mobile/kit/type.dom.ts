const key = 'jinguo.type'

/** Whether the reader chose large type; a phone that keeps nothing reads at the ordinary size. */
export function isLarge(): boolean {
  try {
    return localStorage.getItem(key) === 'large'
  } catch {
    return false
  }
}

/** Puts the chosen size on the page. */
export function applyType(): void {
  document.documentElement.dataset['type'] = isLarge() ? 'large' : 'plain'
}

/** Chooses the size, for this page at once and for later ones where the phone keeps it. */
export function chooseType(large: boolean): void {
  document.documentElement.dataset['type'] = large ? 'large' : 'plain'
  try {
    localStorage.setItem(key, large ? 'large' : 'plain')
  } catch {
    // Kept for this page alone.
  }
}
