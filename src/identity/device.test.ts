import { expect, it } from 'vitest'
import { deviceOf } from './device.ts'

it.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36',
    'Chrome · Windows',
  ],
  ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0', 'Edge · Windows'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/604.1', 'Safari · iOS'],
  ['Mozilla/5.0 (Linux; Android 13) Chrome/116.0 Mobile MicroMessenger/8.0', '微信 · 安卓'],
  ['curl/8', '其他浏览器 · 其他系统'],
  [undefined, '未知设备'],
])('%s', (userAgent, device) => expect(deviceOf(userAgent)).toBe(device))
