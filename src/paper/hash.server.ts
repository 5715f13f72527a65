import { sha256 } from '#crypto/provider.server.ts'
import { canonicalJson, type OfficialDocument } from './document.ts'

/**
 * SHA-256 (hex) of what a document says. Taken of the model, never of a file: two files of one model differ in ids and
 * times. The banner is left out, since it belongs to the installation and not to the text.
 */
export function contentHash(document: OfficialDocument): string {
  const { banner: _banner, ...content } = document
  return sha256(canonicalJson(content))
}
