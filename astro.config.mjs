import { satteri } from '@astrojs/markdown-satteri';
import mdx from '@astrojs/mdx';
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import { keepWhole } from './site/lib/code/keep-whole.ts';
import { CODE_THEMES } from './site/lib/code/themes.ts';
import { linkTerms } from './site/lib/glossary/link-terms.ts';
import { lab } from './site/lib/lab/integration.ts';
import { searchIndex } from './site/lib/search-index.ts';
import { courseSidebar } from './site/lib/sidebar.ts';
import { wordsIn } from './site/lib/words.ts';

const en = wordsIn('en');
const zh = wordsIn('zh-CN');

export default defineConfig({
  // Where the course is published, for canonical addresses and the sitemap: SITE_URL, and SITE_BASE
  // below it. The default is where `npm start` serves it.
  site: process.env['SITE_URL'] ?? 'http://localhost:4321',
  base: process.env['SITE_BASE'] ?? '/',
  srcDir: './site',
  publicDir: './site/public',
  outDir: './dist',
  trailingSlash: 'always',
  devToolbar: { enabled: false },
  // The rules in the head below: browsers that know them need no script for it.
  prefetch: false,
  // `## Heading {#id}`: the same anchors in every language.
  markdown: {
    processor: satteri({
      features: { headingAttributes: true },
      mdastPlugins: [linkTerms, keepWhole],
    }),
  },
  integrations: [
    starlight({
      title: { en: en.siteTitle, 'zh-CN': zh.siteTitle },
      description: en.siteDescription,
      defaultLocale: 'root',
      locales: {
        root: { label: 'English', lang: 'en' },
        'zh-cn': { label: '简体中文', lang: 'zh-CN' },
      },
      favicon: '/favicon.svg',
      sidebar: courseSidebar(),
      routeMiddleware: './site/lib/route-data.ts',
      credits: false,
      head: [
        {
          tag: 'script',
          attrs: { type: 'speculationrules' },
          // A page is fetched when the pointer rests on its link.
          content: JSON.stringify({
            prefetch: [{ where: { href_matches: '/*' }, eagerness: 'moderate' }],
          }),
        },
      ],
      // searchIndex() below writes the index.
      pagefind: false,
      customCss: [
        './site/styles/tokens.css',
        './site/styles/prose.css',
        './site/styles/chrome.css',
        './site/styles/print.css',
      ],
      components: {
        Hero: './site/components/chrome/Hero.astro',
        Pagination: './site/components/chrome/Pagination.astro',
        MarkdownContent: './site/components/chrome/MarkdownContent.astro',
        LanguageSelect: './site/components/chrome/LanguageSelect.astro',
        PageTitle: './site/components/chrome/PageTitle.astro',
        Search: './site/components/chrome/Search.astro',
        Sidebar: './site/components/chrome/Sidebar.astro',
        SiteTitle: './site/components/chrome/SiteTitle.astro',
      },
      expressiveCode: {
        themes: [CODE_THEMES.dark, CODE_THEMES.light],
        // Differences are drawn by the course itself.
        textMarkers: false,
        // Wrapped, not scrolled: a code block that scrolls would have to be a named landmark.
        defaultProps: { frame: 'none', wrap: true },
        styleOverrides: {
          borderRadius: '0',
          borderWidth: '0',
          codeBackground: 'var(--paper-sunk)',
          codeFontSize: '0.875rem',
          codePaddingBlock: '0.6rem',
          codePaddingInline: '0.9rem',
          frames: { frameBoxShadowCssValue: 'none' },
        },
      },
    }),
    mdx(),
    lab(),
    searchIndex(),
  ],
});
