import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Router as Routes } from 'wouter'
import { problemIn } from '../api/client.ts'
import { theme, variables } from '../design/theme.ts'
import { type Language, LanguageContext } from './language.ts'
import { askingFirst, LeavingContext } from './leaving.ts'
import { Router } from './router.tsx'

const languageKey = 'danggol.language'

function rememberedLanguage(): Language {
  const chosen = localStorage.getItem(languageKey)
  if (chosen === 'ko' || chosen === 'en') return chosen
  return navigator.language.startsWith('en') ? 'en' : 'ko'
}

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 10 * 60_000,
      // A declined call is declined the second time too; only what did not arrive is tried again.
      retry: (times, error) => times < 2 && (problemIn(error)?.status ?? 500) % 500 < 100,
      retryDelay: (times) => 400 * 2 ** times,
    },
  },
})

/** Everything a page stands on: theme, language, server state, routes. */
export function App() {
  const [language, setLanguage] = useState(rememberedLanguage)
  const spoken = useMemo(
    () => ({
      language,
      speak: (chosen: Language) => {
        localStorage.setItem(languageKey, chosen)
        setLanguage(chosen)
      },
    }),
    [language],
  )
  const asked = useRef<((go: () => void) => void) | undefined>(undefined)
  const around = useMemo(() => askingFirst(asked), [])
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <Notifications position="bottom-center" autoClose={4000} />
      <QueryClientProvider client={queries}>
        <LanguageContext value={spoken}>
          <LeavingContext value={asked}>
            <Routes aroundNav={around}>
              <Router />
            </Routes>
          </LeavingContext>
        </LanguageContext>
      </QueryClientProvider>
    </MantineProvider>
  )
}
