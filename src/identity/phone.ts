/** What a code for a telephone is worth: how long, how often it may be typed wrong, when the next may be asked for. */
export const codeRules = { minutes: 5, tries: 5, againSeconds: 60 } as const

/** How a name is compared with the register's: without blanks and the dot within names of other nations. */
export const bareName = (typed: string): string => typed.normalize('NFKC').replace(/[\s·•‧・．.]/g, '')

/** What is sent. Nobody is named, and there is no link to follow. */
export const codeText = (code: string): string =>
  `【巾帼】登录验证码 ${code}，${codeRules.minutes} 分钟内有效。不是您本人操作的请不要理会，也不要告诉任何人。`
