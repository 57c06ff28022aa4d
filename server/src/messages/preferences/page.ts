import { escapeHtml } from '../../lib/html.ts'
import type { Shop } from '../../shops/shop.ts'
import { koreanDate } from '../filters.ts'
import { channelName } from '../notices/texts.ts'
import { type PageLanguage, pageOf } from '../opt-out-page.ts'
import { type ChannelRow, type Choice, hasNight } from './choices.ts'
import { choiceName, wordingText, words } from './words.ts'

/** What became of a form. */
export type Outcome = {
  readonly refused: readonly Choice[]
  readonly granted: readonly Choice[]
  /** What the owner of the address is asked about first. `to` is masked; null where it is not shown. */
  readonly asked: readonly { readonly choice: Choice; readonly to: string | null }[]
}

/** The boxes for every channel a person can be reached on; ticked as it stands, never beforehand. */
export function choicesHtml(
  shop: Pick<Shop, 'name'>,
  rows: readonly ChannelRow[],
  language: PageLanguage,
): string {
  if (rows.length === 0) return ''
  const say = words[language]
  const groups = rows.map((row) => {
    const { channel, address } = row
    const boxes = [
      box({ channel, scope: 'ad_day' }, row.adDay, { shop, language }),
      hasNight(channel) ? box({ channel, scope: 'ad_night' }, row.adNight, { shop, language }) : '',
    ]
    const name = escapeHtml(channelName(channel, language))
    const at = address === null ? '' : ` <small>${escapeHtml(address)}</small>`
    return `<fieldset><legend>${name}${at}</legend>${boxes.join('')}</fieldset>`
  })
  const isUsed = rows.some((row) => row.personalDataMarketing)
  const [first] = rows
  const personal = first
    ? `<fieldset><legend>${say.personal}</legend>${tick('personal', isUsed, wordingText({ channel: first.channel, scope: 'personal_data_marketing' }, shop.name, language))}</fieldset>`
    : ''
  return `<h2>${say.choose}</h2>
<form method="post"><input type="hidden" name="save" value="yes"><input type="hidden" name="language" value="${language}">
${groups.join('\n')}${personal}
<p class="note">${say.verify}</p>
<div class="acts"><button type="submit" class="plain">${say.save}</button><button type="submit" class="plain" name="all" value="no">${say.refuseAll}</button></div></form>
<h2>${say.stopTitle}</h2><p class="note">${say.stopNote}</p>
<form method="post"><input type="hidden" name="save" value="yes"><input type="hidden" name="language" value="${language}">
<div class="acts"><button type="submit" class="plain" name="stop" value="yes">${say.stop}</button></div></form>`
}

/** The button that undoes refusals: it asks the addresses themselves. Empty where there is none to undo. */
export function undoHtml(refused: readonly Choice[], language: PageLanguage): string {
  if (refused.length === 0) return ''
  const say = words[language]
  const hidden = refused.map(
    (choice) => `<input type="hidden" name="choice" value="${nameOf(choice)}">`,
  )
  return `<p class="note">${say.undoNote}</p>
<form method="post"><input type="hidden" name="save" value="yes"><input type="hidden" name="language" value="${language}">${hidden.join('')}
<div class="acts"><button type="submit" class="plain" name="undo" value="yes">${say.undo}</button></div></form>`
}

/** A moment as the pages write it, by the shop's clocks. `at` is UTC ms. */
export function momentOf(shop: Shop, at: number, language: PageLanguage): string {
  const format = language === 'ko' ? 'YYYY년 M월 D일 HH:mm' : 'YYYY-MM-DD HH:mm'
  return koreanDate(at, format, { zone: shop.timeZone, now: at })
}

function nameOf({ channel, scope }: Choice): string {
  return scope === 'personal_data_marketing' ? 'personal' : `${channel}.${scope}`
}

function box(
  choice: Choice,
  is: boolean,
  about: { readonly shop: Pick<Shop, 'name'>; readonly language: PageLanguage },
): string {
  const text = wordingText(choice, about.shop.name, about.language)
  return tick(nameOf(choice), is, text)
}

function tick(value: string, is: boolean, text: string): string {
  return `<label><input type="checkbox" name="choice" value="${value}"${is ? ' checked' : ''}><span>${escapeHtml(text)}</span></label>`
}

/** The result with sender and date, as article 50 (7) wants it told. `at` is UTC ms. */
export function outcomePage(
  shop: Shop,
  done: {
    readonly at: number
    readonly outcome: Outcome
    readonly isTest: boolean
    /** Of what was refused, what its owner can take back here. */
    readonly undoable: readonly Choice[]
    /** The same link shows the choices; that of a confirmation does not. */
    readonly canGoBack: boolean
  },
  language: PageLanguage,
): string {
  const say = words[language]
  const { refused, granted, asked } = done.outcome
  const names = (choices: readonly Choice[]) => [
    ...new Set(choices.map((choice) => choiceName(choice, language))),
  ]
  const lines = done.isTest
    ? [say.test]
    : [
        ...names(refused).map(say.refused),
        ...names(granted).map(say.granted),
        ...new Set(
          asked.map(({ choice, to }) =>
            say.asked(choiceName(choice, language), to ?? say.ownAddress),
          ),
        ),
      ]
  const told = (lines.length === 0 ? [say.nothing] : lines)
    .map((line) => `<p>${escapeHtml(line)}</p>`)
    .join('')
  const at = momentOf(shop, done.at, language)
  const undo = done.isTest ? '' : undoHtml(done.undoable, language)
  const back = done.canGoBack ? `<p><a href="?language=${language}">${say.back}</a></p>` : ''
  const sender = escapeHtml(shop.sender.legalName || shop.name)
  return pageOf(language, {
    shop,
    title: say.done,
    body: `<h1>${say.done}</h1><div role="status">${told}</div>
<dl><dt>${say.sender}</dt><dd>${sender}</dd><dt>${say.at}</dt><dd>${at}</dd></dl>${undo}${back}`,
  })
}

/** Asks the owner of an address, by the link that went there, for the last word. */
export function confirmPage(shop: Shop, grants: readonly Choice[], language: PageLanguage): string {
  const say = words[language]
  const texts = [...new Set(grants.map((one) => wordingText(one, shop.name, language)))]
  return pageOf(language, {
    shop,
    title: say.confirmTitle,
    body: `<h1>${say.confirm}</h1><ul>${texts.map((text) => `<li>${escapeHtml(text)}</li>`).join('')}</ul>
<form method="post"><input type="hidden" name="agree" value="yes"><input type="hidden" name="language" value="${language}"><button type="submit">${say.agree}</button></form>`,
  })
}

/** The confirmation came too late. */
export function latePage(language: PageLanguage): string {
  const say = words[language]
  return pageOf(language, {
    title: say.confirmTitle,
    body: `<h1>${say.confirmTitle}</h1><p role="alert">${say.late}</p>`,
  })
}
