import { useQuery } from '@tanstack/react-query'
import { connectShopify, shopifyApp } from '../../api/connections.ts'
import { useWords } from '../../app/language.ts'
import { Code } from '../../design/states.tsx'
import { ConnectByKeys } from './connect-by-keys.tsx'
import { waysWords } from './ways-words.ts'

/** The shop's own app at Shopify, and its id and secret. */
export function ConnectShopify() {
  const said = useWords(waysWords)
  const app = useQuery({
    queryKey: ['connections', 'shopify-app'],
    queryFn: ({ signal }) => shopifyApp(signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const scopes = (
    <>
      {said.shopify2}
      {app.data && <Code text={app.data.scopes.join(',')} />}
    </>
  )
  return (
    <ConnectByKeys
      title={said.shopifyGuide}
      steps={[said.shopify1, scopes, said.shopify3, said.shopify4]}
      note={said.shopifyUnsure}
      fields={[
        { name: 'shop', label: said.shopName, note: said.shopNameNote, help: said.shopWrong },
        { name: 'clientId', label: 'Client ID', help: said.scopesWrong },
        {
          ...{ name: 'clientSecret', label: 'Client secret', note: said.sealed, isSecret: true },
          help: said.secretWrong,
        },
        {
          name: 'adminToken',
          label: said.adminToken,
          note: said.adminTokenNote,
          help: said.tokenWrong,
          ...{ isSecret: true, isOptional: true },
        },
      ]}
      connect={({ adminToken, ...keys }) =>
        connectShopify({ ...keys, adminToken: adminToken.trim() || null })
      }
    />
  )
}
