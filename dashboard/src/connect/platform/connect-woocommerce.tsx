import { connectWooCommerce } from '../../api/connections.ts'
import { useWords } from '../../app/language.ts'
import { ConnectByKeys } from './connect-by-keys.tsx'
import { waysWords } from './ways-words.ts'

/** A key of the shop's REST API, and where a plugin keeps consents. */
export function ConnectWooCommerce() {
  const said = useWords(waysWords)
  return (
    <ConnectByKeys
      title={said.wooGuide}
      steps={[said.woo1, said.woo2, said.woo3]}
      note={said.wooUnsure}
      fields={[
        { name: 'url', label: said.address, note: said.addressNote, help: said.addressWrong },
        { name: 'consumerKey', label: said.consumerKey, help: said.keyWrong },
        {
          ...{ name: 'consumerSecret', label: said.consumerSecret, note: said.sealed },
          ...{ isSecret: true, help: said.keyWrong },
        },
        { name: 'smsConsentKey', label: said.smsKey, note: said.optional, isOptional: true },
        { name: 'emailConsentKey', label: said.emailKey, note: said.optional, isOptional: true },
      ]}
      connect={({ smsConsentKey, emailConsentKey, ...keys }) =>
        connectWooCommerce({
          ...keys,
          smsConsentKey: smsConsentKey.trim() || null,
          emailConsentKey: emailConsentKey.trim() || null,
        })
      }
    />
  )
}
