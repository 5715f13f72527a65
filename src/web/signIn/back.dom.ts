const key = 'jinguo.back'
const ours = /^\/m\/[\w/-]*$/

/** Where she was in the H5 when she left for the sign-in of another authority. */
export function keepBack(path: string): void {
  try {
    sessionStorage.setItem(key, path)
  } catch {
    // She comes back to the first page.
  }
}

/** Takes it, once; nothing but a page of the H5 is ever given. */
export function takeBack(): string | null {
  try {
    const path = sessionStorage.getItem(key)
    sessionStorage.removeItem(key)
    return path !== null && ours.test(path) ? path : null
  } catch {
    return null
  }
}
