import { transformAsync } from '@babel/core';
import linguiMacros from '@lingui/babel-plugin-lingui-macro';
import { getConfig } from '@lingui/conf';

/**
 * Lingui's macros, by Babel: the native transform of its own plugin is a package that npm leaves out, without a word, on
 * the older versions of Node that install the project.
 * @returns {import('vite').Plugin}
 */
export function macros(directory) {
  const linguiConfig = getConfig({ cwd: directory });
  let descriptorFields = 'all';
  return {
    name: 'lingui-macros',
    enforce: 'pre',
    configResolved({ isProduction }) {
      descriptorFields = isProduction ? 'id-only' : 'all';
    },
    transform: {
      filter: { id: /\.tsx?$/, code: /from ['"]@lingui\/(?:core|react)\/macro['"]/ },
      handler: (code, filename) =>
        transformAsync(code, {
          filename,
          babelrc: false,
          configFile: false,
          sourceMaps: true,
          parserOpts: { plugins: ['jsx', 'typescript'] },
          plugins: [[linguiMacros, { linguiConfig, descriptorFields }]],
        }),
    },
  };
}
