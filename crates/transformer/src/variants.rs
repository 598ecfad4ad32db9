//! One article at several addresses: its page, its AMP page, its print page.
//!
//! Forms of an article name one address, and the fullest has most of what a shorter one says. The address alone proves
//! nothing: there are sites whose every page names the front page, and second pages that name the first.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use model::Article;

use crate::copies::{Sketch, hash};

/// Forms under one address that a further one is compared with; more are no forms of an article.
const MOST_FORMS: usize = 8;

/// Where an article stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address {
    /// Hash of the article's own address, the same for all that lead to it.
    hash: u64,
    /// Whether the page stands at that address itself.
    is_own: bool,
}

impl Address {
    /// The address of an article.
    pub fn of(article: &Article) -> Option<Self> {
        Self::new(article.canonical_url.as_deref(), article.url.as_deref())
    }

    /// From the address that a page names as the article's, and the one that it stands at; none where it names a front page.
    pub fn new(named: Option<&str>, url: Option<&str>) -> Option<Self> {
        let own = plain(named.or(url)?);
        own.contains('/').then(|| Self { hash: hash(own.as_bytes()), is_own: url.map(plain) == Some(own) })
    }
}

/// An address without what differs between addresses of one page: protocol, the host's label, a closing slash.
fn plain(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = ["www.", "m."].iter().find_map(|label| rest.strip_prefix(label)).unwrap_or(rest);
    rest.split('#').next().unwrap_or(rest).trim_end_matches('/')
}

/// Every further form of an article, with the one that leads it: the page at the article's own address, else the fullest,
/// else the earliest.
pub fn forms(all: &[(&String, &Sketch)]) -> BTreeMap<usize, usize> {
    let mut addresses: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (at, (_, sketch)) in all.iter().enumerate() {
        if let Some(address) = sketch.address {
            addresses.entry(address.hash).or_default().push(at);
        }
    }
    let is_own = |at: usize| all[at].1.address.is_some_and(|address| address.is_own);
    let rank = |at: usize| (Reverse(is_own(at)), Reverse(all[at].1.words), all[at].1.published.unwrap_or(i64::MAX), all[at].0);
    let mut forms = BTreeMap::new();
    for mut pages in addresses.into_values().filter(|pages| pages.len() > 1) {
        pages.sort_by_key(|at| rank(*at));
        let mut leads: Vec<usize> = Vec::new();
        for at in pages {
            match leads.iter().take(MOST_FORMS).find(|lead| are_one(all[**lead].1, all[at].1)) {
                Some(lead) => drop(forms.insert(at, *lead)),
                None => leads.push(at),
            }
        }
    }
    forms
}

/// Whether one of two texts has most of what the other says.
fn are_one(a: &Sketch, b: &Sketch) -> bool {
    let (long, short) = if a.words >= b.words { (a, b) } else { (b, a) };
    long.holds(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "https://bao.example/an-1.html";

    fn sketch(url: &str, words: std::ops::Range<u32>) -> Sketch {
        let text = words.map(|word| format!("w{word}")).collect::<Vec<_>>().join(" ");
        Sketch::new(&text, None, Address::new(Some(PAGE), Some(url)))
    }

    fn forms_of(sketches: &[(&str, Sketch)]) -> Vec<(String, String)> {
        let ids: Vec<String> = sketches.iter().map(|(id, _)| (*id).to_owned()).collect();
        let all: Vec<(&String, &Sketch)> = ids.iter().zip(sketches.iter().map(|(_, sketch)| sketch)).collect();
        forms(&all).into_iter().map(|(form, lead)| (ids[form].clone(), ids[lead].clone())).collect()
    }

    #[test]
    fn the_page_at_its_own_address_leads() {
        let found = forms_of(&[
            ("amp", sketch("https://bao.example/an-1.html/amp", 0..100)),
            ("page", sketch("http://www.bao.example/an-1.html", 0..200)),
            ("print", sketch("https://bao.example/print/an-1.html", 0..220)),
        ]);
        let form = |id: &str| (id.to_owned(), "page".to_owned());
        assert_eq!(found, [form("amp"), form("print")]);
    }

    #[test]
    fn other_texts_at_one_address_stay_apart() {
        let found = forms_of(&[("first", sketch(PAGE, 0..200)), ("second", sketch("https://bao.example/an-1-trang-2.html", 190..380))]);
        assert!(found.is_empty(), "{found:?}");
    }

    #[test]
    fn a_front_page_is_no_article() {
        assert_eq!(Address::new(Some("https://bao.example/"), Some(PAGE)), None);
        assert_eq!(
            Address::new(Some("https://www.bao.example/an-1.html/"), None).map(|address| address.hash),
            Address::new(None, Some(PAGE)).map(|address| address.hash)
        );
    }
}
