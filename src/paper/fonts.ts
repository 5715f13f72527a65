/**
 * The fonts that official documents name, and what may stand in for them on a server. The named ones are proprietary:
 * we neither ship nor embed them. Fandol (GPL with font exception) looks nearest but holds GB 2312 only, so that 玥 喆
 * 堃 need a fallback; Noto CJK and LXGW WenKai (both OFL) have them.
 */
export const OFFICIAL_FONTS: Readonly<Record<string, readonly string[]>> = {
  方正小标宋简体: ['Noto Serif CJK SC', 'LXGW WenKai'],
  仿宋_GB2312: ['FandolFang', '朱雀仿宋', 'Noto Serif CJK SC', 'LXGW WenKai'],
  仿宋: ['FandolFang', '朱雀仿宋', 'Noto Serif CJK SC', 'LXGW WenKai'],
  楷体_GB2312: ['FandolKai', 'LXGW WenKai', 'Noto Serif CJK SC'],
  楷体: ['FandolKai', 'LXGW WenKai', 'Noto Serif CJK SC'],
  黑体: ['FandolHei', 'Noto Sans CJK SC', 'LXGW WenKai'],
  宋体: ['FandolSong', 'Noto Serif CJK SC', 'LXGW WenKai'],
}

/**
 * A fontconfig file on top of the system's: each official font, then its stand-ins. `binding="same"` makes them as
 * good as the named font; without it LibreOffice prints every style of a document in one sans serif. The title font is
 * heavier than text, so its stand-in is taken semi-bold.
 */
export function fontsConf(): string {
  const aliases = Object.entries(OFFICIAL_FONTS).map(
    ([named, standIns]) => `  <alias binding="same">
    <family>${named}</family>
    <accept>${standIns.map((family) => `<family>${family}</family>`).join('')}</accept>
  </alias>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
${aliases.join('\n')}
  <match target="pattern">
    <test name="family"><string>方正小标宋简体</string></test>
    <edit name="weight" mode="assign" binding="strong"><const>semibold</const></edit>
  </match>
</fontconfig>
`
}
