/** The bytes, where the text is exactly how they are written: no byte of it can be another one unnoticed. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}
