/** What the environment says of ways to reach people outside; what is not named is not there. */
export type Outside = {
  mail: { url: string; from: string } | null
  sms:
    | { kind: 'gateway'; url: string; app: string; secret: string }
    | {
        kind: 'aliyun'
        url: string
        keyId: string
        secret: string
        signName: string
        template: string
        codeTemplate: string | null
      }
    | null
  wecom: { url: string; corp: string; secret: string; agent: string } | null
  dingtalk: { url: string; key: string; secret: string; agent: string } | null
  robots: (
    | { kind: 'wecom'; url: string; key: string }
    | { kind: 'dingtalk'; url: string; token: string; secret: string }
  )[]
}

type Env = Readonly<Record<string, string | undefined>>

/** The values of some variables, all or none. @throws Error in Chinese when only some are there */
function together<K extends string>(
  env: Env,
  what: string,
  names: Readonly<Record<K, string>>,
): Record<K, string> | null {
  const given = Object.entries<string>(names).map(([key, name]) => [key, env[name], name] as const)
  if (given.every(([, value]) => !value)) return null
  const missing = given.filter(([, value]) => !value).map(([, , name]) => name)
  if (missing.length > 0) throw new Error(`${what}还缺 ${missing.join('、')}`)
  return Object.fromEntries(given.map(([key, value]) => [key, value])) as Record<K, string>
}

const hosts = {
  aliyun: 'https://dysmsapi.aliyuncs.com',
  wecom: 'https://qyapi.weixin.qq.com',
  dingtalk: 'https://oapi.dingtalk.com',
} as const

/** Reads the settings of the ways out. @throws Error in Chinese that names what is missing */
export function readOutside(env: Env): Outside {
  const mail = together(env, '电子邮件', { url: 'JINGUO_SMTP_URL', from: 'JINGUO_MAIL_FROM' })
  const gateway = together(env, '短信网关', {
    url: 'JINGUO_SMS_URL',
    app: 'JINGUO_SMS_APP',
    secret: 'JINGUO_SMS_SECRET',
  })
  const aliyun = together(env, '阿里云短信', {
    keyId: 'JINGUO_ALIYUN_KEY_ID',
    secret: 'JINGUO_ALIYUN_KEY_SECRET',
    signName: 'JINGUO_ALIYUN_SIGN_NAME',
    template: 'JINGUO_ALIYUN_TEMPLATE',
  })
  if (gateway && aliyun) throw new Error('短信网关和阿里云短信只能设一种')
  const wecom = together(env, '企业微信', {
    corp: 'JINGUO_WECOM_CORP',
    secret: 'JINGUO_WECOM_SECRET',
    agent: 'JINGUO_WECOM_AGENT',
  })
  const dingtalk = together(env, '钉钉', {
    key: 'JINGUO_DINGTALK_KEY',
    secret: 'JINGUO_DINGTALK_SECRET',
    agent: 'JINGUO_DINGTALK_AGENT',
  })
  const wecomUrl = env['JINGUO_WECOM_URL'] ?? hosts.wecom
  const dingtalkUrl = env['JINGUO_DINGTALK_URL'] ?? hosts.dingtalk
  const robot = together(env, '钉钉群机器人', {
    token: 'JINGUO_DINGTALK_ROBOT_TOKEN',
    secret: 'JINGUO_DINGTALK_ROBOT_SECRET',
  })
  const key = env['JINGUO_WECOM_ROBOT_KEY']
  return {
    mail,
    sms: gateway
      ? { kind: 'gateway', ...gateway }
      : aliyun && {
          kind: 'aliyun',
          url: env['JINGUO_ALIYUN_URL'] ?? hosts.aliyun,
          codeTemplate: env['JINGUO_ALIYUN_CODE_TEMPLATE'] || null,
          ...aliyun,
        },
    wecom: wecom && { url: wecomUrl, ...wecom },
    dingtalk: dingtalk && { url: dingtalkUrl, ...dingtalk },
    robots: [
      ...(key ? [{ kind: 'wecom' as const, url: wecomUrl, key }] : []),
      ...(robot ? [{ kind: 'dingtalk' as const, url: dingtalkUrl, ...robot }] : []),
    ],
  }
}
