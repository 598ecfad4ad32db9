//! Addresses of one article: its own, those of its AMP and print pages, and those of its further pages.

use knowledge::Cues;
use memchr::memmem;
use rustc_hash::FxHashSet;
use url::Url;

/// A larger number does not count pages: it is an identifier or a year.
const MOST_PAGES: u32 = 99;

/// The marks that addresses bear.
#[derive(Debug)]
pub struct Addresses {
    folders: FxHashSet<String>,
    endings: Vec<String>,
    parameters: FxHashSet<String>,
    page_words: FxHashSet<String>,
}

/// Where a page stands among the pages of its article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paging {
    /// Its number, from 1.
    pub number: u32,
    /// The address of the first page.
    pub first: String,
    /// The address of the page behind it.
    pub next: Option<String>,
}

impl Paging {
    /// The address of the first page without what differs between links to it: protocol and closing slash.
    pub(crate) fn article(&self) -> &str {
        self.first.split_once("://").map_or(self.first.as_str(), |(_, rest)| rest).trim_end_matches('/')
    }
}

impl Addresses {
    /// Files the marks.
    pub fn new(cues: &Cues) -> Self {
        let set = |words: &[String]| words.iter().cloned().collect();
        Self {
            folders: set(&cues.variant_folders),
            endings: cues.variant_endings.clone(),
            parameters: set(&cues.variant_parameters),
            page_words: set(&cues.page_words),
        }
    }

    /// The address of the article itself: without the marks of AMP, print and tracking.
    pub fn plain(&self, url: &Url) -> Url {
        let mut plain = url.clone();
        plain.set_fragment(None);
        without_parameters(&mut plain, |name, value| self.is_variant(name, value));
        if let Some((label, rest)) = url.host_str().and_then(|host| host.split_once('.'))
            && self.folders.contains(label)
            && rest.contains('.')
        {
            // A host that has lost a label is still a host, so this cannot fail.
            let _ = plain.set_host(Some(rest));
        }
        let path = self.plain_path(url.path());
        if path != url.path() {
            plain.set_path(&path);
        }
        plain
    }

    fn is_variant(&self, name: &str, value: &str) -> bool {
        let name = name.to_ascii_lowercase();
        self.parameters.contains(&name) || self.parameters.contains(&format!("{name}={}", value.to_ascii_lowercase()))
    }

    /// A path without the folder or ending of a variant: `/amp/an.html`, `/an.html/amp`, `/an.amp.html`.
    fn plain_path(&self, path: &str) -> String {
        let segments: Vec<&str> = path.trim_matches('/').split('/').collect();
        let is_folder = |segment: Option<&&str>| segments.len() > 1 && segment.is_some_and(|name| self.folders.contains(*name));
        let start = usize::from(is_folder(segments.first()));
        let end = segments.len() - usize::from(segments.len() > start + 1 && is_folder(segments.last()));
        let last = self.endings.iter().fold(segments[end - 1].to_owned(), |name, ending| without_ending(&name, ending));
        if start == 0 && end == segments.len() && last == segments[end - 1] {
            return path.to_owned();
        }
        let folders = segments[start..end - 1].iter().map(|segment| format!("/{segment}"));
        folders.chain([format!("/{last}")]).collect()
    }

    /// The address of the first page of what stands at an address, and which of its pages that is.
    fn page_of(&self, url: &Url) -> (Url, u32) {
        let mut first = self.plain(url);
        let mut number = 1;
        without_parameters(&mut first, |name, value| {
            let page = page_number(value).filter(|_| self.page_words.contains(&name.to_ascii_lowercase()));
            number = page.unwrap_or(number);
            page.is_some()
        });
        if let Some((path, page)) = self.page_in_path(first.path()) {
            first.set_path(&path);
            number = page;
        }
        (first, number)
    }

    /// A path without its page, and the page: `/an/trang-2`, `/an-trang-2.html`, `/an/page/2/`.
    fn page_in_path(&self, path: &str) -> Option<(String, u32)> {
        let trimmed = path.trim_end_matches('/');
        let (stem, ending) = match trimmed.rsplit_once('.') {
            Some((stem, ending)) if !ending.contains('/') => (stem, format!(".{ending}")),
            _ => (trimmed, String::new()),
        };
        let (rest, number) = stem.rsplit_once(['-', '/'])?;
        let number = page_number(number)?;
        let (rest, word) = rest.rsplit_once(['-', '/'])?;
        (self.page_words.contains(word) && rest.len() > 1).then(|| (format!("{rest}{ending}"), number))
    }

