import type { ConsentPurpose } from './purposes.ts'

export type ConsentText = { label: string; version: number; text: string }

/**
 * The words to which a woman agrees, one text for each purpose (个人信息保护法 第二十三条, 第二十五条, 第二十九条: separate consent).
 * A changed word is a new text: consents to the old one count no more, and the version goes up.
 */
export const consentTexts: Record<ConsentPurpose, ConsentText> = {
  screening: {
    label: '“两癌”筛查',
    version: 1,
    text: '为安排您参加“两癌”筛查，工会将使用您的姓名、证件号码、出生日期和手机号码，用于核对资格、预约和通知。工会只登记您是否到检、是否需要随访，不保存诊断结果；结果由医院直接告知您本人。您可以不同意或随时撤回，不影响您的会籍和其他服务。',
  },
  hardship: {
    label: '困难帮扶',
    version: 2,
    text: '为办理困难帮扶，工会将使用您的姓名、证件号码、手机号码，您填报的家庭成员、收入支出、健康、婚姻、住房情况和本人银行账号，用于委托民政部门核对家庭经济状况、认定困难类别和发放帮扶款物。这些情况加密保存，只由您所在单位和帮扶中心指定的经办人查看，谁看过您都查得到；公示只公布姓氏、单位和金额，不公布困难原因。您可以不同意或随时撤回，撤回后不再核对、不再办理新的帮扶，已发放的不受影响，也不影响您的会籍和其他服务。',
  },
  matchmaking: {
    label: '婚恋交友',
    version: 1,
    text: '为组织婚恋交友活动，工会将使用您的出生年份和手机号码。其他参加者只看到您自己填写的昵称，不显示单位和联系方式；双方都愿意，才互相告知。您可以不同意或随时撤回，撤回后您的交友资料即删除。',
  },
  childcare: {
    label: '子女托管',
    version: 1,
    text: '为办理子女托管班，工会将使用您的手机号码以及您作为监护人提供的孩子姓名、出生日期和接送人信息，只供该班工作人员照看和接送使用。孩子不满十四周岁，须由监护人同意。您可以不同意或随时撤回，撤回后孩子退出托管班。',
  },
  publication: {
    label: '公开姓名和事迹',
    version: 1,
    text: '为公示和宣传，工会可以公开您的姓名、单位和事迹。照片须另行征得您同意。您可以不同意或随时撤回，撤回后不再新发布；已经公示期满的名单依规定保存。',
  },
  handOver: {
    label: '移交筛查医院',
    version: 1,
    text: '为办理检查，工会将把您的姓名、证件号码、出生日期和手机号码交给您预约的定点医院，仅限本次检查使用；交接逐笔登记，保存不少于三年。您可以不同意或随时撤回，撤回后不再移交，您仍可自行到医院登记。',
  },
}
