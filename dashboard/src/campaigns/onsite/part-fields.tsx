import { SegmentedControl, TextInput } from '@mantine/core'
import { readPicturePath } from '../../../../server/src/images/address.ts'
import { localTime, utcOfLocal } from '../../../../server/src/lib/zone.ts'
import type { OnsitePart } from '../../../../server/src/messages/onsite/content.ts'
import { useWords, words } from '../../app/language.ts'
import { useSession } from '../../app/session.tsx'
import { ImageField } from '../../images/image-picker.tsx'
import { Insertable } from '../mail/insertable.tsx'
import type { PartOf } from './begun-part.ts'
import { PlaceBlank } from './blanks.tsx'
import { CardFields } from './card-fields.tsx'
import { weekAhead } from './ends.ts'
import { FormFields } from './form-fields.tsx'

const text = words({
  words: { ko: '글', en: 'Words' },
  label: { ko: '버튼 글씨', en: 'Words on the button' },
  url: { ko: '누르면 열리는 주소', en: 'Address it opens' },
  optional: { ko: '누르면 열리는 주소 (없어도 돼요)', en: 'Address it opens (optional)' },
  after: { ko: '쿠폰을 받은 뒤 갈 주소 (없어도 돼요)', en: 'Address after the coupon (optional)' },
  image: { ko: '그림', en: 'Picture' },
  elsewhere: { ko: '다른 곳에 있는 그림의 주소', en: 'Address of a picture elsewhere' },
  alt: { ko: '그림 설명 (그림이 안 보일 때)', en: 'Words in its place' },
  title: { ko: '쿠폰 제목', en: 'Title of the coupon' },
  left: { ko: '남은 시간 앞에 쓸 말', en: 'Words before the time' },
  until: { ko: '언제까지', en: 'Until' },
  time: { ko: '정한 때까지', en: 'A set time' },
  coupon: { ko: '쿠폰이 끝날 때까지', en: 'The end of the coupon' },
  at: { ko: '끝나는 때', en: 'It ends at' },
})

type Props<P extends OnsitePart> = { readonly part: P; readonly put: (part: P) => void }

/** What can be written of a piece. */
export function PartFields({ part, put }: Props<OnsitePart>) {
  const said = useWords(text)
  switch (part.kind) {
    case 'heading':
    case 'text':
    case 'note':
      return (
        <Insertable
          label={said.words}
          value={part.text}
          put={(value) => put({ ...part, text: value })}
        />
      )
    case 'image':
      return <ImageFields part={part} put={put} />
    case 'button':
      return (
        <>
          <Insertable
            oneLine
            label={said.label}
            value={part.label}
            put={(label) => put({ ...part, label })}
          />
          <PlaceBlank label={said.url} value={part.url} put={(url) => put({ ...part, url })} />
        </>
      )
    case 'coupon':
      return <CouponFields part={part} put={put} />
    case 'countdown':
      return <CountdownFields part={part} put={put} />
    case 'cards':
      return <CardFields part={part} put={put} />
    case 'form':
      return <FormFields part={part} put={put} />
  }
}

function ImageFields({ part, put }: Props<PartOf<'image'>>) {
  const said = useWords(text)
  const { link, ...rest } = part
  const isOurs = readPicturePath(part.image) !== undefined
  return (
    <>
      <ImageField
        label={said.image}
        value={part.image}
        pick={({ alt, focus, files }) =>
          put({ ...part, alt, focus, image: files.large?.path ?? part.image })
        }
      />
      {!isOurs && (
        <PlaceBlank
          label={said.elsewhere}
          value={part.image}
          put={(image) => put({ ...part, image })}
        />
      )}
      <TextInput
        label={said.alt}
        maxLength={200}
        value={part.alt}
        onChange={(event) => put({ ...part, alt: event.currentTarget.value })}
      />
      <PlaceBlank
        label={said.optional}
        optional
        value={link ?? ''}
        put={(next) => put(next === '' ? rest : { ...rest, link: next })}
      />
    </>
  )
}

function CouponFields({ part, put }: Props<PartOf<'coupon'>>) {
  const said = useWords(text)
  const { url, ...rest } = part
  return (
    <>
      <Insertable
        oneLine
        label={said.title}
        value={part.title}
        put={(title) => put({ ...part, title })}
      />
      <Insertable
        oneLine
        label={said.label}
        value={part.label}
        put={(label) => put({ ...part, label })}
      />
      <PlaceBlank
        label={said.after}
        optional
        value={url ?? ''}
        put={(next) => put(next === '' ? rest : { ...rest, url: next })}
      />
    </>
  )
}

function CountdownFields({ part, put }: Props<PartOf<'countdown'>>) {
  const said = useWords(text)
  const { shop } = useSession()
  return (
    <>
      <Insertable
        oneLine
        label={said.left}
        value={part.label}
        put={(label) => put({ ...part, label })}
      />
      <SegmentedControl
        size="xs"
        aria-label={said.until}
        data={(['time', 'coupon'] as const).map((value) => ({ value, label: said[value] }))}
        value={part.to.kind}
        onChange={(kind) =>
          put({ ...part, to: kind === 'coupon' ? { kind } : { kind: 'time', at: weekAhead() } })
        }
      />
      {part.to.kind === 'time' && (
        <TextInput
          type="datetime-local"
          label={said.at}
          description={shop.timeZone}
          value={new Date(localTime(part.to.at, shop.timeZone)).toISOString().slice(0, 16)}
          onChange={(event) => {
            const shown = Date.parse(`${event.currentTarget.value}Z`)
            if (!Number.isNaN(shown))
              put({ ...part, to: { kind: 'time', at: utcOfLocal(shown, shop.timeZone) } })
          }}
        />
      )}
    </>
  )
}