    /// Where a page stands among the pages of its article, if it has several.
    ///
    /// `links` are the addresses that it links to, `previous` the one that it names as the page before: further pages of
    /// some sites call the first page's address their own.
    pub fn paging<'l>(&self, own: &str, previous: Option<&str>, links: impl Iterator<Item = &'l str>) -> Option<Paging> {
        let own = Url::parse(own).ok()?;
        let (first, mut number) = self.page_of(&own);
        let stem = first.path().trim_end_matches('/').rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or_default();
        // Hardly any link of a page leads to the article itself, and only those are worth parsing.
        let named = memmem::Finder::new(stem);
        let near = links.filter(|link| link.starts_with('?') || !stem.is_empty() && named.find(link.as_bytes()).is_some());
        let is_first =
            |other: &Url| other.path().trim_end_matches('/') == first.path().trim_end_matches('/') && other.query() == first.query();
        let before = previous.and_then(|link| own.join(link).ok()).map(|link| self.page_of(&link));
        if let Some((_, before)) = before.filter(|(base, _)| number == 1 && base.host() == own.host() && is_first(base)) {
            number = before + 1;
        }
        let next = near
            .filter_map(|link| own.join(link).ok())
            .filter(|link| link.host() == own.host())
            .find(|link| matches!(self.page_of(link), (base, page) if page == number + 1 && is_first(&base)));
        (number > 1 || next.is_some()).then(|| Paging { number, first: first.to_string(), next: next.map(String::from) })
    }
}

/// Takes parameters out of an address; those that stay are not written anew.
fn without_parameters(url: &mut Url, mut is_out: impl FnMut(&str, &str) -> bool) {
    let Some(query) = url.query() else { return };
    let is_in = |pair: &&str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        !is_out(name, value)
    };
    let kept: Vec<&str> = query.split('&').filter(is_in).collect();
    if kept.len() < query.split('&').count() {
        let kept = kept.join("&");
        url.set_query(Some(kept.as_str()).filter(|kept| !kept.is_empty()));
    }
}

/// `an.amp.html` and `an.amp` without `.amp`.
fn without_ending(name: &str, ending: &str) -> String {
    match name.rfind(ending) {
        Some(at) if at > 0 && matches!(name[at + ending.len()..].chars().next(), None | Some('.')) => {
            format!("{}{}", &name[..at], &name[at + ending.len()..])
        }
        _ => name.to_owned(),
    }
}

fn page_number(text: &str) -> Option<u32> {
    text.parse().ok().filter(|number| (1..=MOST_PAGES).contains(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses() -> Addresses {
        Addresses::new(&knowledge::Knowledge::load(None).unwrap().publishers.cues)
    }

    #[test]
    fn variants_have_one_address() {
        let addresses = addresses();
        for variant in [
            "https://bao.example/an-1.html",
            "https://amp.bao.example/an-1.html",
            "https://bao.example/amp/an-1.html",
            "https://bao.example/an-1.html/amp",
            "https://bao.example/an-1.amp.html",
            "https://bao.example/an-1.html?amp=1",
            "https://bao.example/an-1.html?view=print",
            "https://bao.example/print/an-1.html",
            "https://bao.example/an-1.html?utm_source=zalo&utm_medium=social#binh-luan",
        ] {
            assert_eq!(addresses.plain(&Url::parse(variant).unwrap()).as_str(), "https://bao.example/an-1.html", "{variant}");
        }
    }

    #[test]
    fn other_addresses_stay_as_they_are() {
        let addresses = addresses();
        for url in
            ["https://amp.vn/", "https://bao.example/amp", "https://bao.example/bai?id=7&view=full", "https://bao.example/an-1.html?page=2"]
        {
            assert_eq!(addresses.plain(&Url::parse(url).unwrap()).as_str(), url);
        }
    }

    #[test]
    fn the_pages_of_an_article_are_told() {
        let addresses = addresses();
        let at = |own: &str, links: &[&str]| {
            addresses.paging(own, None, links.iter().copied()).map(|paging| (paging.number, paging.first, paging.next))
        };
        let first = || "https://bao.example/an-1.html".to_owned();
        let second = |url: &str| Some(url.to_owned());
        assert_eq!(
            at("https://bao.example/an-1.html", &["/khac-2.html?page=2", "?page=2"]),
            Some((1, first(), second("https://bao.example/an-1.html?page=2")))
        );
        assert_eq!(
            at("https://bao.example/an-1-trang-2.html", &["/an-1.html", "/an-1-trang-3.html"]),
            Some((2, first(), second("https://bao.example/an-1-trang-3.html")))
        );
        assert_eq!(at("https://bao.example/an-1/trang-3/", &[]), Some((3, "https://bao.example/an-1".to_owned(), None)));
        assert_eq!(at("https://bao.example/an-1.html", &["/an-1.html", "/kinh-te?page=2", "https://khac.example/an-1.html?page=2"]), None);
    }

    #[test]
    fn a_further_page_that_names_the_first_is_told_by_the_one_before() {
        let addresses = addresses();
        let number = |previous: &str| {
            addresses.paging("https://bao.example/an-1.html", Some(previous), std::iter::empty()).map(|paging| paging.number)
        };
        assert_eq!(number("/an-1.html"), Some(2));
        assert_eq!(number("?page=2"), Some(3));
        assert_eq!(number("/an-0.html"), None);
    }
}
