import type { Page } from 'playwright-core'

/** One hand: how a person reaches a blank and picks in it. */
export type Hand = {
  /** Opens the picker of conditions: it is open already on the empty page. */
  readonly condition: (words: string, first?: boolean) => Promise<void>
  /** Picks in the blank of a row that is called so. */
  readonly blank: (row: number, label: string, words: string) => Promise<void>
  readonly number: (row: number, label: string, value: string) => Promise<void>
  readonly name: (name: string) => Promise<void>
  readonly save: () => Promise<void>
}

/** A person with a mouse. */
export function mouseOf(page: Page): Hand {
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const row = (at: number) => page.locator(`[data-row="of.${at}"]`)
  const option = (words: string) => page.getByRole('option').filter({ hasText: words }).first()
  return {
    condition: async (words, first = false) => {
      if (!first) await button('조건 더하기').click()
      await page.getByRole('combobox', { name: '조건 고르기' }).fill(words)
      await page.getByRole('option').first().click()
    },
    blank: async (at, label, words) => {
      await row(at)
        .getByRole('button', { name: new RegExp(`^${label}:`) })
        .first()
        .click()
      const search = page.getByRole('combobox', { name: label })
      if (await search.isVisible()) await search.fill(words)
      await option(words).click()
    },
    number: async (at, label, value) => {
      await row(at).getByLabel(label, { exact: true }).first().fill(value)
    },
    name: (name) => page.getByLabel('이름').fill(name),
    save: () => button('세그먼트 저장하기').click(),
  }
}

/** A person with a keyboard alone. */
export function keyboardOf(page: Page): Hand {
  return {
    condition: async (words, first = false) => {
      if (!first) {
        await tabTo(page, /^조건 더하기$/)
        await page.keyboard.press('Enter')
      }
      await page.getByRole('combobox', { name: '조건 고르기' }).waitFor()
      await page.keyboard.type(words)
      await page.keyboard.press('Enter')
      // The focus comes to the new row a moment after it: who types before that types into the wind.
      await page.waitForFunction(() => {
        const blank = document.activeElement?.closest('[data-blank], [data-add]')
        const rows = [...document.querySelectorAll('[data-row]')]
        return blank && blank.closest('[data-row]') === rows.at(-1)
      })
    },
    // After a condition came, the focus stands on its first blank: the row needs no search.
    blank: async (_, label, words) => {
      await tabTo(page, new RegExp(`^${label}:`))
      await page.keyboard.press('Enter')
      await page.getByRole('listbox').waitFor()
      if (await page.getByRole('combobox', { name: label }).isVisible())
        await page.keyboard.type(words)
      else await arrowTo(page, words)
      await page.keyboard.press('Enter')
    },
    number: async (_, label, value) => {
      await tabTo(page, new RegExp(`^${label}$`))
      await page.keyboard.type(value)
    },
    name: async (name) => {
      await tabTo(page, /^이름/, true)
      await page.keyboard.type(name)
    },
    save: async () => {
      await tabTo(page, /^세그먼트 저장하기$/, true)
      await page.keyboard.press('Enter')
    },
  }
}

/** Presses Tab until what stands in focus is called so; a trap or a lost focus ends in an error. */
export const tabTo = (page: Page, label: RegExp, backwards = false): Promise<void> =>
  keyTo(page, backwards ? 'Shift+Tab' : 'Tab', label)

/** Presses a key until what stands in focus is called so: no count of presses that a late focus makes wrong. */
export async function keyTo(page: Page, key: string, label: RegExp): Promise<void> {
  for (let press = 0; press < 90; press++) {
    const here = await page.evaluate(() => {
      const focus = document.activeElement
      const label = focus && 'labels' in focus && (focus as HTMLInputElement).labels?.[0]
      return focus?.getAttribute('aria-label') ?? ((label || focus)?.textContent || '')
    })
    if (label.test(here)) return
    await page.keyboard.press(key)
  }
  throw new Error(`the keyboard does not reach ${label}`)
}

async function arrowTo(page: Page, words: string): Promise<void> {
  const labels = await page.getByRole('option').allTextContents()
  const chosen = await page.getByRole('option', { selected: true }).first().textContent()
  const from = Math.max(0, labels.indexOf(chosen ?? ''))
  const to = labels.findIndex((label) => label.includes(words))
  for (let step = from; step < to; step++) await page.keyboard.press('ArrowDown')
  for (let step = to; step < from; step++) await page.keyboard.press('ArrowUp')
}
