import { sites } from './laurels.ts'
import type { Desk, Write } from './material.ts'
import { joined, paragraph, sentence, type Clause } from './words.ts'

/** 帮扶关爱: health, work, rooms, children, meeting a partner. */
export const care: Write = (desk) => {
  const { say, told } = desk
  return [
    ...paragraph('健康关爱。', [
      sentence(
        '',
        joined(
          [
            say`用好省、市工会经费，组织${'screening.persons'}参加“两癌”筛查`,
            say`印制“两癌”防治手册${'material.screeningBooklets'}`,
          ],
          '，',
        ),
      ),
      sentence(
        '',
        say`向女会员${'screening.grants'}发放“两癌”慰问金${'screening.grantMoney'}` ??
          say`向女会员${'screening.grants'}发放“两癌”慰问金`,
      ),
      ...told('健康关爱'),
    ]),
    ...paragraph('心理关爱。', [
      sentence(
        '关心女职工心理健康，',
        joined(
          [say`提供心理咨询和疏导${'counselling.sessions'}`, say`开展团体心理辅导${'counselling.talks'}`],
          '，',
        ),
      ),
    ]),
    ...paragraph('困难帮扶。', [
      sentence(
        '对困难女职工一户一档、逐户入户核实，',
        joined(
          [
            say`年末在档困难女职工家庭${'hardship.files'}`,
            say`全年帮扶困难女职工${'hardship.helped'}，发放帮扶资金${'hardship.money'}` ??
              say`全年帮扶困难女职工${'hardship.helped'}`,
          ],
          '，',
        ),
      ),
    ]),
    ...paragraph('就业帮扶。', [
      sentence(
        '面向失业转岗、单亲和进城务工女职工，',
        joined(
          [
            say`举办实用技能培训班${'skillClass.sessions'}，培训${'skillClass.attendances'}` ??
              say`举办实用技能培训班${'skillClass.sessions'}`,
            say`开展就业推介${'jobReferral.referrals'}，惠及${'jobReferral.persons'}` ??
              say`开展就业推介${'jobReferral.referrals'}`,
          ],
          '；',
        ),
      ),
      ...told('就业帮扶'),
    ]),
    ...paragraph('关爱阵地。', [
      sentence(
        '',
        joined(
          [
            say`新建女职工特殊关爱室${'careRoom.built'}，惠及女职工${'careRoom.persons'}` ??
              say`新建女职工特殊关爱室${'careRoom.built'}`,
            say`${'careRoom.open'}关爱室对外开放并上线电子地图`,
          ],
          '；',
        ),
      ),
      ...told('关爱室'),
    ]),
    ...paragraph('子女托管。', [...childcare(desk), ...told('子女托管')]),
    ...paragraph('婚恋服务。', [
      sentence(
        '为单身职工搭建真实可信的交友平台，',
        say`举办婚恋交友活动${'matchmaking.events'}，${'matchmaking.attendances'}参加` ??
          say`举办婚恋交友活动${'matchmaking.events'}`,
      ),
      ...told('婚恋交友'),
    ]),
    ...paragraph('亲子陪伴。', [
      sentence(
        '',
        joined(
          [
            say`新建职工亲子工作室${'parentStudio.built'}`,
            say`开展亲子活动${'parentStudio.events'}，${'parentStudio.attendances'}参加` ??
              say`开展亲子活动${'parentStudio.events'}`,
          ],
          '；',
        ),
      ),
    ]),
    ...paragraph('专项行动。', [
      sentence(
        '按照市总工会统一部署，',
        say`开展专项行动服务${'specialAction.events'}，服务${'specialAction.served'}` ??
          say`开展专项行动服务${'specialAction.events'}`,
      ),
    ]),
  ]
}

/** Classes and children are told apart: children are those of all classes, classes those with the city's money. */
function childcare({ say, honours }: Desk): (Clause | null)[] {
  return [
    sentence(
      '',
      joined(
        [
          say`市级援建职工子女托管班${'childcare.classes'}`,
          say`各类托管班共照护职工子女${'childcare.children'}`,
        ],
        '，',
      ),
    ),
    sentence(
      '',
      joined(
        [
          sentence('', say`${'childcare.nationalHonours'}托管点`, sites(honours, '国家级')),
          sentence('', say`${'childcare.provincialSites'}托管点`, sites(honours, '省级')),
        ],
        '，',
      ),
    ),
  ]
}
