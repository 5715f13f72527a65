import { expect, it } from 'vitest'
import { readOutside } from './settings.ts'

it('what is not named is not there', () => {
  expect(readOutside({})).toEqual({ mail: null, sms: null, wecom: null, dingtalk: null, robots: [] })
})

it('what is named in part is refused, by name', () => {
  expect(() => readOutside({ JINGUO_SMTP_URL: 'smtps://mail.example' })).toThrow(
    '电子邮件还缺 JINGUO_MAIL_FROM',
  )
  expect(() => readOutside({ JINGUO_WECOM_CORP: 'c', JINGUO_WECOM_AGENT: '1' })).toThrow(
    '企业微信还缺 JINGUO_WECOM_SECRET',
  )
})

it('text messages go one way', () => {
  const gateway = { JINGUO_SMS_URL: 'https://sms.example', JINGUO_SMS_APP: 'a', JINGUO_SMS_SECRET: 's' }
  const aliyun = {
    JINGUO_ALIYUN_KEY_ID: 'k',
    JINGUO_ALIYUN_KEY_SECRET: 's',
    JINGUO_ALIYUN_SIGN_NAME: '工会',
    JINGUO_ALIYUN_TEMPLATE: 't',
  }
  expect(readOutside(gateway).sms).toMatchObject({ kind: 'gateway', app: 'a' })
  expect(readOutside(aliyun).sms).toMatchObject({
    kind: 'aliyun',
    url: 'https://dysmsapi.aliyuncs.com',
    codeTemplate: null,
  })
  expect(readOutside({ ...aliyun, JINGUO_ALIYUN_CODE_TEMPLATE: 'c' }).sms).toMatchObject({
    codeTemplate: 'c',
  })
  expect(() => readOutside({ ...gateway, ...aliyun })).toThrow('只能设一种')
})

it('an office chat of one’s own network is named by its address', () => {
  const env = {
    JINGUO_WECOM_URL: 'inner+https://wecom.intra.example',
    JINGUO_WECOM_ROBOT_KEY: 'k',
    JINGUO_DINGTALK_ROBOT_TOKEN: 't',
    JINGUO_DINGTALK_ROBOT_SECRET: 's',
  }
  expect(readOutside(env).robots).toEqual([
    { kind: 'wecom', url: 'inner+https://wecom.intra.example', key: 'k' },
    { kind: 'dingtalk', url: 'https://oapi.dingtalk.com', token: 't', secret: 's' },
  ])
})
