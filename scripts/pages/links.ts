import type { Problem } from '../checks/problem.ts';
import { readReferences } from './html.ts';
import type { BuiltSite } from './site.ts';

const OTHER_ORIGIN = /^([a-z][a-z\d+.-]*:)?\/\//i;
const NO_PAGE = /^(mailto:|data:|javascript:)/;

/**
 * Every link inside the site leads to a page and a place on it, and no page fetches from another origin.
 *
 * @example checkLinks(readSite(DIST)) // []
 */
export function checkLinks(site: BuiltSite): Problem[] {
  const references = new Map(
    [...site.files]
      .filter((file) => file.endsWith('.html'))
      .map((file) => [file, readReferences(site.read(file).toString())] as const),
  );
  return site.pages.flatMap((page) => {
    const address = site.base + page.slice(1);
    const file = site.fileOf(address) ?? '';
    const { links = [], fetched = [] } = references.get(file) ?? {};
    return [
      ...fetched
        .filter((target) => OTHER_ORIGIN.test(target))
        .map((target) => ({ where: page, what: `fetches ${target} from another origin` })),
      ...[...new Set(links)].flatMap((link) => {
        if (OTHER_ORIGIN.test(link) || NO_PAGE.test(link)) return [];
        const target = new URL(link, `http://site${address}`);
        const destination = site.fileOf(target.pathname);
        if (destination === undefined)
          return [{ where: page, what: `links to ${link}, which is no page` }];
        const place = decodeURIComponent(target.hash.slice(1));
        // An empty or #_top fragment is the top of any page: https://html.spec.whatwg.org/#scroll-to-fragid
        if (
          place === '' ||
          place === 'top' ||
          references.get(destination)?.ids.has(place) !== false
        )
          return [];
        return [
          { where: page, what: `links to ${link}, but there is no place #${place} on that page` },
        ];
      }),
    ];
  });
}
