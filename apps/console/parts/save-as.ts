/** Hands a text over as a file, as if it had been downloaded. */
export function saveAs(name: string, type: string, text: BlobPart): void {
  saveFile(name, new Blob([text], { type }));
}

/** Hands a file over, as if it had been downloaded. */
export function saveFile(name: string, file: Blob): void {
  const url = URL.createObjectURL(file);
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}
