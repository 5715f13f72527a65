import { strFromU8, unzipSync } from 'fflate'
import { walkXml } from '../../src/paper/xml.server.ts'

/** An element of a written part: qualified name, attributes by qualified name, own text. */
export interface Node {
  name: string
  attributes: Record<string, string>
  children: Node[]
  text: string
}

export type Parts = Record<string, string>

/** All parts of a .docx as text, by path. */
export function opened(docx: Uint8Array): Parts {
  return Object.fromEntries(Object.entries(unzipSync(docx)).map(([path, bytes]) => [path, strFromU8(bytes)]))
}

export function tree(xml: string): Node {
  const root: Node = { name: '', attributes: {}, children: [], text: '' }
  const stack = [root]
  walkXml(xml, {
    open: (tag) => {
      const attributes = Object.fromEntries(
        Object.values(tag.attributes).map((given) => [given.name, given.value]),
      )
      const node: Node = { name: tag.name, attributes, children: [], text: '' }
      stack.at(-1)?.children.push(node)
      stack.push(node)
    },
    close: () => void stack.pop(),
    text: (text) => void (stack.at(-1)!.text += text),
  })
  return root.children[0]!
}

/** Every element below (and with) the node, in document order. */
export function all(node: Node, name?: string): Node[] {
  const below = node.children.flatMap((child) => all(child))
  return [node, ...below].filter((candidate) => name === undefined || candidate.name === name)
}

export function value(node: Node | undefined, name = 'w:val'): string {
  const found = node?.attributes[name]
  if (found === undefined) throw new Error(`no ${name} on ${node?.name}`)
  return found
}

export const values = (nodes: Node[], name = 'w:val') => nodes.map((node) => value(node, name))
