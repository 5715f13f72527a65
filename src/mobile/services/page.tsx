import { Icon, type IconName } from '../kit/icons.tsx'
import { Go } from '../kit/link.tsx'
import { Head } from '../kit/parts.tsx'
import { elsewhere, paths } from '../paths.ts'

type Service = { icon: IconName; label: string; about: string; to?: string; href?: string }

/** What is there for her; each opens without a name. */
export const services: readonly Service[] = [
  { icon: 'room', label: '关爱室', about: '哺乳、休息的地方，看哪里现在开着', to: paths.rooms },
  {
    icon: 'tell',
    label: '说件事',
    about: '法律援助、心理关爱、投诉建议，可以不留姓名',
    href: elsewhere.tell,
  },
  { icon: 'childcare', label: '托管班', about: '寒暑假爱心托管班在哪里，给孩子排志愿', to: paths.childcare },
  { icon: 'aid', label: '困难帮扶', about: '生活困难时申请帮扶，看办到哪一步', to: paths.hardship },
  { icon: 'ask', label: '问政策', about: '生育、劳动保护、工会福利，看解答、提问题', to: paths.policy },
  { icon: 'notice', label: '公示', about: '评选、帮扶的公示，有意见可以提', href: elsewhere.notices },
  { icon: 'honour', label: '荣誉册', about: '受表彰的集体和个人，推荐身边的先进', to: paths.honours },
  { icon: 'match', label: '交友', about: '单身职工互相认识，双方愿意才见姓名', to: paths.match },
  { icon: 'check', label: '证书核验', about: '输入编号，看证书是真是假', href: elsewhere.check },
]

/** What is asked for under her own name, beside the tiles of the first page. */
const signed = [
  { label: '投诉建议', about: '署名写给市总工会，能看到答复；本单位看不到', to: paths.suggest },
  { label: '加入工会', about: '还不是会员的，向所在单位的工会申请', to: paths.joining },
] as const

export const Opens = ({
  service: { to, href },
  className,
  children,
}: {
  service: Service
  className: string
  children: React.ReactNode
}) =>
  to !== undefined ? (
    <Go to={to} className={className}>
      {children}
    </Go>
  ) : (
    <a href={href} className={className}>
      {children}
    </a>
  )

export function ServicesPage() {
  return (
    <div className="page">
      <Head title="服务" />
      <ul className="card lines">
        {services.map((one) => (
          <li key={one.label}>
            <Opens service={one} className="line">
              <span>
                {one.label}
                <small>{one.about}</small>
              </span>
              <Icon name="next" />
            </Opens>
          </li>
        ))}
        {signed.map(({ label, about, to }) => (
          <li key={label}>
            <Go to={to} className="line">
              <span>
                {label}
                <small>{about}</small>
              </span>
              <Icon name="next" />
            </Go>
          </li>
        ))}
        <li>
          <a className="line" href={elsewhere.follow}>
            <span>
              查回执
              <small>用回执号看您说的事办到哪一步</small>
            </span>
            <Icon name="next" />
          </a>
        </li>
      </ul>
    </div>
  )
}
