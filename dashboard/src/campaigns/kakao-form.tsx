import { Anchor, SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { Link } from 'wouter'
import type { Nature } from '../../../server/src/messages/content.ts'
import type { KakaoContent } from '../../../server/src/messages/kakao/content.ts'
import { type AlimtalkTemplates, getKakao, listTemplates } from '../api/kakao.ts'
import { useWords, words } from '../app/language.ts'
import { Bones, Failure } from '../design/states.tsx'
import { AlimtalkForm } from './alimtalk-form.tsx'
import { BrandForm } from './brand-form.tsx'
import style from './kakao.module.css'

const text = words({
  kind: { ko: '카카오톡 메시지 종류', en: 'Kind of KakaoTalk message' },
  alimtalk: { ko: '알림톡', en: 'Alimtalk' },
  brand: { ko: '브랜드 메시지', en: 'Brand Message' },
  alimtalkNote: {
    ko: '승인된 템플릿으로 주문·배송 같은 안내를 보내요. 채널 친구가 아니어도 받아요. 광고는 담을 수 없어요.',
    en: 'Notices such as orders and shipping by an approved template, friend of the channel or not. No advertising.',
  },
  brandNote: {
    ko: '카카오톡 광고 수신에 동의한 채널 친구에게 가는 광고예요. 저녁 8시 45분부터 아침 8시까지는 보내지 않아요.',
    en: 'An advertisement to friends of the channel who agreed to it. Nothing goes out from 20:45 to 08:00.',
  },
  practice: {
    ko: '아직 카카오 발송 계정이 없어요. 연습용 템플릿으로 만들어 보고 테스트 수신함에서 확인할 수 있어요.',
    en: 'There is no account for Kakao yet. Practise with sample templates; messages go to the test inbox.',
  },
  connect: { ko: '카카오 연결하기', en: 'Connect Kakao' },
})

type Props = {
  readonly content: KakaoContent
  readonly nature: Nature
  readonly change: (content: KakaoContent) => void
}

/** Templates and the channel messages are sent from. */
export function useKakao() {
  const templates = useQuery({
    queryKey: ['kakao', 'templates'],
    queryFn: ({ signal }) => listTemplates(signal),
  })
  const account = useQuery({ queryKey: ['kakao'], queryFn: ({ signal }) => getKakao(signal) })
  return { templates, account }
}

/** The channel a new message is sent from: the shop's choice, or the first there is. */
export function profileFor(known: AlimtalkTemplates, chosen: string | undefined): string {
  return chosen || known.profiles[0]?.id || ''
}

/** A first message of this kind. */
export function begunKakao(kind: KakaoContent['kind'], profile: string, first = ''): KakaoContent {
  return kind === 'alimtalk'
    ? { channel: 'kakao', kind, profile, template: '', variables: {} }
    : {
        channel: 'kakao',
        kind,
        profile,
        bubble: 'TEXT',
        text: first,
        picture: null,
        buttons: [],
        coupon: null,
      }
}

/** Alimtalk or Brand Message, and its words. What was written for the other kind waits there. */
export function KakaoForm({ content, nature, change }: Props) {
  const said = useWords(text)
  const { templates, account } = useKakao()
  const isReady = templates.data !== undefined && !account.isPending
  const profile = templates.data ? profileFor(templates.data, account.data?.profile) : ''
  // A message begun before the account was known gets its channel as soon as it is.
  useEffect(() => {
    if (isReady && content.profile === '' && profile !== '') change({ ...content, profile })
  }, [isReady, content, profile, change])
  const written = useRef(new Map<KakaoContent['kind'], KakaoContent>())
  written.current.set(content.kind, content)
  if (templates.error) return <Failure error={templates.error} retry={() => templates.refetch()} />
  if (!templates.data || account.isPending) return <Bones lines={4} />
  const known = templates.data
  const choose = (kind: KakaoContent['kind']) =>
    change(written.current.get(kind) ?? begunKakao(kind, profile))
  return (
    <div className={style.form}>
      {known.isPractice && (
        <p className={style.practice}>
          {said.practice}{' '}
          <Anchor component={Link} href="/settings/kakao" fz="inherit">
            {said.connect}
          </Anchor>
        </p>
      )}
      <SegmentedControl
        aria-label={said.kind}
        data={[
          { value: 'alimtalk', label: said.alimtalk },
          { value: 'brand', label: said.brand },
        ]}
        value={content.kind}
        onChange={(kind) => choose(kind === 'alimtalk' ? 'alimtalk' : 'brand')}
      />
      <p className={style.note}>
        {content.kind === 'alimtalk' ? said.alimtalkNote : said.brandNote}
      </p>
      {content.kind === 'alimtalk' ? (
        <AlimtalkForm
          content={content}
          nature={nature}
          known={known}
          change={change}
          toBrand={() => choose('brand')}
        />
      ) : (
        <BrandForm content={content} nature={nature} change={change} />
      )}
    </div>
  )
}
