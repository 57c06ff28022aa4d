import { Anchor } from '@mantine/core'
import { Link } from 'wouter'
import { useWords, words } from '../../app/language.ts'
import { Code } from '../../design/states.tsx'
import style from './flow.module.css'

const text = words({
  about: {
    ko: '서버에서 이렇게 부르면 그 고객이 바로 들어와요. data에 적은 값은 메시지에서 {{ event.이름 }}으로 써요.',
    en: 'Call it like this and the customer enters at once. Messages use what stands in data as {{ event.name }}.',
  },
  key: { ko: '비밀 키는 설정에서 만들어요.', en: 'The secret key is made in the settings.' },
  keys: { ko: '키 만들기', en: 'Make a key' },
})

/** The call by which the shop's server lets somebody in, to copy. */
export function ApiCall({ campaign }: { readonly campaign: number }) {
  const said = useWords(text)
  const call = [
    `curl ${window.location.origin}/api/campaigns/${campaign}/enrolments \\`,
    `  -H 'authorization: Bearer SECRET_KEY' \\`,
    `  -H 'content-type: application/json' \\`,
    `  -d '{"customers": [{"userId": "user-1"}], "data": {"order_id": "A-1"}}'`,
  ].join('\n')
  return (
    <>
      <p className={style.note}>{said.about}</p>
      <Code text={call} />
      <p className={style.note}>
        {said.key}{' '}
        <Anchor component={Link} href="/settings/keys" inherit>
          {said.keys}
        </Anchor>
      </p>
    </>
  )
}
