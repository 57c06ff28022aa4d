import {
  ActionIcon,
  Button,
  Menu,
  Tooltip,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core'
import { IconBuildingStore, IconChevronDown, IconMoon, IconSun } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useContext } from 'react'
import { useLocation } from 'wouter'
import { signOut } from '../api/session.ts'
import { LanguageContext, useWords, words } from './language.ts'
import { roleNames } from './roles.ts'
import { useSession } from './session.tsx'
import style from './shell.module.css'
import { WorkTray } from './work-tray.tsx'

const text = words({
  otherLanguage: { ko: 'English', en: '한국어' },
  switchLanguage: { ko: 'English로 보기', en: '한국어로 보기' },
  dark: { ko: '어둡게 보기', en: 'Dark colours' },
  light: { ko: '밝게 보기', en: 'Light colours' },
  signOut: { ko: '로그아웃하기', en: 'Sign out' },
  demoShop: { ko: '데모 상점 열기', en: 'Open the demo shop' },
})

/** The right end of the top bar: the demo shop, language, colours, who is signed in. */
export function Tools() {
  const said = useWords(text)
  const roles = useWords(roleNames)
  const { language, speak } = useContext(LanguageContext)
  const { member, shop } = useSession()
  const { setColorScheme } = useMantineColorScheme()
  const dark = useComputedColorScheme('light') === 'dark'
  const queries = useQueryClient()
  const [, go] = useLocation()
  const leave = async () => {
    await signOut().catch(() => undefined)
    queries.clear()
    go('/sign-in')
  }
  return (
    <div className={style.tools}>
      {shop.demoShopUrl && (
        <Button
          component="a"
          href={shop.demoShopUrl}
          target="_blank"
          rel="noreferrer"
          variant="default"
          visibleFrom="sm"
          leftSection={<IconBuildingStore size={17} />}
        >
          {said.demoShop}
        </Button>
      )}
      <WorkTray />
      <Tooltip label={said.switchLanguage}>
        <Button
          variant="subtle"
          color="gray"
          px={10}
          lang={language === 'ko' ? 'en' : 'ko'}
          onClick={() => speak(language === 'ko' ? 'en' : 'ko')}
        >
          {said.otherLanguage}
        </Button>
      </Tooltip>
      <Tooltip label={dark ? said.light : said.dark}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={dark ? said.light : said.dark}
          onClick={() => setColorScheme(dark ? 'light' : 'dark')}
        >
          {dark ? <IconSun size={19} /> : <IconMoon size={19} />}
        </ActionIcon>
      </Tooltip>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <button type="button" className={style.person} aria-label={member.name}>
            <span>{member.name}</span>
            <IconChevronDown size={16} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            {member.email} · {roles[member.role]}
          </Menu.Label>
          {shop.demoShopUrl && (
            <Menu.Item component="a" href={shop.demoShopUrl} target="_blank" hiddenFrom="sm">
              {said.demoShop}
            </Menu.Item>
          )}
          <Menu.Item onClick={() => void leave()}>{said.signOut}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}
