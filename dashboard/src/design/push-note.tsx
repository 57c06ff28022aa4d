import { IconBrandChrome, IconChevronUp } from '@tabler/icons-react'
import { useWords, words } from '../app/language.ts'
import style from './push-note.module.css'

const text = words({
  seen: { ko: '안드로이드 Chrome에서 보이는 알림', en: 'As Chrome on Android shows it' },
  now: { ko: '지금', en: 'now' },
  picture: { ko: '알림 그림', en: 'Picture of the notification' },
})

type Props = {
  readonly title: string
  readonly text: string
  /** Host of the shop's pages: browsers show it, whatever the notification says. */
  readonly site: string
  readonly icon?: string | null
  readonly image?: string | null
}

/** A web push notification, opened, on a locked phone. */
export function PushNote({ title, text: body, site, icon, image }: Props) {
  const said = useWords(text)
  return (
    <figure className={style.screen} aria-label={said.seen}>
      <div className={style.clock} aria-hidden="true">
        <b>14:05</b>
      </div>
      <div className={style.note}>
        <div className={style.from}>
          <IconBrandChrome size={15} aria-hidden />
          <span>
            Chrome · {site} · {said.now}
          </span>
          <IconChevronUp size={15} aria-hidden />
        </div>
        <div className={style.body}>
          <div className={style.words}>
            <div className={style.title}>{title}</div>
            <div className={style.text}>{body}</div>
          </div>
          {icon && <img className={style.icon} src={icon} alt="" />}
        </div>
        {image && <img className={style.image} src={image} alt={said.picture} />}
      </div>
    </figure>
  )
}
