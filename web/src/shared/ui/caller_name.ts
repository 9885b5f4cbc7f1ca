// SPDX-License-Identifier: Apache-2.0
// What to call a call whose person is not known: its shown name, its number, or where it came from.
import { useI18n } from 'vue-i18n'

export interface NamedCall {
  direction: string
  caller: string
  dialled?: string
  display_name: string
}

export function useCallerName() {
  const { t } = useI18n()
  const callerName = (call: NamedCall): string => {
    const number = call.direction === 'out' ? call.dialled || call.caller : call.caller
    return call.display_name || number || t(call.direction === 'web' ? 'desk.web_caller' : 'desk.withheld')
  }
  return { callerName }
}
