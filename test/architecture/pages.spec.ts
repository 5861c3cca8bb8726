// References in the documents to code and to each other are valid.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const CODE_BLOCK = /^```.*?^```$/gms;
const LINK = /\]\((?<file>[^)\s#]*)(?:#(?<heading>[^)\s]*))?\)/g;
const HEADING = /^#{1,6} (?<title>.*)$/gm;
/** A sentence of a log or of an error, as `The view … is behind.` */
const MESSAGE = /`(?<text>[A-Z][a-z]*'?[a-z]* [^`\n]*)`/g;

const pages = new Map(
  [...globSync(['*.md', 'docs/*.md', 'docs/decisions/*.md', 'libs/*/README.md'])]
    .toSorted()
    .map((file) => [file, readFileSync(file, 'utf8').replaceAll(CODE_BLOCK, '')]),
);

describe('the pages', () => {
  it('link to existing files and headings', () => {
    const broken = [...pages].flatMap(([page, text]) =>
      [...text.matchAll(LINK)]
        .filter(({ groups }) => !/^[a-z]+:/.test(groups?.file ?? ''))
        .filter(({ groups }) => !leadsSomewhere(page, groups?.file ?? '', groups?.heading))
        .map(([link]) => `${page} ${link}`),
    );
    expect(broken).toStrictEqual([]);
  });

  it('name every app and library in the README', () => {
    const missing = globSync(['apps/*/', 'libs/*/']).filter((folder) => {
      return !pages.get('README.md')?.includes(`\`${folder.replace(/\/$/, '')}\``);
    });
    expect(missing).toStrictEqual([]);
  });

  it('quote messages of the code to operators', () => {
    const source = sources();
    const unknown = [...(pages.get('docs/operating.md') ?? '').matchAll(MESSAGE)]
      .map(({ groups }) => groups?.text ?? '')
      .filter((message) => !partsOf(message).every((part) => source.includes(part)));
    expect(unknown).toStrictEqual([]);
  });
});

function leadsSomewhere(page: string, file: string, heading: string | undefined): boolean {
  const target = file === '' ? page : normalize(join(dirname(page), file));
  if (heading === undefined || !target.endsWith('.md')) return existsSync(target);
  const titles = [...(pages.get(target) ?? '').matchAll(HEADING)].map(({ groups }) => groups?.title ?? '');
  return titles.map(anchorOf).includes(heading);
}

/** The anchor by which GitHub finds a heading. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\- ]/gu, '')
    .replaceAll(' ', '-');
}

/** The fixed parts of a message: what stands for a value is left out. */
function partsOf(message: string): string[] {
  return message.split(/…|\*|: /).flatMap((part) => part.replace(/^[\s.:]+|[\s.:]+$/g, '') || []);
}

/** The programs and what they use, with texts that were broken into several lines joined. */
function sources(): string {
  const files = globSync(['apps/**/*.{ts,mjs}', 'libs/**/*.{ts,mjs}']).filter(
    (file) => !file.endsWith('.spec.ts'),
  );
  const text = files.map((file) => readFileSync(file, 'utf8')).join('\n');
  return text.replaceAll(/(['`])\s*\+\s*\1/g, '');
}
