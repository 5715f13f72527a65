const systems: readonly [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/i, '鸿蒙'],
  [/Android/i, '安卓'],
  [/iPhone|iPad/i, 'iOS'],
  [/Windows/i, 'Windows'],
  [/Mac OS X|Macintosh/i, 'macOS'],
  [/Linux/i, 'Linux'],
]
const browsers: readonly [RegExp, string][] = [
  [/MicroMessenger/i, '微信'],
  [/Edg\//i, 'Edge'],
  [/QQBrowser/i, 'QQ 浏览器'],
  [/Firefox\//i, 'Firefox'],
  [/Chrome\//i, 'Chrome'],
  [/Safari\//i, 'Safari'],
]

const named = (list: readonly [RegExp, string][], text: string, otherwise: string): string =>
  list.find(([pattern]) => pattern.test(text))?.[1] ?? otherwise

/** What a person recognises her device by: `Chrome · Windows`. Versions are left out, they tell devices apart that are one. */
export const deviceOf = (userAgent: string | undefined): string =>
  userAgent
    ? `${named(browsers, userAgent, '其他浏览器')} · ${named(systems, userAgent, '其他系统')}`
    : '未知设备'
