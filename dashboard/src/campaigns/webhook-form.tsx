import { ActionIcon, Anchor, Button, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { WebhookContent } from '../../../server/src/messages/webhook/content.ts'
import { getCallSecret } from '../api/push.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import style from './campaigns.module.css'
import { addressFault } from './unready.ts'
import { ValueMenu, values } from './value-menu.tsx'
import own from './webhook-form.module.css'

const text = words({
  about: {
    ko: '고객이 아니라 상점의 서버로 가요. 동의와 야간 규칙은 보지 않지만, 같은 캠페인의 대조군은 빠져요.',
    en: 'Goes to the shop’s server, not to a person: consent and night do not matter, held-out people are still left out.',
  },
  noSecret: {
    ko: '아직 비밀이 없어서 호출이 테스트 수신함으로 와요.',
    en: 'There is no secret yet, so calls arrive in the test inbox.',
  },
  make: { ko: '설정에서 비밀 만들기', en: 'Make the secret in the settings' },
  url: { ko: '부를 주소', en: 'Address to call' },
  urlNote: {
    ko: 'https로 시작하는 공개 주소예요. 고객의 값은 주소에 넣을 수 없어요.',
    en: 'A public https address. It holds no values of people.',
  },
  fields: { ko: '보낼 값', en: 'Values' },
  name: { ko: '이름', en: 'Name' },
  value: { ko: '값', en: 'Value' },
  badName: {
    ko: '영문, 숫자, 밑줄로 적어 주세요. 예: coupon_code',
    en: 'Letters, digits and underscores, as in coupon_code',
  },
  repeated: { ko: '같은 이름이 있어요.', en: 'There is another with this name.' },
  add: { ko: '값 더하기', en: 'Add a value' },
  remove: { ko: (name: string) => `${name} 지우기`, en: (name: string) => `Remove ${name}` },
})

const mostFields = 50

type Props = {
  readonly content: WebhookContent
  readonly change: (content: WebhookContent) => void
}

/** A call to the shop's server: its address, and named values that may hold Liquid. */
export function WebhookForm({ content, change }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const may = useMay('marketer', 'developer')
  const secret = useQuery({
    queryKey: ['call-secret'],
    queryFn: ({ signal }) => getCallSecret(signal),
    enabled: may,
  })
  const { url, fields } = content
  const put = (at: number, field: (typeof fields)[number]) =>
    change({ ...content, fields: fields.map((one, index) => (index === at ? field : one)) })
  const problemOf = (name: string, at: number) => {
    if (!/^[A-Za-z_][\w.-]{0,99}$/.test(name)) return said.badName
    return fields.findIndex((one) => one.name === name) === at ? undefined : said.repeated
  }
  return (
    <>
      <p className={style.stepNote}>
        {said.about}
        {secret.data?.isSet === false && (
          <>
            {' '}
            {said.noSecret}{' '}
            <Anchor component={Link} href="/settings/webhook" inherit>
              {said.make}
            </Anchor>
          </>
        )}
      </p>
      <TextInput
        label={said.url}
        description={said.urlNote}
        placeholder="https://"
        maxLength={2_000}
        value={url}
        error={addressFault(url)?.[language]}
        onChange={(event) => change({ ...content, url: event.currentTarget.value.trim() })}
      />
      <fieldset className={own.fields}>
        <legend>{said.fields}</legend>
        {fields.map((field, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a field being named has no other identity than its place
          <div key={at} className={own.field}>
            <TextInput
              aria-label={`${said.name} ${at + 1}`}
              placeholder="coupon_code"
              maxLength={100}
              value={field.name}
              error={problemOf(field.name, at)}
              onChange={(event) => put(at, { ...field, name: event.currentTarget.value })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={said.remove(field.name || `${at + 1}`)}
              onClick={() =>
                change({ ...content, fields: fields.filter((_, index) => index !== at) })
              }
            >
              <IconX size={16} />
            </ActionIcon>
            <div className={own.value}>
              <TextInput
                aria-label={`${said.value} ${at + 1}`}
                maxLength={2_000}
                value={field.value}
                onChange={(event) => put(at, { ...field, value: event.currentTarget.value })}
              />
              <ValueMenu
                offers={values}
                insert={(token) => put(at, { ...field, value: field.value + token })}
              />
            </div>
          </div>
        ))}
        <div>
          <Button
            variant="default"
            size="xs"
            disabled={fields.length >= mostFields}
            leftSection={<IconPlus size={14} />}
            onClick={() => change({ ...content, fields: [...fields, { name: '', value: '' }] })}
          >
            {said.add}
          </Button>
        </div>
      </fieldset>
    </>
  )
}
