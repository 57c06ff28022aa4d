import { Link, useParams } from 'wouter'
import { useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { Out } from '../connect/out/out.tsx'
import { ShopPlatform } from '../connect/platform/shop-platform.tsx'
import { ConsentSettings } from '../consent/consent.tsx'
import { Page } from '../design/page.tsx'
import { ApprovalLimits } from './approval-limits.tsx'
import { AuditLog } from './audit-log.tsx'
import { BrandSettings } from './brand.tsx'
import { BulkSends } from './bulk-sends.tsx'
import { Install } from './install.tsx'
import { Kakao } from './kakao.tsx'
import { Keys } from './keys.tsx'
import { LawRules } from './law-rules.tsx'
import { LinksForm } from './links-form.tsx'
import { MailServer } from './mail-server.tsx'
import { Members } from './members.tsx'
import { MorningMessage } from './morning.tsx'
import { OwnPeople } from './own-people.tsx'
import { PushSettings } from './push.tsx'
import { RunningSettings } from './running.tsx'
import { SenderForm } from './sender-form.tsx'
import { SendingLimits } from './sending-limits.tsx'
import style from './settings.module.css'
import { ShopForm } from './shop-form.tsx'
import { TextAccount } from './text-account.tsx'
import { WebhookSettings } from './webhook.tsx'

const text = words({
  title: { ko: '상점 설정', en: 'Shop settings' },
  sections: { ko: '설정 항목', en: 'Sections' },
  shop: { ko: '상점', en: 'Shop' },
  'shop-platform': { ko: '상점 연결', en: 'Connect the shop' },
  install: { ko: '스크립트 설치', en: 'Install the script' },
  sender: { ko: '발신자 정보', en: 'Sender' },
  mail: { ko: '메일 발송', en: 'Sending mail' },
  brand: { ko: '브랜드', en: 'Brand' },
  text: { ko: '문자(SMS)', en: 'Texts (SMS)' },
  kakao: { ko: '카카오', en: 'Kakao' },
  push: { ko: '웹 푸시', en: 'Web push' },
  webhook: { ko: '웹훅', en: 'Webhooks' },
  out: { ko: '내보내기', en: 'Sending out' },
  links: { ko: '링크', en: 'Links' },
  limits: { ko: '발송 한도와 예산', en: 'Limits and budget' },
  consent: { ko: '수신동의', en: 'Consent' },
  law: { ko: '법과 발송 규칙', en: 'Law and rules' },
  morning: { ko: '아침 소식', en: 'Morning message' },
  keys: { ko: 'API 키', en: 'API keys' },
  members: { ko: '팀', en: 'Team' },
  staff: { ko: '직원과 테스트', en: 'Staff and tests' },
  running: { ko: '서버 상태와 백업', en: 'Server and backups' },
  audit: { ko: '감사 기록', en: 'Audit log' },
})

function Limits() {
  return (
    <div className={style.stack}>
      <SendingLimits />
      <BulkSends />
      <ApprovalLimits />
    </div>
  )
}

const screens = {
  shop: ShopForm,
  'shop-platform': ShopPlatform,
  install: Install,
  sender: SenderForm,
  mail: MailServer,
  brand: BrandSettings,
  text: TextAccount,
  kakao: Kakao,
  push: PushSettings,
  webhook: WebhookSettings,
  out: Out,
  links: LinksForm,
  limits: Limits,
  consent: ConsentSettings,
  law: LawRules,
  morning: MorningMessage,
  keys: Keys,
  members: Members,
  staff: OwnPeople,
  running: RunningSettings,
  audit: AuditLog,
} as const
type Section = keyof typeof screens

/** On a phone the sections stand in a row, and the one that is open may lie outside it. */
function inView(link: HTMLAnchorElement | null): void {
  link?.scrollIntoView({ block: 'nearest', inline: 'center' })
}

/** `/settings/keys` and its neighbours; each section only where the role may see it. */
export function Settings() {
  const said = useWords(text)
  const { section } = useParams<{ readonly section?: string }>()
  const developer = useMay('developer')
  const sender = useMay('developer', 'marketer')
  const sections: readonly Section[] = [
    'shop',
    'shop-platform',
    'install',
    'sender',
    ...(sender
      ? (['mail', 'brand', 'text', 'kakao', 'push', 'webhook', 'out', 'links'] as const)
      : []),
    'limits',
    'consent',
    'law',
    ...(sender ? (['morning'] as const) : []),
    ...(developer ? (['keys'] as const) : []),
    'members',
    'staff',
    ...(developer ? (['running', 'audit'] as const) : []),
  ]
  const here = sections.find((one) => one === section) ?? 'shop'
  const Screen = screens[here]
  return (
    <Page title={said.title}>
      <div className={style.layout}>
        <nav className={style.sections} aria-label={said.sections}>
          {sections.map((one) => (
            <Link
              key={one}
              href={`/settings/${one}`}
              ref={one === here ? inView : null}
              className={`${style.section} ${one === here ? style.here : ''}`}
              {...(one === here ? { 'aria-current': 'page' as const } : {})}
            >
              {said[one]}
            </Link>
          ))}
        </nav>
        <Screen />
      </div>
    </Page>
  )
}
