import { save } from '../my/save.dom.ts'

const scale = 2
const pad = 24
const headHeight = 64

/** The drawing on white under its title, scope and moment, as a picture to paste. @param lines title first */
export async function savePng(
  svg: SVGSVGElement,
  lines: readonly [string, string],
  name: string,
): Promise<void> {
  const { width, height } = svg.getBoundingClientRect()
  const copy = svg.cloneNode(true) as SVGSVGElement
  copy.setAttribute('width', String(width))
  copy.setAttribute('height', String(height))
  copy.setAttribute('font-family', getComputedStyle(svg).fontFamily)
  const text = new XMLSerializer().serializeToString(copy)
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = (width + pad * 2) * scale
  canvas.height = (height + headHeight + pad * 2) * scale
  const pen = canvas.getContext('2d')!
  pen.scale(scale, scale)
  pen.fillStyle = '#ffffff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  const { fontFamily } = getComputedStyle(document.body)
  pen.fillStyle = '#262322'
  pen.font = `600 18px ${fontFamily}`
  pen.fillText(lines[0], pad, pad + 18)
  pen.fillStyle = '#666666'
  pen.font = `13px ${fontFamily}`
  pen.fillText(lines[1], pad, pad + 42)
  pen.drawImage(image, pad, pad + headHeight, width, height)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (blob) save(`${name}.png`, blob)
}
