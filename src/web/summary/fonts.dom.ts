/** The fonts an official document names; the screen needs them installed, the Word file only names them. */
const official = {
  方正小标宋简体: ['方正小标宋简体', 'FZXiaoBiaoSong-B05S'],
  仿宋_GB2312: ['仿宋_GB2312', 'FangSong_GB2312'],
  楷体_GB2312: ['楷体_GB2312', 'KaiTi_GB2312'],
}

/** Latin text is set in the asked font only where it exists; its width tells (document.fonts.check says yes to any name). */
function isInstalled(names: readonly string[]): boolean {
  const pen = document.createElement('canvas').getContext('2d')
  if (!pen) return true
  const widthIn = (font: string): number => {
    pen.font = `64px ${font}`
    return pen.measureText('mmMWli1290国').width
  }
  return names.some((name) =>
    ['monospace', 'sans-serif'].some((base) => widthIn(`"${name}", ${base}`) !== widthIn(base)),
  )
}

/** Names of official fonts that this computer lacks. */
export function missingFonts(): string[] {
  return Object.entries(official)
    .filter(([, names]) => !isInstalled(names))
    .map(([name]) => name)
}
