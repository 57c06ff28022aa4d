import { IconPackage } from '@tabler/icons-react'
import { useState } from 'react'
import style from './products.module.css'

/** A product's picture; a quiet sign where there is none or it does not come. Addresses are the shop's and never trusted. */
export function Thumb({ url, large = false }: ThumbProps) {
  const [failed, setFailed] = useState(false)
  const size = large ? ` ${style.large}` : ''
  const shown = url !== null && /^https?:\/\//i.test(url) && !failed
  if (!shown) {
    return (
      <span className={`${style.picture} ${style.noPicture}${size}`} aria-hidden="true">
        <IconPackage size={large ? 32 : 20} />
      </span>
    )
  }
  return (
    <img
      className={`${style.picture}${size}`}
      src={url}
      alt=""
      loading="lazy"
      referrerPolicy="no-referrer"
      onError={() => setFailed(true)}
    />
  )
}
type ThumbProps = { readonly url: string | null; readonly large?: boolean }
