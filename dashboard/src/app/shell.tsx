import { ActionIcon, Drawer } from '@mantine/core'
import { useDisclosure, useHotkeys } from '@mantine/hooks'
import { IconMenu2, IconSearch } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { Link, useLocation } from 'wouter'
import { Mark } from '../design/mark.tsx'
import { HaltBanner } from '../messages/halt.tsx'
import { useWords, words } from './language.ts'
import { isAt, pageNames, rail } from './pages.ts'
import { Search } from './search.tsx'
import { useSession } from './session.tsx'
import style from './shell.module.css'
import { Tools } from './tools.tsx'

const text = words({
  menu: { ko: '메뉴', en: 'Menu' },
  openMenu: { ko: '메뉴 열기', en: 'Open the menu' },
  search: { ko: '페이지, 고객, 캠페인 찾기', en: 'Find a page, a customer, a campaign' },
  skip: { ko: '본문으로 바로 가기', en: 'Skip to the content' },
  demo: { ko: '데모 상점', en: 'Demo shop' },
})

/** Left rail, top bar, page. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const said = useWords(text)
  const [location] = useLocation()
  const [menu, { open: openMenu, close: closeMenu }] = useDisclosure(false)
  const [searching, { open: search, close: stopSearching }] = useDisclosure(false)
  useHotkeys([['mod+K', search]])
  useArrival(location)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes when the address changes
  useEffect(closeMenu, [location])
  const command = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘K' : 'Ctrl K'
  return (
    <div className={style.shell}>
      <a className={style.skip} href="#content">
        {said.skip}
      </a>
      <Rail />
      <Drawer opened={menu} onClose={closeMenu} title={said.menu} size={280}>
        <Rail drawer />
      </Drawer>
      <div className={style.main}>
        <HaltBanner />
        <header className={style.top}>
          <ActionIcon
            className={style.burger ?? ''}
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={said.openMenu}
            onClick={openMenu}
          >
            <IconMenu2 size={20} />
          </ActionIcon>
          <button type="button" className={style.search} onClick={search}>
            <IconSearch size={16} aria-hidden />
            <span>{said.search}</span>
            <kbd className={style.key}>{command}</kbd>
          </button>
          <Tools />
        </header>
        <main id="content" tabIndex={-1} style={{ outline: 'none' }}>
          {children}
        </main>
      </div>
      <Search opened={searching} onClose={stopSearching} />
    </div>
  )
}

/** A new address starts at its top, and the keyboard starts at its title. */
function useArrival(location: string) {
  const before = useRef(location)
  useEffect(() => {
    if (before.current === location) return
    before.current = location
    window.scrollTo(0, 0)
    document.getElementById('content')?.focus({ preventScroll: true })
  }, [location])
}

function Rail({ drawer = false }: { readonly drawer?: boolean }) {
  const names = useWords(pageNames)
  const said = useWords(text)
  const { shop } = useSession()
  const [location] = useLocation()
  return (
    <nav className={`${style.rail} ${drawer ? style.drawer : ''}`} aria-label={said.menu}>
      <Link href="/" className={style.brand ?? ''}>
        <Mark size={30} />
        <span className={style.shop}>
          {shop.name}
          {shop.isDemo && <span className={style.demo}>{said.demo}</span>}
        </span>
      </Link>
      {rail.map((part) => (
        <div key={part.group ?? 'first'}>
          {part.group && <div className={style.group}>{names[part.group]}</div>}
          {part.items.map(({ to, name, icon: Icon }) => {
            const here = isAt(location, to)
            return (
              <Link
                key={to}
                href={to}
                className={`${style.item} ${here ? style.here : ''}`}
                {...(here ? { 'aria-current': 'page' as const } : {})}
              >
                <Icon size={19} aria-hidden />
                {names[name]}
              </Link>
            )
          })}
        </div>
      ))}
    </nav>
  )
}
