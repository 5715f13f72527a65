import { useQuery } from '@tanstack/react-query'
import { Alert, Typography } from 'antd'
import type { Me } from '#identity/api.ts'
import { realInstant } from '../format.ts'
import { bearWitness, type Mismatch } from './witness.dom.ts'
import './witness.css'

const headsText = ({ stream, kept, now }: Mismatch): string =>
  [
    `审计链：${stream}`,
    `本机留存（${realInstant(kept.at)}）：第 ${kept.seq} 条 ${kept.link}`,
    `现在链头：第 ${now.seq} 条 ${now.link}`,
  ].join('\n')

/** Above every page, until the audit administrator has found out why: the books do not continue what this browser saw of them. */
export function WitnessBar({ me }: { me: Me }) {
  const { data } = useQuery({
    queryKey: ['witness', me.account.id, me.post.id],
    queryFn: () => bearWitness(me.account.id),
    staleTime: 30 * 60_000,
    refetchOnWindowFocus: false,
    retry: false,
  })
  return data?.map((found) => (
    <Alert
      key={found.streamId}
      className="witness"
      type="error"
      showIcon
      title={`系统的操作留痕与这台设备上次看到的对不上（${found.stream}）`}
      description={
        <>
          <p>
            留痕可能被改动过，或者系统恢复过旧的备份。您可以照常工作，请
            <b>告诉审计管理员</b>
            ，并把下面的内容复制给她。
            {found.told
              ? '系统已自动向审计管理员报告，查核清楚后这条提示会消失。'
              : '自动报告没有送达，刷新页面会再报一次。'}
          </p>
          <Typography.Paragraph
            className="witness-heads num"
            copyable={{ text: headsText(found), tooltips: ['复制', '已复制'] }}
          >
            {headsText(found)}
          </Typography.Paragraph>
        </>
      }
    />
  ))
}
