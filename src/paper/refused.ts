/** An uploaded file that we won't read; `message` is one Chinese sentence that names the limit. */
export class FileRefused extends Error {
  override name = 'FileRefused'
}
