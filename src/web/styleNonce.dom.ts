/**
 * Gives every style element made by a library the nonce of the page: the scroll locker and the scroll-bar measure of rc
 * write styles without one, which the content security policy would refuse.
 */
export function stampStyles(): void {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content
  if (!nonce) return
  const create = document.createElement.bind(document)
  document.createElement = (name: string, options?: ElementCreationOptions) => {
    const element = create(name, options)
    if (name === 'style') element.nonce = nonce
    return element
  }
}
