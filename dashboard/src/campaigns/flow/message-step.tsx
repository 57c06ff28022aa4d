import { Button, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { chainOf } from '../../../../server/src/campaigns/steps/message.ts'
import type { MessageContent } from '../../../../server/src/messages/message-content.ts'
import { useWords, words } from '../../app/language.ts'
import { channelNames } from '../../messages/channel-names.ts'
import type { StepOf } from '../flow-edit.ts'
import { begunContent, MessageForm } from '../message-form.tsx'
import { NatureForm } from '../nature-form.tsx'
import { NightForm } from '../night-form.tsx'
import { useEditing } from './editing.ts'
import style from './flow.module.css'
import { PoolPicker } from './small-forms.tsx'
import { Minutes } from './wait-forms.tsx'

const text = words({
  order: { ko: '채널 순서', en: 'Order of channels' },
  add: { ko: '안 닿으면 다른 채널로', en: 'Another channel if it fails' },
  addNote: {
    ko: '보낼 수 없거나 닿지 않은 고객에게만 다음 채널로 한 번 보내요.',
    en: 'Only who could not be reached gets it by the next channel, once.',
  },
  remove: { ko: '이 채널 빼기', en: 'Take this channel out' },
  wait: { ko: '닿았는지 기다리는 시간', en: 'How long to wait for a delivery report' },
  waitNote: {
    ko: '이 시간이 지나도 실패 소식이 없으면 닿은 것으로 보고 더 보내지 않아요.',
    en: 'Without a failure by then it counts as delivered and nothing more is sent.',
  },
  cart: { ko: '장바구니 링크가 갈 주소', en: 'Where the link to the cart leads' },
  cartNote: {
    ko: '우리 상점의 경로(/cart)나 https로 시작하는 주소예요.',
    en: 'A path of the shop (/cart) or an https address.',
  },
  recheck: {
    ko: '보내기 직전에 조건을 한 번 더 확인해요.',
    en: 'The conditions are looked at once more right before sending.',
  },
  recheckPage: {
    ko: '보여주기 직전에 조건을 한 번 더 확인해요.',
    en: 'The conditions are looked at once more right before it is shown.',
  },
})

const fallbacksLimit = 4
type MessageStep = StepOf<'message'>

/** Words, channel order, coupon and night of a message. */
export function MessageStepForm({ step }: { readonly step: MessageStep }) {
  const said = useWords(text)
  const { flow, change, put, link } = useEditing()
  const chain = chainOf(step)
  const at = Math.min(link, chain.length - 1)
  const content = (chain[at] ?? step).content
  return (
    <>
      {content.channel !== 'webhook' && content.channel !== 'onsite' && (
        <NatureForm nature={flow.nature} change={(nature) => change({ ...flow, nature })} />
      )}
      <Chain step={step} at={at} />
      <MessageForm
        key={`${step.id}-${at}`}
        content={content}
        nature={flow.nature}
        change={(next) => put(withLink(step, at, next))}
      />
      {JSON.stringify(content).includes('cart.url') && (
        <TextInput
          label={said.cart}
          description={said.cartNote}
          maxLength={1_000}
          value={step.cartUrl}
          onChange={(event) => put({ ...step, cartUrl: event.currentTarget.value.trim() })}
        />
      )}
      {content.channel !== 'webhook' && (
        <PoolPicker
          optional
          pool={step.coupon}
          change={(coupon) => {
            const { coupon: _, ...rest } = step
            put(coupon === undefined ? rest : { ...rest, coupon })
          }}
        />
      )}
      {flow.nature.purpose === 'advertising' && (
        <NightForm
          channel={content.channel}
          onNight={step.onNight ?? 'hold'}
          change={(onNight) => put({ ...step, onNight })}
        />
      )}
      {flow.conditions.length > 0 && (
        <p className={style.note}>
          {content.channel === 'onsite' ? said.recheckPage : said.recheck}
        </p>
      )}
    </>
  )
}

/** The channels in their order; one of them is written at a time. */
function Chain({ step, at }: { readonly step: MessageStep; readonly at: number }) {
  const said = useWords(text)
  const names = useWords(channelNames)
  const { flow, put, pickLink } = useEditing()
  const chain = chainOf(step)
  const add = () => {
    const taken = chain.map(({ content }) => content.channel)
    const channel =
      (['sms', 'email', 'kakao'] as const).find((one) => !taken.includes(one)) ?? 'sms'
    const content = begunContent(channel, step.content, flow.nature)
    put({ ...step, fallbacks: [...(step.fallbacks ?? []), { content }] })
    pickLink(chain.length)
  }
  const drop = () => {
    const { fallbacks: _, ...alone } = step
    const left = (step.fallbacks ?? []).toSpliced(at - 1, 1)
    put(left.length > 0 ? { ...step, fallbacks: left } : alone)
    pickLink(at - 1)
  }
  // Who comes to the page is there already: there is nothing to reach them by instead.
  const isSent = step.content.channel !== 'webhook' && step.content.channel !== 'onsite'
  const canAdd = chain.length <= fallbacksLimit && isSent
  return (
    <div className={style.chain}>
      {chain.length > 1 && (
        <fieldset className={style.links}>
          <legend className={style.label}>{said.order}</legend>
          {chain.map(({ content }, index) => (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: a channel of the chain is its place
              key={index}
              type="button"
              className={style.link}
              aria-pressed={index === at}
              onClick={() => pickLink(index)}
            >
              {index + 1}. {names[content.channel]}
            </button>
          ))}
        </fieldset>
      )}
      <div className={style.inline}>
        {canAdd && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={14} />}
            onClick={add}
          >
            {said.add}
          </Button>
        )}
        {at > 0 && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<IconTrash size={14} />}
            onClick={drop}
          >
            {said.remove}
          </Button>
        )}
      </div>
      {chain.length > 1 && (
        <>
          <p className={style.note}>{said.addNote}</p>
          <div>
            <div className={style.label}>{said.wait}</div>
            <Minutes
              label={said.wait}
              min={1}
              minutes={step.deliveryMinutes}
              change={(minutes) => put({ ...step, deliveryMinutes: Math.min(minutes, 1_440) })}
            />
          </div>
          <p className={style.note}>{said.waitNote}</p>
        </>
      )}
    </div>
  )
}

function withLink(step: MessageStep, at: number, content: MessageContent): MessageStep {
  if (at === 0) return { ...step, content }
  return {
    ...step,
    fallbacks: (step.fallbacks ?? []).map((one, index) =>
      index === at - 1 ? { ...one, content } : one,
    ),
  }
}
