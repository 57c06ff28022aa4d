import { useDebouncedValue } from '@mantine/hooks'
import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import { filled } from '../../../server/src/channels/kakao/template.ts'
import { composedBrandText } from '../../../server/src/messages/kakao/compose.ts'
import type { KakaoContent } from '../../../server/src/messages/kakao/content.ts'
import { type AlimtalkTemplates, pictureAddress } from '../api/kakao.ts'
import { type Language, useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { KakaoChat, type KakaoShown } from '../design/kakao-chat.tsx'
import style from './campaigns.module.css'
import { useKakao } from './kakao-form.tsx'
import type { MailDrawn } from './mail-view.tsx'
import { Problems, Undrawn } from './problems.tsx'
import { TestSend } from './test-send.tsx'
import { values } from './value-menu.tsx'

const text = words({
  title: { ko: '받는 사람이 보는 모습', en: 'What the reader sees' },
  choose: { ko: '템플릿을 고르면 여기에 보여요.', en: 'Choose a template to see it here.' },
})

type Props = { readonly mail: MailDrawn; readonly flow: Flow; readonly content: KakaoContent }

/** The Kakao message in a chat: at once as it roughly is, a moment later as the server draws it. */
export function KakaoView({ mail, flow, content }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const { templates } = useKakao()
  const [settled] = useDebouncedValue(content, 500)
  const channel =
    templates.data?.profiles.find((one) => one.id === content.profile)?.name ?? shop.name
  const rough = roughly(content, { channel, shopName: shop.name, known: templates.data, language })
  const drawn = settled === content && !mail.isFetching ? mail.data : undefined
  const shown: KakaoShown =
    drawn?.kakao?.kind === content.kind ? { ...rough, ...drawn.kakao, text: drawn.text } : rough
  return (
    <div className={style.sticky}>
      <div className={style.inline} style={{ justifyContent: 'space-between', marginBottom: 10 }}>
        <span className={style.stepTitle}>{said.title}</span>
        <TestSend flow={flow} content={content} />
      </div>
      <Undrawn error={mail.error} content={content} />
      <Problems problems={mail.data?.problems} />
      <KakaoChat shown={shown.text === '' ? { ...shown, text: said.choose } : shown} />
    </div>
  )
}

type About = {
  readonly channel: string
  readonly shopName: string
  readonly known: AlimtalkTemplates | undefined
  readonly language: Language
}

/** The message with its blanks still named, until the server has drawn it for a person. */
function roughly(content: KakaoContent, about: About): KakaoShown {
  const { channel, shopName, known, language } = about
  const named = (words: string) =>
    values
      .reduce((said, one) => said.replaceAll(one.token, `#{${one[language]}}`), words)
      .replace(/\{\{\s*customer\.name[^{}]*\}\}/g, language === 'ko' ? '#{고객 이름}' : '#{Name}')
      .replace(/\{\{[^{}]*\}\}/g, language === 'ko' ? '#{값}' : '#{value}')
  if (content.kind === 'brand') {
    const { bubble, picture, buttons, coupon } = content
    return {
      kind: 'brand',
      channel,
      bubble,
      buttons,
      coupon,
      picture: picture && pictureAddress(picture.id),
      text: composedBrandText(bubble, named(content.text), {
        shopName,
        phone: '',
        optOutNumber: '',
      }),
    }
  }
  const template = known?.templates.find(
    (one) => one.profile === content.profile && one.code === content.template,
  )
  const given = Object.fromEntries(
    Object.entries(content.variables)
      .filter(([, value]) => value.trim() !== '')
      .map(([name, value]) => [name, named(value)]),
  )
  return {
    kind: 'alimtalk',
    channel,
    text: filled(template?.content ?? '', given),
    around: template?.around ?? {},
    buttons: template?.buttons ?? [],
  }
}
